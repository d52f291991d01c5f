/** The words of each cell of the rows of the table of shares, by the name of the place. */
export function sharesTable(body: string): Map<string, string[]> {
  return tableRows(/<table id="shares">[\s\S]*?<\/table>/.exec(body)?.[0] ?? '');
}

/** The words of each cell of the rows of a table, by their headings. */
export function tableRows(table: string): Map<string, string[]> {
  const rows = [...table.matchAll(/<tr[^>]*>\s*<th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    row.split(/<\/t[hd]>/).map(plain),
  );
  return new Map(rows.map(([name = '', ...cells]) => [name, cells.slice(0, -1)]));
}

/** What a page says, without its tags. */
export function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
