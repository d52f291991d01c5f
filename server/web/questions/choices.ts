import type { Option } from '../../core/survey/item.ts';
import {
  drawHead,
  drawOptions,
  drawOptOuts,
  firstFieldOf,
  onlyPart,
  type Drawing,
  type OptionWords,
  type PartDrawing,
} from './drawing.ts';
import type { ChoiceView, DrawnAnswers, DrawnOption, LadderView } from './shapes.ts';

const wordsIn =
  ({ text }: Drawing) =>
  (code: string): OptionWords => ({ words: text.options?.[code] ?? code });

function choiceView(part: PartDrawing, view: ChoiceView['view'], options: DrawnOption[], ownHint = ''): ChoiceView {
  return {
    view,
    ...drawHead(part, ownHint, part.faultWords),
    firstField: firstFieldOf(part),
    options,
    optOuts: drawOptOuts(part),
  };
}

/** One of a few options, a card each; also a row of a grid on a page of its own. */
export function drawOneChoice(drawing: Drawing, options: readonly Option[]): ChoiceView {
  const part = onlyPart(drawing);
  return choiceView(part, 'questions/one-choice', drawOptions(part, 'radio', options, wordsIn(part)));
}

/** Any number of options; those that stand alone say so to the script. */
export function drawTickAll(drawing: Drawing, options: readonly (Option & { exclusive?: true })[]): ChoiceView {
  const part = onlyPart(drawing);
  const drawn = drawOptions(part, 'checkbox', options, (code, index) => ({
    ...wordsIn(part)(code),
    alone: options[index]?.exclusive ?? false,
  }));
  return choiceView(part, 'questions/tick-all', drawn, drawing.language.words.respond.tickHint);
}

/** Degrees of a smile: the mouth's curve grows from nearly flat to wide open; never a frown. */
export function drawFaces(drawing: Drawing, options: readonly Option[]): ChoiceView {
  const part = onlyPart(drawing);
  const last = options.length - 1;
  const drawn = drawOptions(part, 'radio', options, (code, index) => ({
    ...wordsIn(part)(code),
    mouth: { path: `M15 29q9 ${Math.round(2 + (13 * index) / Math.max(last, 1))} 18 0`, filled: index === last },
  }));
  // A face is a picture already.
  const plain = drawn.map((option) => ({ ...option, symbol: '' }));
  return choiceView(part, 'questions/faces', plain);
}

/** Numbered steps in a row: the ladder, and a theme of the wheel on a page of its own. */
export function drawLadder(drawing: Drawing, codes: readonly string[], ownHint: string): LadderView {
  const part = onlyPart(drawing);
  const { low = '', high = '' } = drawing.text;
  return {
    view: 'questions/ladder',
    ...drawHead(part, ownHint, part.faultWords),
    firstField: firstFieldOf(part),
    ...drawSteps(part, codes),
    low: stepWords(drawing, codes[0], low),
    high: stepWords(drawing, codes.at(-1), high),
  };
}

/** Steps as numbers to choose, each with a name that says how many there are and what the ends mean. */
export function drawSteps(part: PartDrawing, codes: readonly string[]): DrawnAnswers {
  const { language, text } = part;
  const steps = codes.map((code) => ({ code }));
  const most = codes.at(-1) ?? '';
  return {
    options: drawOptions(part, 'radio', steps, (code, index) => ({
      words: language.number(Number(code)),
      label: stepInWords(part, code, most, index === 0 ? text.low : code === most ? text.high : undefined),
    })),
    optOuts: drawOptOuts(part),
  };
}

/** "3 of 7", and at an end what it means. */
export function stepInWords(
  { language }: Pick<Drawing, 'language'>,
  code: string,
  most: string,
  end: string | undefined,
): string {
  const step = language.say('questions', 'stepOf', {
    step: language.number(Number(code)),
    most: language.number(Number(most)),
  });
  return end ? language.say('questions', 'stepMeans', { step, words: end }) : step;
}

/** What an end of the steps means: "0: not at all". */
export function stepWords({ language }: Drawing, code: string | undefined, words: string): string {
  return language.say('questions', 'stepMeans', { step: language.number(Number(code)), words });
}
