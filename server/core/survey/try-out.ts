import type { Answers } from './answer.ts';
import type { SurveyDefinition } from './definition.ts';
import { pagesOfAll, stepAfter, stepBefore, wayOf, type Step, type Traveller, type Way } from './journey.ts';
import { readAnswers, skipped, type Form, type ReadAnswers } from './read-answer.ts';

/*
 * Trying a survey as somebody would who answers it. Nothing is kept between two pages but what the forms of the pages
 * before held, which whoever tries brings along each time. It is read again from the beginning each time with the same
 * kinds that read it first, so nothing that is brought along needs to be believed.
 */

/** What the form of each page held, by the page's id; of a page that was skipped, that. */
export type HeldPages = ReadonlyMap<string, Form | 'skipped'>;

/** Where somebody is who tries a survey. */
export interface TryPlace {
  answers: Answers;
  way: Way;
}

/** The way that held pages lead to. A page whose form cannot be read counts as not seen. */
export function tryPlace(survey: SurveyDefinition, traveller: Traveller, held: HeldPages): TryPlace {
  const answers: Answers = {};
  for (const { step } of pagesOfAll(survey, traveller)) {
    const form = held.get(step.id);
    const reading = form && readPage(step, form);
    if (reading && 'answers' in reading) Object.assign(answers, reading.answers);
  }
  return { answers, way: wayOf(survey, traveller, answers) };
}

/** What somebody did on a page: its id, what they pressed and what its form held. */
export interface TryMove {
  page: string;
  move: 'next' | 'skip' | 'back';
  form: Form;
}

/** A page to show, with what was wrong with its form; at the end no page. */
export interface TryOutcome {
  held: HeldPages;
  place: TryPlace;
  /** The page to show; undefined at the end. */
  step: Step | undefined;
  fault: (Extract<ReadAnswers, { fault: unknown }> & { given: Form }) | undefined;
}

/**
 * Where a move leads: on, back, or to the same page, where its form cannot be taken. Back from the end is the last page.
 * A move on a page that is not on the way leads to the first page that was not seen.
 */
export function tryMove(
  survey: SurveyDefinition,
  traveller: Traveller,
  held: HeldPages,
  { page, move, form }: TryMove,
): TryOutcome {
  const place = tryPlace(survey, traveller, held);
  const { path, unseen } = place.way;
  const at = path.findIndex(({ id }) => id === page);
  const step = at <= unseen ? path[at] : undefined;
  const stay = (shown: Step | undefined): TryOutcome => ({ held, place, step: shown, fault: undefined });
  if (move === 'back') return stay(step ? (stepBefore(path, step) ?? step) : path[Math.max(unseen - 1, 0)]);
  if (!step) return stay(path[unseen]);
  const given = move === 'skip' ? 'skipped' : form;
  const reading = readPage(step, given);
  if ('fault' in reading) return { held, place, step, fault: { ...reading, given: form } };
  const heldNow: HeldPages = new Map([...held, [step.id, given] as const]);
  const placeNow = tryPlace(survey, traveller, heldNow);
  return { held: heldNow, place: placeNow, step: nextOn(placeNow.way, step), fault: undefined };
}

/** The page after one that was just answered, unless one before it has not been seen. */
function nextOn({ path, unseen }: Way, step: Step): Step | undefined {
  const after = stepAfter(path, step);
  return after && path.indexOf(after) <= unseen ? after : path[unseen];
}

function readPage(step: Step, form: Form | 'skipped'): ReadAnswers {
  return form === 'skipped' ? { answers: skipped(step) } : readAnswers(step, form);
}
