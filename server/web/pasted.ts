import { Type } from 'typebox';

/** Words of a form: longer than any that are kept, so that what was pasted comes back with a kind word, not with an error. */
export const PastedWords = Type.String({ maxLength: 20_000 });
