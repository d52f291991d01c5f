import type { ShortTextQuestion } from '../definition.ts';
import { ANSWER_FIELD, type Kind } from './kind.ts';

/**
 * A few words of one's own. Off in every wave that does not name trained readers.
 * The stored response holds only that something was written; the words are for the readers' room.
 */
export const shortText: Kind<ShortTextQuestion> = {
  name: 'short-text',
  codes: () => ['written'],
  read(item, form) {
    const words = (form[ANSWER_FIELD]?.[0] ?? '').trim();
    if (words === '') return { blank: true };
    return words.length > item.maxLength ? { fault: 'too-long' } : { value: words };
  },
  slots: (item) => [{ question: item.id, part: null, codes: ['written'] }],
  encode: () => [0],
  holds: () => ['written'],
  textFaults: () => [],
};
