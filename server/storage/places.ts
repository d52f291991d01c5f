import type { Changes, Roll } from '../core/places/changes.ts';
import type { PlaceRows, RollRow, Sector } from '../core/places/formats.ts';
import type { Stage } from '../core/survey/stage.ts';
import type { Authority } from './authorities.ts';
import { inChunks, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** A school of an authority; the code identifies it inside the authority. */
export interface School {
  id: string;
  code: string;
  name: string;
  sector: Sector;
  /** Code of its locality, or null. */
  locality: string | null;
}

/** A cluster or locality of an authority. */
export interface Place {
  id: string;
  code: string;
  name: string;
}

/** Pupils of one stage on a school's newest roll, over all classes and groups. */
export interface RollTotal {
  schoolId: string;
  stage: Stage;
  pupils: number;
  /** The day of that roll. */
  countedOn: string;
}

export interface Places {
  /** Schools of an authority by name. */
  schools(authorityId: string): Promise<School[]>;
  /** Clusters of an authority by name. */
  clusters(authorityId: string): Promise<Place[]>;
  /** Localities of an authority by name. */
  localities(authorityId: string): Promise<Place[]>;
  /** The newest roll of each school, by school and stage; a school without a roll has no entry. */
  rollTotals(authorityId: string): Promise<RollTotal[]>;
  /** All that is stored of an authority as rows of the import formats, with the rolls of these days only. */
  rows(authorityId: string, rollDays: readonly string[]): Promise<PlaceRows>;
  /** Adds or renames the authority, makes all changes and writes the audit entry: all of it or nothing. */
  write(authority: Authority, changes: Changes, at: string): Promise<void>;
}

type Query = Database['query'];

export function createPlaces({ query }: Database): Places {
  return {
    schools: (authorityId) => schoolsOf(query, authorityId),
    clusters: (authorityId) => placesOf(query, 'clusters', authorityId),
    localities: (authorityId) => placesOf(query, 'localities', authorityId),
    async rollTotals(authorityId) {
      const rows = await query
        .selectFrom('roll_counts')
        .innerJoin('schools', 'schools.id', 'roll_counts.school_id')
        .innerJoin(
          (newest) =>
            newest
              .selectFrom('roll_counts')
              .select(({ fn }) => ['school_id', fn.max('counted_on').as('day')])
              .groupBy('school_id')
              .as('newest'),
          (join) =>
            join.onRef('newest.school_id', '=', 'schools.id').onRef('newest.day', '=', 'roll_counts.counted_on'),
        )
        .select((column) => [
          'roll_counts.school_id as schoolId',
          'stage',
          'counted_on as countedOn',
          column.cast<number>(column.fn.sum('pupils'), 'integer').as('pupils'),
        ])
        .where('authority_id', '=', authorityId)
        .groupBy(['roll_counts.school_id', 'stage', 'counted_on'])
        .orderBy('stage')
        .execute();
      return rows.map((row) => ({ ...row, stage: row.stage as Stage }));
    },
    async rows(authorityId, rollDays) {
      const schools = await schoolsOf(query, authorityId);
      return {
        localities: (await placesOf(query, 'localities', authorityId)).map(withoutId),
        schools: schools.map(withoutId),
        clusters: (await placesOf(query, 'clusters', authorityId)).map(withoutId),
        memberships: await membershipRows(query, authorityId),
        rolls: await rollRows(query, authorityId, rollDays),
      };
    },
    async write(authority, changes, at) {
      await query.transaction().execute(async (trx) => {
        await writeAuthority(trx, authority, at);
        await writeLocalities(trx, authority.id, changes);
        await writeSchools(trx, authority.id, changes);
        await writeClusters(trx, authority.id, changes);
        const schoolIds = await idsByCode(trx, 'schools', authority.id);
        await writeMemberships(trx, await idsByCode(trx, 'clusters', authority.id), schoolIds, changes);
        await writeRolls(trx, schoolIds, changes);
        const entry = { id: newId(), at, account_id: null, action: 'imported', subject: authority.id };
        await trx.insertInto('audit_entries').values(entry).execute();
      });
    },
  };
}

const withoutId = <P extends { id: string }>({ id: _id, ...row }: P): Omit<P, 'id'> => row;

function schoolsOf(query: Query, authorityId: string): Promise<School[]> {
  return query
    .selectFrom('schools')
    .leftJoin('localities', 'localities.id', 'schools.locality_id')
    .select(['schools.id', 'schools.code', 'schools.name', 'sector', 'localities.code as locality'])
    .where('schools.authority_id', '=', authorityId)
    .orderBy('schools.name')
    .orderBy('schools.code')
    .execute();
}

function placesOf(query: Query, table: 'clusters' | 'localities', authorityId: string): Promise<Place[]> {
  return query
    .selectFrom(table)
    .select(['id', 'code', 'name'])
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .orderBy('code')
    .execute();
}

function membershipRows(query: Query, authorityId: string): Promise<PlaceRows['memberships']> {
  return query
    .selectFrom('cluster_memberships')
    .innerJoin('clusters', 'clusters.id', 'cluster_id')
    .innerJoin('schools', 'schools.id', 'school_id')
    .select(['clusters.code as cluster', 'schools.code as school', 'from_date as from', 'to_date as to'])
    .where('clusters.authority_id', '=', authorityId)
    .orderBy('clusters.code')
    .orderBy('schools.code')
    .orderBy('from_date')
    .execute();
}

async function rollRows(query: Query, authorityId: string, days: readonly string[]): Promise<RollRow[]> {
  if (days.length === 0) return [];
  const rows = await query
    .selectFrom('roll_counts')
    .innerJoin('schools', 'schools.id', 'school_id')
    .select(['code as school', 'counted_on as date', 'stage', 'class', 'sex', 'quintile', 'asn', 'pupils'])
    .where('authority_id', '=', authorityId)
    .where('counted_on', 'in', [...days])
    .execute();
  // Only imports write this table, so its words are those of the format.
  return rows as RollRow[];
}

async function writeAuthority(trx: Query, { id, name, kind }: Authority, at: string): Promise<void> {
  await trx
    .insertInto('authorities')
    .values({ id, name, kind, created_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
    .execute();
}

async function idsByCode(
  trx: Query,
  table: 'localities' | 'schools' | 'clusters',
  authorityId: string,
): Promise<(code: string) => string> {
  const rows = await trx.selectFrom(table).select(['id', 'code']).where('authority_id', '=', authorityId).execute();
  const ids = new Map(rows.map(({ id, code }) => [code, id]));
  return (code) => {
    const id = ids.get(code);
    if (id === undefined) {
      throw new Error(`No row of ${table} has the code "${code}": hold the files against each other before writing.`);
    }
    return id;
  };
}

async function writeLocalities(trx: Query, authorityId: string, { localities }: Changes): Promise<void> {
  for (const chunk of inChunks(localities.added)) {
    const rows = chunk.map((row) => ({ id: newId(), authority_id: authorityId, ...row }));
    await trx.insertInto('localities').values(rows).execute();
  }
  for (const { after } of localities.changed) {
    await trx
      .updateTable('localities')
      .set({ name: after.name })
      .where('authority_id', '=', authorityId)
      .where('code', '=', after.code)
      .execute();
  }
}

async function writeSchools(trx: Query, authorityId: string, { schools }: Changes): Promise<void> {
  const localityIds = await idsByCode(trx, 'localities', authorityId);
  const idOf = (locality: string | null) => (locality === null ? null : localityIds(locality));
  for (const chunk of inChunks(schools.added)) {
    const rows = chunk.map(({ code, name, sector, locality }) => ({
      id: newId(),
      authority_id: authorityId,
      locality_id: idOf(locality),
      code,
      name,
      sector,
    }));
    await trx.insertInto('schools').values(rows).execute();
  }
  for (const { after } of schools.changed) {
    await trx
      .updateTable('schools')
      .set({ name: after.name, locality_id: idOf(after.locality) })
      .where('authority_id', '=', authorityId)
      .where('code', '=', after.code)
      .execute();
  }
}

async function writeClusters(trx: Query, authorityId: string, { clusters }: Changes): Promise<void> {
  for (const chunk of inChunks(clusters.added)) {
    const rows = chunk.map((row) => ({ id: newId(), authority_id: authorityId, ...row }));
    await trx.insertInto('clusters').values(rows).execute();
  }
  for (const { after } of clusters.changed) {
    await trx
      .updateTable('clusters')
      .set({ name: after.name })
      .where('authority_id', '=', authorityId)
      .where('code', '=', after.code)
      .execute();
  }
}

async function writeMemberships(
  trx: Query,
  clusterIds: (code: string) => string,
  schoolIds: (code: string) => string,
  { memberships }: Changes,
): Promise<void> {
  for (const { cluster, school, from } of memberships.removed) {
    await trx
      .deleteFrom('cluster_memberships')
      .where('cluster_id', '=', clusterIds(cluster))
      .where('school_id', '=', schoolIds(school))
      .where('from_date', '=', from)
      .execute();
  }
  for (const { after } of memberships.changed) {
    await trx
      .updateTable('cluster_memberships')
      .set({ to_date: after.to })
      .where('cluster_id', '=', clusterIds(after.cluster))
      .where('school_id', '=', schoolIds(after.school))
      .where('from_date', '=', after.from)
      .execute();
  }
  for (const chunk of inChunks(memberships.added)) {
    const rows = chunk.map(({ cluster, school, from, to }) => ({
      cluster_id: clusterIds(cluster),
      school_id: schoolIds(school),
      from_date: from,
      to_date: to,
    }));
    await trx.insertInto('cluster_memberships').values(rows).execute();
  }
}

/** A roll of a day is replaced whole, so that no group of an older file is counted beside the new ones. */
async function writeRolls(trx: Query, schoolIds: (code: string) => string, { rolls }: Changes): Promise<void> {
  for (const { after } of rolls.changed) {
    await trx
      .deleteFrom('roll_counts')
      .where('school_id', '=', schoolIds(after.school))
      .where('counted_on', '=', after.date)
      .execute();
  }
  const wanted: Roll[] = [...rolls.added, ...rolls.changed.map(({ after }) => after)];
  const rows = wanted.flatMap(({ school, date, rows }) =>
    rows.map((row) => ({
      id: newId(),
      school_id: schoolIds(school),
      counted_on: date,
      stage: row.stage,
      class: row.class,
      sex: row.sex,
      quintile: row.quintile,
      asn: row.asn,
      pupils: row.pupils,
    })),
  );
  for (const chunk of inChunks(rows, 1000)) await trx.insertInto('roll_counts').values(chunk).execute();
}
