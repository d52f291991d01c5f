import { Type, type Static } from 'typebox';
import { askedShape, closed, Option } from '../item.ts';
import { filled, optionPieces, type AnswerKind } from './kind.ts';

const TickOption = Type.Object(
  {
    ...Option.properties,
    /** Ticking this one means none of the others ("none of these"). */
    exclusive: Type.Optional(Type.Literal(true)),
  },
  closed,
);

export const TickAllQuestion = Type.Object(
  { kind: Type.Literal('tick-all'), ...askedShape, options: Type.Array(TickOption, { minItems: 2, maxItems: 60 }) },
  closed,
);
export type TickAllQuestion = Static<typeof TickAllQuestion>;

const codes = (item: TickAllQuestion) => item.options.map((option) => option.code);

/** Any number of options; an exclusive one ("none of these") stands alone. */
export const tickAll: AnswerKind<TickAllQuestion> = {
  name: 'tick-all',
  codes,
  read(item, values) {
    const ticked = [...new Set(filled(values))];
    if (ticked.length === 0) return { blank: true };
    if (ticked.some((code) => !codes(item).includes(code))) return { fault: 'unknown-option' };
    const exclusive = item.options.some((option) => option.exclusive && ticked.includes(option.code));
    if (exclusive && ticked.length > 1) return { fault: 'none-with-others' };
    return { value: codes(item).filter((code) => ticked.includes(code)) };
  },
  slots: (item) => codes(item).map((code) => ({ question: item.id, part: code, codes: ['no', 'yes'] })),
  encode: (item, value) => codes(item).map((code) => (Array.isArray(value) && value.includes(code) ? 1 : 0)),
  holds: (_item, value) => (Array.isArray(value) ? value : [String(value)]),
  pieces: (item) => optionPieces(codes(item)),
};
