import type { Answer, Answers } from './answer.ts';
import type { Part, SurveyDefinition, SurveyItem } from './definition.ts';
import { answerKindOf, asksForWords, hasRows, partsOf } from './kinds.ts';
import { levelOf, type Stage } from './stage.ts';
import { isTopicOpen, type TopicId } from './topics.ts';

/*
 * A journey is the way one person takes through a survey: the pages that their stage and their
 * earlier answers lead to. Nothing of it is stored. It is worked out anew from the saved answers on
 * each request, so Back, a deep link and a stale tab repair themselves.
 */

/** What decides the way, besides the answers. It is never changed in place, so that all who travel alike can share one. */
export interface Traveller {
  /** Null for grown-ups who answer about a child. */
  stage: Stage | null;
  /** Whether this wave names trained readers; without them no question asks for words. */
  textAllowed: boolean;
  /** Topics that a named adult switched on for this wave. */
  topics: readonly TopicId[];
}

/** One page of a journey: an item, or one row of it for those who read one thing at a time. */
export interface Step {
  /** The item's id, or `item.row`. */
  id: string;
  item: SurveyItem;
  /** The questions on the page that have one answer each. */
  parts: readonly Part[];
  /** What its answers are kept under. */
  keys: readonly string[];
}

interface Pages {
  /** For each item its pages: all on one page, and one row a page. */
  together: readonly (readonly Step[])[];
  apart: readonly (readonly Step[])[];
  /** Every page that there may be, numbered from 1 in an order that only the definition decides. */
  numbers: ReadonlyMap<string, number>;
  byNumber: readonly Step[];
}

const pagesBySurvey = new WeakMap<SurveyDefinition, Pages>();

function pagesOf(survey: SurveyDefinition): Pages {
  const known = pagesBySurvey.get(survey);
  if (known) return known;
  const together = survey.items.map((item) => [wholeStep(item)]);
  // A page is one object wherever it stands, so that it can be found by itself.
  const apart = survey.items.map((item, index) => (hasRows(item) ? rowSteps(item) : together[index]!));
  const byNumber = survey.items.flatMap((item, index) => [
    ...together[index]!,
    ...(hasRows(item) ? apart[index]! : []),
  ]);
  const numbers = new Map(byNumber.map((step, index) => [step.id, index + 1]));
  const pages = { together, apart, numbers, byNumber };
  pagesBySurvey.set(survey, pages);
  return pages;
}

function wholeStep(item: SurveyItem): Step {
  const parts = partsOf(item);
  return { id: item.id, item, parts, keys: parts.length === 0 ? [item.id] : parts.map((part) => part.id) };
}

function rowSteps(item: SurveyItem): Step[] {
  return partsOf(item).map((part) => ({ id: part.id, item, parts: [part], keys: [part.id] }));
}

/** The number of a page within its survey: the same for everybody, so that an address says nothing of a topic. */
export function numberOf(survey: SurveyDefinition, step: Step): number {
  return pagesOf(survey).numbers.get(step.id)!;
}

/** The page with this number; undefined if the survey has none. */
export function stepNumbered(survey: SurveyDefinition, number: number): Step | undefined {
  return pagesOf(survey).byNumber[number - 1];
}

/** The pages on this person's way, in order, as far as the answers so far decide it. */
export function walk(survey: SurveyDefinition, traveller: Traveller, answers: Answers): Step[] {
  const path: Step[] = [];
  for (const { when, steps } of stretchesOf(survey, traveller)) {
    if (when && !opens(when, path, answers)) continue;
    for (const step of steps) path.push(step);
  }
  return path;
}

/** Every page that travellers of one kind may come to, in order, and whether only some of them do. */
export function pagesOfAll(survey: SurveyDefinition, traveller: Traveller): { step: Step; onlySome: boolean }[] {
  return stretchesOf(survey, traveller).flatMap(({ when, steps }) =>
    steps.map((step) => ({ step, onlySome: when !== undefined })),
  );
}

/** An item's pages, as all who travel alike would see them, and the answer that leads to it. */
interface Stretch {
  when: SurveyItem['when'];
  steps: readonly Step[];
}

const stretchesBySurvey = new WeakMap<SurveyDefinition, WeakMap<Traveller, Stretch[]>>();

/** What a traveller may be asked; only their answers still decide. Worked out once: every request walks. */
function stretchesOf(survey: SurveyDefinition, traveller: Traveller): readonly Stretch[] {
  let byTraveller = stretchesBySurvey.get(survey);
  if (!byTraveller) stretchesBySurvey.set(survey, (byTraveller = new WeakMap()));
  let stretches = byTraveller.get(traveller);
  if (!stretches) {
    const { together, apart } = pagesOf(survey);
    const stepsOf = survey.easyRead === true || levelOf(traveller.stage) === 'p5-p7' ? apart : together;
    stretches = survey.items.flatMap((item, index) =>
      isAsked(item, traveller) ? [{ when: item.when, steps: stepsOf[index]! }] : [],
    );
    byTraveller.set(traveller, stretches);
  }
  return stretches;
}

function isAsked(item: SurveyItem, { stage, textAllowed, topics }: Traveller): boolean {
  if (item.stages && (stage === null || !item.stages.includes(stage))) return false;
  if (item.topic && !isTopicOpen(item.topic, stage, topics)) return false;
  return textAllowed || !asksForWords(item);
}

/** An answer opens a route only while its own question is on the path: an abandoned branch opens nothing. */
function opens(when: NonNullable<SurveyItem['when']>, path: readonly Step[], answers: Answers): boolean {
  const part = path.find((step) => step.id === when.question)?.parts[0];
  if (!part) return false;
  const answer = answers[part.id];
  if (answer?.state !== 'answered') return false;
  return answerKindOf(part)
    .holds(part, answer.value)
    .some((code) => when.anyOf.includes(code));
}

/** Whether a page has been seen: each of its answers is there, be it that it was skipped. */
export function isSeen({ keys }: Step, answers: Answers): boolean {
  for (const key of keys) if (answers[key] === undefined) return false;
  return true;
}

/**
 * Where on the path the first page is that has not been seen; the path's length when all have.
 * @param from every page before this one is known to have been seen
 */
export function firstUnseen(path: readonly Step[], answers: Answers, from = 0): number {
  let index = from;
  while (index < path.length && isSeen(path[index]!, answers)) index += 1;
  return index;
}

/**
 * Whether a person may look at this page: it is on the path, and every page before it has been seen.
 * @param unseen where the first unseen page is
 */
export function isReachable(path: readonly Step[], unseen: number, step: Step): boolean {
  const index = path.indexOf(step);
  return index >= 0 && index <= unseen;
}

/** A person's path, where on it the first page is that has not been seen, and the answers that decide on routes. */
export interface Way {
  path: readonly Step[];
  unseen: number;
  deciding: readonly (Answer | undefined)[];
}

/**
 * The way that answers lead to. Most answers open and close no route: then the path is that of the way known
 * before, and what was seen stays seen.
 * @param known a way of the same survey and traveller; answers may have been added to its answers or changed,
 *   but none taken away
 */
export function wayOf(survey: SurveyDefinition, traveller: Traveller, answers: Answers, known?: Way): Way {
  const questions = decidingQuestions(survey);
  if (known && questions.every((id, index) => known.deciding[index] === answers[id])) {
    return { ...known, unseen: firstUnseen(known.path, answers, known.unseen) };
  }
  const path = walk(survey, traveller, answers);
  return { path, unseen: firstUnseen(path, answers), deciding: questions.map((id) => answers[id]) };
}

const decidingBySurvey = new WeakMap<SurveyDefinition, readonly string[]>();

/** The questions whose answers decide on routes. */
function decidingQuestions(survey: SurveyDefinition): readonly string[] {
  const known = decidingBySurvey.get(survey);
  if (known) return known;
  const questions = [...new Set(survey.items.flatMap(({ when }) => when?.question ?? []))];
  decidingBySurvey.set(survey, questions);
  return questions;
}

/** What comes after a page: the next one on the path, or undefined at the end or off the path. */
export function stepAfter(path: readonly Step[], step: Step): Step | undefined {
  const index = path.indexOf(step);
  return index < 0 ? undefined : path[index + 1];
}

/** What comes before a page, for Back; undefined at the start or off the path. */
export function stepBefore(path: readonly Step[], step: Step): Step | undefined {
  return path[path.indexOf(step) - 1];
}

/** How far along the path a page is, in words rather than numbers, since the path may still change. */
export function progress(path: readonly Step[], step: Step): Progress {
  const index = Math.max(path.indexOf(step), 0);
  const share = index / Math.max(path.length - 1, 1);
  const words =
    index === 0
      ? 'start'
      : index === path.length - 1
        ? 'last'
        : share < 0.2
          ? 'early'
          : share < 0.45
            ? 'some'
            : share < 0.6
              ? 'half'
              : share < 0.85
                ? 'most'
                : 'nearly';
  return { words, done: index, of: path.length };
}

export interface Progress {
  words: 'start' | 'early' | 'some' | 'half' | 'most' | 'nearly' | 'last';
  done: number;
  of: number;
}

/** Only what lies on the walked path is sent; answers on an abandoned branch stay behind in the draft. */
export function answersOnPath(path: readonly Step[], answers: Answers): Answers {
  const kept: Answers = {};
  for (const { keys } of path) {
    for (const key of keys) {
      const answer = answers[key];
      if (answer) kept[key] = answer;
    }
  }
  return kept;
}
