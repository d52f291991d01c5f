import type { FastifyRequest } from 'fastify';
import type { ReadWords } from '../../core/coach/survey-questions.ts';
import { putDraft } from '../../core/drafts/put-draft.ts';
import { askedOfAll, surveyOfItems } from '../../core/drafts/pages-of-item.ts';
import type { SurveyDefinition } from '../../core/survey/definition.ts';
import { usualPlace } from '../../core/survey/next-version.ts';
import type { SurveyText } from '../../core/survey/text.ts';
import { SWITCHED_TOPICS } from '../../core/survey/topics.ts';
import { Fault } from '../../errors.ts';
import type { SeenProposal } from '../proposals/seen-proposals.ts';
import type { WordedVersion } from '../words.ts';

/** What somebody wants to see of a survey. */
export interface WouldBeWish {
  /** Ids of proposals that are put in. */
  proposals: readonly string[];
  /** Whether the topics that an adult can switch on are asked as well. */
  withTopics: boolean;
}

/** The newest version of a survey with proposals put in, as it would be if it were published now. */
export interface SurveyWouldBe {
  newest: WordedVersion;
  definition: SurveyDefinition;
  /** Ids of the questions that were put in. */
  added: ReadonlySet<string>;
  /** Proposals that may be put in, and whether they are. */
  proposals: { proposal: SeenProposal; isIn: boolean }[];
  wish: WouldBeWish;
  topics: typeof SWITCHED_TOPICS;
  /** Whether it has topics that are off until an adult switches them on. */
  hasTopics: boolean;
}

/** Finds a survey as it would be with what somebody of the request's authority wishes in it. */
export type FindWouldBe = (request: FastifyRequest, surveyId: string, wish: WouldBeWish) => Promise<SurveyWouldBe>;

/**
 * @param proposed the authority's proposals for the survey; approved ones may be put in, and any other that is asked
 *   for by its id, so that it can be tried before somebody approves it
 */
export function surveyWouldBe(
  newest: WordedVersion,
  proposed: readonly SeenProposal[],
  wish: WouldBeWish,
): SurveyWouldBe {
  const { definition } = newest.version;
  const isWished = ({ id }: SeenProposal) => wish.proposals.includes(id);
  const proposals = proposed
    .filter((proposal) => {
      const { state } = proposal;
      return state === 'approved' || (state !== 'published' && state !== 'ended' && isWished(proposal));
    })
    .map((proposal) => ({ proposal, isIn: isWished(proposal) }));
  const chosen = proposals.filter(({ isIn }) => isIn).map(({ proposal }) => proposal);
  return {
    newest,
    definition: chosen.reduce(putProposal, definition),
    added: new Set(chosen.map(({ item }) => item.id)),
    proposals,
    wish,
    topics: wish.withTopics ? SWITCHED_TOPICS : [],
    hasTopics: definition.items.some(
      (item) => item.topic !== undefined && SWITCHED_TOPICS.some((topic) => topic === item.topic),
    ),
  };
}

function putProposal(survey: SurveyDefinition, { purpose, item, after }: SeenProposal): SurveyDefinition {
  const place = purpose === 'new' && after === undefined ? usualPlace(survey) : after;
  return putDraft(survey, purpose, { item, ...(place === undefined ? {} : { after: place }) });
}

/**
 * The questions that were put in by themselves, asked of everybody.
 * @throws Fault 'not-found' where none was
 */
export function onlyAdded(wouldBe: SurveyWouldBe): SurveyWouldBe {
  const { definition, added } = wouldBe;
  const items = definition.items.filter(({ id }) => added.has(id)).map(askedOfAll);
  if (items.length === 0) throw new Fault('not-found', 'None of the proposals of this try is there.');
  return { ...wouldBe, definition: { ...surveyOfItems(items), stages: definition.stages } };
}

/** The words of an item in a language; a proposed question has only those that it was written in. */
export function wordsIn({ newest, proposals }: SurveyWouldBe, text: SurveyText | undefined, id: string): ReadWords {
  const proposal = proposals.find((one) => one.isIn && one.proposal.item.id === id)?.proposal;
  if (proposal) return wordsOfProposal(proposal, text?.language);
  const words = text ?? newest.texts.values().next().value;
  return { text: words?.items[id] ?? { text: id }, language: words?.language ?? 'en' };
}

/** A proposal's words in a language, or in the one that it was written in. */
function wordsOfProposal({ texts, text, language }: SeenProposal, wanted: string | undefined): ReadWords {
  const translated = wanted === undefined ? undefined : texts[wanted];
  return translated && wanted !== undefined ? { text: translated, language: wanted } : { text, language };
}
