import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { canonical } from '../core/canonical.ts';
import type { Comparability } from '../core/survey/comparability.ts';
import type { ChangeFacts } from '../core/survey/version-changes.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** What somebody declared of a version that they publish. */
export interface DeclaredChanges {
  facts: ChangeFacts;
  /** The language of its notes and reasons; null where there are none. */
  language: string | null;
  /** The proposals that changed, added or withdrew an item, by the item's id. */
  proposals: ReadonlyMap<string, string>;
}

/** The same as it was sealed. */
export interface SealedChanges extends DeclaredChanges {
  /** SHA-256 over the facts, in their language, between these two versions; neither people nor proposals are in it. */
  changeHash: string;
}

/** Content hashes of the two versions that changes lie between. */
export interface ChangedVersions {
  before: string;
  after: string;
}

export interface VersionChangesStore {
  /** Undefined for the first version of a survey. */
  of(versionId: string): Promise<SealedChanges | undefined>;
  /**
   * What the items of each version of a survey are to the one before it, by version number and item.
   * @param upTo the last version that is wanted
   */
  history(surveyId: string, upTo: number): Promise<Map<number, ReadonlyMap<string, Comparability>>>;
}

export function createVersionChanges({ query }: Pick<Database, 'query'>): VersionChangesStore {
  return {
    async of(versionId) {
      const row = await query
        .selectFrom('version_changes')
        .select(['language', 'indicators_gone', 'change_hash'])
        .where('version_id', '=', versionId)
        .executeTakeFirst();
      if (!row) return undefined;
      const items = await query
        .selectFrom('version_items')
        .select(['item_id as id', 'comparability', 'note', 'replaces', 'proposal_id as proposalId'])
        .where('version_id', '=', versionId)
        .orderBy('item_id')
        .execute();
      const withdrawn = await query
        .selectFrom('version_withdrawals')
        .select(['item_id as id', 'reason', 'replaced_by as replacedBy', 'proposal_id as proposalId'])
        .where('version_id', '=', versionId)
        .orderBy('item_id')
        .execute();
      return {
        facts: {
          items: items.map(({ proposalId: _, ...fact }) => fact),
          withdrawn: withdrawn.map(({ proposalId: _, ...fact }) => fact),
          indicatorsGone: JSON.parse(row.indicators_gone) as string[],
        },
        language: row.language,
        proposals: new Map(
          [...items, ...withdrawn].flatMap(({ id, proposalId }) => (proposalId === null ? [] : [[id, proposalId]])),
        ),
        changeHash: row.change_hash,
      };
    },
    async history(surveyId, upTo) {
      const rows = await query
        .selectFrom('version_items')
        .innerJoin('survey_versions', 'survey_versions.id', 'version_id')
        .select(['number', 'item_id as id', 'comparability'])
        .where('survey_id', '=', surveyId)
        .where('number', '<=', upTo)
        .execute();
      const byNumber = new Map<number, Map<string, Comparability>>();
      for (const { number, id, comparability } of rows) {
        const items = byNumber.get(number) ?? new Map<string, Comparability>();
        byNumber.set(number, items.set(id, comparability));
      }
      return byNumber;
    },
  };
}

/** Writes what a version changed, in the transaction that publishes it. */
export async function insertChanges(
  trx: Transaction<Tables>,
  versionId: string,
  { facts, language, proposals }: DeclaredChanges,
  versions: ChangedVersions,
): Promise<void> {
  await trx
    .insertInto('version_changes')
    .values({
      version_id: versionId,
      language,
      indicators_gone: JSON.stringify(facts.indicatorsGone),
      change_hash: changeHash({ facts, language }, versions),
    })
    .execute();
  const proposalOf = (id: string) => proposals.get(id) ?? null;
  const items = facts.items.map(({ id, comparability, note, replaces }) => {
    return { version_id: versionId, item_id: id, comparability, note, replaces, proposal_id: proposalOf(id) };
  });
  await trx.insertInto('version_items').values(items).execute();
  const withdrawn = facts.withdrawn.map(({ id, reason, replacedBy }) => {
    return { version_id: versionId, item_id: id, reason, replaced_by: replacedBy, proposal_id: proposalOf(id) };
  });
  if (withdrawn.length > 0) await trx.insertInto('version_withdrawals').values(withdrawn).execute();
}

/** The same changes between the same versions give the same hash, in whatever order they were listed. */
export function changeHash(
  { facts, language }: Pick<DeclaredChanges, 'facts' | 'language'>,
  versions: ChangedVersions,
): string {
  const inOrder = <Fact extends { id: string }>(all: readonly Fact[]) =>
    all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const sealed = {
    ...versions,
    language,
    items: inOrder(facts.items),
    withdrawn: inOrder(facts.withdrawn),
    indicatorsGone: facts.indicatorsGone.toSorted(),
  };
  return hash('sha256', canonical(sealed), 'hex');
}
