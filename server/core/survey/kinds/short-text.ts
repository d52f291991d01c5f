import { Type, type Static } from 'typebox';
import { askedShape, closed } from '../item.ts';
import type { AnswerKind } from './kind.ts';

export const ShortTextQuestion = Type.Object(
  { kind: Type.Literal('short-text'), ...askedShape, maxLength: Type.Integer({ minimum: 20, maximum: 500 }) },
  closed,
);
export type ShortTextQuestion = Static<typeof ShortTextQuestion>;

/**
 * What short and long text share: words of one's own. Off in every wave that does not name trained readers.
 * The stored response holds only that something was written; the words are for the readers' room.
 */
export function writtenKind<Item extends { id: string; maxLength: number }>(name: string): AnswerKind<Item> {
  return {
    name,
    codes: () => ['written'],
    read(item, values) {
      // Browsers send a line's end as two characters but count it as one.
      const words = (values[0] ?? '').replaceAll('\r\n', '\n').trim();
      if (words === '') return { blank: true };
      return words.length > item.maxLength ? { fault: 'too-long' } : { value: words };
    },
    slots: (item) => [{ question: item.id, part: null, codes: ['written'] }],
    encode: () => [0],
    holds: () => ['written'],
    pieces: () => [],
  };
}

/** A few words, in one line. */
export const shortText = writtenKind<ShortTextQuestion>('short-text');
