import type { TickAllQuestion } from '../definition.ts';
import { ANSWER_FIELD, optionTextFaults, type Kind } from './kind.ts';

const codes = (item: TickAllQuestion) => item.options.map((option) => option.code);

/** Any number of options; an exclusive one ("none of these") stands alone. */
export const tickAll: Kind<TickAllQuestion> = {
  name: 'tick-all',
  codes,
  read(item, form) {
    const ticked = [...new Set((form[ANSWER_FIELD] ?? []).filter((value) => value !== ''))];
    if (ticked.length === 0) return { blank: true };
    if (ticked.some((code) => !codes(item).includes(code))) return { fault: 'unknown-option' };
    const exclusive = item.options.some((option) => option.exclusive && ticked.includes(option.code));
    if (exclusive && ticked.length > 1) return { fault: 'none-with-others' };
    return { value: codes(item).filter((code) => ticked.includes(code)) };
  },
  slots: (item) => codes(item).map((code) => ({ question: item.id, part: code, codes: ['no', 'yes'] })),
  encode: (item, value) => codes(item).map((code) => (Array.isArray(value) && value.includes(code) ? 1 : 0)),
  holds: (_item, value) => (Array.isArray(value) ? value : [String(value)]),
  textFaults: (item, text) => optionTextFaults(codes(item), text),
};
