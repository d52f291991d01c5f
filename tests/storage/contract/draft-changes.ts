import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../server/storage/database.ts';
import type { DraftChange } from '../../../server/storage/draft-body.ts';
import { draftChangesOf } from '../../../server/storage/draft-changes.ts';
import { createDrafts } from '../../../server/storage/drafts.ts';
import { createSendings } from '../../../server/storage/sendings.ts';
import {
  rowsOf,
  storeCodes,
  storeOpenWave,
  storePlaces,
  storeSurveys,
  testSecrets,
  type StoredWave,
} from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

export function draftChangesContract(openDatabaseForTest: OpenDatabase): void {
  describe('changes of drafts', () => {
    const vault = testSecrets();
    const { secrets } = vault;
    let test: TestDatabase;
    let stored: StoredWave;
    let codes: string[];
    /** The database as the server that runs now has it. */
    let database: Database;

    beforeAll(async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      test = await openDatabaseForTest();
      database = test.database;
      await storePlaces(database);
      stored = await storeOpenWave(database, secrets, await storeSurveys(database));
      codes = await storeCodes(database, stored.wave.id, 150);
    });
    afterAll(async () => {
      vi.useRealTimers();
      await test.end();
      vault.remove();
    });

    /** A server that was killed, and starts again: what is in memory and not on the disk is gone. */
    async function restart(): Promise<void> {
      await database.query.destroy();
      database = test.fromOutside();
    }

    async function begin(count: number): Promise<string[]> {
      const drafts = createDrafts(database, secrets);
      const begun = codes.splice(0, count);
      for (const code of begun) await drafts.carryOn((await drafts.findCode(code))!, stored.primary.id);
      return begun;
    }

    function change(codeHmac: string, itemId: string, value: string): DraftChange {
      const given = { answers: { [itemId]: { state: 'answered', value } as const }, session: 'one' };
      return { codeHmac, waveId: stored.wave.id, language: 'en', given };
    }

    const save = (code: string, itemId: string, value: string) =>
      createDrafts(database, secrets).save(change(code, itemId, value));
    const answersOf = (code: string) => draftChangesOf(database, secrets).find(code)?.body.answers;
    const gather = () => draftChangesOf(database, secrets).gather();
    const notes = () => rowsOf(database, 'draft_changes');

    it('that are committed together are noted in one row', async () => {
      const begun = await begin(20);
      await gather();
      const drafts = createDrafts(database, secrets);
      await Promise.all(begun.map((code) => drafts.save(change(code, 'feel-safe', 'always'))));
      expect(await notes()).toHaveLength(1);
    });

    it('are gathered without being asked, a few drafts at a time, and nothing is missing meanwhile', async () => {
      await gather();
      const begun = await begin(60);
      const bodies = async () =>
        (await rowsOf(database, 'drafts')).map(({ body }) => Buffer.from(body).toString('base64'));
      const before = new Set(await bodies());
      await Promise.all(begun.map((code) => save(code, 'sleep', `well ${code}`)));
      const stillBehind: number[] = [];
      while ((await notes()).length > 0) {
        stillBehind.push((await bodies()).filter((body) => before.has(body)).length - (before.size - begun.length));
        for (const code of begun) expect(answersOf(code)).toMatchObject({ sleep: { value: `well ${code}` } });
        vi.runOnlyPendingTimers();
      }
      expect(stillBehind.slice(0, 3)).toEqual([60, 55, 50]);
      expect(stillBehind.at(-1)).toBe(5);
      await restart();
      for (const code of begun) expect(answersOf(code)).toMatchObject({ sleep: { value: `well ${code}` } });
    });

    it('survive a crash before they are gathered, and are gathered when the server starts again', async () => {
      const [code] = await begin(1);
      await save(code!, 'feel-safe', 'never');
      await save(code!, 'sleep', 'badly');
      expect(await notes()).not.toHaveLength(0);
      await restart();
      expect(answersOf(code!)).toMatchObject({ 'feel-safe': { value: 'never' }, sleep: { value: 'badly' } });
      expect(await notes()).toHaveLength(0);
    });

    it('come out the same however saving, gathering and crashes follow each other', async () => {
      const begun = await begin(6);
      const step = fc.oneof(
        { weight: 6, arbitrary: fc.record({ who: fc.nat({ max: 5 }), item: fc.nat({ max: 2 }), value: fc.string() }) },
        { weight: 1, arbitrary: fc.constantFrom('gather' as const, 'restart' as const) },
      );
      const expected = begun.map((): Record<string, unknown> => ({}));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          for (const one of steps) {
            if (one === 'gather') await gather();
            else if (one === 'restart') await restart();
            else {
              await save(begun[one.who]!, `item-${one.item}`, one.value);
              expected[one.who]![`item-${one.item}`] = { state: 'answered', value: one.value };
            }
          }
          await restart();
          expect(begun.map(answersOf)).toEqual(expected);
        }),
        { numRuns: 12 },
      );
    });

    it('are not lost because another draft is damaged when the server starts again', async () => {
      const [damaged, sound] = await begin(2);
      await Promise.all([save(damaged!, 'sleep', 'well'), save(sound!, 'sleep', 'badly')]);
      const body = Buffer.from('damaged');
      await database.query.updateTable('drafts').set({ body }).where('code_hmac', '=', damaged!).execute();
      await restart();
      expect(answersOf(sound!)).toMatchObject({ sleep: { value: 'badly' } });
      expect(() => answersOf(damaged!)).toThrow();
    });

    it('leave no note behind once their draft is sent', async () => {
      const [code, other] = await begin(2);
      await save(other!, 'sleep', 'well');
      const { attempt } = (await save(code!, 'feel-safe', 'always'))!;
      const settlement = { codeHmac: code!, attempt, ending: 'declined', supporter: false, kept: null } as const;
      await createSendings(database, secrets).finish(() => settlement);
      expect(await notes()).toHaveLength(0);
      expect(answersOf(code!)).toBeUndefined();
      expect(answersOf(other!)).toMatchObject({ sleep: { value: 'well' } });
    });

    it('do not bring a draft back that has ended', async () => {
      const [code] = await begin(1);
      await save(code!, 'feel-safe', 'always');
      await database.query.deleteFrom('drafts').where('code_hmac', '=', code!).execute();
      await restart();
      expect(answersOf(code!)).toBeUndefined();
      expect(await notes()).toHaveLength(0);
    });

    it('are noted sealed; a note that cannot be read stops the start with one sentence', async () => {
      const [code] = await begin(1);
      await save(code!, 'feel-safe', 'always');
      const [note] = await notes();
      for (const word of ['feel-safe', 'always', code!]) expect(Buffer.from(note!.changes).includes(word)).toBe(false);
      const damaged = Buffer.from(note!.changes);
      damaged[20]! ^= 1;
      const outside = test.fromOutside();
      await outside.query.updateTable('draft_changes').set({ changes: damaged }).execute();
      expect(() => draftChangesOf(outside, secrets)).toThrow(/saved just before the server stopped cannot be read/);
      await gather();
      expect(answersOf(code!)).toMatchObject({ 'feel-safe': { value: 'always' } });
    });
  });
}
