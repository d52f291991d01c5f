import type { FastifyRequest } from 'fastify';
import type { SurveyText } from '../core/survey/text.ts';
import { createQuestionOrigins, type QuestionOrigin } from '../storage/question-origins.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import { createReleasedQuestions, type ReleasedQuestion } from '../web/released-questions.ts';
import type { Services } from '../web/services.ts';
import { STUDIO } from './access.ts';
import { createProposalIdeas, type ProposalIdea } from './boards/proposal-ideas.ts';
import type { ForumAccess } from './forum/forum-access.ts';
import { proposalHref } from './proposals/addresses.ts';
import { apart, textFor, type WordedVersion, type Written } from './words.ts';

/** Where a question comes from, and what was answered, as far as the reader may see it. */
export interface QuestionLinks {
  /** That it came from the studio, in words; empty where it did not. */
  origin: string;
  ideas: { href: string; text: Written }[];
  proposals: { href: string; words: string }[];
  /** Pages of results, for whoever reads results. */
  results: { href: string; words: string }[];
  /** So many that they are folded. */
  isFolded: boolean;
}

/** Results of one question that are listed openly. */
const MOST_OPEN = 4;

/** The neighbours of questions in the chain: what they came from, and what became of them. */
export function createQuestionLinks(services: Services, access: ForumAccess) {
  const origins = createQuestionOrigins(services.database);
  const released = createReleasedQuestions(services.database);
  const ideas = createProposalIdeas(services, access);

  return {
    /** @returns by question; those that have no neighbours are not in it */
    async ofVersion(request: FastifyRequest, { version, texts }: WordedVersion): Promise<Map<string, QuestionLinks>> {
      const me = person(request);
      const [from, answered] = await Promise.all([origins.ofVersion(version), released.ofVersion(me, version)]);
      const text = textFor(request.language, texts);
      const found = new Map<string, QuestionLinks>();
      for (const { id } of version.definition.items) {
        const origin = from.get(id);
        const results = answered.get(id) ?? [];
        if (!origin && results.length === 0) continue;
        const readable = origin ? await ideas.readable(request, origin.cardIds) : [];
        found.set(id, {
          ...originView(request.language, me, origin, readable),
          results: results.map((one) => ({ href: one.href, words: resultWords(request.language, one, id, text) })),
          isFolded: results.length > MOST_OPEN,
        });
      }
      return found;
    },
  };
}

function originView(
  language: Language,
  { authorityId, roles }: SignedIn,
  origin: QuestionOrigin | undefined,
  readable: readonly ProposalIdea[],
): Pick<QuestionLinks, 'origin' | 'ideas' | 'proposals'> {
  const { trail } = language.words;
  if (!origin) return { origin: '', ideas: [], proposals: [] };
  const mayRead = STUDIO.some((role) => roles.includes(role));
  const proposals = origin.proposals.filter((one) => mayRead && one.authorityId === authorityId && one.hasWords);
  return {
    origin: origin.cardIds.length > 0 ? trail.fromIdea : trail.fromProposal,
    ideas: readable.map(({ href, text }) => ({ href, text })),
    proposals: proposals.map(({ id }) => ({ href: proposalHref(id), words: trail.toProposal })),
  };
}

/** The wave, and what of the question a page is about where it is not all of it. */
function resultWords(
  language: Language,
  { waveName, part, indicator }: ReleasedQuestion,
  questionId: string,
  text: SurveyText | undefined,
): string {
  const asked = text?.items[questionId];
  const about =
    indicator === null
      ? part && (asked?.rows?.[part] ?? asked?.options?.[part] ?? part)
      : (text?.indicators[indicator]?.name ?? indicator);
  return about ? language.say('trail', 'resultAbout', { wave: apart(waveName), about: apart(about) }) : waveName;
}
