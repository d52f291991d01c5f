import type { FastifyRequest } from 'fastify';
import type { DraftContent } from '../../core/drafts/draft.ts';
import { sightOf } from '../../core/forum/sight.ts';
import { proposalState, type ProposalState } from '../../core/drafts/progress.ts';
import type { SurveyItem } from '../../core/survey/definition.ts';
import type { ItemText } from '../../core/survey/text.ts';
import { Fault } from '../../errors.ts';
import { createContributions, type Contribution } from '../../storage/contributions.ts';
import type { Proposal, ProposalDraft } from '../../storage/proposal-rows.ts';
import { createProposals } from '../../storage/proposals.ts';
import { person } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';
import { mayRead } from '../forum/contribution-words.ts';
import type { ForumAccess, InForum } from '../forum/forum-access.ts';

/** A proposal as one person sees it, with the draft that counts laid open. */
export interface SeenProposal extends Omit<Proposal, 'drafts'> {
  /** The drafts that this person may read, the oldest first. */
  drafts: ProposalDraft[];
  /** The draft that counts: the newest that its whole forum may read. */
  number: number;
  item: SurveyItem;
  language: string;
  /** Its words in the language that it was written in. */
  text: ItemText;
  texts: Readonly<Record<string, ItemText>>;
  whyAsk: string;
  after: string | null | undefined;
  state: ProposalState;
  /** Drafts of any age that not everybody may read, or that have no words left. */
  unseen: number[];
  /** This person's own drafts, and for a youth worker all, that are newer and not shown to everybody. */
  keptBack: ProposalDraft[];
}

export interface SeenProposals {
  /** @throws Fault 'not-found' for a proposal of another authority, or one of which nothing may be read */
  find(request: FastifyRequest, id: string): Promise<SeenProposal>;
  /** Those of the person's authority, the newest first. */
  list(request: FastifyRequest): Promise<SeenProposal[]>;
}

/** The draft that counts, by itself. */
export function currentOf({ item, language, texts, whyAsk, after }: SeenProposal): DraftContent {
  return { item, language, texts, whyAsk, ...(after !== undefined && { after }) };
}

/** @throws Fault 'not-found' where there is no such draft, or none that this person may read */
export function draftNumbered({ drafts }: SeenProposal, number: number): ProposalDraft {
  const draft = drafts.find((one) => one.number === number);
  if (!draft) throw new Fault('not-found');
  return draft;
}

/** Proposals as people see them: a draft of a member is words of a forum, and read by whoever may read those. */
export function createSeenProposals({ database, clock }: Services, access: ForumAccess): SeenProposals {
  const proposals = createProposals(database);
  const contributions = createContributions(database);

  async function seen(request: FastifyRequest, found: readonly Proposal[]): Promise<SeenProposal[]> {
    const ids = found.flatMap(({ drafts }) => drafts.flatMap(({ contributionId }) => contributionId ?? []));
    const byId = new Map((await contributions.many(ids)).map((one) => [one.id, one]));
    const viewers = await access.ofPerson(request);
    return found.flatMap((proposal) => seenProposal(proposal, byId, viewers, clock()) ?? []);
  }

  return {
    async find(request, id) {
      const proposal = await proposals.find(id);
      if (proposal?.authorityId !== person(request).authorityId) throw new Fault('not-found');
      const [own] = await seen(request, [proposal]);
      if (!own) throw new Fault('not-found');
      return own;
    },
    list: async (request) => seen(request, await proposals.list(person(request).authorityId)),
  };
}

function seenProposal(
  proposal: Proposal,
  contributions: ReadonlyMap<string, Contribution>,
  viewers: readonly InForum[],
  now: string,
): SeenProposal | undefined {
  const saidIn = ({ contributionId }: ProposalDraft) => contributions.get(contributionId ?? '');
  const isShown = (draft: ProposalDraft) => {
    const said = saidIn(draft);
    return !said || isPublished(proposal, draft) || sightOf(said, now) === 'shown';
  };
  const isReadable = (draft: ProposalDraft) => {
    const said = saidIn(draft);
    const viewer = said && viewers.find(({ forum }) => forum.id === said.forumId);
    return isShown(draft) || (said && viewer ? mayRead(viewer, said, now) : false);
  };
  // A draft whose words were taken away has none left to read.
  const hasWords = (draft: ProposalDraft) => draft.texts[draft.language] !== undefined;
  const readable = proposal.drafts.filter((draft) => hasWords(draft) && isReadable(draft));
  // A first draft that is still kept back is all that its writer and youth workers have.
  const current = readable.findLast(isShown) ?? readable.at(-1);
  if (!current) return undefined;
  const { number, item, language, texts, whyAsk, after } = current;
  const unseen = proposal.drafts.filter((draft) => !isShown(draft) || !hasWords(draft)).map((draft) => draft.number);
  const whole = { ...proposal, drafts: readable, number, item, language, texts, whyAsk, after, unseen };
  return {
    ...whole,
    text: texts[language] ?? { text: '' },
    state: proposalState({ ...proposal, number }),
    keptBack: readable.filter((draft) => unseen.includes(draft.number) && draft.number >= number),
  };
}

/** Whether a draft is what became part of a version: that is public, whatever becomes of its forum. */
function isPublished({ publication, steps }: Proposal, { number }: ProposalDraft): boolean {
  return publication !== null && steps.some((step) => step.step === 'approved' && step.number === number);
}
