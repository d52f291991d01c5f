/**
 * The dark modules of every QR code on a page, row by row, read back from the path of its drawing. Runs that are
 * drawn twice or outside the quiet edge would show.
 */
export function modulesDrawn(body: string): boolean[][] {
  return [...body.matchAll(/<svg class="qr" viewBox="0 0 (\d+) (\d+)"[^>]*><path d="([^"]*)"/g)].map(
    ([, width = '', height = '', path = '']) => {
      const edge = 4;
      const size = Number(width) - 2 * edge;
      if (width !== height) throw new Error(`A QR code is ${width} wide and ${height} high: expected a square.`);
      const modules = Array<boolean>(size * size).fill(false);
      const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)];
      if (runs.map(([run]) => run).join('') !== path) throw new Error(`The path has more in it than runs: ${path}`);
      for (const [, x, y, length, back] of runs) {
        if (length !== back) throw new Error('A run does not end where it began.');
        for (let step = 0; step < Number(length); step += 1) {
          const column = Number(x) - edge + step;
          const place = (Number(y) - edge) * size + column;
          if (column < 0 || column >= size || modules[place] !== false)
            throw new Error('A module is drawn twice or outside the code.');
          modules[place] = true;
        }
      }
      return modules;
    },
  );
}
