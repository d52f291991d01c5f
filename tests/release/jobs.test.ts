import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReleaseJobs, type JobNews, type ReleaseJobs } from '../../server/release/jobs.ts';
import { runReleaseJob } from '../../server/release/job.ts';
import { createAudit } from '../../server/storage/audit.ts';
import { createStoredJobs, type StoredJobs } from '../../server/storage/release-jobs.ts';
import { createReleases, type Releases } from '../../server/storage/releases.ts';
import { createWaves, type Wave } from '../../server/storage/waves.ts';
import type { Log } from '../../server/web/log.ts';
import { openHouse, type House } from '../support/house.ts';
import { rowsOf } from '../support/stored-wave.ts';
import { addAnsweredWave } from './answered-wave.ts';

/* Releases made in the background, over a real database and real worker threads. */

let house: House;
let wave: Wave;
let stored: StoredJobs;
let releases: Releases;
let logged: unknown[];
let opened: ReleaseJobs[];

beforeEach(async () => {
  house = await openHouse();
  const { database } = house.services;
  wave = (await createWaves(database).find((await addAnsweredWave(house)).waveId))!;
  stored = createStoredJobs(database);
  releases = createReleases(database);
  logged = [];
  opened = [];
});
afterEach(async () => {
  for (const jobs of opened) await jobs.stop();
  await house.close();
});

/** A server's jobs; another call is the server after its next start. */
function openJobs(): ReleaseJobs {
  const logger = { error: (...words: unknown[]) => logged.push(words) } as unknown as Log['logger'];
  const jobs = createReleaseJobs(house.services, { logger });
  opened.push(jobs);
  return jobs;
}

/** All news of a job until there are no more. */
function follow(jobs: ReleaseJobs, id: string, watch: (news: JobNews) => void = () => undefined): Promise<JobNews[]> {
  const all: JobNews[] = [];
  return new Promise((resolve) => {
    const leave = jobs.subscribe(id, (news) => {
      all.push(news);
      watch(news);
      if (news.kind !== 'done') return;
      leave();
      resolve(all);
    });
  });
}

const madeInOneGo = () => runReleaseJob(house.services.database, wave);
const analyst = () => house.accounts.analyst;

/** Begins, and stops as soon as only so many pieces are left. */
async function stoppedHalfway(left = 3): Promise<string> {
  const jobs = openJobs();
  const id = await jobs.start(wave, analyst());
  await new Promise<void>((resolve) => {
    jobs.subscribe(id, (news) => {
      if (news.kind === 'progress' && news.all - news.done <= left) resolve();
    });
  });
  await jobs.stop();
  return id;
}

/** Marks every kept variable, so that it shows whether it was done again. */
const MARK = 777_000;
async function markKept(id: string): Promise<number> {
  const { query } = house.services.database;
  const kept = [...(await stored.outcomes(id))].filter(([piece]) => piece.startsWith('variable/'));
  for (const [piece, outcome] of kept) {
    const { audits, ...rest } = outcome as { audits: object[] };
    const marked = JSON.stringify({ ...rest, audits: audits.map((audit) => ({ ...audit, targets: MARK })) });
    await query.updateTable('release_pieces').set({ outcome: marked }).where('piece', '=', piece).execute();
  }
  return kept.length;
}

const markedIn = async (id: string) =>
  (await releases.audit(id))!.variables.filter(({ targets }) => targets > 0 && targets % MARK === 0).length;

describe('a release job', () => {
  it('makes the release that is made in one go, under the id that it gave', async () => {
    const jobs = openJobs();
    const id = await jobs.start(wave, analyst());
    const news = await follow(jobs, id);
    const { release, audit } = await madeInOneGo();
    expect((await releases.open(id))?.text).toBe(release.text);
    expect(await releases.audit(id)).toEqual(audit);
    expect(await releases.entry(id)).toMatchObject({ waveId: wave.id, madeBy: analyst(), approvedAt: null });
    const steps = news.filter((one) => one.kind === 'progress');
    expect(steps.map(({ done }) => done)).toEqual(steps.map((_, index) => index + 1));
    expect(steps.at(-1)?.done).toBe(steps.at(-1)?.all);
    expect(await jobs.progress(id)).toMatchObject({ pieces: steps.length, failedAt: null });
    expect((await jobs.progress(id))?.finishedAt).not.toBeNull();
    const [entry] = await createAudit(house.services.database).newest(house.authorityId, 1);
    expect(entry).toMatchObject({ action: 'release-made', subject: id, who: 'analyst' });
  });

  it('leaves nothing of its pieces behind', async () => {
    const jobs = openJobs();
    await follow(jobs, await jobs.start(wave, analyst()));
    expect(await rowsOf(house.services.database, 'release_pieces')).toEqual([]);
  });

  it('is one a wave, while it is made and afterwards', async () => {
    const jobs = openJobs();
    const id = await jobs.start(wave, analyst());
    const done = follow(jobs, id);
    await expect(jobs.start(wave, analyst())).rejects.toMatchObject({ code: 'already-done' });
    await done;
    await expect(jobs.start(wave, analyst())).rejects.toMatchObject({ code: 'already-done' });
    expect(await rowsOf(house.services.database, 'releases')).toHaveLength(1);
  });

  it('that was stopped goes on where it was, to the same release', async () => {
    const id = await stoppedHalfway();
    expect(await releases.entry(id)).toBeUndefined();
    const before = (await stored.find(id))!;
    expect(before).toMatchObject({ finishedAt: null, failedAt: null });
    expect(before.done).toBeGreaterThan(0);
    expect(before.done).toBeLessThan(before.pieces!);
    const marked = await markKept(id);
    expect(marked).toBeGreaterThan(0);

    const jobs = openJobs();
    const news = follow(jobs, id);
    await jobs.resume();
    await jobs.resume();
    const [first] = await news;
    expect(first).toEqual({ kind: 'progress', done: before.done + 1, all: before.pieces });
    expect(await markedIn(id)).toBe(marked);
    expect((await releases.open(id))?.text).toBe((await madeInOneGo()).release.text);
    expect(logged).toEqual([]);
  });

  it('begins anew where its pieces were made by another method', async () => {
    const id = await stoppedHalfway();
    await markKept(id);
    await house.services.database.query.updateTable('release_jobs').set({ method: 'an older one' }).execute();
    const jobs = openJobs();
    const news = follow(jobs, id);
    await jobs.resume();
    expect((await news)[0]).toMatchObject({ done: 1 });
    expect(await markedIn(id)).toBe(0);
    expect((await releases.open(id))?.text).toBe((await madeInOneGo()).release.text);
  });

  it('that was cut off right after its release was stored only ends', async () => {
    const jobs = openJobs();
    const id = await jobs.start(wave, analyst());
    await follow(jobs, id);
    await house.services.database.query.updateTable('release_jobs').set({ finished_at: null }).execute();
    const later = openJobs();
    const news = follow(later, id);
    await later.resume();
    expect(await news).toEqual([{ kind: 'done' }]);
    expect((await later.progress(id))?.finishedAt).not.toBeNull();
    expect(await rowsOf(house.services.database, 'releases')).toHaveLength(1);
  });

  it('survives the end of its server, which waits for nothing else', async () => {
    const { app, services } = house;
    const id = await app.releaseJobs.start(wave, analyst());
    await app.close();
    expect((await stored.underWay()).map((job) => job.id)).toEqual([id]);
    const jobs = createReleaseJobs(services, { logger: console as unknown as Log['logger'] });
    const news = follow(jobs, id);
    await jobs.resume();
    await news;
    expect(await releases.entry(id)).toBeDefined();
  });

  it('that throws is marked, tells the log where and nobody what, and can be tried again', async () => {
    const { query } = house.services.database;
    const [row] = await query.selectFrom('responses').select(['id', 'band_id']).execute();
    const setBand = (band_id: string) =>
      query.updateTable('responses').set({ band_id }).where('id', '=', row!.id).execute();
    await setBand('a band of nobody');
    const jobs = openJobs();
    const id = await jobs.start(wave, analyst());
    expect(await follow(jobs, id)).toEqual([{ kind: 'done' }]);
    expect(await jobs.progress(id)).toMatchObject({ why: 'unexpected', finishedAt: null, done: 0 });
    expect((await jobs.progress(id))?.failedAt).not.toBeNull();
    expect(JSON.stringify(logged)).toContain('gather.ts');
    expect(JSON.stringify(logged)).not.toContain('a band of nobody');
    expect(await stored.underWay()).toEqual([]);

    await setBand(row!.band_id);
    const again = await jobs.start(wave, analyst());
    expect(again).not.toBe(id);
    await follow(jobs, again);
    expect((await releases.list(house.authorityId)).map((entry) => entry.id)).toEqual([again]);
  });
});
