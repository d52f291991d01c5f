import { questionsFrom } from '../../core/coach/survey-questions.ts';
import { COACH_LEVELS } from '../../core/coach/draft.ts';
import { minutesOf } from '../../core/coach/survey-time.ts';
import { isQuestion } from '../../core/survey/definition.ts';
import { progress, stepBefore, type Step } from '../../core/survey/journey.ts';
import { levelOf } from '../../core/survey/stage.ts';
import { atLevel } from '../../core/survey/text.ts';
import type { TryOutcome } from '../../core/survey/try-out.ts';
import type { Language } from '../../web/language.ts';
import { answersInWords, drawStep, type AnswerInWords, type QuestionView } from '../../web/questions.ts';
import type { Views } from '../../web/views.ts';
import { directionOf, languageName, apart, type Written, written } from '../words.ts';
import { tryOutHref } from '../proposals/addresses.ts';
import { surveyHref, TRIES_HREF } from './addresses.ts';
import { hiddenFields, type TryWish } from './try-form.ts';
import { wordsIn, type SurveyWouldBe } from './would-be.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/try': TryFrame & {
      /** Style and script of the pages on which these questions are asked. */
      style: string;
      script: string;
      faults: FieldFault[];
      progressWords: string;
      progressDone: number;
      progressOf: number;
      isNew: boolean;
      /** The language of the question's words, where it is not the page's: a proposal that is not translated yet. */
      foreign: { lang: string; dir: 'ltr' | 'rtl' | 'auto'; note: string } | null;
      question: QuestionView;
      canSkip: boolean;
      canGoBack: boolean;
    };
    'studio/try-end': TryFrame & {
      name: Written;
      pages: string;
      /** How long such a survey takes; empty where that is not known. */
      time: string;
      answers: AnswerInWords[];
      againHref: string;
      /** Where one says what one thought of a question that was tried alone; empty for a survey. */
      thinkHref: string;
    };
    'studio/try-fields': { fields: { name: string; value: string }[]; page: string };
  }
}

/** What every page of a try has. */
interface TryFrame {
  title: string;
  stage: string;
  action: string;
  fields: { name: string; value: string }[];
  page: string;
  surveyHref: string;
}

interface Tried {
  wish: TryWish;
  wouldBe: SurveyWouldBe;
}

function tryFrame(language: Language, { wish }: Tried, { held }: TryOutcome, page: string): TryFrame {
  const { tries } = language.words;
  return {
    title: tries.tryTitle,
    stage: wish.stage === null ? tries.asGrownUp : language.say('tries', 'asStage', { stage: wish.stage }),
    action: TRIES_HREF,
    fields: hiddenFields(wish, held),
    page,
    surveyHref: surveyHref(wish.surveyId, wish),
  };
}

/** The words of an item as somebody of the tried stage reads them, and their language. */
function wordsOf({ wish, wouldBe }: Tried, id: string) {
  const { text, language } = wordsIn(wouldBe, wouldBe.newest.texts.get(wish.language), id);
  return { text: atLevel(text, levelOf(wish.stage)), language };
}

/** A page of the survey, drawn as whoever answers sees it. */
export function tryQuestionPage(
  language: Language,
  tried: Tried,
  outcome: TryOutcome & { step: Step },
  assets: { style: string; script: string },
): Views['studio/try'] {
  const { step, fault, place } = outcome;
  const { path } = place.way;
  const { definition, added } = tried.wouldBe;
  const { text, language: lang } = wordsOf(tried, step.item.id);
  const symbols = definition.easyRead === true;
  const question = drawStep(step, text, language, (key) => place.answers[key], fault, { symbols });
  const way = progress(path, step);
  return {
    ...tryFrame(language, tried, outcome, step.id),
    ...assets,
    faults: question.fault ? [{ field: question.firstField, message: question.fault }] : [],
    progressWords: language.words.respond[`progress-${way.words}`],
    progressDone: way.done,
    progressOf: way.of,
    isNew: added.has(step.item.id),
    foreign: lang === language.code ? null : foreignWords(language, lang),
    question,
    canSkip: isQuestion(step.item),
    canGoBack: stepBefore(path, step) !== undefined,
  };
}

function foreignWords(language: Language, lang: string): NonNullable<Views['studio/try']['foreign']> {
  const note = language.say('tries', 'notTranslated', { language: apart(languageName(lang)) });
  return { lang, dir: directionOf(lang), note };
}

/** What was on the way, and how long such a survey takes. */
export function tryEndPage(language: Language, tried: Tried, outcome: TryOutcome): Views['studio/try-end'] {
  const { wish, wouldBe } = tried;
  const { path } = outcome.place.way;
  const { answers } = outcome.place;
  const name = wouldBe.newest.texts.get(wish.language)?.name ?? wish.surveyId;
  const again = new URLSearchParams(hiddenFields(wish, new Map()).map(({ name: field, value }) => [field, value]));
  return {
    ...tryFrame(language, tried, outcome, 'end'),
    title: language.words.tries.endTitle,
    name: written(name, wish.language),
    pages: language.say('tries', 'pagesOnWay', { count: path.length }),
    time: timeInWords(language, tried, path),
    answers: path.flatMap((step) =>
      answersInWords(step, wordsOf(tried, step.item.id).text, language, (key) => answers[key]),
    ),
    againHref: `${TRIES_HREF}?${again.toString()}`,
    thinkHref: wish.only && wish.proposals[0] ? tryOutHref(wish.proposals[0], levelOf(wish.stage), wish.language) : '',
  };
}

/** How long the pages of a way take somebody who reads slowly; nothing for grown-ups, whom the coach does not know. */
function timeInWords(language: Language, tried: Tried, path: readonly Step[]): string {
  const { stage } = tried.wish;
  const level = COACH_LEVELS.find((one) => one === levelOf(stage));
  if (!level || stage === null) return '';
  const items = [...new Set(path.map(({ item }) => item))];
  const drafts = questionsFrom(items, (id) => wordsOf(tried, id), { level, stage });
  const count = Math.ceil(minutesOf(drafts, level));
  return language.say('tries', 'timeOfWay', { count, level: language.words.questions[`level-${level}`] });
}
