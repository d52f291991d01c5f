import type { Answers } from '../core/survey/answer.ts';
import type { Step } from '../core/survey/journey.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import { readAnswers, skipped, type Form, type ReadAnswers } from '../core/survey/read-answer.ts';
import { Fault } from '../errors.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import type { NoteTexts } from './note-texts.ts';
import { hrefAfter, nextHref, placeIn, reachableStep, shownAnswer, stepAt, type Place } from './place.ts';
import type { WaveContent } from '../web/wave-content.ts';

/** The form of one page, as its person hands it in: on the page itself, or later from where it waited for the line. */
export interface HandedIn {
  /** The page's number. */
  number: number;
  /** The version that the form was drawn from. */
  version: string;
  move?: 'next' | 'skip' | undefined;
  /** Set if the person goes back to where answers are checked. */
  from?: 'check' | undefined;
  /** The page's own fields. */
  form: Form;
  /** The language that the page was read in. */
  language: string;
}

/** What was wrong with a form, and the form, so that what was typed stays. */
export type ReadingProblem = Extract<ReadAnswers, { fault: unknown }> & { given: Form };

/** Where answers go. */
export interface AnswerKeeping {
  drafts: Drafts;
  noteTexts: NoteTexts;
}

/** What came of it: where the person goes on, or the page to be asked again. */
export type HandInOutcome = { next: string } | { fault: ReadingProblem; place: Place; step: Step };

/**
 * Takes a page's form: reads it, saves its answers, and says where the person goes on. Handing the same form in
 * again changes nothing and leads to the same place. Callbacks instead of a promise, for the answer path: `decided`
 * is called once the answers are durable, or at once where nothing is stored.
 * @throws Fault at once for a form of another version, or for a page that this version lacks
 */
export function saveAnswer(
  { drafts, noteTexts }: AnswerKeeping,
  { draft, content }: { draft: HeldDraft; content: WaveContent },
  handedIn: HandedIn,
  decided: (outcome: HandInOutcome) => void,
  failed: (error: unknown) => void,
): void {
  const { number, version, move, from, form, language } = handedIn;
  const before = placeIn(content, draft);
  if (version !== before.content.version.id || !stepAt(before, number)) throw new Fault('bad-request');
  // Before the choices, or off the way: nothing is stored, and the person goes on where they should be.
  const step = reachableStep(before, number);
  if (!step) return decided({ next: nextHref(before) });
  const reading = move === 'skip' ? { answers: skipped(step) } : readAnswers(step, form);
  const hrefFrom = (place: Place) => (from === 'check' ? nextHref(place) : hrefAfter(place, step));
  if ('fault' in reading) {
    const leavesUnseen = reading.fault === 'blank' && isKeptUnseen(before, step);
    const fault = { ...reading, given: form };
    return decided(leavesUnseen ? { next: hrefFrom(before) } : { fault, place: before, step });
  }
  const { codeHmac, waveId, session } = draft;
  const answers = move === 'skip' ? reading.answers : withoutUnseen(before, reading.answers);
  const save = () => drafts.save({ codeHmac, waveId, language, given: { answers, session } });
  // Words are with their readers before they are in the draft, sent or not.
  const saving = asksForWords(step.item) ? noteTexts(draft, before.answers, answers, language).then(save) : save();
  saving
    .then((saved) => {
      if (!saved) throw new Fault('session-over');
      decided({ next: hrefFrom(placeIn(content, draft, saved)) });
    })
    .catch(failed);
}

/** A row that was left blank because its answer of an earlier session did not show stays as it was. */
function withoutUnseen(place: Place, given: Answers): Answers {
  const ids = Object.keys(given);
  const isKept = (id: string) =>
    given[id]!.state !== 'skipped' || place.answers[id] === undefined || shownAnswer(place, id) !== undefined;
  return ids.every(isKept) ? given : Object.fromEntries(ids.filter(isKept).map((id) => [id, given[id]!]));
}

/** Whether a page has an answer of an earlier session: it is not shown again, and left blank it stays as it was. */
function isKeptUnseen(place: Place, step: Step): boolean {
  return step.keys.some((key) => place.answers[key] !== undefined && shownAnswer(place, key) === undefined);
}
