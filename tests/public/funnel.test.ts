import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** What a script can see of a table row. */
interface Row {
  dataset: Record<string, string>;
  cells: { textContent: string }[];
}
interface Place {
  name: string;
  share: number;
  base: number;
  warning: number[];
  alarm: number[];
  beyond: boolean;
}
interface Chart {
  data: { datasets: { data: { x: number; y: number }[]; pointStyle?: string[]; borderDash?: number[] }[] };
  options: {
    animation: boolean;
    events: string[];
    plugins: { tooltip: { enabled: boolean } };
    scales: {
      x: { reverse: boolean; max: number; title: { text: string } };
      y: { position: string; min: number; max: number; title: { text: string } };
    };
  };
}
interface Script {
  placesOf(rows: Iterable<Row>): Place[];
  funnelChartOf(places: Place[], target: number, titles: { across: string; up: string }, style: object): Chart;
}

const row = (name: string, [share, base, ...limits]: number[], beyond = false): Row => {
  const [warningLow, warningHigh, alarmLow, alarmHigh] = limits.map(String);
  const numbers = { share: String(share), base: String(base), warningLow, warningHigh, alarmLow, alarmHigh };
  return {
    dataset: { ...(numbers as Record<string, string>), ...(beyond && { beyond: 'yes' }) },
    cells: [{ textContent: name }],
  };
};
const ROWS = [
  row(' Alder\n', [63, 160, 52, 68, 48, 72]),
  { dataset: {}, cells: [{ textContent: 'Birchwood' }] },
  row('Calder', [81, 90, 50, 70, 44, 76], true),
  row('Dunmore', [58, 235, 54, 66, 51, 69]),
];
const STYLE = { colour: { ink: '#000', soft: '#555', line: '#ccc', accent: '#066', paper: '#fff' }, family: 'sans' };
const TITLES = { across: 'Pupils asked', up: 'Share' };

let script: Script;
beforeAll(async () => {
  script = (await import(pathToFileURL(join('public', 'js', 'funnel.js')).href)) as Script;
});

const chart = (rightToLeft: boolean) =>
  script.funnelChartOf(script.placesOf(ROWS), 60, TITLES, { ...STYLE, rightToLeft, narrow: false });

describe('the picture of a funnel', () => {
  it('reads the numbers of the rows, and nothing of one that has none', () => {
    expect(script.placesOf(ROWS)).toEqual([
      { name: 'Alder', share: 63, base: 160, warning: [52, 68], alarm: [48, 72], beyond: false },
      { name: 'Calder', share: 81, base: 90, warning: [50, 70], alarm: [44, 76], beyond: true },
      { name: 'Dunmore', share: 58, base: 235, warning: [54, 66], alarm: [51, 69], beyond: false },
    ]);
  });

  it('puts the base across and the share up, another mark beyond the limits, and lines from small to large', () => {
    const [marks, target, ...limits] = chart(false).data.datasets;
    expect(marks!.data).toEqual([
      { x: 160, y: 63 },
      { x: 90, y: 81 },
      { x: 235, y: 58 },
    ]);
    expect(marks!.pointStyle).toEqual(['circle', 'rectRot', 'circle']);
    expect(new Set(target!.data.map(({ y }) => y))).toEqual(new Set([60]));
    expect(limits.map(({ data }) => data.map(({ y }) => y))).toEqual([
      [50, 52, 54],
      [70, 68, 66],
      [44, 48, 51],
      [76, 72, 69],
    ]);
    expect(limits.map(({ borderDash }) => borderDash!.length > 0)).toEqual([true, true, false, false]);
  });

  it('names its axes, which hold every mark and limit', () => {
    const { x, y } = chart(false).options.scales;
    expect([x.title.text, y.title.text]).toEqual(['Pupils asked', 'Share']);
    expect([x.max, y.min, y.max]).toEqual([250, 40, 90]);
  });

  it('mirrors its axes from right to left', () => {
    const { x, y } = chart(true).options.scales;
    expect([x.reverse, y.position]).toEqual([true, 'right']);
  });

  it('never moves and has nothing to hover', () => {
    const { animation, events, plugins } = chart(false).options;
    expect([animation, events, plugins.tooltip.enabled]).toEqual([false, [], false]);
  });
});
