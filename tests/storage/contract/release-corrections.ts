import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OPENED, type Counting } from '../../../server/core/disclosure/counting.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import { createReleaseCorrections, type ReleaseCorrections } from '../../../server/storage/release-corrections.ts';
import { createStoredJobs } from '../../../server/storage/release-jobs.ts';
import { createReleases, sha256, type Releases } from '../../../server/storage/releases.ts';
import { createWaves } from '../../../server/storage/waves.ts';
import { inputOf, PLACES, saying, SMALL } from '../../support/counted-wave.ts';
import { AT, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const solver = await loadSolver();
const made = makeRelease(
  inputOf({ ...PLACES, surveys: [SMALL], people: saying(141, 'ash', 'P6', 'yes') }),
  sha256,
  solver,
);
const COUNTING: Counting = { ...AS_OPENED, leftOut: [{ school: 'ash', bands: ['p5-p7'] }] };
const AUTHORITY_ID = 'corrected';

export function releaseCorrectionsContract(openDatabaseForTest: OpenDatabase): void {
  describe('corrections of releases', () => {
    let test: TestDatabase;
    let releases: Releases;
    let corrections: ReleaseCorrections;
    let waveId: string;
    let first: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database, AUTHORITY_ID);
      releases = createReleases(test.database);
      corrections = createReleaseCorrections(test.database);
      const dates = { startsOn: '2026-05-01', endsOn: '2026-05-29' };
      const rest = { family: 'pupils', bands: [], versionIds: [], schools: [] };
      waveId = await createWaves(test.database).make(
        { authorityId: AUTHORITY_ID, name: 'Spring', ...dates, ...rest },
        null,
        AT,
      );
      first = await releases.add(waveId, made, 'analyst', AT);
    });
    afterAll(() => test.end());

    const draft = (corrects: string, counting = COUNTING) => ({ corrects, reason: 'The wrong day.', counting });
    const begin = (corrects: string, counting = COUNTING) =>
      corrections.begin(waveId, draft(corrects, counting), 'a method', 'analyst', AT);

    async function begun(corrects: string, counting = COUNTING): Promise<string> {
      const outcome = await begin(corrects, counting);
      if (typeof outcome === 'string') throw new Error(`No correction began: ${outcome}.`);
      return outcome.id;
    }

    /** Ends the job of a correction with its release. */
    async function store(id: string): Promise<void> {
      await releases.add(waveId, made, 'analyst', AT, { id });
      await createStoredJobs(test.database).finish(id, AT);
    }

    it('are of published releases alone', async () => {
      expect(await begin(first)).toBe('superseded');
      expect(await begin('none')).toBe('superseded');
      await releases.approve(first, 'approver', AT);
      expect(await corrections.obstacle(first)).toBeUndefined();
    });

    it('are one at a time, also when two begin at once, and can begin again where one failed', async () => {
      const both = await Promise.all([begin(first), begin(first)]);
      expect(both.filter((outcome) => outcome === 'being-made')).toHaveLength(1);
      const { id } = both.find((outcome) => typeof outcome !== 'string')!;
      expect(await createStoredJobs(test.database).find(id)).toMatchObject({ waveId, madeBy: 'analyst', pieces: null });
      expect(await corrections.find(id)).toEqual(draft(first));
      await createStoredJobs(test.database).fail(id, 'stays-open', AT);
      expect(await corrections.obstacle(first)).toBeUndefined();
    });

    it('wait for approval or are turned down, which makes room for another one', async () => {
      const id = await begun(first);
      await store(id);
      expect(await begin(first)).toBe('waiting');
      expect(await releases.entry(id)).toMatchObject({
        corrects: first,
        reason: 'The wrong day.',
        refusedAt: null,
        supersededBy: null,
      });
      expect(await corrections.refuse(first, 'approver', AT)).toBe('done-already');
      expect(await corrections.refuse(id, 'approver', AT)).toBe('refused');
      expect(await corrections.refuse(id, 'approver', AT)).toBe('done-already');
      expect(await releases.approve(id, 'approver', AT)).toBe('done-already');
      expect(await releases.entry(id)).toMatchObject({ refusedAt: AT, approvedAt: null });
      expect((await releases.published(AUTHORITY_ID)).map((entry) => entry.id)).toEqual([first]);
    });

    it('take the place of what they correct when they are approved, and can be corrected themselves', async () => {
      const second = await begun(first);
      await store(second);
      expect(await releases.approve(second, 'approver', AT)).toBe('approved');
      expect(await corrections.refuse(second, 'approver', AT)).toBe('done-already');
      expect((await releases.published(AUTHORITY_ID)).map((entry) => entry.id)).toEqual([second]);
      expect(await releases.entry(first)).toMatchObject({ supersededBy: second, corrects: null });
      // What was quoted from it keeps its figures.
      expect((await releases.openPublished(first))?.release.text).toBe(made.text);
      expect(await begin(first)).toBe('superseded');

      const third = await begun(second, AS_OPENED);
      await store(third);
      await releases.approve(third, 'approver', AT);
      expect(await corrections.chain(third)).toEqual([
        { releaseId: first, counting: AS_OPENED },
        { releaseId: second, counting: COUNTING },
        { releaseId: third, counting: AS_OPENED },
      ]);
      expect((await releases.published(AUTHORITY_ID)).map((entry) => entry.id)).toEqual([third]);
    });
  });
}
