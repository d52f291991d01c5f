import type { Answers } from './answer.ts';
import type { SurveyDefinition, SurveyItem } from './definition.ts';
import { kindOf } from './kinds.ts';
import type { Stage } from './stage.ts';

/*
 * A journey is the way one person takes through a survey: the items that their stage and their
 * earlier answers lead to. Nothing of it is stored. It is worked out anew from the saved answers on
 * each request, so Back, a deep link and a stale tab repair themselves.
 */

/** What decides the way, besides the answers. */
export interface Traveller {
  stage: Stage;
  /** Whether this wave names trained readers; without them no question asks for words. */
  textAllowed: boolean;
}

/** The items on this person's way, in order, as far as the answers so far decide it. */
export function walk(survey: SurveyDefinition, traveller: Traveller, answers: Answers): SurveyItem[] {
  const path: SurveyItem[] = [];
  for (const item of survey.items) {
    if (item.stages && !item.stages.includes(traveller.stage)) continue;
    if (item.kind === 'short-text' && !traveller.textAllowed) continue;
    if (item.when && !opens(item.when, path, answers)) continue;
    path.push(item);
  }
  return path;
}

/** An answer opens a route only while its own question is on the path: an abandoned branch opens nothing. */
function opens(when: NonNullable<SurveyItem['when']>, path: readonly SurveyItem[], answers: Answers): boolean {
  const question = path.find((item) => item.id === when.question);
  if (!question) return false;
  const answer = answers[question.id];
  if (answer?.state !== 'answered') return false;
  return kindOf(question)
    .holds(question, answer.value)
    .some((code) => when.anyOf.includes(code));
}

/** The first item on the path that has not been seen; undefined when all have. */
export function firstUnseen(path: readonly SurveyItem[], answers: Answers): SurveyItem | undefined {
  return path.find((item) => answers[item.id] === undefined);
}

/** Whether a person may look at this item: it is on the path, and every item before it has been seen. */
export function isReachable(path: readonly SurveyItem[], answers: Answers, itemId: string): boolean {
  const unseen = firstUnseen(path, answers);
  for (const item of path) {
    if (item.id === itemId) return true;
    if (item === unseen) return false;
  }
  return false;
}

/** What comes after an item: the next one on the path, or undefined at the end. */
export function itemAfter(path: readonly SurveyItem[], itemId: string): SurveyItem | undefined {
  const index = path.findIndex((item) => item.id === itemId);
  return index < 0 ? undefined : path[index + 1];
}

/** What comes before an item, for Back; undefined at the start. */
export function itemBefore(path: readonly SurveyItem[], itemId: string): SurveyItem | undefined {
  const index = path.findIndex((item) => item.id === itemId);
  return index <= 0 ? undefined : path[index - 1];
}

/** How far along the path an item is, in words rather than numbers, since the path may still change. */
export function progress(path: readonly SurveyItem[], itemId: string): Progress {
  const index = Math.max(
    path.findIndex((item) => item.id === itemId),
    0,
  );
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
export function answersOnPath(path: readonly SurveyItem[], answers: Answers): Answers {
  const kept: Answers = {};
  for (const item of path) {
    const answer = answers[item.id];
    if (answer) kept[item.id] = answer;
  }
  return kept;
}
