import { describe, expect, it } from 'vitest';
import { protect } from '../../../server/core/disclosure/protection.ts';
import { meanFigure } from '../../../server/core/statistics/score.ts';
import { releaseOfTables } from './release-of-tables.ts';

/* Mean scores as they are printed: of a scale from 7 to 35 points. */

const AT = { node: 'authority', band: 'p5-p7', item: 'wellbeing' };
const RANGE = { lowest: 7, highest: 35 };

/** The mean that is printed of so many pupils whose exact scores have this mean. */
function printed(pupils: number, mean: number, roundings = 1) {
  const points = protect(Math.round(pupils * (mean - RANGE.lowest)));
  const release = releaseOfTables([{ item: 'wellbeing', base: protect(pupils), points, range: RANGE, roundings }]);
  return meanFigure(release, AT);
}

describe('a mean score', () => {
  it('is hidden below a base of 50, where rounding would move it by points', () => {
    expect(printed(12, 25)).toBeUndefined();
    expect(printed(47, 25)).toBeUndefined();
    expect(printed(48, 25)).toMatchObject({ base: 50 });
  });

  it('says within what rounding leaves it', () => {
    // 50 pupils with 900 points above the lowest score: 898 over 52 and 902 over 48.
    expect(printed(50, 25)).toMatchObject({ mean: 25, low: 24.2, high: 25.8 });
  });

  it('holds the exact mean within its range, whatever rounding did', () => {
    for (let pupils = 48; pupils <= 140; pupils += 1) {
      for (const mean of [7, 7.5, 16, 25, 34.5, 35]) {
        const exact = RANGE.lowest + Math.round(pupils * (mean - RANGE.lowest)) / pupils;
        const figure = printed(pupils, mean)!;
        expect(figure.low, `${pupils} of ${mean}`).toBeLessThanOrEqual(exact);
        expect(figure.high, `${pupils} of ${mean}`).toBeGreaterThanOrEqual(exact);
        expect(figure.low).toBeGreaterThanOrEqual(RANGE.lowest);
        expect(figure.high).toBeLessThanOrEqual(RANGE.highest);
      }
    }
  });

  it('is left within more where it is made of more than one rounded figure', () => {
    expect(printed(100, 25, 2)!.high).toBeGreaterThan(printed(100, 25)!.high);
  });
});
