import { Type, type Static } from 'typebox';
import { closed } from './item.ts';
import type { Level } from './stage.ts';

/* The words of a survey in one language; structure is in its definition. */

const Words = Type.String({ minLength: 1, maxLength: 2000 });
const Wording = Type.Object({ text: Type.Optional(Words), hint: Type.Optional(Words) }, closed);

export const ItemText = Type.Object(
  {
    /** The question in words, or the heading of an information page. */
    text: Words,
    /** A line of help under the question, or the body of an information page. */
    hint: Type.Optional(Words),
    options: Type.Optional(Type.Record(Type.String(), Words)),
    /** Rows of a grid, themes of a wheel. */
    rows: Type.Optional(Type.Record(Type.String(), Words)),
    /** Words at the two ends of a ladder or a wheel. */
    low: Type.Optional(Words),
    high: Type.Optional(Words),
    /** What a number counts ("nights"), written after its box. */
    unit: Type.Optional(Words),
    /** Other words for the same question at a level of reading; what is not given here stays as above. */
    levels: Type.Optional(
      Type.Object(
        {
          'p5-p7': Type.Optional(Wording),
          's1-s3': Type.Optional(Wording),
          's4-s6': Type.Optional(Wording),
          adult: Type.Optional(Wording),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const SurveyText = Type.Object(
  {
    language: Type.String({ pattern: '^[a-z]{2,3}$' }),
    /** How far the words have come. A real authority's wave never opens on drafted text. */
    status: Type.Union([Type.Literal('drafted'), Type.Literal('reviewed'), Type.Literal('tried')]),
    name: Words,
    items: Type.Record(Type.String(), ItemText),
    /** Finishes the sentence "… of pupils …": what those counted in the indicator have in common. */
    indicators: Type.Record(Type.String(), Type.Object({ name: Words, statement: Words }, closed)),
    /** What is worked out from the answers to several questions: how many poor outcomes, scores of scales. */
    derived: Type.Optional(Type.Record(Type.String(), ItemText)),
  },
  closed,
);

export type ItemText = Static<typeof ItemText>;
export type SurveyText = Static<typeof SurveyText>;
export type TextStatus = SurveyText['status'];

/** The words of an item as somebody of this level reads them. */
export function atLevel(text: ItemText, level: Level): ItemText {
  const wording = text.levels?.[level];
  return wording ? { ...text, ...wording } : text;
}

/** Every piece of an item's words, in the order they are read: the question, its help, its answers, other wordings. */
export function wordsOfText({ text, hint, rows, options, low, high, unit, levels }: ItemText): string[] {
  const wordings = Object.values(levels ?? {}).flatMap((wording) => [wording.text, wording.hint]);
  const pieces = [text, hint, ...Object.values(rows ?? {}), ...Object.values(options ?? {}), low, high, unit];
  return [...pieces, ...wordings].filter((words) => words !== undefined);
}
