import { describe, expect, it } from 'vitest';
import { importPlaces } from '../../../server/commands/import/run.ts';
import {
  asCsv,
  demonstrationAuthority,
  FIELDWORK,
  smallAuthority,
  type SeededAuthority,
} from '../../../server/commands/seed/authority.ts';
import { HIGHEST_RATE, LOWEST_RATE, respondents } from '../../../server/commands/seed/respondents.ts';
import { FORMAT_NAMES, type PlaceRows } from '../../../server/core/places/formats.ts';
import type { Stage } from '../../../server/core/survey/stage.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { migrate } from '../../../server/storage/migrations.ts';
import { createPlaces } from '../../../server/storage/places.ts';

const SEEDS = ['1', '2', 'another', '2026'];

function pupils(rows: PlaceRows['rolls'], stages: readonly string[]): number {
  return rows.reduce((sum, row) => (stages.includes(row.stage) ? sum + row.pupils : sum), 0);
}

function sizes({ schools, rolls }: PlaceRows, wanted: 'primary' | 'secondary'): number[] {
  const found = schools.filter(({ sector }) => sector === wanted).map(({ code }) => code);
  return found.map((code) => rolls.reduce((sum, row) => (row.school === code ? sum + row.pupils : sum), 0));
}

/** Imports an authority as its CSV files, as a council would. */
async function imported(authority: SeededAuthority) {
  const database = openDatabase(':memory:');
  await migrate(database);
  const csv = asCsv(authority);
  const files = FORMAT_NAMES.map((format) => [
    format,
    { name: `${format}.csv`, bytes: new TextEncoder().encode(csv[format]) },
  ]);
  const { id: authorityId, name, kind } = authority;
  const outcome = await importPlaces(database, {
    authorityId,
    name,
    kind,
    files: Object.fromEntries(files) as Record<(typeof FORMAT_NAMES)[number], { name: string; bytes: Uint8Array }>,
    write: true,
    at: '2026-05-01T09:00:00.000Z',
  });
  const totals = await createPlaces(database).rollTotals(authorityId);
  await database.close();
  return { outcome, totals };
}

describe.each(SEEDS)('the demonstration authority, seed %s', (seed) => {
  const authority = demonstrationAuthority(seed);

  it('has exactly the size of the fieldwork it is modelled on', () => {
    expect(pupils(authority.rolls, ['P5', 'P6', 'P7'])).toBe(11_709);
    expect(pupils(authority.rolls, ['S1', 'S2', 'S3', 'S4'])).toBe(14_842);
    expect(pupils(authority.rolls, [...FIELDWORK.primary.stages, ...FIELDWORK.secondary.stages])).toBe(11_709 + 14_842);
    expect(sizes(authority, 'primary')).toHaveLength(121);
    expect(sizes(authority, 'secondary')).toHaveLength(24);
    expect(authority.clusters).toHaveLength(24);
    expect(authority.localities.length).toBeGreaterThanOrEqual(3);
  });

  it('has schools of unequal sizes: tiny primaries, large ones, and secondaries from 350 to 950', () => {
    const primaries = sizes(authority, 'primary');
    expect(Math.min(...primaries)).toBeGreaterThanOrEqual(8);
    expect(primaries.filter((size) => size <= 20).length).toBeGreaterThanOrEqual(2);
    expect(primaries.filter((size) => size >= 150).length).toBeGreaterThanOrEqual(8);
    const secondaries = sizes(authority, 'secondary');
    expect(Math.min(...secondaries)).toBeGreaterThanOrEqual(350);
    expect(Math.max(...secondaries)).toBeLessThanOrEqual(950);
    expect(Math.max(...secondaries) - Math.min(...secondaries)).toBeGreaterThan(200);
  });

  it('has one secondary a cluster, primaries that feed two, and a membership that ended', () => {
    const { memberships, schools, clusters } = authority;
    const current = memberships.filter(({ to }) => to === null);
    const sector = new Map(schools.map((school) => [school.code, school.sector]));
    for (const { code } of clusters) {
      const members = current.filter(({ cluster }) => cluster === code).map(({ school }) => sector.get(school));
      expect(
        members.filter((found) => found === 'secondary'),
        code,
      ).toHaveLength(1);
      expect(members.filter((found) => found === 'primary').length, code).toBeGreaterThanOrEqual(3);
    }
    const twice = [...Map.groupBy(current, ({ school }) => school).values()].filter((found) => found.length === 2);
    expect(twice.length).toBeGreaterThanOrEqual(4);
    expect(memberships.filter(({ to }) => to !== null)).toHaveLength(1);
  });

  it('names every school and class once, in classes of at most thirty', () => {
    expect(new Set(authority.schools.map(({ name }) => name)).size).toBe(145);
    const classes = Map.groupBy(authority.rolls, (row) => `${row.school} ${row.class}`);
    for (const [name, rows] of classes) {
      expect(
        pupils(
          rows,
          rows.map(({ stage }) => stage),
        ),
        name,
      ).toBeLessThanOrEqual(30);
      expect(new Set(rows.map(({ stage }) => stage)).size, name).toBe(1);
    }
  });

  it('differs in deprivation between clusters', () => {
    const shares = authority.clusters.map(({ code }) => {
      const school = authority.memberships.find(({ cluster }) => cluster === code)!.school;
      const rows = authority.rolls.filter((row) => row.school === school);
      const most = rows.filter(({ quintile }) => quintile === 1);
      return pupils(most, ['S1', 'S2', 'S3', 'S4']) / pupils(rows, ['S1', 'S2', 'S3', 'S4']);
    });
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.25);
  });
});

describe('a seeded authority', () => {
  it('is the same for the same seed and another for another', () => {
    expect(demonstrationAuthority('1')).toEqual(demonstrationAuthority('1'));
    expect(demonstrationAuthority('1').rolls).not.toEqual(demonstrationAuthority('2').rolls);
  });

  it.each([
    ['the demonstration', demonstrationAuthority('1')],
    ['the small authority', smallAuthority('1')],
  ])('can be imported as its CSV files without a fault: %s', async (_what, authority) => {
    const { outcome, totals } = await imported(authority);
    expect(outcome).toMatchObject({ standing: 'new', written: true });
    const stages: Stage[] = [...FIELDWORK.primary.stages, ...FIELDWORK.secondary.stages];
    for (const stage of stages) {
      const stored = totals.filter((total) => total.stage === stage).reduce((sum, total) => sum + total.pupils, 0);
      expect(stored, stage).toBe(pupils(authority.rolls, [stage]));
    }
  });
});

describe.each(SEEDS)('the small authority, seed %s', (seed) => {
  const authority = smallAuthority(seed);

  it('has 6 clusters, 20 schools, about 1,200 pupils and a shared primary', () => {
    expect(authority.clusters).toHaveLength(6);
    expect(sizes(authority, 'secondary')).toHaveLength(6);
    expect(sizes(authority, 'primary')).toHaveLength(14);
    const all = pupils(authority.rolls, [...FIELDWORK.primary.stages, ...FIELDWORK.secondary.stages]);
    expect(Math.abs(all - 1200)).toBeLessThan(30);
    const current = authority.memberships.filter(({ to }) => to === null);
    expect(current.length).toBe(21);
  });

  it('has one cluster too small to be shown', () => {
    const [first] = authority.clusters;
    const members = authority.memberships.filter(({ cluster }) => cluster === first!.code).map(({ school }) => school);
    const rows = authority.rolls.filter(({ school }) => members.includes(school));
    expect(pupils(rows, ['S1', 'S2'])).toBeLessThan(20);
    expect(pupils(rows, ['P5', 'P6', 'P7'])).toBeLessThan(20);
  });
});

describe('those who answer', () => {
  const authority = demonstrationAuthority('1');
  const choose = (sector: 'primary' | 'secondary', seed = '1') =>
    respondents(authority, { stages: FIELDWORK[sector].stages, answers: FIELDWORK[sector].answers, seed });

  it.each(['primary', 'secondary'] as const)('are exactly as many as in the fieldwork: %s', (sector) => {
    const chosen = choose(sector);
    expect(chosen).toHaveLength(sector === 'primary' ? 9_601 : 11_577);
    const stages: readonly Stage[] = FIELDWORK[sector].stages;
    expect(chosen.every(({ stage }) => stages.includes(stage))).toBe(true);
  });

  it('answer at rates that differ between schools, within bounds', () => {
    const bySchool = Map.groupBy(choose('secondary'), ({ schoolCode }) => schoolCode);
    const rates = [...bySchool].map(([code, chosen]) => {
      const rows = authority.rolls.filter(({ school }) => school === code);
      return chosen.length / pupils(rows, FIELDWORK.secondary.stages);
    });
    expect(rates).toHaveLength(24);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(LOWEST_RATE);
    expect(Math.max(...rates)).toBeLessThanOrEqual(HIGHEST_RATE);
    expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(0.15);
  });

  it('are never more than a group on the roll has', () => {
    const key = (row: { stage: string; class: string | null; sex: string | null; quintile: number | null }) =>
      [row.stage, row.class, row.sex, row.quintile].join(' ');
    const held = new Map(authority.rolls.map((row) => [`${row.school} ${key(row)}`, row.pupils]));
    const chosen = Map.groupBy(choose('primary'), (pupil) => `${pupil.schoolCode} ${key(pupil)}`);
    for (const [group, found] of chosen) expect(found.length, group).toBeLessThanOrEqual(held.get(group) ?? 0);
  });

  it('carry the cluster that their school is in on the day of the roll', () => {
    const moved = authority.memberships.find(({ to }) => to !== null)!;
    const now = authority.memberships.find(({ school, to }) => school === moved.school && to === null)!;
    const pupil = choose('primary').find(({ schoolCode }) => schoolCode === moved.school)!;
    expect(pupil.clusterCode).toBe(now.cluster);
    expect(pupil.clusterCode).not.toBe(moved.cluster);
  });

  it('are the same for the same seed and others for another', () => {
    expect(choose('primary')).toEqual(choose('primary'));
    expect(choose('primary', '2')).not.toEqual(choose('primary'));
  });

  it('cannot be more than every school at its highest rate would give', () => {
    expect(() => respondents(authority, { stages: ['P5'], answers: 3_865, seed: '1' })).toThrow(RangeError);
  });
});
