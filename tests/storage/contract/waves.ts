import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_BANDS } from '../../../server/core/survey/stage.ts';
import { createWaves, type NewWave, type Waves } from '../../../server/storage/waves.ts';
import { ASH, AT, AUTHORITY_ID, DALE, storePlaces, storeSurveys } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const NEW: NewWave = {
  authorityId: AUTHORITY_ID,
  name: 'Spring 2026',
  family: 'pupils',
  startsOn: '2026-05-01',
  endsOn: '2026-06-30',
  bands: DEFAULT_BANDS.toReversed(),
  versionIds: [],
  schools: [
    { id: ASH, agreedToBeShown: false },
    { id: DALE, agreedToBeShown: true },
  ],
};

export function wavesContract(openDatabaseForTest: OpenDatabase): void {
  describe('waves', () => {
    let test: TestDatabase;
    let waves: Waves;
    let versionIds: string[];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      versionIds = (await storeSurveys(test.database)).map((version) => version.id);
      waves = createWaves(test.database);
      await storeClusters(test);
      await storeRolls(test);
    });
    afterAll(() => test.end());

    it('are found as they were made', async () => {
      const id = await waves.make({ ...NEW, versionIds }, null, AT);
      const found = await waves.find(id);
      expect({ ...found, versionIds: found?.versionIds.toSorted() }).toEqual({
        id,
        rehearsalOf: null,
        authorityId: AUTHORITY_ID,
        name: 'Spring 2026',
        family: 'pupils',
        startsOn: '2026-05-01',
        endsOn: '2026-06-30',
        state: 'made',
        bands: NEW.bands,
        versionIds: versionIds.toSorted(),
        way: { topics: [], textAllowed: false },
      });
      expect(await waves.schools(id)).toEqual([
        { id: ASH, code: 'ash', name: 'Ash Primary', sector: 'primary', agreedToBeShown: false },
        { id: DALE, code: 'dale', name: 'Dale Academy', sector: 'secondary', agreedToBeShown: true },
      ]);
      expect(await waves.find('no such wave')).toBeUndefined();
    });

    it('freeze at their opening the clusters of that day and the newest roll of each school', async () => {
      const id = await waves.make(NEW, null, AT);
      expect([await waves.memberships(id), await waves.roll(id)]).toEqual([[], []]);
      expect(await waves.open(id, null, AT)).toBe('opened');
      // Begun that day and ending that day count; over the day before and from the day after do not.
      const frozen = [
        { code: 'first-day', name: 'First day', schools: ['ash'] },
        { code: 'last-day', name: 'Last day', schools: ['ash'] },
        { code: 'now', name: 'Now', schools: ['ash', 'dale'] },
      ];
      const memberships = async () =>
        (await waves.memberships(id)).map((one) => ({ ...one, schools: one.schools.toSorted() }));
      expect(await memberships()).toEqual(frozen);
      const roll = async () => (await waves.roll(id)).toSorted((a, b) => a.pupils - b.pupils);
      const row = { schoolId: ASH, stage: 'P6', class: 'P6A', quintile: null, asn: null };
      const rolls = [
        { ...row, sex: 'male', pupils: 11 },
        { ...row, sex: 'female', pupils: 13 },
        { ...row, schoolId: DALE, stage: 'S1', class: null, sex: null, pupils: 90 },
      ];
      expect(await roll()).toEqual(rolls);
      await test.database.query.updateTable('roll_counts').set({ pupils: 1 }).execute();
      await test.database.query.deleteFrom('cluster_memberships').execute();
      expect(await memberships()).toEqual(frozen);
      expect(await roll()).toEqual(rolls);
    });

    it('open once, also when asked twice at the same moment', async () => {
      const id = await waves.make(NEW, null, AT);
      const outcomes = await Promise.all([waves.open(id, null, AT), waves.open(id, null, AT)]);
      expect(outcomes.toSorted()).toEqual(['done-already', 'opened']);
      expect(await waves.open(id, null, AT)).toBe('done-already');
    });

    it('go from made to open to closing to closed, and are unfinished in between', async () => {
      const id = await waves.make({ ...NEW, name: 'Life of a wave' }, null, AT);
      const state = async () => (await waves.find(id))?.state;
      const unfinished = async () => (await waves.unfinished()).some((wave) => wave.id === id);
      const seen = [[await state(), await unfinished()]];
      await waves.open(id, null, AT);
      seen.push([await state(), await unfinished()]);
      const closing = { wave_id: id, started_at: AT, started_by: null, finished_at: null };
      await test.database.query.insertInto('wave_closings').values(closing).execute();
      seen.push([await state(), await unfinished()]);
      await test.database.query.updateTable('wave_closings').set({ finished_at: AT }).execute();
      seen.push([await state(), await unfinished()]);
      expect(seen).toEqual([
        ['made', false],
        ['open', true],
        ['closing', true],
        ['closed', false],
      ]);
    });

    it('of an authority are listed with the one that begins last first, and no other authority’s', async () => {
      await storePlaces(test.database, 'otherglen');
      const of = { authorityId: 'otherglen', schools: [] };
      await waves.make({ ...NEW, ...of, name: 'Early', startsOn: '2020-05-01' }, null, AT);
      await waves.make({ ...NEW, ...of, name: 'Late', startsOn: '2030-05-01' }, null, AT);
      await waves.make({ ...NEW, ...of, name: 'Between', startsOn: '2025-05-01', bands: [] }, null, AT);
      expect((await waves.list('otherglen')).map((wave) => wave.name)).toEqual(['Late', 'Between', 'Early']);
      expect((await waves.list(AUTHORITY_ID)).map((wave) => wave.name)).not.toContain('Late');
    });
  });
}

async function storeClusters({ database }: TestDatabase): Promise<void> {
  const memberships: [string, string, string, string | null, string[]][] = [
    ['now', 'Now', '2020-08-01', null, [ASH, DALE]],
    ['first-day', 'First day', '2026-05-01', null, [ASH]],
    ['last-day', 'Last day', '2020-08-01', '2026-05-01', [ASH]],
    ['over', 'Over', '2020-08-01', '2026-04-30', [ASH]],
    ['to-come', 'To come', '2026-05-02', null, [ASH]],
  ];
  for (const [code, name, from_date, to_date, schools] of memberships) {
    const cluster = { id: code, authority_id: AUTHORITY_ID, code, name };
    await database.query.insertInto('clusters').values(cluster).execute();
    const rows = schools.map((school_id) => ({ cluster_id: code, school_id, from_date, to_date }));
    await database.query.insertInto('cluster_memberships').values(rows).execute();
  }
}

async function storeRolls({ database }: TestDatabase): Promise<void> {
  const row = { school_id: ASH, stage: 'P6', class: 'P6A', sex: null, quintile: null, asn: null };
  const rows = [
    { ...row, id: 'old', counted_on: '2025-01-10', sex: 'female', pupils: 77 },
    { ...row, id: 'new-f', counted_on: '2026-01-10', sex: 'female', pupils: 13 },
    { ...row, id: 'new-m', counted_on: '2026-01-10', sex: 'male', pupils: 11 },
    // The other school was counted on another day.
    { ...row, id: 'dale', school_id: DALE, counted_on: '2025-09-01', stage: 'S1', class: null, pupils: 90 },
  ];
  await database.query.insertInto('roll_counts').values(rows).execute();
}
