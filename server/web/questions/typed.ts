import type { LongTextQuestion } from '../../core/survey/kinds/long-text.ts';
import type { NumberQuestion } from '../../core/survey/kinds/number.ts';
import type { ShortTextQuestion } from '../../core/survey/kinds/short-text.ts';
import { drawHead, drawOptOuts, firstFieldOf, onlyPart, rangeWords, withoutOptOuts, type Drawing } from './drawing.ts';
import type { TypedView } from './shapes.ts';

/** Digits of the greatest number that a question can ask for. */
const NUMBER_LENGTH = 6;

function typedView(
  drawing: Drawing,
  view: TypedView['view'],
  { maxLength, note = '', hint = '' }: { maxLength: number; note?: string; hint?: string },
): TypedView {
  const part = onlyPart(drawing);
  const head = drawHead(drawing, hint, part.faultWords);
  const noteId = `${drawing.prefix}answer-note`;
  const describing = [head.fault && head.faultId, head.hint && head.hintId, note && noteId];
  return {
    view,
    ...head,
    firstField: firstFieldOf(part),
    typed: withoutOptOuts(part)[0] ?? '',
    maxLength,
    note,
    noteId,
    left: drawing.language.words.questions.lettersLeft,
    describedBy: describing.filter(Boolean).join(' '),
    optOuts: drawOptOuts(part),
  };
}

/** A box for a whole number, with what it counts behind it. */
export function drawNumber(drawing: Drawing, item: NumberQuestion): TypedView {
  return typedView(drawing, 'questions/number', {
    maxLength: NUMBER_LENGTH,
    note: drawing.text.unit ?? '',
    hint: rangeWords(drawing.language, 'numberHint', item),
  });
}

export function drawShortText(drawing: Drawing, { maxLength }: ShortTextQuestion): TypedView {
  return typedView(drawing, 'questions/short-text', { maxLength });
}

/** A box for several sentences that says how much room there is. */
export function drawLongText(drawing: Drawing, { maxLength }: LongTextQuestion): TypedView {
  const { language } = drawing;
  return typedView(drawing, 'questions/long-text', {
    maxLength,
    note: language.say('questions', 'lettersRoom', { most: language.number(maxLength) }),
  });
}
