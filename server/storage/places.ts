import type { CompiledQuery } from 'kysely';
import type { Changes } from '../core/places/changes.ts';
import type { PlaceRows, RollRow, Sector } from '../core/places/formats.ts';
import type { Stage } from '../core/survey/stage.ts';
import { appendEntry } from './audit.ts';
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

/** The day of each school's newest roll, to join with: `newest.school_id` and `newest.day`. */
export function newestRolls(query: Query) {
  return query
    .selectFrom('roll_counts')
    .select(({ fn }) => ['school_id', fn.max('counted_on').as('day')])
    .groupBy('school_id')
    .as('newest');
}

export function createPlaces({ query }: Database): Places {
  return {
    schools: (authorityId) => schoolsOf(query, authorityId),
    clusters: (authorityId) => placesOf(query, 'clusters', authorityId),
    localities: (authorityId) => placesOf(query, 'localities', authorityId),
    async rollTotals(authorityId) {
      const rows = await query
        .selectFrom('roll_counts')
        .innerJoin('schools', 'schools.id', 'roll_counts.school_id')
        .innerJoin(newestRolls(query), (join) =>
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
      // All is worked out before the transaction begins, so that pupils who answer meanwhile wait for little.
      const ids = await idsFor(query, authority.id, changes);
      const steps = [
        authorityStep(query, authority, at),
        ...localitySteps(query, authority.id, ids, changes),
        ...schoolSteps(query, authority.id, ids, changes),
        ...clusterSteps(query, authority.id, ids, changes),
        ...membershipSteps(query, ids, changes),
        ...rollSteps(query, ids, changes),
      ];
      await query.transaction().execute(async (trx) => {
        for (const step of steps) await trx.executeQuery(step);
        await appendEntry(trx, {
          at,
          accountId: null,
          authorityId: authority.id,
          action: 'imported',
          subject: authority.id,
        });
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

/** Localities or clusters of an authority, by name. */
export function placesOf(query: Query, table: 'clusters' | 'localities', authorityId: string): Promise<Place[]> {
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

/** Ids of the places of an authority by code, stored ones and those about to be added. */
interface Ids {
  localities(code: string): string;
  schools(code: string): string;
  clusters(code: string): string;
}

async function idsFor(query: Query, authorityId: string, changes: Changes): Promise<Ids> {
  const known = async (table: keyof Ids) => {
    const rows = await query.selectFrom(table).select(['id', 'code']).where('authority_id', '=', authorityId).execute();
    const ids = new Map(rows.map(({ id, code }) => [code, id]));
    for (const { code } of changes[table].added) ids.set(code, newId());
    return (code: string) => {
      const id = ids.get(code);
      if (id === undefined) {
        throw new Error(`No row of ${table} has the code "${code}": hold the files against each other before writing.`);
      }
      return id;
    };
  };
  return { localities: await known('localities'), schools: await known('schools'), clusters: await known('clusters') };
}

function authorityStep(query: Query, { id, name, kind }: Authority, at: string): CompiledQuery {
  return query
    .insertInto('authorities')
    .values({ id, name, kind, created_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
    .compile();
}

function localitySteps(query: Query, authorityId: string, ids: Ids, { localities }: Changes): CompiledQuery[] {
  const added = localities.added.map((row) => ({ id: ids.localities(row.code), authority_id: authorityId, ...row }));
  return [
    ...inChunks(added).map((rows) => query.insertInto('localities').values(rows).compile()),
    ...localities.changed.map(({ after }) =>
      query.updateTable('localities').set({ name: after.name }).where('id', '=', ids.localities(after.code)).compile(),
    ),
  ];
}

function schoolSteps(query: Query, authorityId: string, ids: Ids, { schools }: Changes): CompiledQuery[] {
  const localityId = (locality: string | null) => (locality === null ? null : ids.localities(locality));
  const added = schools.added.map(({ code, name, sector, locality }) => ({
    id: ids.schools(code),
    authority_id: authorityId,
    locality_id: localityId(locality),
    code,
    name,
    sector,
  }));
  return [
    ...inChunks(added).map((rows) => query.insertInto('schools').values(rows).compile()),
    ...schools.changed.map(({ after }) =>
      query
        .updateTable('schools')
        .set({ name: after.name, locality_id: localityId(after.locality) })
        .where('id', '=', ids.schools(after.code))
        .compile(),
    ),
  ];
}

function clusterSteps(query: Query, authorityId: string, ids: Ids, { clusters }: Changes): CompiledQuery[] {
  const added = clusters.added.map((row) => ({ id: ids.clusters(row.code), authority_id: authorityId, ...row }));
  return [
    ...inChunks(added).map((rows) => query.insertInto('clusters').values(rows).compile()),
    ...clusters.changed.map(({ after }) =>
      query.updateTable('clusters').set({ name: after.name }).where('id', '=', ids.clusters(after.code)).compile(),
    ),
  ];
}

function membershipSteps(query: Query, ids: Ids, { memberships }: Changes): CompiledQuery[] {
  const added = memberships.added.map(({ cluster, school, from, to }) => ({
    cluster_id: ids.clusters(cluster),
    school_id: ids.schools(school),
    from_date: from,
    to_date: to,
  }));
  return [
    ...memberships.removed.map(({ cluster, school, from }) =>
      query
        .deleteFrom('cluster_memberships')
        .where('cluster_id', '=', ids.clusters(cluster))
        .where('school_id', '=', ids.schools(school))
        .where('from_date', '=', from)
        .compile(),
    ),
    ...memberships.changed.map(({ after }) =>
      query
        .updateTable('cluster_memberships')
        .set({ to_date: after.to })
        .where('cluster_id', '=', ids.clusters(after.cluster))
        .where('school_id', '=', ids.schools(after.school))
        .where('from_date', '=', after.from)
        .compile(),
    ),
    ...inChunks(added).map((rows) => query.insertInto('cluster_memberships').values(rows).compile()),
  ];
}

/** A roll of a day is replaced whole, so that no group of an older file is counted beside the new ones. */
function rollSteps(query: Query, ids: Ids, { rolls }: Changes): CompiledQuery[] {
  const replaced = rolls.changed.map(({ after }) => after);
  const rows = [...rolls.added, ...replaced].flatMap((roll) =>
    roll.rows.map(({ school, date, ...group }) => ({
      id: newId(),
      school_id: ids.schools(school),
      counted_on: date,
      ...group,
    })),
  );
  return [
    ...replaced.map(({ school, date }) =>
      query
        .deleteFrom('roll_counts')
        .where('school_id', '=', ids.schools(school))
        .where('counted_on', '=', date)
        .compile(),
    ),
    ...inChunks(rows, 200).map((chunk) => query.insertInto('roll_counts').values(chunk).compile()),
  ];
}
