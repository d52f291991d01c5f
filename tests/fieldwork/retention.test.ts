import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summaryOf } from '../../server/commands/retention.ts';
import { deleteDueAnswers, deleteRestoredAnswers } from '../../server/fieldwork/retention.ts';
import { createAnswerDeletions } from '../../server/storage/answer-deletions.ts';
import { createClosings } from '../../server/storage/closings.ts';
import { openDeletionList } from '../../server/storage/deletion-list.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { createWaveRows } from '../../server/storage/wave-rows.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { openReleasedHouse, type ReleasedHouse } from '../support/released-house.ts';
import { openWithText } from '../support/other-waves.ts';
import { page, recorded } from './own-survey.ts';

/* Answers whose time is over are deleted, which is shown; releases stay. */

/** The retention date of waves that a test settles, and the day before. */
const DUE = '2027-06-30T06:00:00.000Z';
const DAY_BEFORE = '2027-06-29T23:00:00.000Z';

const idOf = (wave: string) => wave.split('/').at(-1)!;
const rowsOf = async (house: FieldworkHouse, wave: string) =>
  Object.values(await createWaveRows(house.services.database).countPersonal(idOf(wave))).reduce((a, b) => a + b, 0);

describe('a released wave', () => {
  let loop: ReleasedHouse;
  beforeAll(async () => {
    loop = await openReleasedHouse();
  }, 120_000);
  afterAll(() => loop.house.close());

  it('keeps its answers to the day before, and loses them on the day', async () => {
    const { house, wave } = loop;
    house.clock.now = DAY_BEFORE;
    expect(await deleteDueAnswers(house.services, { mayClose: true })).toEqual([]);
    expect(await rowsOf(house, wave)).toBeGreaterThan(50);
    house.clock.now = DUE;
    const [deletion, ...others] = await deleteDueAnswers(house.services, { mayClose: true });
    expect(others).toEqual([]);
    if (deletion?.outcome !== 'deleted') throw new Error('Expected the answers to be deleted.');
    expect(deletion.report.deleted['responses']).toBe(52);
    expect(Object.values(deletion.report.left).every((count) => count === 0)).toBe(true);
    expect(deletion.report.logEmptied).toBe(true);
    expect(await rowsOf(house, wave)).toBe(0);
    expect(summaryOf([deletion])).toMatchObject({ waves: 1, rowsLeft: 0 });
  });

  it('is deleted once, which its page, its proof and the record say in both languages', async () => {
    const { house, wave } = loop;
    expect(await deleteDueAnswers(house.services, { mayClose: true })).toEqual([]);
    expect((await page(house, wave)).body).toContain('data-deleted');
    const { body } = await page(house, `${wave}/proof`);
    expect(body).toContain('were deleted on 30 June 2027');
    expect(body).toContain('Counted afterwards: nothing is left');
    expect(body).toMatch(/responses<\/bdi><\/th>\s*<td>52<\/td>\s*<td>0<\/td>/);
    expect((await page(house, `${wave}/proof`, 'ar')).body).toContain('عند العد بعد ذلك: لم يبق شيء');
    const written = { by: null, action: 'answers-deleted', subject: idOf(wave) };
    expect(await recorded(house, 'answers-deleted')).toEqual([written]);
  });

  it('keeps its release, and a correction of it is impossible and says so', async () => {
    const { house, releaseId } = loop;
    expect(await createReleases(house.services.database).openPublished(releaseId)).toBeDefined();
    const results = await house.app.inject({ url: `/results/${releaseId}`, headers: await house.as('planner') });
    expect(results.statusCode).toBe(200);
    const url = `/release/releases/${releaseId}/correction`;
    const reply = await house.app.inject({ url, headers: await house.as('analyst') });
    expect(reply.statusCode).toBe(410);
    expect(reply.body).toContain('no release and no correction');
  });
});

describe('answers whose time is over', () => {
  let house: FieldworkHouse;
  beforeAll(async () => {
    house = await openFieldwork();
  });
  afterAll(() => house.close());

  it('go from a wave that was never released, and of one still open only where the server itself deletes', async () => {
    const wave = await house.openWave();
    const [code] = await house.codes(wave, 'burnside');
    await (await (await new Pupil(house).start(code!)).answerAll()).send();
    house.clock.now = DUE;
    const due = { waveId: idOf(wave), dueOn: '2027-06-30' };
    expect(await deleteDueAnswers(house.services, { mayClose: false })).toEqual([{ ...due, outcome: 'still-open' }]);
    expect(await rowsOf(house, wave)).toBeGreaterThan(0);
    expect(await deleteDueAnswers(house.services, { mayClose: true })).toMatchObject([{ ...due, outcome: 'deleted' }]);
    expect(await rowsOf(house, wave)).toBe(0);
    expect((await createWaves(house.services.database).find(idOf(wave)))?.state).toBe('closed');
    const release = await house.post('analyst', '/release/releases', { wave: idOf(wave) });
    expect(release.statusCode).toBe(410);
    house.clock.now = '2026-05-01T09:00:00.000Z';
  });

  it('wait for a release that is being made of them', async () => {
    const wave = await house.openWave();
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    house.clock.now = DUE;
    const { query } = house.services.database;
    const job = { id: 'job', wave_id: idOf(wave), made_by: null, method: 'a', started_at: DUE, finished_at: null };
    await query
      .insertInto('release_jobs')
      .values({ ...job, failed_at: null, why: null, pieces: null })
      .execute();
    expect(await deleteDueAnswers(house.services, { mayClose: true })).toMatchObject([{ outcome: 'being-released' }]);
    await query
      .updateTable('release_jobs')
      .set({ failed_at: DUE, why: 'unexpected' })
      .where('id', '=', 'job')
      .execute();
    expect(await deleteDueAnswers(house.services, { mayClose: true })).toMatchObject([{ outcome: 'deleted' }]);
    house.clock.now = '2026-05-01T09:00:00.000Z';
  });

  it('include what was written, read or not, with the key that it is sealed under', async () => {
    const text = await openWithText(house, 'A quieter corner');
    const { query } = house.services.database;
    const { wave_id } = await query
      .selectFrom('written_texts')
      .select('wave_id')
      .where('id', '=', idOf(text))
      .executeTakeFirstOrThrow();
    expect(house.services.secrets.hasTextSecret(wave_id)).toBe(true);
    house.clock.now = DUE;
    await deleteDueAnswers(house.services, { mayClose: true });
    expect(await createWaveRows(house.services.database).countPersonal(wave_id)).toMatchObject({ written_texts: 0 });
    expect(house.services.secrets.hasTextSecret(wave_id)).toBe(false);
    house.clock.now = '2026-05-01T09:00:00.000Z';
  });
});

describe('a backup that is put back', () => {
  it('is cleaned before it serves: answers, codes and drafts that had been deleted, and a wave that it holds as open', async () => {
    const house = await openFieldwork();
    const { services } = house;
    const wave = await house.openWave();
    const other = await house.openWave();
    const [sent, halfway] = await house.codes(wave, 'burnside');
    await (await (await new Pupil(house).start(sent!)).answerAll()).send();
    await (await new Pupil(house).start(halfway!)).answer();
    // As if it had been deleted on a server whose database this backup was made of while the wave was open.
    openDeletionList(services.settings.secretsFolder).add({ waveId: idOf(wave), dueOn: '2026-04-01' });
    await createClosings(services.database, services.secrets, Math.random).gatherDrafts();
    services.secrets.destroyWaveSecret(idOf(wave));
    const [outcome, ...more] = await deleteRestoredAnswers(services);
    expect(outcome).toMatchObject({ waveId: idOf(wave), outcome: 'deleted', report: { afterRestore: true } });
    expect(more).toEqual([]);
    expect(await rowsOf(house, wave)).toBe(0);
    expect((await createWaves(services.database).find(idOf(wave)))?.state).toBe('closed');
    expect((await createWaves(services.database).find(idOf(other)))?.state).toBe('open');
    expect((await page(house, `${wave}/proof`)).body).toContain('A backup had brought the answers back');
    // Nothing more to do the next time.
    expect(await deleteRestoredAnswers(services)).toEqual([]);
    expect(await createAnswerDeletions(services.database).ofWave(idOf(wave))).toHaveLength(1);
    await house.close();
  });
});

describe('the list of deleted waves', () => {
  it('lies beside the secrets, for its owner alone, each wave once, and stops the start when it is damaged', async () => {
    const house = await openFieldwork();
    const folder = house.services.settings.secretsFolder;
    const list = openDeletionList(folder);
    const path = join(folder, 'deleted-waves');
    expect([existsSync(path), list.all()]).toEqual([false, []]);
    const entry = { waveId: 'autumn-2025', dueOn: '2027-06-30' };
    list.add(entry);
    list.add(entry);
    expect(list.all()).toEqual([entry]);
    expect(readFileSync(path, 'utf8')).toBe('autumn-2025 2027-06-30\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, 'autumn-2025\n');
    expect(() => list.all()).toThrow(/is damaged: expected lines such as/);
    await house.close();
  });
});
