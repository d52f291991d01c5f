import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuggestionFacts } from '../../../server/core/loop/suggestions.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createFindingMarks, type FindingMarks } from '../../../server/storage/finding-marks.ts';
import { createFindings } from '../../../server/storage/findings.ts';
import { releaseWave } from '../../replies/released.ts';
import { AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const AT = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';
const PLACE = { node: 'authority', band: 'p5-p7', item: 'feels-safe' };

export function findingMarksContract(openDatabaseForTest: OpenDatabase): void {
  describe('marks on findings', () => {
    let test: TestDatabase;
    let marks: FindingMarks;
    let planner: string;
    let safe: string;
    let unsafe: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      const { database } = test;
      await storePlaces(database);
      marks = createFindingMarks(database);
      const { releaseId } = await releaseWave(database, { id: AUTHORITY_ID, name: 'Strathlorn' });
      const account = { authorityId: AUTHORITY_ID, signInName: 'heron', passwordHash: 'none', roles: [] };
      const added = await createAccounts(database).add(account, AT);
      if (added === 'name-taken') throw new Error('Expected a new database, found one with a heron.');
      planner = added.id;
      const make = (option: string) =>
        createFindings(database).make(
          { authorityId: AUTHORITY_ID, releaseId, place: { ...PLACE, option }, whyItMatters: 'It matters.' },
          planner,
          AT,
        );
      safe = await make('yes');
      unsafe = await make('no');
    });
    afterAll(() => test.end());

    it('keeps each change of a priority with who and when, and passes over what changes nothing', async () => {
      expect(await marks.setPriority(safe, false, planner, AT)).toBe('was-so');
      expect(await marks.setPriority(safe, true, planner, AT)).toBe('set');
      expect(await marks.setPriority(safe, true, null, LATER)).toBe('was-so');
      expect(await marks.setPriority(safe, false, null, LATER)).toBe('set');
      expect(await marks.priorities(AUTHORITY_ID)).toEqual([
        { findingId: safe, isPriority: true, at: AT, by: 'heron' },
        { findingId: safe, isPriority: false, at: LATER, by: '' },
      ]);
      expect(await marks.priorities('elsewhere')).toEqual([]);
    });

    it('has a finding in one group or in none', async () => {
      await marks.setGroup(safe, 'Near home', planner, AT);
      await marks.setGroup(unsafe, 'Near home', planner, AT);
      await marks.setGroup(safe, 'Streets', planner, LATER);
      expect(await marks.groups(AUTHORITY_ID)).toEqual(
        new Map([
          [safe, 'Streets'],
          [unsafe, 'Near home'],
        ]),
      );
      await marks.setGroup(safe, '', planner, LATER);
      expect([...(await marks.groups(AUTHORITY_ID)).keys()]).toEqual([unsafe]);
      expect((await marks.groups('elsewhere')).size).toBe(0);
    });

    it('keeps the figures that suggested a finding as they were at first', async () => {
      const difference = { word: 'lower', points: -8, low: -12, high: -4, share: 58, other: 66 } as const;
      const facts: SuggestionFacts = { rule: 'change', ...difference, wave: 'autumn-2023' };
      await marks.keepOrigin(safe, { forWhom: 'Pupils who walk', facts });
      await marks.keepOrigin(safe, { forWhom: 'Everybody', facts: null });
      expect(await marks.origin(safe)).toEqual({ forWhom: 'Pupils who walk', facts });
      await marks.keepOrigin(unsafe, { forWhom: '', facts: null });
      expect(await marks.origin(unsafe)).toEqual({ forWhom: '', facts: null });
      expect(await marks.origin('nowhere')).toBeUndefined();
    });
  });
}
