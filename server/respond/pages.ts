import { attemptReference } from '../core/fieldwork/code.ts';
import { isQuestion, type SurveyItem } from '../core/survey/definition.ts';
import { itemBefore, progress } from '../core/survey/journey.ts';
import type { ReadingFault } from '../core/survey/kinds/kind.ts';
import type { TimeRunsOut } from '../storage/draft-body.ts';
import type { Language } from '../web/language.ts';
import { answerInWords, drawQuestion, FIRST_FIELD, type QuestionView } from '../web/questions.ts';
import type { Views } from '../web/views.ts';
import { itemHref, shownAnswer, type Place } from './place.ts';
import { textIn } from './wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/front': { title: string; faults: FieldFault[]; typed: string; example: string };
    'respond/assent': RespondPage & {
      faults: FieldFault[];
      about: string;
      slip: string;
      attempt: string;
      chosen: TimeRunsOut | '';
    };
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
      question: QuestionView;
    };
    'respond/check': RespondPage & {
      answers: { question: string; words: string; changeHref: string; changeWords: string }[];
      attempt: string;
      backHref: string;
    };
    'respond/stop': RespondPage & { attempt: string; chosen: TimeRunsOut | '' };
    'respond/finished': RespondPage & { reference: string };
    'respond/help': { title: string; phone: string; phoneHref: string };
  }
}

/** What every page of an answering person has. Titles never carry the question or its topic. */
interface RespondPage {
  title: string;
  /** Whether the wave belongs to a demonstration. */
  unreal: boolean;
}

/** Seconds that a question takes on average, generously, for "about … minutes". */
const SECONDS_A_QUESTION = 20;
/** Childline's number in the United Kingdom; settings by authority come with fieldwork. */
const CHILDLINE = { words: '0800 1111', href: 'tel:08001111' };

export function frontPage(language: Language, typed: string, fault: string): Views['respond/front'] {
  return {
    title: language.words.respond.frontTitle,
    faults: fault ? [{ field: 'code', message: fault }] : [],
    typed,
    example: 'ACDE-4679',
  };
}

export function assentPage(language: Language, place: Place, choiceMissing: boolean): Views['respond/assent'] {
  const words = language.words.respond;
  const questions = place.content.version.definition.items.filter(isQuestion).length;
  const minutes = Math.max(5, Math.ceil((questions * SECONDS_A_QUESTION) / 300) * 5);
  return {
    title: words.title,
    unreal: place.unreal,
    faults: choiceMissing ? [{ field: 'time-keep', message: words.timeFault }] : [],
    about: language.say('respond', 'assentWhat', { minutes: language.number(minutes) }),
    slip: language.say('respond', 'assentSlip', { stage: place.stage }),
    attempt: place.attempt,
    chosen: place.timeRunsOut ?? '',
  };
}

/**
 * What a question page depends on, besides its address and language: two people with the same key see the
 * same page, and nothing in it tells of either. Undefined for a question that is answered in words.
 */
export function questionKey(place: Place, item: SurveyItem, fromCheck: boolean): string | undefined {
  if (item.kind === 'short-text') return undefined;
  const way = progress(place.path, item.id);
  const before = fromCheck ? undefined : itemBefore(place.path, item.id);
  const answer = shownAnswer(place, item);
  const given = answer?.state === 'answered' ? JSON.stringify(answer.value) : (answer?.state ?? '');
  return `${place.content.version.id} ${way.done}/${way.of} ${before?.id ?? ''} ${fromCheck} ${place.unreal} ${given}`;
}

export function questionPage(
  language: Language,
  place: Place,
  item: SurveyItem,
  options: { fault?: ReadingFault | 'blank' | undefined; fromCheck: boolean },
): Views['respond/question'] {
  const words = language.words.respond;
  const text = textIn(place.content, language.code).items[item.id] ?? { text: item.id };
  const question = drawQuestion(item, text, language, shownAnswer(place, item), options.fault);
  const way = progress(place.path, item.id);
  const before = itemBefore(place.path, item.id);
  return {
    title: words.title,
    unreal: place.unreal,
    faults: question.fault ? [{ field: FIRST_FIELD, message: question.fault }] : [],
    progressWords: words[`progress-${way.words}`],
    progressDone: way.done,
    progressOf: way.of,
    action: itemHref(place.content, item),
    version: place.content.version.id,
    fromCheck: options.fromCheck,
    canSkip: isQuestion(item),
    backHref: options.fromCheck ? '/respond/check' : before ? itemHref(place.content, before) : '/respond/assent',
    question,
  };
}

export function checkPage(language: Language, place: Place): Views['respond/check'] {
  const words = language.words.respond;
  const text = textIn(place.content, language.code);
  const last = place.path.at(-1);
  return {
    title: words.title,
    unreal: place.unreal,
    answers: place.path.filter(isQuestion).map((item) => {
      const itemText = text.items[item.id] ?? { text: item.id };
      const hidden = place.answers[item.id] !== undefined && shownAnswer(place, item) === undefined;
      return {
        question: itemText.text,
        words: hidden ? words.checkEarlier : answerInWords(item, itemText, language, shownAnswer(place, item)),
        changeHref: `${itemHref(place.content, item)}?from=check`,
        changeWords: language.say('respond', 'changeOf', { question: itemText.text }),
      };
    }),
    attempt: place.attempt,
    backHref: last ? itemHref(place.content, last) : '/respond/assent',
  };
}

export function stopPage(language: Language, place: Place): Views['respond/stop'] {
  const { attempt, unreal, timeRunsOut } = place;
  return { title: language.words.respond.title, unreal, attempt, chosen: timeRunsOut ?? '' };
}

/** The same page for everybody: who sent, who stopped and who said no. */
export function finishedPage(language: Language, reference: string, unreal: boolean): Views['respond/finished'] {
  return { title: language.words.respond.title, unreal, reference };
}

export function helpPage(language: Language): Views['respond/help'] {
  return { title: language.words.respond.helpTitle, phone: CHILDLINE.words, phoneHref: CHILDLINE.href };
}

/** The reference that stands on the thank-you page of an attempt. */
export function referenceOf(attemptHash: string): string {
  return attemptReference(Buffer.from(attemptHash, 'base64url'));
}
