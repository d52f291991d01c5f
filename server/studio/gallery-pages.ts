import type { Answer } from '../core/survey/answer.ts';
import { isQuestion } from '../core/survey/definition.ts';
import { stepNumbered, type Step } from '../core/survey/journey.ts';
import { hasRows } from '../core/survey/kinds.ts';
import type { ItemText } from '../core/survey/text.ts';
import type { ExampleState, readExamples } from '../storage/survey-folders.ts';
import type { Language } from '../web/language.ts';
import { answersInWords, drawStep, type QuestionView } from '../web/questions.ts';
import type { Views } from '../web/views.ts';
import { adviceOn, type Advice } from './advice.ts';

declare module '../web/views.ts' {
  interface Views {
    'studio/gallery': {
      title: string;
      wide: true;
      /** Style and script of the pages on which these questions are asked. */
      style: string;
      script: string;
      kinds: GalleryKind[];
    };
  }
}

export interface GalleryKind {
  id: string;
  name: string;
  states: { id: string; title: string; question: QuestionView }[];
  /** As it reads when answers are checked. */
  checked: { question: string; words: string }[];
  coach: Advice[];
}

type Examples = ReturnType<typeof readExamples>;
type State = 'fresh' | 'answered' | 'fault' | 'symbols' | 'row' | 'row-answered';

/** On this page the heading of a question stands below its state's, which stands below its kind's. */
const HEADING_LEVEL = 4;
/** Kinds that are shown with symbols too: cards, ticks, rows and a ranking. */
const WITH_SYMBOLS = ['one-choice', 'tick-all', 'grid', 'ranking'];
const NOTHING_YET = () => undefined;

/** Every kind of question in every state, drawn as people who answer see it. */
export function galleryPage(
  language: Language,
  examples: Examples,
  assets: { style: string; script: string },
): Views['studio/gallery'] {
  return {
    title: language.words.questions.galleryTitle,
    wide: true,
    ...assets,
    kinds: wholePages(examples).map(([step, firstRow]) => galleryKind(language, examples, step, firstRow)),
  };
}

/** The page of each example, and for an example in rows the page of its first row. */
function wholePages({ definition }: Examples): [Step, Step | undefined][] {
  const pages: [Step, Step | undefined][] = [];
  for (let number = 1, step; (step = stepNumbered(definition, number)); number += 1) {
    if (step.id !== step.item.id) continue;
    pages.push([step, hasRows(step.item) ? stepNumbered(definition, number + 1) : undefined]);
  }
  return pages;
}

function galleryKind(language: Language, examples: Examples, step: Step, firstRow: Step | undefined): GalleryKind {
  const { item } = step;
  const text = wordsOf(language, examples, item.id);
  const state = examples.states[item.id];
  const shown = answersOf(step, state);
  const draw = (name: State, page: Step, answers = NOTHING_YET as typeof shown, isFault = false) => ({
    id: `${item.id}-${name}`,
    title: language.words.questions[`galleryState-${name}`],
    question: drawStep(
      page,
      text,
      language,
      answers,
      isFault && state && page.parts[0] ? { fault: state.fault, partId: page.parts[0].id } : undefined,
      { symbols: name === 'symbols', prefix: `${item.id}-${name}-`, headingLevel: HEADING_LEVEL },
    ),
  });
  const states = [draw('fresh', step)];
  if (isQuestion(item)) {
    states.push(
      draw('answered', step, shown),
      draw('fault', step, state?.fault === 'blank' ? NOTHING_YET : shown, true),
    );
  }
  if (WITH_SYMBOLS.includes(item.kind)) states.push(draw('symbols', step));
  if (firstRow) states.push(draw('row', firstRow), draw('row-answered', firstRow, shown));
  return {
    id: item.id,
    name: nameOf(language, step),
    states,
    checked: answersInWords(step, text, language, shown),
    coach: isQuestion(item) ? adviceOn(language, item, text, language.code) : [],
  };
}

function wordsOf(language: Language, { texts }: Examples, id: string): ItemText {
  const text = texts.find((one) => one.language === language.code) ?? texts[0];
  return text?.items[id] ?? { text: id };
}

/** What the example was answered with, by key. */
function answersOf(step: Step, state: ExampleState | undefined): (key: string) => Answer | undefined {
  return (key) => {
    if (!state) return undefined;
    const { answered } = state;
    if (typeof answered !== 'object' || Array.isArray(answered)) return { state: 'answered', value: answered };
    const value = answered[key.slice(step.item.id.length + 1)];
    return value === undefined ? undefined : { state: 'answered', value };
  };
}

function nameOf(language: Language, { item }: Step): string {
  const kind = language.words.studio[`kind-${item.kind}`];
  if (item.kind !== 'place-wheel') return kind;
  return language.say('questions', 'wheelOfPoints', { kind, most: language.number(item.points) });
}
