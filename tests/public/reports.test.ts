import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

interface Script {
  bandsChart(marks: object[], style: object): { data: { datasets: { data: unknown[]; pointStyle?: unknown }[] } };
}

const STYLE = { colour: { ink: '#000', soft: '#555', line: '#ccc', accent: '#066', paper: '#fff' }, family: 'sans' };
const MARKS = [
  { name: 'P5–P7', current: false, share: 63, range: [50, 73], words: '63%' },
  { name: 'S1–S2', current: false, share: null, range: null, words: '' },
];

let script: Script;
beforeAll(async () => {
  script = (await import(pathToFileURL(join('public', 'js', 'reports.js')).href)) as Script;
});

describe('the picture of a table of bands', () => {
  it('shows the whole numbers of its table, and gives no band a mark of its own', () => {
    const [marks, ranges] = script.bandsChart(MARKS, { ...STYLE, rightToLeft: false }).data.datasets;
    expect(marks).toMatchObject({ data: [63, null], pointStyle: 'circle' });
    expect(ranges?.data).toEqual([[50, 73], null]);
  });
});
