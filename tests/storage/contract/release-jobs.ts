import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStoredJobs, type StoredJobs } from '../../../server/storage/release-jobs.ts';
import { createWaves } from '../../../server/storage/waves.ts';
import { AT, AUTHORITY_ID, rowsOf, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-02T09:00:00.000Z';

export function releaseJobsContract(openDatabaseForTest: OpenDatabase): void {
  describe('jobs that make releases', () => {
    let test: TestDatabase;
    let jobs: StoredJobs;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, 'otherglen');
      jobs = createStoredJobs(test.database);
    });
    afterAll(() => test.end());

    const wave = (name: string, authorityId = AUTHORITY_ID) => {
      const dates = { startsOn: '2026-05-01', endsOn: '2026-05-29' };
      const rest = { family: 'pupils' as const, bands: [], versionIds: [], schools: [] };
      return createWaves(test.database).make({ authorityId, name, ...dates, ...rest }, null, AT);
    };

    async function begun(waveId: string, method = 'a method', at = AT): Promise<string> {
      const outcome = await jobs.begin(waveId, method, 'analyst', at);
      if (outcome === 'done-already') throw new Error('The wave has a job already: expected none.');
      return outcome.id;
    }

    const piecesOf = async (id: string) =>
      (await rowsOf(test.fromOutside(), 'release_pieces')).filter((row) => row.job_id === id);

    it('are one a wave, also when the button is pressed twice', async () => {
      const id = await wave('Pressed twice');
      const both = await Promise.all([1, 2].map(() => jobs.begin(id, 'a method', 'analyst', AT)));
      expect(both.filter((outcome) => outcome === 'done-already')).toHaveLength(1);
      const { id: job } = both.find((outcome) => outcome !== 'done-already')!;
      expect(await jobs.begin(id, 'another method', null, LATER)).toBe('done-already');
      expect(await jobs.find(job)).toEqual({
        id: job,
        waveId: id,
        waveName: 'Pressed twice',
        madeBy: 'analyst',
        corrects: null,
        method: 'a method',
        startedAt: AT,
        finishedAt: null,
        failedAt: null,
        why: null,
        pieces: null,
        done: 0,
      });
    });

    it('are refused for a wave that has its release', async () => {
      const id = await wave('Released');
      const release = { id: 'a-release', wave_id: id, made_at: AT, made_by: null, cube: '{}', sha256: '' };
      await test.database.query.insertInto('releases').values(release).execute();
      expect(await jobs.begin(id, 'a method', null, AT)).toBe('done-already');
    });

    it('keep what is done, each piece once, for whoever goes on', async () => {
      const id = await begun(await wave('Kept'));
      await jobs.plan(id, 3);
      await jobs.keep(id, 'rows/p5-p7/0', { kind: 'rows', withheld: [4] });
      await jobs.keep(id, 'variable/p5-p7/mood', { kind: 'variable', figures: [null, 5] });
      await expect(jobs.keep(id, 'rows/p5-p7/0', { kind: 'rows', withheld: [] })).rejects.toThrow();
      const outside = createStoredJobs(test.fromOutside());
      expect(await outside.find(id)).toMatchObject({ pieces: 3, done: 2 });
      expect([...(await outside.outcomes(id))].toSorted()).toEqual([
        ['rows/p5-p7/0', { kind: 'rows', withheld: [4] }],
        ['variable/p5-p7/mood', { kind: 'variable', figures: [null, 5] }],
      ]);
    });

    it('forget what is done when they finish, fail or begin anew', async () => {
      const [finished, failed, anew] = [
        await begun(await wave('Finished')),
        await begun(await wave('Failed')),
        await begun(await wave('Anew')),
      ];
      for (const id of [finished, failed, anew])
        for (let piece = 0; piece < 25; piece += 1) await jobs.keep(id, `piece ${piece}`, {});
      await jobs.plan(anew, 30);
      await jobs.finish(finished, LATER);
      await jobs.fail(failed, 'unexpected', LATER);
      await jobs.beginAnew(anew, 'a newer method');
      for (const id of [finished, failed, anew]) expect(await piecesOf(id)).toEqual([]);
      expect(await jobs.find(finished)).toMatchObject({ finishedAt: LATER, failedAt: null, done: 0 });
      expect(await jobs.find(failed)).toMatchObject({ finishedAt: null, failedAt: LATER, why: 'unexpected' });
      expect(await jobs.find(anew)).toMatchObject({ method: 'a newer method', pieces: null, done: 0 });
    });

    it('that failed make room for another one', async () => {
      const id = await wave('Tried again');
      const first = await begun(id);
      await jobs.fail(first, 'no-memory', LATER);
      expect(await begun(id)).not.toBe(first);
    });

    it('are listed by authority, newest first, until they finish; those under way for whoever resumes', async () => {
      const [older, newer, failed, finished] = [
        await begun(await wave('Older', 'otherglen'), 'a method', '2026-01-01T09:00:00.000Z'),
        await begun(await wave('Newer', 'otherglen'), 'a method', '2026-03-01T09:00:00.000Z'),
        await begun(await wave('Broken', 'otherglen'), 'a method', '2026-02-01T09:00:00.000Z'),
        await begun(await wave('Whole', 'otherglen'), 'a method', '2026-02-02T09:00:00.000Z'),
      ];
      await jobs.fail(failed, 'unexpected', LATER);
      await jobs.finish(finished, LATER);
      expect((await jobs.list('otherglen')).map(({ id }) => id)).toEqual([newer, failed, older]);
      const underWay = (await jobs.underWay()).map(({ id }) => id);
      expect(underWay.slice(0, 2)).toEqual([older, newer]);
      expect(underWay).not.toContain(failed);
      expect(underWay).not.toContain(finished);
      expect((await jobs.list(AUTHORITY_ID)).map(({ id }) => id)).not.toContain(older);
    });

    it('that nobody began are not there', async () => {
      expect(await jobs.find('none')).toBeUndefined();
      expect(await jobs.outcomes('none')).toEqual(new Map());
    });
  });
}
