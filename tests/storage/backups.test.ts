import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCode } from '../../server/core/fieldwork/code.ts';
import { closeAgain } from '../../server/fieldwork/close-wave.ts';
import { backUp, LEFT_OUT, restore } from '../../server/storage/backups.ts';
import { createFieldworkCounters } from '../../server/storage/fieldwork-counters.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { lockServer } from '../../server/storage/server-lock.ts';
import type { Tables } from '../../server/storage/tables.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { rowsOf } from '../support/stored-wave.ts';
import { sheetsOn, teacherOf } from '../support/teacher.ts';

/* One pupil has sent, one is in the middle, when a backup is taken beside the server. */
const folder = mkdtempSync(join(tmpdir(), 'heard-backup-'));
const backup = join(folder, 'backup.sqlite');

let house: FieldworkHouse;
let wave: string;
let waveId: string;
let halfWay: string;
let halfWayBody: Uint8Array;
let copy: Database;

beforeAll(async () => {
  house = await openFieldwork('demonstration', undefined, { onDisk: true });
  wave = await house.openWave();
  waveId = wave.split('/').at(-1)!;
  const codes = await house.codes(wave, 'burnside');
  await (await (await new Pupil(house).start(codes[0]!)).answerAll()).send();
  halfWay = codes[1]!;
  await (await new Pupil(house).start(halfWay)).answer();
  const [draft] = await rowsOf(house.services.database, 'drafts', waveId);
  halfWayBody = draft!.body;
  const school = `${wave.replace('/fieldwork', '/class')}/schools/burnside`;
  const [sheet] = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
  const teacher = await teacherOf(house, sheet!);
  expect(teacher.status).toBe(200);
  await teacher.post('/class/openings');
  await house.as('planner');
  backUp(house.services.settings.databaseUrl, backup);
  copy = openDatabase(backup);
});
afterAll(async () => {
  await copy.close();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const hmacOf = (written: string) => {
  const typed = readCode(written);
  return 'code' in typed ? house.services.secrets.hashCode(typed.code) : '';
};
const countOf = async (database: Database, table: keyof Tables) =>
  Number(
    (
      await database.query
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows,
  );

describe('a backup', () => {
  it('holds every table, with all rows but those of drafts and sessions', async () => {
    const tables = await house.services.database.query.introspection.getTables();
    expect(tables.length).toBeGreaterThan(60);
    for (const { name } of tables) {
      const table = name as keyof Tables;
      const left = (LEFT_OUT as readonly string[]).includes(name);
      const expected = left ? 0 : await countOf(house.services.database, table);
      expect(await countOf(copy, table), name).toBe(expected);
    }
    expect(await countOf(copy, 'responses')).toBe(1);
  });

  it('signs nobody in: it holds no session of pupils, staff or teachers', async () => {
    const tables = await house.services.database.query.introspection.getTables();
    const sessions = tables.map(({ name }) => name).filter((name) => name.endsWith('_sessions')) as (keyof Tables)[];
    expect(sessions.toSorted()).toEqual(['class_sessions', 'respondent_sessions', 'staff_sessions']);
    for (const table of sessions) {
      expect(await countOf(house.services.database, table), table).toBeGreaterThan(0);
      expect(await countOf(copy, table), table).toBe(0);
    }
  });

  it('holds nothing of a draft, not even sealed', () => {
    const bytes = readFileSync(backup);
    expect(halfWayBody.length).toBeGreaterThan(20);
    expect(bytes.includes(Buffer.from(halfWayBody.slice(0, 32)))).toBe(false);
    expect(readFileSync(house.services.settings.databaseUrl).length).toBeGreaterThan(0);
  });

  it('opens no class: neither who runs one is in it, nor a join code', async () => {
    for (const table of ['class_sessions', 'class_openings'] as const) {
      expect(await countOf(house.services.database, table), table).toBe(1);
      expect(await countOf(copy, table), table).toBe(0);
    }
    expect(await countOf(copy, 'class_sheets')).toBe(3);
  });

  it('lets whoever was in the middle begin anew, and has not counted them', async () => {
    const state = (database: Database) =>
      database.query.selectFrom('codes').select('state').where('hmac', '=', hmacOf(halfWay)).executeTakeFirst();
    expect(await state(house.services.database)).toEqual({ state: 'started' });
    expect(await state(copy)).toEqual({ state: 'unspent' });
    const started = async (database: Database) =>
      (await createFieldworkCounters(database).ofWave(waveId)).reduce((sum, count) => sum + count.started, 0);
    expect(await started(house.services.database)).toBe(2);
    expect(await started(copy)).toBe(1);
  });

  it('is for nobody else to read, is one file, and never overwrites one', () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(existsSync(`${backup}.part`)).toBe(false);
    expect(() => backUp(house.services.settings.databaseUrl, backup)).toThrow(/exists already/);
    expect(() => backUp(join(folder, 'none.sqlite'), join(folder, 'other.sqlite'))).toThrow(/no database/);
  });

  it('needs no migration', async () => {
    expect(await migrate(copy)).toEqual([]);
  });
});

describe('a restored backup', () => {
  it('has waves that were closed since closed again, with nothing left of their codes', async () => {
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    const url = join(folder, 'restored', 'heard.sqlite');
    expect(restore(backup, url, house.clock.now)).toEqual({ movedTo: null });
    const database = openDatabase(url);
    const services = { ...house.services, database };
    expect((await createWaves(database).find(waveId))?.state).toBe('open');
    await closeAgain(services);
    expect((await createWaves(database).find(waveId))?.state).toBe('closed');
    const codes = await rowsOf(database, 'codes', waveId);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.every((code) => code.school_id === null && code.stage === null)).toBe(true);
    expect(await countOf(database, 'responses')).toBe(1);
    await database.close();
  });

  it('from before a wave was open leaves that wave shut, and one with a secret is never closed again', async () => {
    const made = await house.makeWave();
    const { secrets } = house.services;
    const id = made.split('/').at(-1)!;
    // As if it had been opened and closed after the backup.
    secrets.createWaveSecret(id);
    secrets.destroyWaveSecret(id);
    const reply = await house.post('administrator', `${made}/opening`, {});
    expect(reply.statusCode).toBe(409);
    expect(reply.body).toContain('Make a new wave.');
    expect(secrets.hasWaveSecret(id)).toBe(false);
    expect((await createWaves(house.services.database).find(id))?.state).toBe('made');
    secrets.createWaveSecret(id);
    await createWaves(house.services.database).open(id, null, house.clock.now);
    await closeAgain(house.services);
    expect((await createWaves(house.services.database).find(id))?.state).toBe('open');
  });

  it('stands where the database was, which is moved aside whole', async () => {
    const url = join(folder, 'replaced.sqlite');
    writeFileSync(url, 'what was there');
    writeFileSync(`${url}-wal`, 'its log');
    const { movedTo } = restore(backup, url, '2026-05-02T10:00:00.000Z');
    expect(movedTo).toBe(`${url}.before-20260502100000`);
    expect(readFileSync(movedTo!, 'utf8')).toBe('what was there');
    expect(readFileSync(`${movedTo}-wal`, 'utf8')).toBe('its log');
    const database = openDatabase(url);
    expect(await countOf(database, 'responses')).toBe(1);
    await database.close();
  });

  it('is not taken from a damaged file, and the database stays', () => {
    const damaged = join(folder, 'damaged.sqlite');
    const bytes = readFileSync(backup);
    bytes.fill(7, 8192 * 3, 8192 * 5);
    writeFileSync(damaged, bytes);
    const url = join(folder, 'kept.sqlite');
    writeFileSync(url, 'what was there');
    expect(() => restore(damaged, url, house.clock.now)).toThrow(/damaged|not a sound/);
    expect(() => restore(join(folder, 'none'), url, house.clock.now)).toThrow(/no backup/);
    writeFileSync(damaged, 'no database at all, but some words');
    expect(() => restore(damaged, url, house.clock.now)).toThrow(/not a sound/);
    expect(readFileSync(url, 'utf8')).toBe('what was there');
  });
});

describe('the lock of a server', () => {
  it('is had by one at a time', () => {
    const url = join(folder, 'locked.sqlite');
    const lock = lockServer(url);
    expect(() => lockServer(url)).toThrow(/Stop it first/);
    lock.release();
    lockServer(url).release();
  });
});
