import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClosings } from '../../server/storage/closings.ts';
import { readCode } from '../../server/core/fieldwork/code.ts';
import type { ResponsesTable } from '../../server/storage/answering-tables.ts';
import type { Tables } from '../../server/storage/tables.ts';
import { contentOf, rowsOf } from '../support/stored-wave.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

const SENDERS = 14;
/** What one pupil of this class sent: enough that no two say the same. */
const answersOf = (number: number) => Array.from({ length: 6 }, (_, page) => ((number >> page) & 1) === 1);

let house: FieldworkHouse;
let wave: string;
let waveId: string;
let otherWaveId: string;
let senders: { hmac: string; responseId: string; answers: string }[];
let before: { responses: ResponsesTable[]; codes: number; others: unknown[] };
let midway: Pupil;
let midwayCode: string;
let midwayAttempt: string;
let thrown: Pupil;
let thrownCode: string;
let thrownAttempt: string;
let unspentCode: string;
let elsewhere: Pupil;
let closing: Awaited<ReturnType<FieldworkHouse['post']>>;

const query = () => house.services.database.query;
const hmacOf = (written: string) => {
  const typed = readCode(written);
  return 'code' in typed ? house.services.secrets.hashCode(typed.code) : '';
};
const ofWave = <Table extends keyof Tables>(table: Table, id = waveId) => rowsOf(house.services.database, table, id);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

async function sendAs(code: string, number: number): Promise<void> {
  const pupil = await new Pupil(house).start(code);
  for (const answers of answersOf(number)) await (answers ? pupil.answer() : pupil.skip());
  await (await pupil.answerAll()).send();
}

async function sendAll(codes: string[]): Promise<typeof senders> {
  const sent: typeof senders = [];
  for (let number = 0; number < SENDERS; number += 1) {
    const code = codes.pop()!;
    const known = new Set((await ofWave('responses')).map((row) => row.id));
    await sendAs(code, number);
    const [added] = (await ofWave('responses')).filter((row) => !known.has(row.id));
    sent.push({ hmac: hmacOf(code), responseId: added!.id, answers: hex(added!.answers) });
  }
  return sent;
}

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  waveId = wave.split('/').at(-1)!;
  const other = await house.openWave();
  otherWaveId = other.split('/').at(-1)!;
  const codes = await house.codes(wave, 'burnside');
  senders = await sendAll(codes);

  midwayCode = codes.pop()!;
  midway = await (await new Pupil(house).start(midwayCode, 'keep')).answer();
  midwayAttempt = (await midway.go('/respond/stop')).hidden('attempt');
  await midway.go('/respond/pages/2');
  thrownCode = codes.pop()!;
  thrown = await (await new Pupil(house).start(thrownCode, 'throw-away')).answer();
  thrownAttempt = (await thrown.go('/respond/stop')).hidden('attempt');
  await new Pupil(house).start(codes.pop()!, 'keep');
  await new Pupil(house).post('/respond/sessions', { code: codes.pop()! });
  const decliner = await new Pupil(house).post('/respond/sessions', { code: codes.pop()! });
  await decliner.post('/respond/assent', { attempt: decliner.hidden('attempt'), decision: 'no' });
  unspentCode = codes.pop()!;

  const [ofOther, sentToOther] = await house.codes(other, 'burnside');
  elsewhere = await (await new Pupil(house).start(ofOther!)).answer();
  await sendAs(sentToOther!, 3);

  before = {
    responses: await ofWave('responses'),
    codes: (await ofWave('codes')).length,
    others: await Promise.all([
      ofWave('responses', otherWaveId),
      ofWave('codes', otherWaveId),
      ofWave('drafts', otherWaveId),
    ]),
  };
  const unsure = await house.post('administrator', `${wave}/closing`, {});
  expect(unsure.statusCode).toBe(422);
  expect(unsure.body).toContain('Tick the box to say that you mean it.');
  expect(await ofWave('drafts')).toHaveLength(4);
  closing = await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
}, 60_000);
afterAll(() => house.close());

describe('after a wave was closed on its page', () => {
  it('the page says so', async () => {
    expect(closing.statusCode).toBe(303);
    const page = await house.app.inject({ url: wave, headers: await house.as('administrator') });
    expect(page.body).toContain('data-state="closed"');
    expect(page.body).toContain('Its answers have no tie to any code.');
    expect(page.body).not.toContain(`${wave}/closing`);
  });

  it('it cannot be closed again, opened again or given codes', async () => {
    const again = await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain('This has been done already.');
    expect((await house.post('administrator', `${wave}/opening`, {})).statusCode).toBe(409);
    expect((await house.post('administrator', `${wave}/schools/burnside/codes`, {})).statusCode).toBe(409);
  });

  it('a pupil who was in the middle can answer nothing more', async () => {
    const responses = (await ofWave('responses')).length;
    await midway.post('/respond/pages/2', { version: midway.hidden('version'), answer: 'always', move: 'next' });
    expect([403, 410]).toContain(midway.status);
    for (const [url, choice] of [
      ['/respond/sending', {}],
      ['/respond/stopping', { choice: 'keep' }],
    ] as const) {
      await midway.post(url, { attempt: midwayAttempt, ...choice });
    }
    expect(await ofWave('responses')).toHaveLength(responses);
    expect(await ofWave('drafts')).toEqual([]);
  });

  it('a pupil whose answers were thrown away is not thanked for sending them', async () => {
    await thrown.post('/respond/sending', { attempt: thrownAttempt });
    expect([403, 410]).toContain(thrown.status);
    expect(thrown.url).not.toContain('/respond/finished');
  });

  it('a code that nobody had used says kindly that the survey has closed', async () => {
    const pupil = await new Pupil(house).post('/respond/sessions', { code: unspentCode });
    expect(pupil.status).toBe(422);
    expect(pupil.page).toContain('This survey has closed. Thank you for wanting to answer.');
  });

  it.each([
    ['kept', () => midwayCode],
    ['thrown away', () => thrownCode],
  ])('so does the code of a pupil whose unfinished answers were %s: they never finished', async (_what, code) => {
    const pupil = await new Pupil(house).post('/respond/sessions', { code: code() });
    expect(pupil.status).toBe(422);
    expect(pupil.page).toContain('This survey has closed.');
  });

  it('unfinished answers were kept or thrown away as each pupil chose', async () => {
    const responses = await ofWave('responses');
    expect(responses).toHaveLength(SENDERS + 1);
    const counters = await ofWave('fieldwork_counters');
    const sum = (column: 'started' | 'sent' | 'declined' | 'broken_off' | 'broken_off_kept') =>
      counters.reduce((total, row) => total + row[column], 0);
    expect(sum('started')).toBe(SENDERS + 5);
    expect(sum('sent')).toBe(SENDERS);
    expect(sum('declined')).toBe(1);
    // Thrown away, kept with nothing in it, and left before the choice.
    expect(sum('broken_off')).toBe(3);
    expect(sum('broken_off_kept')).toBe(1);
  });

  it('what was sent is there unchanged, and nothing has been added to it', async () => {
    const strip = (rows: ResponsesTable[]) =>
      rows.map(({ id: _, answers, ...rest }) => JSON.stringify([rest, hex(answers)])).toSorted();
    const after = strip(await ofWave('responses'));
    expect(after).toEqual(expect.arrayContaining(strip(before.responses)));
    expect(Object.keys(before.responses[0]!).toSorted()).toEqual(
      Object.keys((await ofWave('responses'))[0]!).toSorted(),
    );
  });

  it('no draft and no session is left', async () => {
    expect([await ofWave('drafts'), await ofWave('respondent_sessions')]).toEqual([[], []]);
  });

  it('every code is still there, and knows nothing but its wave and whether it was used', async () => {
    const codes = await ofWave('codes');
    expect(codes).toHaveLength(before.codes);
    for (const { hmac, wave_id, state, spare, ...strata } of codes) {
      expect(spare).toBe(0);
      expect([hmac.length > 20, wave_id, ['spent', 'unspent'].includes(state)]).toEqual([true, waveId, true]);
      expect(new Set(Object.values(strata))).toEqual(new Set([null]));
    }
    expect(codes.filter((code) => code.state === 'spent')).toHaveLength(SENDERS + 5);
  });

  it('every response has a new id', async () => {
    const old = new Set(before.responses.map((row) => row.id));
    const ids = (await ofWave('responses')).map((row) => row.id);
    expect(ids.filter((id) => old.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('the counters of fieldwork know no class', async () => {
    const counters = await ofWave('fieldwork_counters');
    expect(counters.map((row) => row.class)).toEqual(counters.map(() => ''));
    const keys = counters.map((row) => `${row.school_id} ${row.stage}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('the secret of the wave is gone, so no copy of a draft can be opened', () => {
    const { secrets } = house.services;
    expect(secrets.hasWaveSecret(waveId)).toBe(false);
    expect(() => secrets.draftKey(waveId, senders[0]!.hmac)).toThrow(/is gone/);
  });

  it('the other wave goes on: its drafts, codes and answers are as they were', async () => {
    const others = [ofWave('responses', otherWaveId), ofWave('codes', otherWaveId), ofWave('drafts', otherWaveId)];
    expect(await Promise.all(others)).toEqual(before.others);
    expect(house.services.secrets.hasWaveSecret(otherWaveId)).toBe(true);
    await elsewhere.answer();
    expect(elsewhere.url).toBe('/respond/pages/3');
  });
});

describe('no way leads from a code to its answers', () => {
  it('no column of codes or attempts has anything in common with a response but the wave', async () => {
    const values = (rows: object[]) =>
      new Set(rows.flatMap((row) => Object.values(row) as unknown[]).filter((value) => typeof value === 'string'));
    const responses = values((await ofWave('responses')).map(({ school_id: _s, ...row }) => row));
    for (const table of ['codes', 'attempts'] as const) {
      const shared = [...values(await ofWave(table))].filter((value) => responses.has(value));
      expect(
        shared.filter((value) => value !== waveId),
        table,
      ).toEqual([]);
    }
  });

  it('no table keeps the order in which rows were written', async () => {
    for (const table of ['codes', 'attempts', 'responses', 'drafts', 'fieldwork_counters']) {
      const asked = sql`select rowid from ${sql.table(table)}`.execute(query());
      await expect(asked, table).rejects.toThrow(/no such column: rowid/);
    }
  });

  it('sorting codes, attempts and responses in any way does not put them side by side', async () => {
    const place = new Map(senders.map((sender, index) => [sender.answers, index]));
    const responses = (await ofWave('responses')).flatMap(({ answers }) => place.get(hex(answers)) ?? []);
    const codes = (await ofWave('codes')).flatMap(({ hmac }) => {
      const index = senders.findIndex((sender) => sender.hmac === hmac);
      return index < 0 ? [] : [index];
    });
    expect([responses.toSorted((a, b) => a - b), codes.toSorted((a, b) => a - b)]).toEqual(
      Array(2).fill(senders.map((_, index) => index)),
    );
    const sent = senders.map((_, index) => index);
    const oldIds = senders.toSorted((a, b) => (a.responseId < b.responseId ? -1 : 1)).map((s) => senders.indexOf(s));
    // Fourteen in the same order by chance: once in 87 thousand million.
    for (const order of [codes, sent, oldIds]) {
      expect(responses).not.toEqual(order);
      expect(responses.toReversed()).not.toEqual(order);
    }
  });
});

describe('while a wave is being closed', () => {
  it('pupils in the middle see that the survey has closed, and nothing more is stored', async () => {
    const address = await house.openWave();
    const id = address.split('/').at(-1)!;
    const [code, unspent] = await house.codes(address, 'hillview');
    const pupil = await (await new Pupil(house).start(code!)).answer();
    const [version, url] = [pupil.hidden('version'), pupil.url];
    await pupil.go('/respond/stop');
    const attempt = pupil.hidden('attempt');
    const { database, secrets } = house.services;
    await createClosings(database, secrets, Math.random).begin(id, null, house.clock.now);
    const stored = await contentOf(house.services.database, 'drafts', 'codes', 'responses', 'attempts');
    for (const [to, fields] of [
      [url, { version, answer: 'always', move: 'next' }],
      ['/respond/sending', { attempt }],
      ['/respond/stopping', { attempt, choice: 'keep' }],
      ['/respond/assent', { attempt, decision: 'no' }],
    ] as const) {
      await pupil.post(to, { ...fields });
      expect(pupil.status, to).toBe(410);
      expect(pupil.page).toContain('This survey has closed. Thank you for wanting to answer.');
    }
    for (const to of [url, '/respond/next', '/respond/check', '/respond/stop']) {
      expect((await pupil.go(to)).status, to).toBe(410);
    }
    const late = await new Pupil(house).post('/respond/sessions', { code: unspent! });
    expect(late.page).toContain('This survey has closed.');
    expect(await contentOf(house.services.database, 'drafts', 'codes', 'responses', 'attempts')).toEqual(stored);
    const again = await house.post('administrator', `${address}/closing`, { sure: 'yes' });
    expect(again.statusCode).toBe(409);
  });
});

describe('closing is for administrators of the same authority', () => {
  it('and for nobody else', async () => {
    const address = await house.openWave();
    for (const role of ['planner', 'analyst', 'approver', 'auditor'] as const) {
      expect((await house.post(role, `${address}/closing`, { sure: 'yes' })).statusCode).toBe(403);
    }
    const made = await house.makeWave();
    const early = await house.post('administrator', `${made}/closing`, { sure: 'yes' });
    expect(early.statusCode).toBe(409);
    expect(early.body).toContain('This wave is not open');
    expect((await house.post('administrator', '/fieldwork/waves/none/closing', { sure: 'yes' })).statusCode).toBe(404);
  });
});
