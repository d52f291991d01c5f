import { describe, expect, it } from 'vitest';
import { bandName, DEFAULT_BANDS, isPrimaryBand, isStage, STAGES } from '../../../server/core/survey/stage.ts';

describe('stages', () => {
  it('run from P1 to S6', () => {
    expect(STAGES).toHaveLength(13);
    expect([STAGES[0], STAGES[6], STAGES[7], STAGES.at(-1)]).toEqual(['P1', 'P7', 'S1', 'S6']);
    expect(STAGES.every(isStage)).toBe(true);
    expect(['p5', 'P8', 'S7', '', 'constructor'].some(isStage)).toBe(false);
  });
});

describe('age bands', () => {
  it('are written by their first and last stage in every language', () => {
    expect(DEFAULT_BANDS.map(bandName)).toEqual(['P5–P7', 'S1–S2', 'S3–S4', 'S5–S6']);
    expect(bandName({ id: 'p7', stages: ['P7'] })).toBe('P7');
  });

  it('are written by the ages or the answer that they are read from, where nobody is asked by stage', () => {
    expect(bandName({ id: 'age-0-2', stages: [] })).toBe('0–2');
    expect(bandName({ id: 'age-10-12', stages: [] })).toBe('10–12');
    expect(bandName({ id: 'grandparents', stages: [] })).toBe('grandparents');
  });

  it('are primary or secondary, which decides whether one school may be shown', () => {
    expect(DEFAULT_BANDS.map(isPrimaryBand)).toEqual([true, false, false, false]);
    expect(isPrimaryBand({ id: 'none', stages: [] })).toBe(false);
  });

  it('hold each stage once at most', () => {
    const stages = DEFAULT_BANDS.flatMap((band) => band.stages);
    expect(new Set(stages).size).toBe(stages.length);
  });
});
