import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCodes } from '../../../server/storage/codes.ts';
import { createDrafts } from '../../../server/storage/drafts.ts';
import { createFieldworkCounters } from '../../../server/storage/fieldwork-counters.ts';
import {
  ASH,
  AUTHORITY_ID,
  DALE,
  rowsOf,
  storeCodes,
  storeOpenWave,
  storePlaces,
  storeSurveys,
  testSecrets,
  type StoredWave,
} from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

export function codesContract(openDatabaseForTest: OpenDatabase): void {
  describe('codes', () => {
    const vault = testSecrets();
    let test: TestDatabase;
    let stored: StoredWave;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      stored = await storeOpenWave(test.database, vault.secrets, await storeSurveys(test.database));
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    it('made again replace the unspent ones of that school, which say so; started ones and other schools stay', async () => {
      const codes = createCodes(test.database);
      const drafts = createDrafts(test.database, vault.secrets);
      const dale = { hmac: 'of-dale', stage: 'S1', class: null, sex: null, quintile: null, asn: null };
      await codes.replaceUnspent(stored.wave.id, DALE, [dale]);
      const [started, unspent] = await storeCodes(test.database, stored.wave.id, 2);
      await drafts.carryOn((await drafts.findCode(started!))!, stored.primary.id);
      const [fresh] = await storeCodes(test.database, stored.wave.id, 1);
      expect(await drafts.findCode(unspent!)).toMatchObject({ state: 'replaced', stage: null });
      expect(await drafts.findCode(started!)).toMatchObject({ state: 'started' });
      expect(await drafts.findCode(fresh!)).toMatchObject({ state: 'unspent', stage: 'P6' });
      expect(await drafts.findCode('of-dale')).toMatchObject({ state: 'unspent', stage: 'S1' });
    });

    it('are counted by school as numbers while nobody has used them', async () => {
      await storeCodes(test.database, stored.wave.id, 7);
      const counts = await createCodes(test.database).countUnspent(stored.wave.id);
      expect(counts.toSorted((a, b) => a.unspent - b.unspent)).toEqual([
        { schoolId: DALE, unspent: 1 },
        { schoolId: ASH, unspent: 7 },
      ]);
      expect(await createCodes(test.database).countUnspent('another wave')).toEqual([]);
    });

    it('may be more than one insert takes, or none', async () => {
      await storeCodes(test.database, stored.wave.id, 1201);
      expect(await createCodes(test.database).countUnspent(stored.wave.id)).toContainEqual({
        schoolId: ASH,
        unspent: 1201,
      });
      await createCodes(test.database).replaceUnspent(stored.wave.id, ASH, []);
      expect((await createCodes(test.database).countUnspent(stored.wave.id)).map((count) => count.schoolId)).toEqual([
        DALE,
      ]);
    });

    it('of a link carry its locality or nothing, and belong to no school', async () => {
      const codes = createCodes(test.database);
      const locality = { id: 'north', authority_id: AUTHORITY_ID, code: 'n', name: 'North' };
      await test.database.query.insertInto('localities').values(locality).execute();
      const before = await codes.countUnspent(stored.wave.id);
      await codes.addOfLink(stored.wave.id, { hmac: 'of-north', localityId: 'north' });
      await codes.addOfLink(stored.wave.id, { hmac: 'of-nowhere', localityId: null });
      const added = (await rowsOf(test.database, 'codes')).filter(({ hmac }) => hmac.startsWith('of-no'));
      const plain = { wave_id: stored.wave.id, state: 'unspent', school_id: null, stage: null, class: null };
      const nothing = { ...plain, sex: null, quintile: null, asn: null, spare: 0 };
      expect(added).toEqual([
        { ...nothing, hmac: 'of-north', locality_id: 'north' },
        { ...nothing, hmac: 'of-nowhere', locality_id: null },
      ]);
      expect(await codes.countUnspent(stored.wave.id)).toEqual(before);
    });

    it('are counted as started by class until the wave closes', async () => {
      const drafts = createDrafts(test.database, vault.secrets);
      for (const [className, count] of [
        ['P6A', 1],
        ['P6B', 3],
      ] as const) {
        for (const code of await storeCodes(test.database, stored.wave.id, count, className)) {
          await drafts.carryOn((await drafts.findCode(code))!, stored.primary.id);
        }
      }
      const counters = createFieldworkCounters(test.database);
      const byClass = await counters.startedByClass(stored.wave.id, ASH);
      // One was started above.
      expect(byClass.toSorted((a, b) => (a.class < b.class ? -1 : 1))).toEqual([
        { stage: 'P6', class: 'P6A', started: 2 },
        { stage: 'P6', class: 'P6B', started: 3 },
      ]);
      expect(await counters.ofWave(stored.wave.id)).toEqual([
        { schoolId: ASH, stage: 'P6', started: 5, declined: 0, sent: 0, brokenOff: 0, brokenOffKept: 0 },
      ]);
    });
  });
}
