import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementFault, countStances, STANCES } from '../../../server/core/drafts/support.ts';

describe('a forum', () => {
  it('agrees where enough were heard and more are in favour than against', () => {
    expect(agreementFault({ inFavour: 2, against: 0, unsure: 1 }, 15)).toBeUndefined();
    expect(agreementFault({ inFavour: 2, against: 0, unsure: 0 }, 15)).toBe('too-few-voices');
    expect(agreementFault({ inFavour: 2, against: 0, unsure: 0 }, 2)).toBeUndefined();
    expect(agreementFault({ inFavour: 4, against: 4, unsure: 7 }, 15)).toBe('not-in-favour');
  });

  it('never agrees with as many against as in favour, whatever its size', () => {
    const few = fc.nat(200);
    fc.assert(
      fc.property(few, few, few, fc.nat(60), (inFavour, more, unsure, members) => {
        expect(agreementFault({ inFavour, against: inFavour + more, unsure }, members)).toBeDefined();
      }),
    );
  });

  it('counts each stance once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STANCES)), (stances) => {
        const { inFavour, against, unsure } = countStances(stances);
        expect(inFavour + against + unsure).toBe(stances.length);
        expect(inFavour).toBe(stances.filter((one) => one === 'in-favour').length);
      }),
    );
  });
});
