import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';

/* What measures contrast once for each look must miss none. */

const row = (cell: string) => `<tr><th scope="row">Alder</th>${cell}</tr>`;
const USUAL = '<td>41%</td>';
const UNSEEN = '<p class="pale" hidden>Words</p><p class="pale">Words</p>';

const AGAIN = '<div tabindex="0"><table><caption>More</caption><tr><td class="pale">41%</td></tr></table></div>';

const PAGES: [name: string, rows: string[], after?: string][] = [
  ['one cell of its own colour', [USUAL, USUAL, '<td class="pale">41%</td>', USUAL]],
  ['words in a cell of their own background', [USUAL, USUAL, '<td class="dark">41%</td>']],
  ['words in a cell that is half seen through', [USUAL, '<td class="faint">41%</td>']],
  ['words that look like others which nobody sees', [USUAL], UNSEEN],
  ['words that look like others out of sight', ['<td class="wide"></td><td class="pale">41%</td>'], AGAIN],
  ['small words of a colour that large ones may have', [USUAL], '<p class="large">Words</p><p class="grey">Words</p>'],
];

const STYLE = `body { background: #fff; color: #111 } .pale { color: #bbb } .dark { background: #222 } .faint { opacity: .3 }
  .large { font-size: 40px; color: #888 } .grey { color: #888 } div { overflow-x: auto; width: 300px } .wide { min-width: 900px }`;

const pageOf = (rows: readonly string[], after = '') =>
  `<!doctype html><html lang="en"><title>A page</title><style>${STYLE}</style><main><h1>A page</h1><div tabindex="0">
    <table><caption>Shares</caption>${rows.map(row).join('')}</table></div>${after}</main></html>`;

for (const [name, rows, after] of PAGES) {
  test(`too little contrast is found in ${name}`, async ({ page }) => {
    const around = Array.from({ length: 30 }, () => USUAL);
    await page.setContent(pageOf([...around, ...rows, ...around], after));
    expect((await axeFaults(page)).join()).toMatch(/^color-contrast: [^|]*(pale|dark|faint|grey)/);
  });
}

test('a page of enough contrast is clean', async ({ page }) => {
  await page.setContent(pageOf(Array.from({ length: 60 }, () => USUAL)));
  expect(await axeFaults(page)).toEqual([]);
});
