import type { Transaction } from 'kysely';
import type { DraftContent, Purpose } from '../core/drafts/draft.ts';
import { questionId, sameWords } from '../core/survey/proposal.ts';
import type { NewContribution } from './contributions.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { insertDraft, insertEnding, insertStep, type NewEnding, type NewStep } from './proposal-inserts.ts';
import { proposalRows, type Proposal } from './proposal-rows.ts';
import { createSurveys, type SurveyContent, type SurveyVersion } from './surveys.ts';
import type { Tables } from './tables.ts';

export interface NewProposal {
  authorityId: string;
  surveyId: string;
  purpose: Purpose;
  content: DraftContent;
  proposedBy: string;
  contribution: NewContribution | null;
}

export interface NewDraft {
  content: DraftContent;
  basedOn: number;
  /** Newer drafts that the writer could not see, since they are kept back. */
  unseen: readonly number[];
  writtenBy: string;
  contribution: NewContribution | null;
}

/** That one proposal goes into another one, as a draft of the other. */
export interface NewMerger {
  intoId: string;
  /** The draft that the other one gets; it is based on the one that its words were put together from. */
  draft: NewDraft;
  /** The draft of the one that is merged from which the words were taken. */
  number: number;
  /** Newer drafts of it that the writer could not see. */
  unseen: readonly number[];
}

/** What became of a merger; where one of the two got another draft meanwhile, which. */
export type MergerOutcome = { number: number } | 'moved-on' | 'into-moved-on' | 'done-already';

export interface NewPublication {
  /** The version that the content was made from. */
  basedOn: SurveyVersion;
  content: SurveyContent;
  proposalIds: readonly string[];
  publishedBy: string;
  at: string;
}

export interface Proposals {
  /**
   * Adds a proposal with its first draft. A new question gets an id of its own, made from its words.
   * @param takenIds ids that the family's surveys have
   * @returns 'there-already' if the authority's forum proposed the same words for that survey before, or the same
   *   change of the same item is under way
   */
  add(proposal: NewProposal, takenIds: readonly string[], at: string): Promise<{ id: string } | 'there-already'>;
  /**
   * Adds a draft to a proposal; its item keeps the id that it has.
   * @returns its number; 'moved-on' if somebody wrote another one that this writer could have seen
   */
  revise(id: string, draft: NewDraft, at: string): Promise<{ number: number } | 'moved-on'>;
  find(id: string): Promise<Proposal | undefined>;
  /** All proposals of an authority, newest first. */
  list(authorityId: string): Promise<Proposal[]>;
  take(step: NewStep, at: string): Promise<'taken' | 'done-already'>;
  /** @returns 'done-already' if it is over */
  end(id: string, ending: NewEnding, at: string): Promise<'ended' | 'done-already'>;
  /**
   * Puts one proposal into another: the other gets a draft, and this one ends as merged, both or neither.
   * @returns the number of the draft; 'moved-on' or 'into-moved-on' if somebody wrote another draft of this one or of the
   *   other that this writer could have seen; 'done-already' if one of the two is over or published
   */
  merge(id: string, merger: NewMerger, at: string): Promise<MergerOutcome>;
  /** Brings back what was retired. @returns 'done-already' if it is not over */
  restore(id: string, by: string, at: string): Promise<'restored' | 'done-already'>;
  /**
   * Publishes content as the next version and notes which proposals went into it; one publication at a time.
   * @returns the version; 'done-already' if one of the proposals is in a version; 'moved-on' if `basedOn` is
   *   no longer the newest version
   */
  publish(publication: NewPublication): Promise<SurveyVersion | 'done-already' | 'moved-on'>;
  /** All versions of a survey, newest first. */
  versionsOf(surveyId: string): Promise<{ id: string; number: number; publishedAt: string }[]>;
}

export function createProposals(database: Database): Proposals {
  const { query } = database;
  const surveys = createSurveys(database);
  const rows = proposalRows(query);

  // Publications wait for each other, so that none is made from a version that another is just replacing.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function publish(publication: NewPublication): Promise<SurveyVersion | 'done-already' | 'moved-on'> {
    const { basedOn, proposalIds } = publication;
    if (proposalIds.length === 0) throw new Error('A version was to be published without any proposal in it.');
    const done = await query
      .selectFrom('proposal_publications')
      .select('proposal_id')
      .where('proposal_id', 'in', proposalIds)
      .execute();
    if (done.length > 0) return 'done-already';
    const newest = await surveys.newestOf(basedOn.surveyId);
    if (newest?.id !== basedOn.id) return 'moved-on';
    return publishUnlessOvertaken(publication);
  }

  /** Another server took the number: what was published is its version, not ours. */
  async function publishUnlessOvertaken({ content, proposalIds, publishedBy, at }: NewPublication) {
    try {
      return await surveys.publish(content, publishedBy, at, async (trx, version) => {
        const links = proposalIds.map((proposalId) => ({ proposal_id: proposalId, version_id: version.id }));
        await trx.insertInto('proposal_publications').values(links).execute();
      });
    } catch (error) {
      if (isDuplicate(error)) return 'moved-on';
      throw error;
    }
  }

  return {
    add: (proposal, takenIds, at) =>
      query.transaction().execute(async (trx) => {
        const others = (await proposalRows(trx).ofSurvey(proposal.surveyId)).filter(isUnderWay);
        if (others.some((other) => isSame(other, proposal))) return 'there-already';
        const id = newId();
        const { authorityId, surveyId, purpose, proposedBy, contribution } = proposal;
        const row = { id, authority_id: authorityId, survey_id: surveyId, purpose };
        await trx
          .insertInto('proposals')
          .values({ ...row, proposed_at: at, proposed_by: proposedBy })
          .execute();
        const proposedIds = others.map((other) => other.drafts[0]!.item.id);
        const content = purpose === 'new' ? named(proposal.content, [...takenIds, ...proposedIds]) : proposal.content;
        const draft = { content, writtenBy: proposedBy, contribution };
        await insertDraft(trx, { ...draft, proposalId: id, number: 1, basedOn: null }, at);
        return { id };
      }),
    revise: (id, { basedOn, unseen, content, writtenBy, contribution }, at) =>
      query.transaction().execute(async (trx) => {
        const before = (await proposalRows(trx).find(id))!;
        if (hasMovedOn(before, basedOn, unseen)) return 'moved-on';
        const number = nextNumber(before);
        const kept = { ...content, item: { ...content.item, id: before.drafts[0]!.item.id } };
        await insertDraft(trx, { proposalId: id, number, basedOn, content: kept, writtenBy, contribution }, at);
        return { number };
      }),
    merge: (id, merger, at) => mergeUnlessOvertaken(query, id, merger, at),
    find: (id) => rows.find(id),
    list: (authorityId) => rows.ofAuthority(authorityId),
    take: (step, at) => firstOnly('taken', () => query.transaction().execute((trx) => insertStep(trx, step, at))),
    end: (id, ending, at) => query.transaction().execute((trx) => insertEnding(trx, id, ending, at)),
    async restore(id, by, at) {
      const { numUpdatedRows } = await query
        .updateTable('proposal_endings')
        .set({ restored_at: at, restored_by: by })
        .where('proposal_id', '=', id)
        .where('restored_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? 'restored' : 'done-already';
    },
    publish: (publication) => inTurn(() => publish(publication)),
    versionsOf: (surveyId) =>
      query
        .selectFrom('survey_versions')
        .select(['id', 'number', 'published_at as publishedAt'])
        .where('survey_id', '=', surveyId)
        .orderBy('number', 'desc')
        .execute(),
  };
}

/** Whether somebody wrote a newer draft that was there to be seen. */
function hasMovedOn({ drafts }: Proposal, than: number, unseen: readonly number[]): boolean {
  return drafts.some(({ number }) => number > than && !unseen.includes(number));
}

function nextNumber({ drafts }: Proposal): number {
  return Math.max(...drafts.map(({ number }) => number)) + 1;
}

/** Another server that was quicker is found when it is tried again: then its rows are there to be read. */
async function mergeUnlessOvertaken(query: Database['query'], id: string, merger: NewMerger, at: string) {
  const merge = () => query.transaction().execute((trx) => mergeWithin(trx, id, merger, at));
  try {
    return await merge();
  } catch (error) {
    if (isDuplicate(error)) return merge();
    throw error;
  }
}

async function mergeWithin(
  trx: Transaction<Tables>,
  id: string,
  { intoId, draft, number, unseen }: NewMerger,
  at: string,
): Promise<MergerOutcome> {
  const rows = proposalRows(trx);
  const [from, into] = [(await rows.find(id))!, (await rows.find(intoId))!];
  if ([from, into].some(({ ending, publication }) => ending ?? publication)) return 'done-already';
  if (hasMovedOn(into, draft.basedOn, draft.unseen)) return 'into-moved-on';
  if (hasMovedOn(from, number, unseen)) return 'moved-on';
  const { basedOn, content, writtenBy, contribution } = draft;
  const next = nextNumber(into);
  await insertDraft(trx, { proposalId: intoId, number: next, basedOn, content, writtenBy, contribution }, at);
  await insertEnding(trx, id, { how: 'merged', intoId, reason: '', by: writtenBy }, at);
  return { number: next };
}

const isUnderWay = ({ ending }: Proposal) => ending === null;

/** Whether a proposal would do what another one does: ask in the same words, or do the same to the same item. */
function isSame(other: Proposal, { authorityId, purpose, content }: NewProposal): boolean {
  if (other.authorityId !== authorityId || other.purpose !== purpose) return false;
  if (purpose !== 'new') return other.publication === null && other.drafts[0]!.item.id === content.item.id;
  const words = wordsOfQuestion(content);
  return other.drafts.some((draft) => sameWords(wordsOfQuestion(draft), words));
}

const wordsOfQuestion = ({ texts, language }: DraftContent) => texts[language]?.text ?? '';

/** Content whose item has an id of its own. */
function named(content: DraftContent, takenIds: readonly string[]): DraftContent {
  const id = questionId(wordsOfQuestion(content), takenIds);
  return { ...content, item: { ...content.item, id } };
}

/** What an insert did: put its rows there, or found one there already. */
async function firstOnly<Done extends string>(done: Done, insert: () => Promise<unknown>) {
  try {
    await insert();
    return done;
  } catch (error) {
    if (isDuplicate(error)) return 'done-already';
    throw error;
  }
}
