import { describe, expect, it } from 'vitest';
import { protect } from '../../../server/core/disclosure/protection.ts';
import { Release, type Cube, type CubeTable } from '../../../server/core/disclosure/release.ts';
import { optionFigure, rateFigure, stateFigure } from '../../../server/core/statistics/figure.ts';

const PLACE = { node: 'authority', band: 'p5-p7', item: 'feels-safe' };
const SIZES = [40, 60, 100];

/** A release with one table, which is all that a figure needs. */
function releaseWith(
  change: Partial<Pick<CubeTable, 'base' | 'counts' | 'states' | 'oneSchool' | 'roundings'>> = {},
  cube: { schoolClimate?: boolean; responses?: number } = {},
) {
  const { schoolClimate = false, responses = 160 } = cube;
  const table = {
    base: protect(160),
    counts: { yes: protect(100) },
    states: { skipped: protect(20), 'dont-know': null },
    oneSchool: false,
    roundings: 1,
    ...change,
  };
  const column = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [value]]));
  const whole: Cube = {
    format: 3,
    lattice: 'test',
    protection: 'base-5',
    attack: 'test',
    reached: 'roll',
    dimensions: {},
    units: [{ node: 'authority', band: 'p5-p7', group: '', roundings: table.roundings }],
    authority: { id: 'a', name: 'A' },
    wave: { id: 'w', name: 'W', startsOn: '2026-03-01', endsOn: '2026-03-28' },
    bands: [{ id: 'p5-p7', stages: ['P5', 'P6', 'P7'] }],
    nodes: [{ id: 'authority', kind: 'authority', code: 'a', name: 'A', schools: [] }],
    items: [
      {
        id: 'feels-safe',
        kind: 'indicator',
        question: 'feel-safe',
        part: null,
        options: ['yes'],
        several: false,
        domain: 'local-area',
        schoolClimate,
        unlinked: false,
        versions: { 'p5-p7': 'v' },
      },
    ],
    rates: [
      { node: 'authority', band: 'p5-p7', roll: 200, schools: 3, schoolSizes: SIZES, responses: protect(responses) },
    ],
    figures: [
      {
        item: 'feels-safe',
        band: 'p5-p7',
        base: [table.base],
        counts: column(table.counts),
        states: column(table.states),
        oneSchool: table.oneSchool ? [0] : [],
        sums: [],
      },
    ],
  };
  return Release.seal(whole, (text) => String(text.length));
}

describe('a figure of a release', () => {
  it('is whole per cent with the interval of the design: effective size and protection noise', () => {
    // m′ = (40² + 60² + 100²) / 200 = 76, deff = 1 + 75 · 0.02 = 2.5; p = 0.625, noise 2 (1 + p²) / (160 p (1 − p))
    // = 0.0742; effective size 160 / 2.5742 = 62.16, and Wilson on it is 0.5009 to 0.7350.
    expect(optionFigure(releaseWith(), PLACE, 'yes')).toEqual({
      share: 63,
      low: 50,
      high: 73,
      base: 160,
      oneSchool: false,
      caution: 'none',
      lowRate: false,
    });
  });

  it('is less sure where pupils of one school answer more alike, and surer within one school', () => {
    const climate = optionFigure(releaseWith({}, { schoolClimate: true }), PLACE, 'yes')!;
    const usual = optionFigure(releaseWith(), PLACE, 'yes')!;
    expect(climate.high! - climate.low!).toBeGreaterThan(usual.high! - usual.low!);
  });

  it('takes halves upwards, as people do', () => {
    const release = releaseWith({ base: protect(40), counts: { yes: protect(25) } });
    expect(optionFigure(release, PLACE, 'yes')?.share).toBe(63);
  });

  it('is nothing where the base, the count or the table is hidden or missing', () => {
    expect(optionFigure(releaseWith({ base: null }), PLACE, 'yes')).toBeUndefined();
    expect(optionFigure(releaseWith({ counts: { yes: null } }), PLACE, 'yes')).toBeUndefined();
    expect(optionFigure(releaseWith(), PLACE, 'no')).toBeUndefined();
    expect(optionFigure(releaseWith(), { ...PLACE, node: 'cluster:x' }, 'yes')).toBeUndefined();
    expect(stateFigure(releaseWith(), PLACE, 'dont-know')).toBeUndefined();
    expect(stateFigure(releaseWith(), PLACE, 'prefer-not-to-say')).toBeUndefined();
  });

  it('gives the share of those who skipped out of all who were asked', () => {
    expect(stateFigure(releaseWith(), PLACE, 'skipped')).toMatchObject({ share: 13, base: 160 });
  });

  it('notes a response of less than six in ten', () => {
    expect(optionFigure(releaseWith({}, { responses: 115 }), PLACE, 'yes')?.lowRate).toBe(true);
    expect(optionFigure(releaseWith({}, { responses: 120 }), PLACE, 'yes')?.lowRate).toBe(false);
  });
});

describe('a response rate', () => {
  it('never says that more answered than there are', () => {
    expect(rateFigure(releaseWith({}, { responses: 205 }), 'authority', 'p5-p7')).toMatchObject({
      share: 100,
      answered: 200,
    });
  });

  it('is nothing for a place that is not there', () => {
    expect(rateFigure(releaseWith(), 'cluster:x', 'p5-p7')).toBeUndefined();
  });
});
