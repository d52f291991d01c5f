import type { Answer } from '../core/survey/answer.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import type { Step } from '../core/survey/journey.ts';
import { ladder } from '../core/survey/kinds/ladder.ts';
import type { ItemText } from '../core/survey/text.ts';
import type { Language } from './language.ts';
import { drawFaces, drawLadder, drawOneChoice, drawTickAll } from './questions/choices.ts';
import { drawHead, type Drawing, type StepFault } from './questions/drawing.ts';
import { drawRanking } from './questions/ranking.ts';
import { drawGrid, drawPlaceWheel } from './questions/rows.ts';
import type { QuestionView } from './questions/shapes.ts';
import { drawLongText, drawNumber, drawShortText } from './questions/typed.ts';

/*
 * How each kind of question is drawn: domain values → exactly what views/questions/<kind>.eta reads.
 * Each kind has one function; a page can include any of them.
 */
export { answersInWords, type AnswerInWords } from './questions/in-words.ts';
export type { StepFault } from './questions/drawing.ts';
export type { QuestionView } from './questions/shapes.ts';

type DrawKind<Item> = (drawing: Drawing, item: Item) => QuestionView;

/** How each kind is drawn, by name. */
const DRAWINGS: { [Kind in SurveyItem['kind']]: DrawKind<Extract<SurveyItem, { kind: Kind }>> } = {
  'one-choice': (drawing, item) => drawOneChoice(drawing, item.options),
  'tick-all': (drawing, item) => drawTickAll(drawing, item.options),
  faces: (drawing, item) => drawFaces(drawing, item.options),
  ladder: (drawing, item) => drawLadder(drawing, ladder.codes(item), drawing.language.words.respond.ladderHint),
  grid: drawGrid,
  'place-wheel': drawPlaceWheel,
  ranking: drawRanking,
  number: drawNumber,
  'short-text': drawShortText,
  'long-text': drawLongText,
  information: (drawing) => ({ view: 'questions/information', ...drawHead(drawing), firstField: '' }),
};

/** How a page is drawn beside its words. */
export interface DrawingOptions {
  /** Whether symbols stand beside words: in an easy-read survey, or by reading help. */
  symbols?: boolean;
  /** Before every id, where one page holds several questions. */
  prefix?: string;
  /** The rank of the question's heading, where it is not the page's own. */
  headingLevel?: number;
}

/**
 * Draws a page with what was answered before and what was wrong with the last try. Its `firstField` is where the
 * error summary leads.
 * @param text the words of the item at the reader's level
 * @param shown what was answered, by key, as far as this person may see it
 */
export function drawStep(
  step: Step,
  text: ItemText,
  language: Language,
  shown: (key: string) => Answer | undefined,
  fault?: StepFault,
  { symbols = false, prefix = '', headingLevel = 1 }: DrawingOptions = {},
): QuestionView {
  const drawing: Drawing = { step, text, language, shown, fault, symbols, prefix, headingLevel };
  // Each entry draws exactly the items that carry its name.
  return (DRAWINGS[step.item.kind] as DrawKind<SurveyItem>)(drawing, step.item);
}
