import { attemptReference } from '../core/fieldwork/code.ts';
import { isQuestion } from '../core/survey/definition.ts';
import type { DraftBody } from '../storage/draft-body.ts';
import type { Language } from '../web/language.ts';
import { answersInWords } from '../web/questions.ts';
import type { Views } from '../web/views.ts';
import { hasHiddenAnswers, shownAnswer, stepHref, type Place } from './place.ts';
import { respondPage, type RespondPage } from './respond-page.ts';
import { itemTextIn } from '../web/wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/front': { title: string; faults: FieldFault[]; typed: string; example: string; ownDevice: boolean };
    'respond/assent': RespondPage & {
      faults: FieldFault[];
      paragraphs: string[];
      /** The privacy notice for whoever answers; empty if the wave has none. */
      noticeHref: string;
      choices: { words: string; value: string; id: string; checked: boolean }[];
      attempt: string;
    };
    'respond/check': RespondPage & {
      answers: { question: string; words: string; changeHref: string; changeWords: string }[];
      attempt: string;
      backHref: string;
      hasHidden: boolean;
    };
    'respond/stop': RespondPage & { attempt: string; chosen: DraftBody['timeRunsOut'] | '' };
    'respond/break': RespondPage;
  }
}

/** Seconds that a question takes on average, generously, for "about … minutes". */
const SECONDS_A_QUESTION = 20;

export function frontPage(
  language: Language,
  typed: string,
  fault: string,
  ownDevice: boolean,
): Views['respond/front'] {
  return {
    title: language.words.respond.frontTitle,
    faults: fault ? [{ field: 'code', message: fault }] : [],
    typed,
    example: 'ACDE-4679',
    ownDevice,
  };
}

/** The first page: what this is, who will see what, what the slip knows, the choice, in words for the age. */
export function assentPage(language: Language, place: Place, choiceMissing: boolean): Views['respond/assent'] {
  const { respond: words } = language.words;
  return {
    ...respondPage(place, words.title),
    faults: choiceMissing ? [{ field: 'time-keep', message: words.timeFault }] : [],
    paragraphs: assentParagraphs(language, place),
    noticeHref: place.noticesHref && `${place.noticesHref}/${place.level}`,
    choices: (['keep', 'throw-away'] as const).map((value) => ({
      value,
      id: `time-${value}`,
      words: value === 'keep' ? words.timeKeep : words.timeThrowAway,
      checked: place.timeRunsOut === value,
    })),
    attempt: place.attempt,
  };
}

function assentParagraphs(language: Language, place: Place): string[] {
  const { respond: words } = language.words;
  const text = place.textAllowed ? [words.assentText] : [];
  const minutes = language.number(minutesOf(place));
  if (place.stage === null) {
    return [
      language.say('respond', 'assentWhatAdult', { minutes }),
      words.assentWhoAdult,
      words.assentSlipAdult,
      words.assentChoice,
      words.assentWatchedAdult,
      ...text,
      words.assentCut,
    ];
  }
  const young = place.level === 'p5-p7';
  return [
    language.say('respond', young ? 'assentWhatYoung' : 'assentWhat', { minutes }),
    young ? words.assentWhoYoung : words.assentWho,
    language.say('respond', young ? 'assentSlipYoung' : 'assentSlip', { stage: place.stage }),
    ...(young ? [] : [words.assentOneSchool]),
    words.assentChoice,
    words.assentWatched,
    ...text,
    young ? words.assentCutYoung : words.assentCut,
  ];
}

function minutesOf(place: Place): number {
  const questions = place.path.reduce((sum, { parts }) => sum + parts.length, 0);
  return Math.max(5, Math.ceil((questions * SECONDS_A_QUESTION) / 300) * 5);
}

export function checkPage(language: Language, place: Place): Views['respond/check'] {
  const { respond: words } = language.words;
  const last = place.path.at(-1);
  return {
    ...respondPage(place, words.title),
    answers: place.path
      .filter(({ item }) => isQuestion(item))
      .flatMap((step) => {
        const text = itemTextIn(place.content, language.code, step.item.id, place.level);
        const shown = (key: string) => shownAnswer(place, key);
        const href = `${stepHref(place.content, step)}?from=check`;
        return answersInWords(step, text, language, shown).map(({ key, question, words: given }) => ({
          question,
          words: place.answers[key] !== undefined && shown(key) === undefined ? words.checkEarlier : given,
          changeHref: href,
          changeWords: language.say('respond', 'changeOf', { question }),
        }));
      }),
    attempt: place.attempt,
    backHref: last ? stepHref(place.content, last) : '/respond/assent',
    hasHidden: hasHiddenAnswers(place),
  };
}

export function stopPage(language: Language, place: Place): Views['respond/stop'] {
  const { attempt, timeRunsOut } = place;
  return { ...respondPage(place, language.words.respond.title), attempt, chosen: timeRunsOut ?? '' };
}

/** A page to rest on: nothing of the survey shows. */
export function breakPage(language: Language, place: Place): Views['respond/break'] {
  return respondPage(place, language.words.respond.title);
}

/** The reference that stands on the thank-you page of an attempt. */
export function referenceOf(attemptHash: string): string {
  return attemptReference(Buffer.from(attemptHash, 'base64url'));
}
