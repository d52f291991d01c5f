import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../server/commands/server-process.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { openFieldwork, type FieldworkHouse } from '../support/fieldwork.ts';
import { settleWave } from '../support/settled-wave.ts';
import { rowsOf } from '../support/stored-wave.ts';

/* What the server does by itself when it starts and while it runs, seen from outside: a process of its own on the same file. */

let house: FieldworkHouse;
let server: RunningServer | undefined;

beforeAll(async () => {
  house = await openFieldwork('demonstration', undefined, { onDisk: true });
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(() => house.close());

const SHORT_HOURS = pathToFileURL(join(import.meta.dirname, '..', 'support', 'short-hours.ts')).href;

async function start(...flags: string[]): Promise<void> {
  const { databaseUrl, secretsFolder } = house.services.settings;
  server = await startServer([...flags, 'server/main.ts'], {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    HEARD_SECRETS: secretsFolder,
    HEARD_LOG: 'silent',
    HEARD_DEMONSTRATION: 'no',
  });
}

/** A rehearsal that stands open. @returns the id of its wave */
async function rehearsal(): Promise<string> {
  const made = await house.post('administrator', '/fieldwork/waves', { name: 'Spring 2026', family: 'pupils' });
  const wave = String(made.headers.location);
  const schools = { schools: ['burnside', 'lochend'], agreed: 'lochend' };
  await settleWave(house, wave, { stages: { bands: ['p5-p7', 's1-s2'] }, schools, rehearsal: null });
  const begun = await house.post('administrator', `${wave}/rehearsals`, {});
  return String(begun.headers.location).split('/').at(-1)!;
}

const lastDay = (id: string, endsOn: string) =>
  house.services.database.query.updateTable('waves').set({ ends_on: endsOn }).where('id', '=', id).execute();
const stands = async (id: string) => (await createWaves(house.services.database).find(id)) !== undefined;

/** Looks again and again until something is so, or for too long. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < 100; look += 1) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

describe('a server that starts', () => {
  it('ends rehearsals whose last day is over, before anybody can ask it, and leaves the others', async () => {
    const [late, open] = [await rehearsal(), await rehearsal()];
    await lastDay(late, '2000-01-01');
    await lastDay(open, '2999-01-01');
    await start();
    expect([await stands(late), await stands(open)]).toEqual([false, true]);
    expect(house.services.secrets.hasWaveSecret(late)).toBe(false);
  }, 60_000);

  it('deletes words that a backup brought back although their key was destroyed', async () => {
    const id = await rehearsal();
    await lastDay(id, '2999-01-01');
    const { secrets, database } = house.services;
    secrets.destroyTextSecret(id);
    await database.query
      .insertInto('written_texts')
      .values({
        ...{ id: 'brought-back', wave_id: id, school_id: 'burnside', stage: 'P5', question_id: 'any-words' },
        ...{ body: Buffer.from('sealed words'), written_on: '2026-05-01', due_on: '2026-05-04' },
      })
      .execute();
    await start();
    // The wave stands; a text that nobody had read by the time of the backup goes whole.
    expect([await stands(id), await rowsOf(database, 'written_texts', id)]).toEqual([true, []]);
  }, 60_000);
});

describe('a server that runs', () => {
  it('ends rehearsals every hour, not at its next start', async () => {
    const id = await rehearsal();
    await lastDay(id, '2999-01-01');
    await start('--import', SHORT_HOURS);
    expect(await stands(id)).toBe(true);
    await lastDay(id, '2000-01-01');
    expect(await until(async () => !(await stands(id)))).toBe(true);
  }, 60_000);
});
