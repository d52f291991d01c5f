import type { Question } from '../core/survey/definition.ts';
import type { ItemText } from '../core/survey/text.ts';
import { makeQuestion, sameWords, tidy, type ProposalDraft } from '../core/survey/proposal.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { createSurveys, type SurveyContent, type SurveyVersion } from './surveys.ts';

/** A question that a forum member proposed, and how far it has come. */
export interface Proposal {
  id: string;
  authorityId: string;
  surveyId: string;
  question: Question;
  /** The language that its words are in. */
  language: string;
  text: ItemText;
  whyAsk: string;
  proposedAt: string;
  proposedBy: string;
  /** Sign-in names stand beside ids, for pages. */
  proposedByName: string;
  acceptance: { at: string; by: string; name: string } | null;
  approval: { at: string; by: string; name: string; reason: string } | null;
  publication: { at: string; versionId: string; number: number } | null;
}

export interface NewProposal {
  authorityId: string;
  surveyId: string;
  /** A draft without faults. */
  draft: ProposalDraft;
  proposedBy: string;
}

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
   * Adds a proposal and gives its question an id of its own in the survey, proposals that wait included.
   * @param takenIds ids that the family's surveys have
   * @returns 'there-already' if the authority's forum proposed the same words for that survey before
   */
  add(proposal: NewProposal, takenIds: readonly string[], at: string): Promise<{ id: string } | 'there-already'>;
  find(id: string): Promise<Proposal | undefined>;
  /** All proposals of an authority, newest first. */
  list(authorityId: string): Promise<Proposal[]>;
  accept(id: string, acceptedBy: string, at: string): Promise<'accepted' | 'done-already'>;
  approve(id: string, approvedBy: string, reason: string, at: string): Promise<'approved' | 'done-already'>;
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
  const rows = query
    .selectFrom('proposals')
    .innerJoin('accounts as proposer', 'proposer.id', 'proposed_by')
    .leftJoin('proposal_acceptances as acceptance', 'acceptance.proposal_id', 'proposals.id')
    .leftJoin('accounts as accepter', 'accepter.id', 'acceptance.accepted_by')
    .leftJoin('proposal_approvals as approval', 'approval.proposal_id', 'proposals.id')
    .leftJoin('accounts as approver', 'approver.id', 'approval.approved_by')
    .leftJoin('proposal_publications as publication', 'publication.proposal_id', 'proposals.id')
    .leftJoin('survey_versions as version', 'version.id', 'publication.version_id')
    .select([
      'proposals.id',
      'proposals.authority_id',
      'proposals.survey_id',
      'question',
      'language',
      'text',
      'why_ask',
    ])
    .select(['proposed_at', 'proposed_by', 'proposer.sign_in_name as proposer_name'])
    .select(['accepted_at', 'accepted_by', 'accepter.sign_in_name as accepter_name'])
    .select(['approved_at', 'approved_by', 'approver.sign_in_name as approver_name', 'reason'])
    .select(['publication.version_id', 'version.number', 'version.published_at']);

  type Row = Awaited<ReturnType<typeof rows.execute>>[number];

  function toProposal(row: Row): Proposal {
    const { version_id: versionId, number, published_at: publishedAt } = row;
    const { accepted_at: acceptedAt, accepted_by: acceptedBy, approved_at: approvedAt, approved_by: approvedBy } = row;
    return {
      id: row.id,
      authorityId: row.authority_id,
      surveyId: row.survey_id,
      question: JSON.parse(row.question) as Question,
      language: row.language,
      text: JSON.parse(row.text) as ItemText,
      whyAsk: row.why_ask,
      proposedAt: row.proposed_at,
      proposedBy: row.proposed_by,
      proposedByName: row.proposer_name,
      acceptance:
        acceptedAt && acceptedBy ? { at: acceptedAt, by: acceptedBy, name: row.accepter_name ?? acceptedBy } : null,
      approval:
        approvedAt && approvedBy
          ? { at: approvedAt, by: approvedBy, name: row.approver_name ?? approvedBy, reason: row.reason ?? '' }
          : null,
      publication: versionId && number && publishedAt ? { at: publishedAt, versionId, number } : null,
    };
  }

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
    async add({ authorityId, surveyId, draft, proposedBy }, takenIds, at) {
      return query.transaction().execute(async (trx) => {
        const others = await trx
          .selectFrom('proposals')
          .select(['authority_id', 'question', 'text'])
          .where('survey_id', '=', surveyId)
          .execute();
        const again = others.some(
          (other) =>
            other.authority_id === authorityId && sameWords((JSON.parse(other.text) as ItemText).text, draft.question),
        );
        if (again) return 'there-already';
        const proposedIds = others.map((other) => (JSON.parse(other.question) as Question).id);
        const { question, text } = makeQuestion(draft, [...takenIds, ...proposedIds]);
        const id = newId();
        await trx
          .insertInto('proposals')
          .values({
            id,
            authority_id: authorityId,
            survey_id: surveyId,
            question: JSON.stringify(question),
            language: draft.language,
            text: JSON.stringify(text),
            why_ask: tidy(draft.whyAsk),
            proposed_at: at,
            proposed_by: proposedBy,
          })
          .execute();
        return { id };
      });
    },
    async find(id) {
      const row = await rows.where('proposals.id', '=', id).executeTakeFirst();
      return row && toProposal(row);
    },
    async list(authorityId) {
      const found = await rows
        .where('proposals.authority_id', '=', authorityId)
        .orderBy('proposed_at', 'desc')
        .orderBy('proposals.id')
        .execute();
      return found.map(toProposal);
    },
    async accept(id, acceptedBy, at) {
      const row = { proposal_id: id, accepted_at: at, accepted_by: acceptedBy };
      const first = await isFirst(() => query.insertInto('proposal_acceptances').values(row).execute());
      return first ? 'accepted' : 'done-already';
    },
    async approve(id, approvedBy, reason, at) {
      const row = { proposal_id: id, approved_at: at, approved_by: approvedBy, reason };
      const first = await isFirst(() => query.insertInto('proposal_approvals').values(row).execute());
      return first ? 'approved' : 'done-already';
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

/** Whether an insert put its row there, rather than finding it there already. */
async function isFirst(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
