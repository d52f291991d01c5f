import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createWaveReaders } from '../../server/storage/wave-readers.ts';
import { openFieldwork, type FieldworkHouse } from '../support/fieldwork.ts';
import { reviewAgain } from '../support/settled-wave.ts';
import { make, page, PARENTS, publish, PUPILS, recorded } from './own-survey.ts';

let house: FieldworkHouse;
let reader: string;
let second: string;

beforeAll(async () => {
  house = await openFieldwork();
  await publish(house, PUPILS, 'en', 'ar');
  await publish(house, PARENTS, 'en', 'ar');
  reader = house.accounts['text-reader'];
  second = await account('second.reader', house.authorityId);
});
afterAll(() => house.close());

async function account(signInName: string, authorityId: string): Promise<string> {
  const { database, clock } = house.services;
  const added = await createAccounts(database).add(
    { authorityId, signInName, passwordHash: 'nobody signs in with this', roles: ['text-reader'] },
    clock(),
  );
  if (added === 'name-taken') throw new Error(`${signInName} is there already: expected a new name.`);
  return added.id;
}

async function newWave(): Promise<string> {
  const made = await make(house, PUPILS.family, { bands: ['s1-s2'], schools: 'lochend' });
  return String(made.headers.location);
}
const name = (wave: string, ...readers: string[]) => house.post('administrator', `${wave}/readers`, { readers });
const remove = (wave: string, id: string) => house.post('administrator', `${wave}/readers/${id}/removal`, {});
async function open(wave: string) {
  await reviewAgain(house, wave);
  return house.post('administrator', `${wave}/opening`, {});
}
const namedIn = (wave: string) => createWaveReaders(house.services.database).ofWave(wave.split('/').at(-1)!);

/** The page of the step in which readers are named. */
const stepOf = (wave: string) => `${wave}/setup/readers`;

describe('readers of a wave that asks for words and is not open', () => {
  it('are none at first, and the page says what naming one means', async () => {
    const { body } = await page(house, stepOf(await newWave()));
    expect(body).toContain('No reader is named, so nobody is asked to write.');
    expect(body).toContain('by the end of the next school day. That includes texts that were never sent.');
    expect(body).toContain('child protection coordinator');
    expect(body).toContain(`value="${reader}"`);
    expect(body).toContain(`value="${second}"`);
    // Only those whose role it is can be chosen.
    expect(body).not.toContain(`value="${house.accounts.planner}"`);
  });

  it('are named by ticking accounts, and taken away again', async () => {
    const wave = await newWave();
    const reply = await name(wave, reader, second);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, stepOf(wave)]);
    expect((await namedIn(wave)).toSorted()).toEqual([reader, second].toSorted());
    const { body } = await page(house, stepOf(wave));
    expect(body.match(/<li class="row" data-reader><bdi>([^<]*)/g)).toHaveLength(2);
    expect(body).toContain('There is no other account with the role of text reader.');
    expect((await remove(wave, second)).headers.location).toBe(stepOf(wave));
    expect(await namedIn(wave)).toEqual([reader]);
    expect((await remove(wave, second)).statusCode).toBe(409);
  });

  it('named twice are one reader', async () => {
    const wave = await newWave();
    await name(wave, reader);
    expect((await name(wave, reader)).statusCode).toBe(303);
    expect(await namedIn(wave)).toEqual([reader]);
  });

  it('must be ticked', async () => {
    const reply = await name(await newWave());
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Tick at least one account.');
  });

  it('must have that role in this authority', async () => {
    const wave = await newWave();
    const { query } = house.services.database;
    await query
      .insertInto('authorities')
      .values({ id: 'elsewhere', name: 'Elsewhere', kind: 'real', created_at: house.clock.now })
      .execute();
    const stranger = await account('stranger', 'elsewhere');
    for (const wrong of [house.accounts.planner, stranger, 'nobody']) {
      expect((await name(wave, reader, wrong)).statusCode, wrong).toBe(404);
    }
    expect(await namedIn(wave)).toEqual([]);
    expect((await page(house, stepOf(wave))).body).not.toContain(stranger);
  });

  it('leave their mark in the record', async () => {
    const wave = await newWave();
    await name(wave, reader);
    await remove(wave, reader);
    const subject = `${wave.split('/').at(-1)} ${reader}`;
    const marks = (await recorded(house, 'reader-named', 'reader-removed')).filter((one) => one.subject === subject);
    expect(marks.map(({ by, action }) => [by, action])).toEqual([
      [house.accounts.administrator, 'reader-named'],
      [house.accounts.administrator, 'reader-removed'],
    ]);
  });

  it('are for administrators to name', async () => {
    const wave = await newWave();
    for (const role of ['text-reader', 'youth-worker', 'analyst'] as const) {
      expect((await house.post(role, `${wave}/readers`, { readers: reader })).statusCode, role).toBe(403);
    }
    expect((await name('/fieldwork/waves/none', reader)).statusCode).toBe(404);
    expect((await remove('/fieldwork/waves/none', reader)).statusCode).toBe(404);
  });
});

describe('once a wave is open', () => {
  it('a reader can be added to those it opened with, and none taken away', async () => {
    const wave = await newWave();
    await name(wave, reader);
    await open(wave);
    expect((await name(wave, second)).statusCode).toBe(303);
    expect((await remove(wave, reader)).statusCode).toBe(409);
    expect(await namedIn(wave)).toHaveLength(2);
    expect((await page(house, wave)).body).not.toMatch(/readers\/[^"]*\/removal/);
  });

  it('and it opened without readers, it stays without: its pupils were told that nobody asks for words', async () => {
    const wave = await newWave();
    await open(wave);
    expect((await name(wave, reader)).statusCode).toBe(409);
    const id = wave.split('/').at(-1)!;
    const readers = createWaveReaders(house.services.database);
    expect(await readers.name(id, reader, null, house.clock.now)).toBe('wave-open');
    expect(await namedIn(wave)).toEqual([]);
    expect((await page(house, wave)).body).not.toContain('id="readers"');
  });

  it('and closed, nobody is named any more', async () => {
    const wave = await newWave();
    await name(wave, reader);
    await open(wave);
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    expect((await name(wave, second)).statusCode).toBe(409);
    const { body } = await page(house, wave);
    expect(body).toContain('<bdi>text-reader</bdi>');
    expect(body).not.toContain('name="readers"');
  });
});

describe('a wave of which readers are named after its impact assessment was reviewed', () => {
  it('opens once that has been reviewed again, and only then', async () => {
    const wave = await newWave();
    await name(wave, reader);
    const refused = await house.post('administrator', `${wave}/opening`, {});
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('have changed since the impact assessment was reviewed');
    expect((await open(wave)).statusCode).toBe(303);
  });
});

describe('the last reader of a wave', () => {
  const end = (id: string) => house.post('administrator', `/people/accounts/${id}/ending`, {});
  const strip = (id: string) => house.post('administrator', `/people/accounts/${id}/roles`, { roles: 'planner' });

  it('whose account has ended lets no wave open that asks for words, until another one is named', async () => {
    const wave = await newWave();
    const gone = await account('gone.reader', house.authorityId);
    await name(wave, gone);
    expect((await end(gone)).statusCode).toBe(303);
    const refused = await open(wave);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('None of its readers can read any more');
    expect((await page(house, wave)).body).toContain('data-step="readers" data-done="no"');
    await name(wave, second);
    expect((await open(wave)).statusCode).toBe(303);
  });

  it('is neither ended nor given other roles while it is open, and is once another one is named', async () => {
    const wave = await newWave();
    const last = await account('last.reader', house.authorityId);
    await name(wave, last);
    await open(wave);
    for (const refused of [await end(last), await strip(last)]) {
      expect(refused.statusCode).toBe(409);
      expect(refused.body).toContain('Name another reader in that wave first.');
    }
    const { database } = house.services;
    expect((await createAccounts(database).find(house.authorityId, last))?.roles).toEqual(['text-reader']);
    await name(wave, second);
    expect((await strip(last)).statusCode).toBe(303);
    expect((await end(second)).statusCode).toBe(409);
  });

  it('stays after its close as long as something is unread', async () => {
    const wave = await newWave();
    const last = await account('late.reader', house.authorityId);
    await name(wave, last);
    await open(wave);
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    const { query } = house.services.database;
    const days = { written_on: '2026-05-01', due_on: '2026-05-04' };
    const text = { id: 'unread', wave_id: wave.split('/').at(-1)!, question_id: 'q', school_id: null, stage: null };
    await query
      .insertInto('written_texts')
      .values({ ...text, ...days, body: Buffer.from('sealed') })
      .execute();
    expect((await end(last)).statusCode).toBe(409);
    await query.deleteFrom('written_texts').where('id', '=', 'unread').execute();
    expect((await end(last)).statusCode).toBe(303);
  });
});

describe('a wave whose surveys ask for no words', () => {
  it('has no readers to name', async () => {
    const made = await make(house, PARENTS.family);
    const wave = String(made.headers.location);
    expect((await page(house, wave)).body).not.toContain('data-step="readers"');
    expect((await page(house, stepOf(wave))).statusCode).toBe(404);
  });
});
