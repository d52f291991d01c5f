import fc from 'fast-check';
import type { DraftContent } from '../../server/core/drafts/draft.ts';
import type { SurveyItem } from '../../server/core/survey/definition.ts';
import { DOMAINS, SHANARRI } from '../../server/core/survey/item.ts';
import { kindOf } from '../../server/core/survey/kinds.ts';
import { tidy } from '../../server/core/survey/proposal.ts';
import { LEVELS, STAGES } from '../../server/core/survey/stage.ts';
import type { ItemText } from '../../server/core/survey/text.ts';
import { TOPICS, type TopicId } from '../../server/core/survey/topics.ts';
import { EVERY_KIND, SHIPPED } from './arbitrary-surveys.ts';

/* Drafts of every kind with words of any script; each is sound as an item. */

/** Words as they are kept. */
export const keptWords: fc.Arbitrary<string> = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.constantFrom('Yes', 'نعم', '<b>No</b>', '0'))
  .map(tidy)
  .filter((words) => words !== '');

const codeWords = fc.constantFrom('a', 'b-2', 'yes', '3', 'option-1', 'none');
const codes = (least: number, most: number): fc.Arbitrary<{ code: string; symbol?: string }[]> =>
  fc
    .uniqueArray(codeWords, { minLength: least, maxLength: Math.min(most, 6) })
    .chain((all) => fc.tuple(fc.constant(all), fc.boolean()))
    .map(([all, pictured]) => all.map((code) => ({ code, ...(pictured && { symbol: 'sun' }) })));

const asked = {
  id: fc.constant('draft'),
  tags: fc.record({
    domain: fc.constantFrom(...DOMAINS),
    shanarri: fc.subarray([...SHANARRI]),
    uncrc: fc.uniqueArray(fc.integer({ min: 1, max: 54 }), { maxLength: 4 }),
  }),
  optOuts: fc.subarray(['dont-know' as const, 'prefer-not-to-say' as const]),
};
const maybe = {
  stages: fc.subarray([...STAGES], { minLength: 1 }),
  when: fc.record({ question: fc.constant('mood'), anyOf: fc.constantFrom(['good'], ['good', 'bad']) }),
  topic: fc.constantFrom(...(Object.keys(TOPICS) as TopicId[])),
  section: fc.constant('private'),
  symbol: fc.constant('moon'),
};

/** An item of a kind with its own fields, some of those that every item may have, and tags where it asks. */
function itemOf(kind: SurveyItem['kind'], own: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<SurveyItem> {
  const all = { kind: fc.constant(kind), ...(kind === 'information' ? { id: asked.id } : asked), ...own };
  const requiredKeys = Object.keys(all);
  return fc.record({ ...all, ...maybe }, { requiredKeys } as never) as unknown as fc.Arbitrary<SurveyItem>;
}

const groups = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 6 }))
  .map(([least, widths]) => {
    let next = least;
    const made = widths.map((width, index) => {
      const group = { code: `g-${index}`, from: next, to: next + width };
      next = group.to + 1;
      return group;
    });
    return { least, most: next - 1, groups: made };
  });

const ticks = codes(2, 60).chain((lines) =>
  fc.boolean().map((alone) => lines.map((line, index) => (alone && index === 0 ? { ...line, exclusive: true } : line))),
);

/** Items of every kind. */
export const anyItem: fc.Arbitrary<SurveyItem> = fc.oneof(
  itemOf('one-choice', { options: codes(2, 200) }),
  itemOf('tick-all', { options: ticks }),
  itemOf('faces', { options: codes(3, 5) }),
  itemOf('ladder', {}),
  itemOf('grid', { rows: codes(2, 20), options: codes(2, 7) }),
  itemOf('ranking', { options: codes(3, 9), places: fc.integer({ min: 1, max: 5 }) }),
  fc.tuple(itemOf('number', {}), groups).map(([item, own]) => ({ ...item, ...own })),
  itemOf('short-text', { maxLength: fc.integer({ min: 20, max: 500 }) }),
  itemOf('long-text', { maxLength: fc.integer({ min: 200, max: 1500 }) }),
  itemOf('place-wheel', { themes: codes(3, 16), points: fc.constantFrom(3, 7) }),
  itemOf('information', {}),
  fc.constantFrom(...[EVERY_KIND, ...SHIPPED].flatMap(({ items }) => items)),
);

/** Words for every piece of an item, and for some levels other ones. */
export function wordsOf(item: SurveyItem): fc.Arbitrary<ItemText> {
  const pieces = kindOf(item).pieces(item);
  const levels = fc.record(
    Object.fromEntries(
      LEVELS.map((level) => [level, fc.record({ text: keptWords, hint: keptWords }, { requiredKeys: ['text'] })]),
    ),
    { requiredKeys: [] },
  );
  return fc
    .tuple(
      keptWords,
      fc.option(keptWords),
      fc.array(keptWords, { minLength: pieces.length, maxLength: pieces.length }),
      levels,
    )
    .map(([text, hint, words, wordings]) => {
      const made: ItemText = { text, ...(hint !== null && { hint }) };
      pieces.forEach((piece, index) => putPiece(made, piece, words[index] ?? ''));
      if (item.kind === 'number') made.unit = text;
      return Object.keys(wordings).length > 0 ? { ...made, levels: wordings } : made;
    });
}

function putPiece(text: ItemText, piece: string, words: string): void {
  const code = piece.slice(piece.indexOf('.') + 1);
  if (piece.startsWith('option.')) text.options = { ...text.options, [code]: words };
  else if (piece.startsWith('row.')) text.rows = { ...text.rows, [code]: words };
  else text[piece as 'hint' | 'low' | 'high'] = words;
}

/** Drafts with an item of any kind and words in one or two languages. */
export const anyDraft: fc.Arbitrary<DraftContent> = anyItem
  .chain((item) =>
    fc.tuple(
      fc.constant(item),
      fc.constantFrom('en', 'ar'),
      wordsOf(item),
      fc.option(wordsOf(item)),
      keptWords,
      fc.constantFrom(undefined, null, 'mood'),
    ),
  )
  .map(([item, language, words, others, whyAsk, after]) => ({
    item,
    language,
    texts: { [language]: words, ...(others && { [language === 'en' ? 'ar' : 'en']: others }) },
    whyAsk,
    ...(after !== undefined && { after }),
  }));
