import type { Kysely } from 'kysely';
import type { DraftContent, Purpose } from '../core/drafts/draft.ts';
import type { EthicsFacts } from '../core/drafts/ethics-check.ts';
import type { StepKind } from '../core/drafts/progress.ts';
import type { Count, CountedWhere } from '../core/drafts/support.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import type { ItemText } from '../core/survey/text.ts';
import { grouped } from './grouped-rows.ts';
import type { Tables } from './tables.ts';

/* Proposals as they lie in several tables, put together. */

/** One state of a proposal. */
export interface ProposalDraft extends DraftContent {
  /** 1, 2, 3 … within its proposal. */
  number: number;
  /** The draft that its writer saw; null for the first. */
  basedOn: number | null;
  writtenAt: string;
  writtenBy: string;
  /** Names stand beside ids, for pages: as the forum knows somebody, else what they sign in with; empty once it is deleted. */
  writtenByName: string;
  /** Its words in the writer's forum; null for a writer who is in none. */
  contributionId: string | null;
}

/** Something that was decided about a draft. */
export interface ProposalStep {
  number: number;
  step: StepKind;
  at: string;
  by: string;
  name: string;
  reason: string;
  /** Of a forum's decision. */
  count: (Count & { counted: CountedWhere }) | null;
  /** Of an ethics check. */
  check: EthicsFacts | null;
}

/** That a proposal was retired, or merged into another one. */
export interface ProposalEnding {
  how: 'retired' | 'merged';
  intoId: string | null;
  reason: string;
  at: string;
  by: string;
  name: string;
}

/** A change to a survey that somebody in the studio proposed, and how far it has come. */
export interface Proposal {
  id: string;
  authorityId: string;
  surveyId: string;
  purpose: Purpose;
  proposedAt: string;
  proposedBy: string;
  proposedByName: string;
  /** At least one, the oldest first. */
  drafts: ProposalDraft[];
  /** In the order they were taken. */
  steps: ProposalStep[];
  /** Null unless it is over now. */
  ending: ProposalEnding | null;
  publication: { at: string; versionId: string; number: number; draftNumber: number | null } | null;
}

export interface ProposalRows {
  find(id: string): Promise<Proposal | undefined>;
  /** Newest first. */
  ofAuthority(authorityId: string): Promise<Proposal[]>;
  /** Those of all authorities. */
  ofSurvey(surveyId: string): Promise<Proposal[]>;
}

export function proposalRows(query: Kysely<Tables>): ProposalRows {
  const rows = query
    .selectFrom('proposals')
    .innerJoin('accounts as proposer', 'proposer.id', 'proposed_by')
    .leftJoin('proposal_publications as publication', 'publication.proposal_id', 'proposals.id')
    .leftJoin('survey_versions as version', 'version.id', 'publication.version_id')
    .select(['proposals.id', 'proposals.authority_id as authorityId', 'proposals.survey_id as surveyId', 'purpose'])
    .select([
      'proposed_at as proposedAt',
      'proposed_by as proposedBy',
      'proposer.sign_in_name as proposedByName',
      'publication.version_id as versionId',
      'version.number as versionNumber',
      'version.published_at as publishedAt',
      'publication.draft_number as draftNumber',
    ])
    .orderBy('proposed_at', 'desc')
    .orderBy('proposals.id');

  async function complete(found: Awaited<ReturnType<typeof rows.execute>>): Promise<Proposal[]> {
    const ids = found.map(({ id }) => id);
    if (ids.length === 0) return [];
    const [drafts, steps, endings] = await Promise.all([
      draftsOf(query, ids),
      stepsOf(query, ids),
      endingsOf(query, ids),
    ]);
    const people = [
      ...found.map(({ proposedBy }) => proposedBy),
      ...[...drafts.values()].flat().map(({ writtenBy }) => writtenBy),
      ...[...[...steps.values()].flat(), ...endings.values()].map(({ by }) => by),
    ];
    const names = await forumNames(query, [...new Set(people)]);
    const named = <Row extends { by: string; name: string }>(row: Row): Row => ({
      ...row,
      name: names.get(row.by) ?? row.name,
    });
    return found.map(({ versionId, versionNumber, publishedAt, draftNumber, ...proposal }) => ({
      ...proposal,
      proposedByName: names.get(proposal.proposedBy) ?? proposal.proposedByName,
      drafts: (drafts.get(proposal.id) ?? []).map((draft) => ({
        ...draft,
        writtenByName: names.get(draft.writtenBy) ?? draft.writtenByName,
      })),
      steps: (steps.get(proposal.id) ?? []).map(named),
      ending: namedEnding(endings.get(proposal.id), named),
      publication:
        versionId && versionNumber && publishedAt
          ? { at: publishedAt, versionId, number: versionNumber, draftNumber }
          : null,
    }));
  }

  return {
    find: async (id) => (await complete(await rows.where('proposals.id', '=', id).execute()))[0],
    ofAuthority: async (authorityId) =>
      complete(await rows.where('proposals.authority_id', '=', authorityId).execute()),
    ofSurvey: async (surveyId) => complete(await rows.where('proposals.survey_id', '=', surveyId).execute()),
  };
}

async function draftsOf(query: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, ProposalDraft[]>> {
  const found = await query
    .selectFrom('proposal_drafts')
    .innerJoin('accounts', 'accounts.id', 'written_by')
    .select(['proposal_id', 'number', 'based_on', 'item', 'language', 'texts', 'why_ask', 'place'])
    .select(['written_at', 'written_by', 'sign_in_name', 'contribution_id'])
    .where('proposal_id', 'in', ids)
    .orderBy('number')
    .execute();
  return grouped(found, ofProposal, (row) => ({
    number: row.number,
    basedOn: row.based_on,
    item: JSON.parse(row.item) as SurveyItem,
    language: row.language,
    texts: JSON.parse(row.texts) as Record<string, ItemText>,
    whyAsk: row.why_ask,
    ...(row.place === null ? {} : { after: row.place || null }),
    writtenAt: row.written_at,
    writtenBy: row.written_by,
    writtenByName: row.sign_in_name,
    contributionId: row.contribution_id,
  }));
}

async function stepsOf(query: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, ProposalStep[]>> {
  const found = await query
    .selectFrom('proposal_steps as step')
    .innerJoin('accounts', 'accounts.id', 'taken_by')
    .leftJoin('proposal_counts as count', (join) =>
      join
        .onRef('count.proposal_id', '=', 'step.proposal_id')
        .onRef('count.draft_number', '=', 'step.draft_number')
        .onRef('count.place', '=', 'step.place'),
    )
    .leftJoin('proposal_checks as check', (join) =>
      join
        .onRef('check.proposal_id', '=', 'step.proposal_id')
        .onRef('check.draft_number', '=', 'step.draft_number')
        .onRef('check.place', '=', 'step.place'),
    )
    .select(['step.proposal_id', 'step.draft_number', 'step.step', 'step.reason'])
    .select(['taken_at', 'taken_by', 'sign_in_name', 'counted', 'in_favour', 'against', 'unsure'])
    .select(['legal_basis', 'special_condition', 'sensitivity', 'support', 'outside_advice'])
    .where('step.proposal_id', 'in', ids)
    .orderBy('step.draft_number')
    .orderBy('step.place')
    .execute();
  return grouped(found, ofProposal, (row) => ({
    number: row.draft_number,
    step: row.step,
    at: row.taken_at,
    by: row.taken_by,
    name: row.sign_in_name,
    reason: row.reason,
    count:
      row.counted === null
        ? null
        : {
            counted: row.counted,
            inFavour: row.in_favour ?? 0,
            against: row.against ?? 0,
            unsure: row.unsure ?? 0,
          },
    check:
      row.legal_basis === null
        ? null
        : ({
            legalBasis: row.legal_basis,
            specialCondition: row.special_condition,
            sensitivity: row.sensitivity,
            support: row.support,
            outsideAdvice: row.outside_advice,
          } as EthicsFacts),
  }));
}

async function endingsOf(query: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, ProposalEnding>> {
  const found = await query
    .selectFrom('proposal_endings')
    .innerJoin('accounts', 'accounts.id', 'ended_by')
    .select([
      'proposal_id',
      'how',
      'into_id',
      'reason',
      'proposal_endings.ended_at as endedAt',
      'ended_by',
      'sign_in_name',
    ])
    .where('proposal_id', 'in', ids)
    .where('restored_at', 'is', null)
    .execute();
  return new Map(
    found.map((row) => [
      row.proposal_id,
      {
        how: row.how,
        intoId: row.into_id,
        reason: row.reason,
        at: row.endedAt,
        by: row.ended_by,
        name: row.sign_in_name,
      },
    ]),
  );
}

const namedEnding = (
  ending: ProposalEnding | undefined,
  named: (ending: ProposalEnding) => ProposalEnding,
): ProposalEnding | null => (ending ? named(ending) : null);

const ofProposal = ({ proposal_id: id }: { proposal_id: string }) => id;

/** What people in forums are called there: a member's made-up name, what a youth worker is shown as. */
async function forumNames(query: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, string>> {
  const members = await query
    .selectFrom('forum_members')
    .select(['account_id as id', 'pseudonym as name'])
    .where('account_id', 'in', ids)
    .execute();
  const workers = await query
    .selectFrom('forum_workers')
    .select(['account_id as id', 'shown_as as name'])
    .where('account_id', 'in', ids)
    .execute();
  return new Map([...workers, ...members].map(({ id, name }) => [id, name]));
}
