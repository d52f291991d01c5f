import { describe, expect, it } from 'vitest';
import { dealSlips, type DealtSlip } from '../../../server/commands/simulate/slips.ts';
import type { SeededPupil } from '../../../server/commands/seed/respondents.ts';
import { seededRandom } from '../../../server/core/seeded-random.ts';

const slip = (code: string, known: Partial<DealtSlip> = {}): DealtSlip => ({
  ...{ school: 'p-1', code, stage: 'P6', class: 'P6A', sex: '', quintile: '', asn: '' },
  ...known,
});
const pupil = (known: Partial<SeededPupil> = {}): SeededPupil => ({
  ...{ schoolCode: 'p-1', clusterCode: null, stage: 'P6', class: 'P6A', sex: null, quintile: null, asn: null },
  ...known,
});
const deal = (slips: DealtSlip[], pupils: SeededPupil[]) => dealSlips(slips, pupils, seededRandom('dealing'));

describe('slips dealt from a school’s own list', () => {
  it('say of each pupil what the roll says, and as much of it as they can', () => {
    const slips = [slip('anyone'), slip('girl', { sex: 'female' }), slip('girl-2', { sex: 'female', quintile: '2' })];
    const girl = pupil({ sex: 'female', quintile: 2, asn: 'no' });
    expect(deal(slips, [girl, girl, pupil({ sex: 'male' })]).map(({ code }) => code)).toEqual([
      'girl-2',
      'girl',
      'anyone',
    ]);
  });

  it('are of the pupil’s own class, and each is dealt once', () => {
    const slips = [slip('a'), slip('b'), slip('other', { class: 'P6B' })];
    const dealt = deal(slips, [pupil(), pupil()]);
    expect(dealt.map(({ code }) => code).toSorted()).toEqual(['a', 'b']);
    expect(() => deal(slips, [pupil(), pupil(), pupil()])).toThrow(/P6A: expected a slip for each pupil/);
  });
});
