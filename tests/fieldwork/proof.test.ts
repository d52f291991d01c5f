import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSING_CHECKS, createClosingProofs } from '../../server/storage/closing-proofs.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { page, recorded } from './own-survey.ts';

/* After a close: what it promised, looked up by query. */

let house: FieldworkHouse;
let wave: string;

const idOf = (address: string) => address.split('/').at(-1)!;
const failing = (body: string) =>
  [...body.matchAll(/data-check="([\w-]+)" data-good="no"/g)].map((match) => match[1]).toSorted();
const newest = (body: string) => body.split('data-proof=')[1] ?? '';

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  const codes = await house.codes(wave, 'burnside');
  for (const code of codes.slice(0, 4)) await (await (await new Pupil(house).start(code)).answerAll()).send();
  await (await new Pupil(house).start(codes[4]!, 'throw-away')).answer();
}, 60_000);
afterAll(() => house.close());

describe('the proof of a close', () => {
  it('is not there while the wave is open, and nobody can make one', async () => {
    expect((await page(house, `${wave}/proof`)).body).toContain('The wave is not closed');
    expect((await house.post('administrator', `${wave}/proof`, {})).statusCode).toBe(409);
  });

  it('is kept by the close itself: every promise holds, with the size of the smallest group', async () => {
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    const [proof, ...more] = await createClosingProofs(house.services.database).ofWave(idOf(wave));
    expect(more).toEqual([]);
    expect(Object.keys(proof!.findings).toSorted()).toEqual([...CLOSING_CHECKS].toSorted());
    // Every one of them was looked at, even the ids that the answers had before.
    expect(Object.values(proof!.findings)).toEqual(CLOSING_CHECKS.map(() => 0));
    expect(proof!.smallest.responses.people).toBe(4);
    expect(proof!.smallest.responses.size).toBeGreaterThanOrEqual(3);
    const { body } = await page(house, `${wave}/proof`);
    expect(body).toContain('data-proof="holds"');
    expect(body).toContain('The smallest group that shares everything that stands beside the answers: 4.');
    expect((await page(house, wave)).body).toContain(`href="${wave}/proof"`);
    expect(await recorded(house, 'closing-proved')).toEqual([
      { by: null, action: 'closing-proved', subject: idOf(wave) },
    ]);
  });

  it('is for auditors too', async () => {
    const reply = await house.app.inject({ url: `${wave}/proof`, headers: await house.as('auditor', 'ar') });
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('كل شيء صحيح.');
  });

  it('can be made again, and fails where something is there that should not be', async () => {
    const { database, secrets } = house.services;
    const { query } = database;
    const code = await query
      .selectFrom('codes')
      .selectAll()
      .where('wave_id', '=', idOf(wave))
      .executeTakeFirstOrThrow();
    await query.updateTable('codes').set({ stage: 'P5', state: 'started' }).where('hmac', '=', code.hmac).execute();
    await query.updateTable('fieldwork_counters').set({ class: 'P5A' }).where('wave_id', '=', idOf(wave)).execute();
    const session = { token_hash: 't', code_hmac: code.hmac, wave_id: idOf(wave), superseded: 0 as const };
    await query
      .insertInto('respondent_sessions')
      .values({ ...session, ticket_hash: null, own_device: 0 })
      .execute();
    secrets.createWaveSecret(idOf(wave));
    house.clock.now = '2026-05-01T10:00:00.000Z';
    expect((await house.post('administrator', `${wave}/proof`, {})).statusCode).toBe(303);
    const { body } = await page(house, `${wave}/proof`);
    expect(body).toContain('data-proof="fails"');
    expect(failing(newest(body))).toEqual([
      'classes-in-counters',
      'codes-not-ended',
      'codes-that-know-something',
      'secret',
      'sessions',
    ]);
    expect(body).toContain('Looked at again on 1 May 2026 by administrator');
    // What was found at the close stays beside it.
    expect(body).toContain('data-proof="holds"');
    expect(newest(body)).toContain('can be seen at the close alone');
  });

  it('finds answers that were never rewritten', async () => {
    const proofs = createClosingProofs(house.services.database);
    const ids = await proofs.idsOf(idOf(wave));
    const proof = await proofs.look(idOf(wave), { hasSecret: false, logEmptied: false }, ids);
    expect(proof.findings['old-ids']).toBe(ids.size);
    expect(proof.findings.log).toBe(1);
  });
});
