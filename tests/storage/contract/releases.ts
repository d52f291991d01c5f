import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../server/core/disclosure/audit-report.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import { createReleases, sha256, type Releases } from '../../../server/storage/releases.ts';
import { createWaves } from '../../../server/storage/waves.ts';
import { inputOf, PLACES, saying, SMALL } from '../../support/counted-wave.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const solver = await loadSolver();

const made = makeRelease(
  inputOf({
    ...PLACES,
    surveys: [SMALL],
    people: [...saying(141, 'ash', 'P6', 'yes'), ...saying(153, 'birch', 'P6', 'no')],
  }),
  sha256,
  solver,
);

export function releasesContract(openDatabaseForTest: OpenDatabase): void {
  describe('releases', () => {
    let test: TestDatabase;
    let releases: Releases;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      releases = createReleases(test.database);
    });
    afterAll(() => test.end());

    const wave = (name: string, startsOn: string, authorityId = AUTHORITY_ID) =>
      createWaves(test.database).make(
        { authorityId, name, family: 'pupils', startsOn, endsOn: startsOn, bands: [], versionIds: [], schools: [] },
        null,
        AT,
      );

    it('wait until they are approved, and are published by that', async () => {
      const id = await releases.add(await wave('Waiting', '2024-01-01'), made, 'analyst', AT);
      expect(await releases.entry(id)).toMatchObject({ waveName: 'Waiting', madeBy: 'analyst', approvedAt: null });
      expect(await releases.openPublished(id)).toBeUndefined();
      expect(await releases.published(AUTHORITY_ID)).toEqual([]);
      expect((await releases.open(id))?.text).toBe(made.text);
      const later = '2026-05-02T09:00:00.000Z';
      expect(await releases.approve(id, 'approver', later)).toBe('approved');
      expect(await releases.approve(id, 'somebody else', AT)).toBe('done-already');
      const published = await releases.openPublished(id);
      expect(published?.entry).toMatchObject({ approvedAt: later, approvedBy: 'approver', sha256: made.sha256 });
      expect(published?.release.text).toBe(made.text);
      expect((await releases.published(AUTHORITY_ID)).map((entry) => entry.id)).toEqual([id]);
    });

    it('that were changed in the database are not opened', async () => {
      const id = await releases.add(await wave('Changed', '2023-01-01'), made, null, AT);
      const cube = made.text.replace('"yes":[null,140', '"yes":[null,150');
      expect(cube).not.toBe(made.text);
      await test.database.query.updateTable('releases').set({ cube }).where('id', '=', id).execute();
      await expect(releases.open(id)).rejects.toThrow(/was changed/);
    });

    const AUDIT: AuditReport = {
      format: 2,
      release: made.sha256,
      lattice: 'a lattice',
      protection: 'a protection',
      attack: 'an attack',
      variables: [],
    };

    it('keep the id of the job that made them, and how they were made safe', async () => {
      const of = { id: 'id-of-a-job', audit: AUDIT };
      expect(await releases.add(await wave('Audited', '2022-01-01'), made, null, AT, of)).toBe('id-of-a-job');
      expect((await releases.open('id-of-a-job'))?.text).toBe(made.text);
      expect(await releases.audit('id-of-a-job')).toEqual(AUDIT);
      expect(await releases.audit('none')).toBeUndefined();
    });

    it('whose audit was changed in the database do not show it', async () => {
      const id = await releases.add(await wave('Embellished', '2021-01-01'), made, null, AT, { audit: AUDIT });
      const report = JSON.stringify({ ...AUDIT, attack: 'a better attack' });
      await test.database.query.updateTable('release_audits').set({ report }).where('release_id', '=', id).execute();
      await expect(releases.audit(id)).rejects.toThrow(/was changed/);
    });

    it('are listed newest first; published ones by their wave; another authority’s never', async () => {
      await storePlaces(test.database, 'otherglen');
      const late = await releases.add(await wave('Late wave', '2030-01-01', 'otherglen'), made, null, AT);
      const newer = '2026-06-01T09:00:00.000Z';
      const early = await releases.add(await wave('Early wave', '2020-01-01', 'otherglen'), made, null, newer);
      for (const id of [late, early]) await releases.approve(id, null, newer);
      const waiting = await releases.add(await wave('Waits', '2029-01-01', 'otherglen'), made, null, '2020-01-01');
      const ids = (entries: { id: string }[]) => entries.map((entry) => entry.id);
      expect(ids(await releases.list('otherglen'))).toEqual([early, late, waiting]);
      expect(ids(await releases.published('otherglen'))).toEqual([late, early]);
      expect(ids(await releases.list(AUTHORITY_ID))).not.toContain(late);
    });

    it('that nobody made are not there', async () => {
      expect([await releases.entry('none'), await releases.open('none'), await releases.openPublished('none')]).toEqual(
        [undefined, undefined, undefined],
      );
    });
  });
}
