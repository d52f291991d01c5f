import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesOf } from '../../server/core/places/changes.ts';
import { noPlaces, type PlaceRows } from '../../server/core/places/formats.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { createPlaces, type Places } from '../../server/storage/places.ts';

const AT = '2026-05-01T09:00:00.000Z';
const AUTHORITY = { id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' } as const;
const DAY = '2025-09-17';

const group = { date: DAY, class: 'A', sex: 'female', quintile: 1, asn: null } as const;

const rows: PlaceRows = {
  localities: [{ code: 'n', name: 'North' }],
  schools: [
    { code: 'p1', name: 'Zed', sector: 'primary', locality: 'n' },
    { code: 's1', name: 'Big', sector: 'secondary', locality: null },
  ],
  clusters: [{ code: 'c1', name: 'Cluster' }],
  memberships: [
    { cluster: 'c1', school: 'p1', from: '2012-08-13', to: '2020-06-26' },
    { cluster: 'c1', school: 'p1', from: '2021-08-11', to: null },
    { cluster: 'c1', school: 's1', from: '2012-08-13', to: null },
  ],
  rolls: [
    { ...group, school: 'p1', stage: 'P5', pupils: 3 },
    { ...group, school: 'p1', stage: 'P5', sex: 'male', pupils: 4 },
    { ...group, school: 'p1', stage: 'P6', class: null, sex: null, quintile: null, pupils: 9 },
    { ...group, school: 's1', stage: 'S1', asn: 'yes', pupils: 5 },
  ],
};

let database: Database;
let places: Places;

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  places = createPlaces(database);
  await places.write(AUTHORITY, changesOf(noPlaces(), rows), AT);
});

afterEach(() => database.close());

async function importMore(
  wanted: Partial<PlaceRows>,
  authority: { id: string; name: string; kind: 'demonstration' } = AUTHORITY,
) {
  const all = { ...noPlaces(), ...wanted };
  const days = [...new Set(all.rolls.map(({ date }) => date))];
  await places.write(authority, changesOf(await places.rows(authority.id, days), all), AT);
}

const byText = (list: object[]) => list.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();

describe('places', () => {
  it('gives back exactly what was written', async () => {
    const stored = await places.rows('strathlorn', [DAY]);
    for (const format of ['localities', 'schools', 'clusters', 'memberships', 'rolls'] as const) {
      expect(byText(stored[format]), format).toEqual(byText(rows[format]));
    }
    expect(await createAuthorities(database).find('strathlorn')).toEqual(AUTHORITY);
  });

  it('lists schools by name, with sector and locality', async () => {
    const schools = await places.schools('strathlorn');
    expect(schools.map(({ code, name, sector, locality }) => [code, name, sector, locality])).toEqual([
      ['s1', 'Big', 'secondary', null],
      ['p1', 'Zed', 'primary', 'n'],
    ]);
    expect((await places.clusters('strathlorn')).map(({ code }) => code)).toEqual(['c1']);
    expect((await places.localities('strathlorn')).map(({ name }) => name)).toEqual(['North']);
  });

  it('keeps authorities apart, even where their codes are the same', async () => {
    const other = { id: 'elsewhere', name: 'Elsewhere', kind: 'demonstration' } as const;
    await importMore({ schools: [{ code: 'p1', name: 'Other', sector: 'special', locality: null }] }, other);
    expect((await places.schools('elsewhere')).map(({ name }) => name)).toEqual(['Other']);
    expect((await places.schools('strathlorn')).map(({ name }) => name)).toEqual(['Big', 'Zed']);
    expect(await places.rollTotals('elsewhere')).toEqual([]);
  });

  it('renames by code and keeps the id', async () => {
    const before = await places.schools('strathlorn');
    await importMore(
      {
        schools: [{ code: 'p1', name: 'Alpha', sector: 'primary', locality: null }],
        clusters: [{ code: 'c1', name: 'New' }],
      },
      { ...AUTHORITY, name: 'Strathlorn Council' },
    );
    const after = await places.schools('strathlorn');
    expect(after[0]).toMatchObject({ name: 'Alpha', locality: null, id: before[1]!.id });
    expect((await places.clusters('strathlorn'))[0]!.name).toBe('New');
    expect((await createAuthorities(database).find('strathlorn'))!.name).toBe('Strathlorn Council');
  });

  it('ends, removes and adds memberships', async () => {
    const wanted = [
      { cluster: 'c1', school: 'p1', from: '2021-08-11', to: '2024-06-28' },
      { cluster: 'c1', school: 'p1', from: '2025-08-13', to: null },
    ];
    await importMore({ memberships: wanted });
    const { memberships } = await places.rows('strathlorn', []);
    expect(memberships.filter(({ school }) => school === 'p1')).toEqual(wanted);
    expect(memberships.filter(({ school }) => school === 's1')).toHaveLength(1);
  });

  it('sums the newest roll of each school by stage', async () => {
    const totals = async () =>
      (await places.rollTotals('strathlorn')).map(({ stage, pupils, countedOn }) => [stage, pupils, countedOn]);
    expect(await totals()).toEqual([
      ['P5', 7, DAY],
      ['P6', 9, DAY],
      ['S1', 5, DAY],
    ]);
    await importMore({ rolls: [{ ...group, school: 'p1', date: '2026-01-10', stage: 'P7', pupils: 6 }] });
    expect(await totals()).toEqual([
      ['P7', 6, '2026-01-10'],
      ['S1', 5, DAY],
    ]);
  });

  it('replaces the roll of a day whole', async () => {
    await importMore({ rolls: [{ ...group, school: 'p1', stage: 'P5', pupils: 2 }] });
    const totals = await places.rollTotals('strathlorn');
    expect(totals.map(({ stage, pupils }) => [stage, pupils])).toEqual([
      ['P5', 2],
      ['S1', 5],
    ]);
  });

  it('writes nothing at all when one step fails', async () => {
    const twice = { code: 'c9', name: 'Nine' };
    const changes = changesOf(noPlaces(), {
      ...noPlaces(),
      schools: [{ code: 'p9', name: 'Nine', sector: 'primary', locality: null }],
      clusters: [twice, twice],
    });
    await expect(places.write({ ...AUTHORITY, name: 'Renamed' }, changes, AT)).rejects.toThrow();
    expect((await places.schools('strathlorn')).map(({ code }) => code)).toEqual(['s1', 'p1']);
    expect((await createAuthorities(database).find('strathlorn'))!.name).toBe('Strathlorn');
    const entries = await database.query.selectFrom('audit_entries').select(['action', 'subject']).execute();
    expect(entries).toEqual([{ action: 'imported', subject: 'strathlorn' }]);
  });

  it('keeps what a wave froze at its opening when memberships are removed', async () => {
    const [school, cluster] = [(await places.schools('strathlorn'))[1]!, (await places.clusters('strathlorn'))[0]!];
    const wave = {
      id: 'w',
      authority_id: 'strathlorn',
      name: 'Wave',
      family: 'pupils',
      created_at: AT,
      created_by: null,
    };
    await database.query
      .insertInto('waves')
      .values({ ...wave, starts_on: DAY, ends_on: DAY })
      .execute();
    const frozen = { wave_id: 'w', cluster_id: cluster.id, school_id: school.id };
    await database.query.insertInto('wave_memberships').values(frozen).execute();
    await importMore({ memberships: [{ cluster: 'c1', school: 'p1', from: '2025-08-13', to: null }] });
    expect(await database.query.selectFrom('wave_memberships').selectAll().execute()).toEqual([frozen]);
  });
});
