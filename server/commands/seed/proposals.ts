import type { DraftContent } from '../../core/drafts/draft.ts';
import { createProposalStances } from '../../storage/proposal-stances.ts';
import { createProposals } from '../../storage/proposals.ts';
import { createTryOuts } from '../../storage/try-outs.ts';
import type { Services } from '../../web/services.ts';

/* Two questions on their way through the demonstration's studio, all made up. */

const FIRST = question(
  'Is there anything to do after school?',
  ['Yes', 'No'],
  'The hall is shut and the library closes.',
);
const SECOND = question(
  'How often is there something to do near you after school?',
  ['On most days', 'On some days', 'Hardly ever', 'Never'],
  'The hall is shut and the library closes.',
);
const AGREED = question(
  'Is there an adult at school who has time for you?',
  ['Yes', 'Sometimes', 'No'],
  'One adult with time was the need that most of us had.',
);

/** Whose proposals they are. */
export interface SeededProposals {
  authorityId: string;
  forumId: string;
  worker: string;
  /** Three members. */
  members: readonly string[];
}

type Storage = Pick<Services, 'database' | 'clock'>;

/** Adds one question that the forum is at work on, and one that waits for its ethics check. */
export async function addProposals({ database, clock }: Storage, seeded: SeededProposals): Promise<void> {
  const { worker, members } = seeded;
  const [otter, kite, moon] = members as [string, string, string];
  const proposals = createProposals(database);
  const worked = await propose({ database, clock }, seeded, FIRST, otter);
  await tryOut({ database, clock }, seeded, { proposalId: worked, number: 1 }, moon);
  const contribution = said(seeded, kite, SECOND, clock());
  const { id } = (await proposals.find(worked))!.drafts[0]!.item;
  const content = { ...SECOND, item: { ...SECOND.item, id } };
  const draft = { content, basedOn: 1, unseen: [], writtenBy: kite, contribution };
  await proposals.revise(worked, draft, clock());
  const stances = createProposalStances(database);
  await stances.take({ proposalId: worked, number: 2 }, otter, 'in-favour', clock());
  const waiting = await propose({ database, clock }, seeded, AGREED, moon);
  const count = { counted: 'in-the-room', inFavour: 9, against: 1, unsure: 2 } as const;
  const reason = 'Most of us had this need; one thought that teachers would mind.';
  const step = { proposalId: waiting, number: 1, after: 0, step: 'agreed', reason, by: worker } as const;
  await proposals.take({ ...step, count, check: null }, clock());
}

async function propose(
  { database, clock }: Storage,
  seeded: SeededProposals,
  content: DraftContent,
  by: string,
): Promise<string> {
  const { authorityId } = seeded;
  const contribution = said(seeded, by, content, clock());
  const proposal = { authorityId, surveyId: 'primary', purpose: 'new', content, proposedBy: by, contribution } as const;
  const outcome = await createProposals(database).add(proposal, [], clock());
  if (outcome === 'there-already')
    throw new Error('The demonstration has this proposal already: expected none. Seed a new database.');
  return outcome.id;
}

async function tryOut(
  { database, clock }: Storage,
  { forumId }: SeededProposals,
  draft: { proposalId: string; number: number },
  accountId: string,
): Promise<void> {
  const words = 'Does a club in the next town count? I did not know where they meant.';
  const thought = { forumId, accountId, words, language: 'en', showsFrom: clock(), holdReason: null };
  const tried = { ...draft, level: 'p5-p7', language: 'en', hard: true, accountId, thought } as const;
  await createTryOuts(database).add(tried, clock());
}

/** A draft as words in the forum. */
function said({ forumId }: SeededProposals, accountId: string, { texts, whyAsk }: DraftContent, at: string) {
  const words = [texts['en']!.text, ...Object.values(texts['en']!.options ?? {}), whyAsk].join('\n');
  return { forumId, accountId, words, language: 'en', showsFrom: at, holdReason: null };
}

/** A question with one choice, in English. Storage gives it its id. */
function question(text: string, answers: readonly string[], whyAsk: string): DraftContent {
  const codes = answers.map((_, place) => `option-${place + 1}`);
  return {
    item: {
      kind: 'one-choice',
      id: 'draft',
      tags: { domain: 'local-area', shanarri: ['included'], uncrc: [31] },
      optOuts: ['dont-know', 'prefer-not-to-say'],
      options: codes.map((code) => ({ code })),
    },
    language: 'en',
    texts: { en: { text, options: Object.fromEntries(codes.map((code, place) => [code, answers[place]!])) } },
    whyAsk,
  };
}
