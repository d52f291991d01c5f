import type { GridQuestion } from '../../core/survey/kinds/grid.ts';
import type { OneChoiceQuestion } from '../../core/survey/kinds/one-choice.ts';
import type { PlaceWheelQuestion } from '../../core/survey/kinds/place-wheel.ts';
import { drawLadder, drawOneChoice, drawSteps, stepWords } from './choices.ts';
import { drawHead, drawOptions, drawOptOuts, firstFieldOf, partDrawing, rowCode, type Drawing } from './drawing.ts';
import type { ChoiceView, DrawnAnswers, DrawnRow, LadderView, RowsView } from './shapes.ts';

/** Several things asked in the same way: a group of pills each, or one of them on a page like one choice. */
export function drawGrid(drawing: Drawing, item: GridQuestion): RowsView | ChoiceView {
  if (drawing.step.parts.length === 1) return drawOneChoice(drawing, item.options);
  return drawRows(drawing, 'questions/grid', 0);
}

/** Themes of a place: three points in words each, seven as numbers with words at their ends. */
export function drawPlaceWheel(drawing: Drawing, { points }: PlaceWheelQuestion): RowsView | ChoiceView | LadderView {
  const [row] = drawing.step.parts as OneChoiceQuestion[];
  const codes = row?.options.map(({ code }) => code) ?? [];
  if (drawing.step.parts.length > 1) return drawRows(drawing, 'questions/place-wheel', points);
  return points === 3 ? drawOneChoice(drawing, row?.options ?? []) : drawLadder(drawing, codes, '');
}

function drawRows(drawing: Drawing, view: RowsView['view'], points: number): RowsView {
  const { step, text, fault } = drawing;
  const parts = step.parts as readonly OneChoiceQuestion[];
  const numbered = view === 'questions/place-wheel' && text.low !== undefined;
  const codes = parts[0]?.options.map(({ code }) => code) ?? [];
  const first = parts.find(({ id }) => id === fault?.partId) ?? parts[0]!;
  const rows = parts.map((part) => drawRow(drawing, part, numbered));
  return {
    view,
    // The fault is words of its row; here it is for the summary.
    ...drawHead(drawing, '', rows.find((row) => row.fault)?.fault),
    firstField: firstFieldOf(partDrawing(drawing, first)),
    rows,
    points,
    low: numbered ? stepWords(drawing, codes[0], text.low ?? '') : '',
    high: numbered ? stepWords(drawing, codes.at(-1), text.high ?? '') : '',
  };
}

function drawRow(drawing: Drawing, question: OneChoiceQuestion, numbered: boolean): DrawnRow {
  const part = partDrawing(drawing, question);
  const code = rowCode(question, drawing.step);
  return {
    words: drawing.text.rows?.[code] ?? code,
    symbol: (drawing.symbols && question.symbol) || '',
    fault: part.faultWords,
    faultId: `${drawing.prefix}answer-fault`,
    ...(numbered
      ? drawSteps(
          part,
          question.options.map((option) => option.code),
        )
      : drawPills(drawing, part, question)),
  };
}

function drawPills(
  drawing: Drawing,
  part: ReturnType<typeof partDrawing>,
  { options }: OneChoiceQuestion,
): DrawnAnswers {
  return {
    options: drawOptions(part, 'radio', options, (code) => ({ words: drawing.text.options?.[code] ?? code })),
    optOuts: drawOptOuts(part),
  };
}
