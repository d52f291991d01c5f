import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** What a script can see of a table row. */
interface Row {
  dataset: Record<string, string>;
  cells: { textContent: string }[];
  hasAttribute(name: string): boolean;
}
interface Mark {
  name: string;
  current: boolean;
  share: number | null;
  range: [number, number] | null;
  words: string;
}
interface Script {
  marksOf(rows: Iterable<Row>): Mark[];
  chartOf(marks: Mark[], style: object): ChartSettings;
}
interface ChartSettings {
  data: { labels: string[]; datasets: { data: unknown[] }[] };
  options: {
    animation: boolean;
    events: string[];
    plugins: { tooltip: { enabled: boolean } };
    scales: { x: { reverse: boolean }; y: { position: string } };
  };
}

const row = (dataset: Record<string, string>, words: string[], current = false): Row => ({
  dataset,
  cells: words.map((textContent) => ({ textContent })),
  hasAttribute: () => current,
});
const ROWS = [
  row({ share: '63', low: '50', high: '73' }, ['Strathlorn', '63%', '50% to 73%', '160'], true),
  row({}, ['Calder', 'hidden to protect children · why']),
  row({ share: '70', low: '61', high: '78' }, [' Dunmore\n', '70%', '61% to 78%', '95']),
];
const STYLE = { colour: { ink: '#000', soft: '#555', line: '#ccc', accent: '#066', paper: '#fff' }, family: 'sans' };

let script: Script;
beforeAll(async () => {
  script = (await import(pathToFileURL(join('public', 'js', 'results.js')).href)) as Script;
});

describe('the picture of a table of shares', () => {
  it('reads whole numbers and words from the rows, and nothing from a hidden one', () => {
    expect(script.marksOf(ROWS)).toEqual([
      { name: 'Strathlorn', current: true, share: 63, range: [50, 73], words: '63%' },
      { name: 'Calder', current: false, share: null, range: null, words: '' },
      { name: 'Dunmore', current: false, share: 70, range: [61, 78], words: '70%' },
    ]);
  });

  it('draws one mark and one line a shown row, in the order of the table', () => {
    const chart = script.chartOf(script.marksOf(ROWS), { ...STYLE, rightToLeft: false });
    expect(chart.data.labels).toEqual(['Strathlorn', 'Calder', 'Dunmore']);
    expect(chart.data.datasets.map(({ data }) => data)).toEqual([
      [63, null, 70],
      [[50, 73], null, [61, 78]],
    ]);
  });

  it('mirrors its axes from right to left', () => {
    const { scales } = script.chartOf(script.marksOf(ROWS), { ...STYLE, rightToLeft: true }).options;
    expect([scales.x.reverse, scales.y.position]).toEqual([true, 'right']);
  });

  it('never moves and has nothing to hover', () => {
    const { animation, events, plugins } = script.chartOf(script.marksOf(ROWS), {
      ...STYLE,
      rightToLeft: false,
    }).options;
    expect([animation, events, plugins.tooltip.enabled]).toEqual([false, [], false]);
  });
});
