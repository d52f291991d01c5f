import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClassAttendances } from '../../../server/storage/class-attendance.ts';
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

const CLASS_TABLES = ['class_sheets', 'class_sessions', 'class_openings', 'class_spares', 'class_attendance'] as const;
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
      expect(await Promise.all([spares.add(key, 3), spares.add(key, 3)])).toEqual([true, true]);
      expect(await spares.count(key)).toBe(2);
      expect(await spares.count(next)).toBe(0);
    });

    it('have so many spares at most, also when many are asked for at once; whoever may add more still can', async () => {
      const spares = createClassSpares(test.database);
      const small = { ...key, className: 'P6E' };
      const place = { waveId: key.waveId, schoolId: ASH, stage: 'P6', class: 'P6E' };
      const before = (await rowsOf(test.database, 'codes', key.waveId)).length;
      const asked = await Promise.all([
        ...Array.from({ length: 3 }, () => spares.add(small, 3)),
        ...Array.from({ length: 3 }, (_, index) => spares.addSlip(small, 3, place, `capped ${index}`)),
      ]);
      expect(asked.filter(Boolean)).toHaveLength(3);
      expect(await spares.count(small)).toBe(3);
      const slips = asked.slice(3).filter(Boolean).length;
      expect((await rowsOf(test.database, 'codes', key.waveId)).length).toBe(before + slips);
      // Opened and ended, or with a new sheet, it is the same class.
      const openings = createClassOpenings(test.database);
      await openings.open(small, { id: 'small', joinHmac: 'join small', openUntil: LATER });
      await openings.end(small);
      const sheet = { className: 'P6E', linkHmac: 'link small', pinHmac: 'pin' };
      await createClassSheets(test.database).replace(key.waveId, ASH, [sheet], AT);
      expect(await spares.add(small, 3)).toBe(false);
      expect(await spares.add(small, null)).toBe(true);
      expect(await spares.add(small, 3)).toBe(false);
      expect(await spares.ofSchool(key.waveId, ASH)).toContainEqual({ className: 'P6E', spares: 4 });
    });

    it('have a number of those here on a day, which stands for that day alone', async () => {
      const attendances = createClassAttendances(test.database);
      const { waveId } = next;
      const place = { waveId, schoolId: ASH, stage: 'P6', class: 'P6D' };
      const parts = [{ stage: 'P6', class: 'P6D' }];
      const of = { ...next, className: 'P6D' };
      const places = createClassPlaces(test.database, vault.secrets);
      const join = (hmac: string) =>
        places.join({ place, hmac, versionId: other.primary.id, parts: [place], seatsLeft: 9 });
      expect(await attendances.setHere(of, '2026-05-01', 5, 7)).toBe(false);
      await attendances.begin(of, parts, '2026-05-01');
      expect(await attendances.find(of, '2026-05-01')).toMatchObject({ here: null, startedBefore: 0 });
      expect(await attendances.absentOf(waveId)).toEqual([]);
      await join('first of the day');
      expect(await attendances.setHere(of, '2026-05-01', 5, 7)).toBe(true);
      // A second opening on the same day begins nothing anew.
      await attendances.begin(of, parts, '2026-05-01');
      expect(await attendances.find(of, '2026-05-01')).toEqual({ here: 5, startedBefore: 0, absent: 2, reached: 5 });
      expect(await attendances.absentOf(waveId)).toEqual([{ schoolId: ASH, pupils: 2 }]);
      for (const hmac of ['second', 'third', 'fourth', 'fifth']) await join(`${hmac} of the day`);
      await attendances.begin(of, parts, '2026-05-04');
      expect(await attendances.find(of, '2026-05-01')).toBeUndefined();
      expect(await attendances.find(of, '2026-05-04')).toMatchObject({ here: null, startedBefore: 5 });
      await join('absent before');
      expect(await attendances.absentOf(waveId)).toEqual([{ schoolId: ASH, pupils: 1 }]);
      await attendances.setHere(of, '2026-05-04', 2, 7);
      expect(await attendances.absentOf(waveId)).toEqual([{ schoolId: ASH, pupils: 0 }]);
      await attendances.setHere(of, '2026-05-04', null, 7);
      expect(await attendances.absentOf(waveId)).toEqual([]);
    });

    it('keep the spare slips of those who were handed one where somebody joins', async () => {
      const { waveId } = key;
      const place = { waveId, schoolId: ASH, stage: 'P6', class: 'P6F' };
      const slips = await storeCodes(test.database, waveId, 5, 'P6F');
      await createClassSpares(test.database).addSlip({ ...key, className: 'P6F' }, 3, place, 'handed over');
      const stateOf = async (hmac: string) =>
        (await rowsOf(test.database, 'codes', waveId)).find((row) => row.hmac === hmac)?.state;
      for (let turn = 0; turn < 5; turn += 1) {
        await createClassPlaces(test.database, vault.secrets).join({
          ...{ place, hmac: `joined ${turn}`, versionId: stored.primary.id, parts: [place] },
          seatsLeft: 5 - turn,
        });
      }
      expect(await stateOf('handed over')).toBe('unspent');
      expect(new Set(await Promise.all(slips.map(stateOf)))).toEqual(new Set(['replaced']));
      // Where nothing else is left, a spare one goes: an unspent code without a seat would be worse.
      const last = { place, hmac: 'joined last', versionId: stored.primary.id, parts: [place], seatsLeft: 0 };
      await createClassPlaces(test.database, vault.secrets).join(last);
      expect(await stateOf('handed over')).toBe('replaced');
      expect(
        (await rowsOf(test.database, 'codes', waveId)).filter((row) => row.spare === 1 && row.state !== 'unspent'),
      ).toEqual([]);
    });

    it('take numbers of opt-outs by who has started, all of them or none', async () => {
      const optOuts = createOptOuts(test.database);
      const { waveId } = key;
      const place = { waveId, schoolId: ASH, stage: 'P6', class: 'P6G' };
      const join = { place, hmac: 'of P6G', versionId: stored.primary.id, parts: [place], seatsLeft: 9 };
      await createClassPlaces(test.database, vault.secrets).join(join);
      const p6 = (pupils: number) => ({ stage: 'P6', class: 'P6G', pupils, roll: 5 });
      const p7 = { stage: 'P7', class: 'P6G', pupils: 1, roll: 5 };
      const stands = async () => (await optOuts.ofSchool(waveId, ASH)).filter((row) => row.class === 'P6G');
      expect(await optOuts.set(waveId, ASH, [p7, p6(5)], 'refuse')).toMatchObject({ changed: false, tooMany: [p6(5)] });
      expect(await stands()).toEqual([]);
      expect(await optOuts.set(waveId, ASH, [p7, p6(4)], 'refuse')).toEqual({ changed: true, tooMany: [] });
      // Whoever is not told who has started sees what was entered; counted are those who can have stayed out.
      expect(await optOuts.set(waveId, ASH, [p6(5)], 'count-fewer')).toEqual({ changed: true, tooMany: [] });
      expect(await stands()).toContainEqual({ stage: 'P6', class: 'P6G', pupils: 4, entered: 5 });
      // What stands there already may stay.
      expect(await optOuts.set(waveId, ASH, [p6(5)], 'refuse')).toEqual({ changed: false, tooMany: [] });
      await optOuts.set(waveId, ASH, [p6(0), { ...p7, pupils: 0 }], 'refuse');
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
        9,
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
        9,
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
        const of = (className: string, pupils: number) => ({ stage: 'P6', class: className, pupils, roll: 20 });
        expect(await optOuts.set(waveId, ASH, [of('P6A', 2)], 'refuse')).toEqual({ changed: true, tooMany: [] });
        expect(await optOuts.set(waveId, ASH, [of('P6A', 2)], 'refuse')).toEqual({ changed: false, tooMany: [] });
        await optOuts.set(waveId, ASH, [of('P6B', 1)], 'refuse');
      }
      for (const one of [key, next]) {
        const linkHmac = `link of ${one.waveId}`;
        await createClassSheets(test.database).replace(one.waveId, ASH, [{ ...one, linkHmac, pinHmac: 'pin' }], AT);
        await createClassSessions(test.database).start(one, LATER, AT);
        const opening = { id: one.waveId, joinHmac: `join ${one.waveId}`, openUntil: LATER };
        await createClassOpenings(test.database).open(one, opening);
        await createClassSpares(test.database).add(one, 9);
        await createClassAttendances(test.database).begin(one, [], '2026-05-01');
      }
      for (let turn = 0; turn < 2; turn += 1) {
        await test.database.query.transaction().execute((trx) => forgetClassWork(trx, key.waveId));
        for (const table of CLASS_TABLES) {
          expect(await rowsOf(test.database, table, key.waveId), table).toEqual([]);
          const { className } = next;
          const left = await rowsOf(test.database, table, next.waveId);
          expect(
            left.filter((row) => row.class_name === className),
            table,
          ).toHaveLength(1);
        }
        expect((await optOuts.ofWave(key.waveId)).filter(({ pupils }) => pupils > 0)).toEqual([
          { schoolId: ASH, stage: 'P6', class: '', pupils: 3, entered: 3 },
        ]);
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
        'class_attendance',
        'opt_outs',
      ] as const;
      const before = await contentOf(database, ...tables);
      const spares = createClassSpares(database);
      const late = [
        () => spares.add(next, 9),
        () => spares.addSlip(next, 9, place, 'late spare'),
        () => createClassAttendances(database).begin(next, [place], '2026-05-04'),
        () => createClassAttendances(database).setHere(next, '2026-05-01', 3, 9),
        () => createOptOuts(database).set(waveId, ASH, [{ stage: 'P6', class: 'P6A', pupils: 3, roll: 20 }], 'refuse'),
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
