import type { Kysely } from 'kysely';
import type { AreaPlace } from '../core/people/area.ts';
import type { Database } from './database.ts';
import { placesOf } from './places.ts';
import type { Tables } from './tables.ts';

/** A locality with its clusters, as they can be chosen; null heads the clusters that lie in several localities or in none. */
export interface AreaChoice {
  locality: AreaPlace | null;
  clusters: AreaPlace[];
}

/** Which places planners are bound to. */
export interface AccountAreas {
  /** Localities and clusters of an authority's register, by name. */
  choices(authorityId: string, today: string): Promise<AreaChoice[]>;
  /** What an account is bound to, by name; empty for the whole authority. */
  of(accountId: string): Promise<AreaPlace[]>;
  /** The same of every account of an authority that is bound to something. */
  ofAuthority(authorityId: string): Promise<Map<string, AreaPlace[]>>;
  /** What the accounts that open invitations lead to will be bound to, by invitation. */
  ofInvitations(authorityId: string): Promise<Map<string, AreaPlace[]>>;
  /** Binds an account to these places and no others; to none, which gives it the whole authority. */
  set(accountId: string, nodes: readonly string[], grantedBy: string, at: string): Promise<void>;
}

export function createAccountAreas({ query }: Pick<Database, 'query'>): AccountAreas {
  return {
    choices: (authorityId, today) => choicesOf(query, authorityId, today),
    of: (accountId) => areaOfAccount(query, accountId),
    async ofAuthority(authorityId) {
      const rows = await query
        .selectFrom('account_areas')
        .innerJoin('accounts', 'accounts.id', 'account_id')
        .select(['account_id as of', 'node'])
        .where('authority_id', '=', authorityId)
        .execute();
      return grouped(rows, await namesOf(query, authorityId));
    },
    async ofInvitations(authorityId) {
      const rows = await query
        .selectFrom('invitation_areas')
        .innerJoin('invitations', 'invitations.id', 'invitation_id')
        .select(['invitation_id as of', 'node'])
        .where('authority_id', '=', authorityId)
        .execute();
      return grouped(rows, await namesOf(query, authorityId));
    },
    set: (accountId, nodes, grantedBy, at) =>
      query.transaction().execute(async (trx) => {
        await trx.deleteFrom('account_areas').where('account_id', '=', accountId).execute();
        await insertAreas(trx, accountId, nodes, grantedBy, at);
      }),
  };
}

/** Binds a new account within a transaction. */
export async function insertAreas(
  trx: Kysely<Tables>,
  accountId: string,
  nodes: readonly string[],
  grantedBy: string | null,
  at: string,
): Promise<void> {
  for (const node of nodes) {
    await trx
      .insertInto('account_areas')
      .values({ account_id: accountId, node, granted_by: grantedBy, granted_at: at })
      .execute();
  }
}

/** What an account is bound to, by name. */
export async function areaOfAccount(query: Kysely<Tables>, accountId: string): Promise<AreaPlace[]> {
  const rows = await query
    .selectFrom('account_areas')
    .innerJoin('accounts', 'accounts.id', 'account_id')
    .select(['account_id as of', 'node', 'authority_id'])
    .where('account_id', '=', accountId)
    .execute();
  const [first] = rows;
  return first ? grouped(rows, await namesOf(query, first.authority_id)).get(accountId)! : [];
}

/** Names of the places of an authority by the ids that releases know them by. */
async function namesOf(query: Kysely<Tables>, authorityId: string): Promise<Map<string, string>> {
  const of = async (kind: 'locality' | 'cluster', table: 'localities' | 'clusters') => {
    const rows = await query
      .selectFrom(table)
      .select(['code', 'name'])
      .where('authority_id', '=', authorityId)
      .execute();
    return rows.map(({ code, name }): [string, string] => [`${kind}:${code}`, name]);
  };
  return new Map([...(await of('locality', 'localities')), ...(await of('cluster', 'clusters'))]);
}

/** A place that the register has lost still binds, by its code. */
function grouped(
  rows: readonly { of: string; node: string }[],
  names: ReadonlyMap<string, string>,
): Map<string, AreaPlace[]> {
  const places = new Map<string, AreaPlace[]>();
  for (const { of, node } of rows) {
    const name = names.get(node) ?? node.slice(node.indexOf(':') + 1);
    places.set(of, [...(places.get(of) ?? []), { id: node, name }]);
  }
  for (const [of, own] of places) places.set(of, own.toSorted(byName));
  return places;
}

const byName = (one: AreaPlace, other: AreaPlace) =>
  one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1);

async function choicesOf(query: Kysely<Tables>, authorityId: string, today: string): Promise<AreaChoice[]> {
  const localities = await placesOf(query, 'localities', authorityId);
  const clusters = await placesOf(query, 'clusters', authorityId);
  const memberships = await query
    .selectFrom('cluster_memberships')
    .innerJoin('schools', 'schools.id', 'school_id')
    .select(['cluster_id', 'locality_id'])
    .distinct()
    .where('authority_id', '=', authorityId)
    .where((where) => where.or([where('to_date', 'is', null), where('to_date', '>=', today)]))
    .execute();
  const localityOf = (clusterId: string) => {
    const ids = memberships.filter((row) => row.cluster_id === clusterId).map((row) => row.locality_id);
    return ids.length === 1 ? ids[0]! : null;
  };
  const asClusters = (places: typeof clusters) => places.map((place) => asArea('cluster', place));
  // One locality is the authority under another name, and no place of releases.
  if (localities.length < 2) return clusters.length === 0 ? [] : [{ locality: null, clusters: asClusters(clusters) }];
  const within = (localityId: string | null) => asClusters(clusters.filter(({ id }) => localityOf(id) === localityId));
  const others = within(null);
  return [
    ...localities.map((place) => ({ locality: asArea('locality', place), clusters: within(place.id) })),
    ...(others.length > 0 ? [{ locality: null, clusters: others }] : []),
  ];
}

const asArea = (kind: 'locality' | 'cluster', { code, name }: { code: string; name: string }): AreaPlace => ({
  id: `${kind}:${code}`,
  name,
});
