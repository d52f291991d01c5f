import { isQuestion } from '../core/survey/definition.ts';
import { progress, stepBefore, type Step } from '../core/survey/journey.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import type { Language } from '../web/language.ts';
import { drawStep, type QuestionView, type StepFault } from '../web/questions.ts';
import { drawAskedReply, type AskedReplyView, type ReplyInSurvey } from '../web/asked-reply.ts';
import type { Views } from '../web/views.ts';
import { shownAnswer, stepHref, type Place } from './place.ts';
import { recordingsOf, recordingsOnPage } from './recordings.ts';
import { respondPage, type RespondPage } from './respond-page.ts';
import { itemTextIn } from '../web/wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/question': RespondPage & {
      faults: FieldFault[];
      progressWords: string;
      progressDone: number;
      progressOf: number;
      action: string;
      version: string;
      fromCheck: boolean;
      canSkip: boolean;
      backHref: string;
      /** What is recorded of this page, for reading aloud. */
      recordings: string;
      /** The same to be heard without a script. */
      audios: { href: string; words: string }[];
      /** What becomes of words that are written here; empty on pages that ask for none. */
      textNote: string;
      question: QuestionView;
      /** The reply that the wave asks about, on the page that opens it. */
      reply: AskedReplyView | null;
    };
  }
}

/**
 * What a question page depends on, besides its address and language: two people with the same key see the
 * same page, and nothing in it tells of either. Undefined for a question that is answered in words.
 */
export function questionKey(place: Place, step: Step, fromCheck: boolean): string | undefined {
  if (asksForWords(step.item)) return undefined;
  const way = progress(place.path, step);
  const before = fromCheck ? undefined : stepBefore(place.path, step);
  const { reading, ownDevice, unreal, level } = place;
  const look = `${reading.size} ${reading.spacing} ${reading.typeface} ${reading.colours} ${reading.symbols} ${reading.rate} ${ownDevice}`;
  let key = `${place.content.version.id} ${place.content.languages} ${place.offered} ${level} ${way.done}/${way.of} ${before?.id ?? ''} ${fromCheck} ${unreal} ${look}`;
  const reply = replyOn(place, step);
  if (reply) key += ` ${reply.key}`;
  for (const id of step.keys) {
    const answer = shownAnswer(place, id);
    key += answer?.state === 'answered' ? ` ${JSON.stringify(answer.value)}` : ` ${answer?.state ?? ''}`;
  }
  return key;
}

/** The reply that stands on a page. */
function replyOn({ content: { reply } }: Place, { item }: Step): ReplyInSurvey | null {
  return reply?.itemId === item.id ? reply : null;
}

export function questionPage(
  language: Language,
  place: Place,
  step: Step,
  options: { fault?: StepFault; fromCheck: boolean },
): Views['respond/question'] {
  const { respond } = language.words;
  const { definition, surveyId } = place.content.version;
  const text = itemTextIn(place.content, language.code, step.item.id, place.level);
  const symbols = definition.easyRead === true || place.reading.symbols === 'on';
  const question = drawStep(step, text, language, (key) => shownAnswer(place, key), options.fault, { symbols });
  const way = progress(place.path, step);
  const before = stepBefore(place.path, step);
  const reply = replyOn(place, step);
  const { list, audios } = recordingsOnPage(recordingsOf(surveyId, language.code), text);
  return {
    ...respondPage(place, respond.title),
    faults: question.fault ? [{ field: question.firstField, message: question.fault }] : [],
    progressWords: respond[`progress-${way.words}`],
    progressDone: way.done,
    progressOf: way.of,
    action: stepHref(place.content, step),
    version: place.content.version.id,
    fromCheck: options.fromCheck,
    canSkip: isQuestion(step.item),
    backHref: options.fromCheck ? '/respond/check' : before ? stepHref(place.content, before) : '/respond/assent',
    recordings: list,
    audios,
    textNote: asksForWords(step.item) ? respond.textNote : '',
    question,
    reply: reply && drawAskedReply(language, reply, question.level + 1),
  };
}
