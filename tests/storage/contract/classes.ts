import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClassCounts } from '../../../server/storage/class-counts.ts';
import { forgetClassWork } from '../../../server/storage/class-closings.ts';
import { createClassOpenings } from '../../../server/storage/class-openings.ts';
import { createOptOuts } from '../../../server/storage/class-opt-outs.ts';
import { createClassPlaces } from '../../../server/storage/class-places.ts';
import { createClassRolls } from '../../../server/storage/class-rolls.ts';
import { createClassSessions } from '../../../server/storage/class-sessions.ts';
import { createClassSheets, type ClassKey } from '../../../server/storage/class-sheets.ts';
import { createClassSpares } from '../../../server/storage/class-spares.ts';
import { createCodes, type ClassPlace } from '../../../server/storage/codes.ts';
import { createDrafts } from '../../../server/storage/drafts.ts';
import {
  ASH,
  AT,
  contentOf,
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

const LATER = '2026-05-01T10:00:00.000Z';

export function classesContract(openDatabaseForTest: OpenDatabase): void {
  describe('classes', () => {
    const vault = testSecrets();
    let test: TestDatabase;
    let stored: StoredWave;
    let other: StoredWave;
    let key: ClassKey;
    let next: ClassKey;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      const versions = await storeSurveys(test.database);
      stored = await storeOpenWave(test.database, vault.secrets, versions);
      other = await storeOpenWave(test.database, vault.secrets, versions, 'Autumn 2026');
      key = { waveId: stored.wave.id, schoolId: ASH, className: 'P6A' };
      next = { ...key, waveId: other.wave.id };
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    it('have a sheet each; a new one ends the old one and its devices, and no others', async () => {
      const sheets = createClassSheets(test.database);
      const sessions = createClassSessions(test.database);
      const sheetOf = (className: string, turn: number) => ({
        className,
        linkHmac: `link ${className} ${turn}`,
        pinHmac: `pin ${className} ${turn}`,
      });
      await sheets.replace(key.waveId, ASH, [sheetOf('P6A', 1), sheetOf('P6B', 1)], AT);
      const mine = await sessions.start(key, LATER, AT);
      const neighbour = await sessions.start({ ...key, className: 'P6B' }, LATER, AT);
      const openings = createClassOpenings(test.database);
      for (const className of ['P6A', 'P6B'])
        await openings.open({ ...key, className }, { id: className, joinHmac: className, openUntil: LATER });
      expect(await sheets.find('link P6A 1')).toEqual({ ...key, pinHmac: 'pin P6A 1' });
      await sheets.replace(key.waveId, ASH, [sheetOf('P6A', 2)], AT);
      expect(await sheets.find('link P6A 1')).toBeUndefined();
      expect(await sheets.find('link P6A 2')).toMatchObject(key);
      expect(await sessions.find(mine, AT)).toBeUndefined();
      expect(await sessions.find(neighbour, AT)).toEqual({ ...key, className: 'P6B' });
      // Whoever found the old sheet may have opened joining with it.
      expect(await openings.find(key, AT)).toBeUndefined();
      expect(await openings.findByJoinCode('P6B', AT)).toMatchObject({ key: { className: 'P6B' } });
      await openings.end({ ...key, className: 'P6B' });
      expect((await sheets.ofSchool(key.waveId, ASH)).toSorted()).toEqual(['P6A', 'P6B']);
      expect(await sheets.ofSchool(key.waveId, DALE)).toEqual([]);
    });

    it('are signed in to until a time, and what is over is not kept', async () => {
      const sessions = createClassSessions(test.database);
      const token = await sessions.start(key, LATER, AT);
      expect(await sessions.find(token, '2026-05-01T09:59:59.999Z')).toEqual(key);
      expect(await sessions.find(token, LATER)).toBeUndefined();
      expect(JSON.stringify(await rowsOf(test.database, 'class_sessions'))).not.toContain(token);
      const fresh = await sessions.start(key, '2026-05-02T10:00:00.000Z', LATER);
      expect(await rowsOf(test.database, 'class_sessions')).toHaveLength(1);
      await sessions.end(fresh);
      expect(await rowsOf(test.database, 'class_sessions')).toEqual([]);
    });

    it('are held open under one join code at a time, until a time', async () => {
      const openings = createClassOpenings(test.database);
      await openings.open(key, { id: 'one', joinHmac: 'join one', openUntil: LATER });
      expect(await openings.findByJoinCode('join one', AT)).toEqual({ id: 'one', key });
      expect(await openings.findByJoinCode('join one', LATER)).toBeUndefined();
      const found = (await openings.find(key, AT))!;
      expect(await openings.extend(key, found, 15, 40)).toBe(true);
      // Two devices that press at once have seen the same end: it moves once.
      expect(await openings.extend(key, found, 15, 40)).toBe(false);
      expect(await openings.extend(key, (await openings.find(key, AT))!, 15, 40)).toBe(true);
      expect(await openings.extend(key, (await openings.find(key, AT))!, 15, 40)).toBe(false);
      expect(await openings.find(key, LATER)).toEqual({
        id: 'one',
        openUntil: '2026-05-01T10:30:00.000Z',
        extraMinutes: 30,
      });
      await openings.open(key, { id: 'two', joinHmac: 'join two', openUntil: LATER });
      expect(await openings.findByJoinCode('join one', AT)).toBeUndefined();
      expect(await openings.find(key, AT)).toEqual({ id: 'two', openUntil: LATER, extraMinutes: 0 });
      await openings.end(key);
      expect(await openings.find(key, AT)).toBeUndefined();
      expect(await openings.findByJoinCode('join two', AT)).toBeUndefined();
    });

    it('count their spares one by one', async () => {
      const spares = createClassSpares(test.database);
      expect(await spares.count(key)).toBe(0);
      await Promise.all([spares.add(key), spares.add(key)]);
      expect(await spares.count(key)).toBe(2);
      expect(await spares.count(next)).toBe(0);
    });

    it('are read from the frozen roll, the stages of the wave only', async () => {
      const row = { wave_id: key.waveId, school_id: ASH, sex: null, quintile: null, asn: null };
      const counts = [
        { ...row, id: 'a', stage: 'P6', class: 'P6A', pupils: 3 },
        { ...row, id: 'b', stage: 'P3', class: 'P3A', pupils: 5 },
        { ...row, id: 'c', stage: 'P7', class: null, pupils: 4 },
      ];
      await test.database.query.insertInto('wave_rolls').values(counts).execute();
      expect(await createClassRolls(test.database).ofSchool(key.waveId, ASH, ['P5', 'P6', 'P7'])).toEqual([
        { name: 'P6A', parts: [{ stage: 'P6', class: 'P6A', pupils: 3 }] },
        { name: 'P7', parts: [{ stage: 'P7', class: '', pupils: 4 }] },
      ]);
      expect(await createClassRolls(test.database).ofSchool(key.waveId, DALE, ['P6'])).toEqual([]);
    });

    it('are counted as far as they are, by class and stage', async () => {
      const drafts = createDrafts(test.database, vault.secrets);
      const [first, second] = await storeCodes(test.database, key.waveId, 3);
      for (const code of [first!, second!]) await drafts.carryOn((await drafts.findCode(code))!, stored.primary.id);
      await createClassSpares(test.database).addSlip(
        key,
        { waveId: key.waveId, schoolId: ASH, stage: 'P7', class: null },
        'of P7',
      );
      await drafts.carryOn((await drafts.findCode('of P7'))!, stored.primary.id);
      const counts = createClassCounts(test.database);
      const own = await counts.of(key.waveId, ASH, [{ stage: 'P6', class: 'P6A' }]);
      expect({ ...own, answering: own.answering.toSorted() }).toEqual({
        started: 2,
        finished: 0,
        answering: [first!, second!].toSorted(),
      });
      expect(await counts.of(key.waveId, ASH, [{ stage: 'P7', class: '' }])).toMatchObject({ answering: ['of P7'] });
      expect(await counts.of(key.waveId, ASH, [{ stage: 'P7', class: 'P7A' }])).toMatchObject({ started: 0 });
    });

    it('give a new code for one of their unspent ones where they have more than seats left', async () => {
      const { waveId } = key;
      const slips = await storeCodes(test.database, waveId, 4, 'P6C');
      const place = { waveId, schoolId: ASH, stage: 'P6', class: 'P6C' };
      const join = (hmac: string, seatsLeft: number, of: ClassPlace = place) =>
        createClassPlaces(test.database, vault.secrets).join({
          place: of,
          hmac,
          versionId: stored.primary.id,
          parts: [of],
          seatsLeft,
        });
      const rowOf = async (hmac: string) =>
        (await rowsOf(test.database, 'codes', waveId)).find((row) => row.hmac === hmac);
      const unspent = async () =>
        (await Promise.all(slips.map(rowOf))).filter((row) => row?.state === 'unspent').length;
      const token = await join('joined', 3);
      expect(createDrafts(test.database, vault.secrets).hold(token)).toMatchObject({ draft: { codeHmac: 'joined' } });
      expect(await rowOf('joined')).toMatchObject({
        state: 'started',
        stage: 'P6',
        class: 'P6C',
        sex: null,
        asn: null,
      });
      expect(await unspent()).toBe(3);
      // As many seats as unspent codes: a spare slip, or that of somebody absent, stays good.
      await join('joined beside a spare', 3);
      expect(await unspent()).toBe(3);
      await join('of no class', 0, { ...place, class: null });
      expect(await unspent()).toBe(3);
      expect(await createClassCounts(test.database).of(waveId, ASH, [place])).toMatchObject({ started: 2 });
    });

    it('give all of a place or nothing', async () => {
      const before = await contentOf(test.database, 'codes', 'drafts', 'respondent_sessions', 'fieldwork_counters');
      const place = { waveId: key.waveId, schoolId: ASH, stage: 'P6', class: 'P6C' };
      const join = createClassPlaces(test.database, vault.secrets).join({
        place,
        hmac: 'of no version',
        versionId: 'no version',
        parts: [place],
        seatsLeft: 0,
      });
      await expect(join).rejects.toThrow(/constraint/i);
      const after = await contentOf(test.database, 'codes', 'drafts', 'respondent_sessions', 'fieldwork_counters');
      expect(after).toEqual(before);
    });

    it('can have their unspent codes made again without those of others', async () => {
      const codes = createCodes(test.database);
      const before = await storeCodes(test.database, key.waveId, 2, 'P6B');
      await createClassSpares(test.database).addSlip(
        key,
        { waveId: key.waveId, schoolId: ASH, stage: 'P6', class: 'P6A' },
        'spare',
      );
      const fresh = { hmac: 'fresh', stage: 'P6', class: 'P6A', sex: null, quintile: null, asn: null };
      await codes.replaceUnspentOf(key.waveId, ASH, [{ stage: 'P6', class: 'P6A' }], [fresh]);
      const rows = await rowsOf(test.database, 'codes', key.waveId);
      const stateOf = (hmac: string) => rows.find((row) => row.hmac === hmac)?.state;
      expect([stateOf('spare'), stateOf('fresh'), ...before.map(stateOf)]).toEqual([
        'replaced',
        'unspent',
        'unspent',
        'unspent',
      ]);
    });

    it('lose everything when their wave closes but the number of opt-outs by school and stage; other waves keep theirs', async () => {
      const optOuts = createOptOuts(test.database);
      for (const { waveId } of [key, next]) {
        expect(await optOuts.set(waveId, ASH, { stage: 'P6', class: 'P6A', pupils: 2 })).toBe(true);
        expect(await optOuts.set(waveId, ASH, { stage: 'P6', class: 'P6A', pupils: 2 })).toBe(false);
        await optOuts.set(waveId, ASH, { stage: 'P6', class: 'P6B', pupils: 1 });
      }
      for (const one of [key, next]) {
        const linkHmac = `link of ${one.waveId}`;
        await createClassSheets(test.database).replace(one.waveId, ASH, [{ ...one, linkHmac, pinHmac: 'pin' }], AT);
        await createClassSessions(test.database).start(one, LATER, AT);
        const opening = { id: one.waveId, joinHmac: `join ${one.waveId}`, openUntil: LATER };
        await createClassOpenings(test.database).open(one, opening);
        await createClassSpares(test.database).add(one);
      }
      for (let turn = 0; turn < 2; turn += 1) {
        await test.database.query.transaction().execute((trx) => forgetClassWork(trx, key.waveId));
        for (const table of ['class_sheets', 'class_sessions', 'class_openings', 'class_spares'] as const) {
          expect(await rowsOf(test.database, table, key.waveId), table).toEqual([]);
          expect(await rowsOf(test.database, table, next.waveId), table).toHaveLength(1);
        }
        expect(await optOuts.ofWave(key.waveId)).toEqual([{ schoolId: ASH, stage: 'P6', class: '', pupils: 3 }]);
        expect(await optOuts.ofSchool(next.waveId, ASH)).toHaveLength(2);
      }
    });

    it('take nothing once the close of their wave has begun', async () => {
      const { database } = test;
      const { waveId } = next;
      const place = { waveId, schoolId: ASH, stage: 'P6', class: 'P6A' };
      const closing = { wave_id: waveId, started_at: AT, started_by: null, finished_at: null };
      await database.query.insertInto('wave_closings').values(closing).execute();
      const tables = [
        'codes',
        'drafts',
        'class_sheets',
        'class_sessions',
        'class_openings',
        'class_spares',
        'opt_outs',
      ] as const;
      const before = await contentOf(database, ...tables);
      const spares = createClassSpares(database);
      const late = [
        () => spares.add(next),
        () => spares.addSlip(next, place, 'late spare'),
        () => createOptOuts(database).set(waveId, ASH, { stage: 'P6', class: 'P6A', pupils: 3 }),
        () => createClassSessions(database).start(next, LATER, AT),
        () => createClassOpenings(database).open(next, { id: 'late', joinHmac: 'late', openUntil: LATER }),
        () => createClassSheets(database).replace(waveId, ASH, [{ ...next, linkHmac: 'late', pinHmac: 'late' }], AT),
        () =>
          createClassPlaces(database, vault.secrets).join({
            place,
            hmac: 'late',
            versionId: stored.primary.id,
            parts: [place],
            seatsLeft: 9,
          }),
      ];
      for (const write of late) await expect(write()).rejects.toMatchObject({ code: 'wave-closed' });
      expect(await contentOf(database, ...tables)).toEqual(before);
    });
  });
}
