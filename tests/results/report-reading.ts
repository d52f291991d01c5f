import { tableRows } from './page-reading.ts';

/** The rows of an indicator's table in a report for adults, by band. */
export function indicatorRows(body: string, name: string): Map<string, string[]> {
  const start = body.indexOf(`>${name}</h3>`);
  return tableRows(/<table class="shares">[\s\S]*?<\/table>/.exec(body.slice(start))?.[0] ?? '');
}

/** The rows of every table of a question in a report for adults, by answer. */
export function questionRows(body: string, question: string): Map<string, string[]> {
  const tables = [...body.matchAll(/<table class="compact">[\s\S]*?<\/table>/g)].map(([table]) => table);
  return tableRows(tables.find((table) => table.includes(`>${question}</caption>`)) ?? '');
}

/** What a report for children says of each band, in order, each with how many of its ten dots are full. */
export function bandLines(body: string): { band: string; words: string; full: number | null }[] {
  return [...body.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)([\s\S]*?)<\/dd>/g)].map(
    ([, band = '', words = '', picture = '']) => ({
      band,
      words: words.trim(),
      full: picture.includes('<svg') ? [...picture.matchAll(/class="full"/g)].length : null,
    }),
  );
}
