import type { ChainCounts } from '../core/loop/chain.ts';
import type { FindingPlace } from '../core/loop/finding.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** Something in a release that somebody says matters. */
export interface Finding {
  id: string;
  authorityId: string;
  releaseId: string;
  place: FindingPlace;
  whyItMatters: string;
  madeAt: string;
}

export interface NewFinding {
  authorityId: string;
  releaseId: string;
  place: FindingPlace;
  whyItMatters: string;
}

export interface Findings {
  /** Keeps a finding and gives its id; the same words about the same figure are the same finding. */
  make(finding: NewFinding, madeBy: string | null, at: string): Promise<string>;
  find(id: string): Promise<Finding | undefined>;
  /** Findings of an authority with what has followed from each, newest first. */
  list(authorityId: string): Promise<(Finding & { chain: ChainCounts })[]>;
}

/** Columns of a finding, as other nouns join them too. */
export const FINDING_COLUMNS = [
  'findings.id as findingId',
  'findings.authority_id as authorityId',
  'findings.release_id as releaseId',
  'node_id as node',
  'band_id as band',
  'item_id as item',
  'option_code as option',
  'why_it_matters as whyItMatters',
  'findings.made_at as foundAt',
] as const;

export interface FindingRow {
  findingId: string;
  authorityId: string;
  releaseId: string;
  node: string;
  band: string;
  item: string;
  option: string;
  whyItMatters: string;
  foundAt: string;
}

export function toFinding(row: FindingRow): Finding {
  const { node, band, item, option } = row;
  return {
    id: row.findingId,
    authorityId: row.authorityId,
    releaseId: row.releaseId,
    place: { node, band, item, option },
    whyItMatters: row.whyItMatters,
    madeAt: row.foundAt,
  };
}

export function createFindings({ query }: Database): Findings {
  return {
    make: (finding, madeBy, at) =>
      query.transaction().execute(async (trx) => {
        const { node, band, item, option } = finding.place;
        const same = await trx
          .selectFrom('findings')
          .select('id')
          .where('authority_id', '=', finding.authorityId)
          .where('release_id', '=', finding.releaseId)
          .where('node_id', '=', node)
          .where('band_id', '=', band)
          .where('item_id', '=', item)
          .where('option_code', '=', option)
          .where('why_it_matters', '=', finding.whyItMatters)
          .executeTakeFirst();
        if (same) return same.id;
        const id = newId();
        await trx
          .insertInto('findings')
          .values({
            id,
            authority_id: finding.authorityId,
            release_id: finding.releaseId,
            node_id: node,
            band_id: band,
            item_id: item,
            option_code: option,
            why_it_matters: finding.whyItMatters,
            made_at: at,
            made_by: madeBy,
          })
          .execute();
        return id;
      }),
    async find(id) {
      const row = await query
        .selectFrom('findings')
        .select(FINDING_COLUMNS)
        .where('findings.id', '=', id)
        .executeTakeFirst();
      return row && toFinding(row);
    },
    async list(authorityId) {
      const rows = await query
        .selectFrom('findings')
        .leftJoin('actions', 'actions.finding_id', 'findings.id')
        .leftJoin('replies', 'replies.action_id', 'actions.id')
        .leftJoin('reply_publications', 'reply_publications.reply_id', 'replies.id')
        .select(FINDING_COLUMNS)
        .select((column) => [
          column.cast<number>(column.fn.count('actions.id').distinct(), 'integer').as('actions'),
          column.cast<number>(column.fn.count('replies.id'), 'integer').as('replies'),
          column.cast<number>(column.fn.count('reply_publications.reply_id'), 'integer').as('published'),
        ])
        .where('findings.authority_id', '=', authorityId)
        .groupBy('findings.id')
        .orderBy('findings.made_at', 'desc')
        .orderBy('findings.id')
        .execute();
      return rows.map((row) => {
        const { actions, replies, published } = row;
        return { ...toFinding(row), chain: { actions, replies, published } };
      });
    },
  };
}
