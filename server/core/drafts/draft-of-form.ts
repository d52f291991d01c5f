import { Value } from 'typebox/value';
import type { SurveyItem } from '../survey/definition.ts';
import { Code } from '../survey/item.ts';
import { westernDigits } from '../survey/kinds/number.ts';
import { optionCodes, tidy } from '../survey/proposal.ts';
import { LEVELS } from '../survey/stage.ts';
import type { ItemText } from '../survey/text.ts';
import { FIRST, PLAIN_WORDS, wordsIn, type DraftForm, type FormLine, type FormWords } from './draft-form.ts';
import type { DraftContent } from './draft.ts';
import { kindFields, type KindFields } from './kind-fields.ts';

/*
 * What a form says, as a draft. A form with faults makes a draft whose item may not be sound as an item: ask formFaults,
 * or hold it against the schema, before it is kept or drawn.
 */

/**
 * @param id the id of the item
 * @param before the item as it was, whose order of labels is kept where they are the same ones
 */
export function contentOf(form: DraftForm, id: string, before?: SurveyItem): DraftContent {
  if (form.kind === '') throw new Error('A form without a kind was made into a draft: ask formFaults.');
  const fields = kindFields(form.kind, form.points);
  const lines = linesOf(form, fields);
  const texts = Object.entries(form.words).flatMap(([language, words]) => {
    const text = textOf(words, fields, lines, form.kind === 'number');
    return text ? [[language, text] as const] : [];
  });
  return {
    item: itemOf(form, id, lines, before),
    language: form.language,
    texts: Object.fromEntries(texts),
    whyAsk: tidy(form.why),
    ...(form.after !== '' && { after: form.after === FIRST ? null : form.after }),
  };
}

/** A whole number as somebody typed it, in Eastern or Western digits; NaN for anything else. */
export function wholeNumber(typed: string): number {
  const digits = westernDigits(tidy(typed));
  return /^\d{1,6}$/.test(digits) ? Number(digits) : NaN;
}

/** A line that has words, where it stood in the form and the code that it has now. */
export interface CodedLine extends FormLine {
  index: number;
}

export interface CodedLines {
  options: CodedLine[];
  rows: CodedLine[];
}

/** The lines that count: those that the kind has, with words in the language of the draft. */
export function linesOf(form: DraftForm, fields: KindFields): CodedLines {
  const words = wordsIn(form, form.language);
  const options = fields.options ? coded(form.options, words.options) : [];
  return {
    options: fields.points ? options.map((line, index) => ({ ...line, code: String(index + 1) })) : options,
    rows: fields.rows ? coded(form.rows, words.rows) : [],
  };
}

/** Lines keep their codes; a new one, or one whose code another line has, gets a code from its words. */
function coded(lines: readonly FormLine[], words: readonly string[]): CodedLine[] {
  const given = lines.map((line, index) => ({ ...line, index })).filter(({ index }) => tidy(words[index] ?? '') !== '');
  const taken = new Set<string>();
  const kept = given.map((line) => {
    if (!Value.Check(Code, line.code) || taken.has(line.code)) return { ...line, code: '' };
    taken.add(line.code);
    return line;
  });
  // Codes that are kept stand before the new words: what comes out for the latter is none of the former.
  const fresh = kept.filter(({ code }) => code === '').map(({ index }) => tidy(words[index] ?? ''));
  const codes = optionCodes([...taken, ...fresh]).slice(taken.size);
  return kept.map((line) => (line.code === '' ? { ...line, code: codes.shift() ?? '' } : line));
}

function itemOf(form: DraftForm, id: string, { options, rows }: CodedLines, before?: SurveyItem): SurveyItem {
  const common = {
    id,
    ...(form.stages.length > 0 && { stages: form.stages }),
    ...(form.when.question !== '' && { when: form.when }),
    ...given({ topic: form.topic, section: form.section, symbol: form.symbol }),
  };
  const item = {
    kind: form.kind,
    ...common,
    ...(form.kind !== 'information' && { tags: tagsOf(form, before), optOuts: form.optOuts }),
    ...ownShape(form, options.map(optionOf(form.kind === 'tick-all')), rows.map(optionOf(false)), options),
  };
  // Made of what was typed: the schema says whether it is one.
  return item as unknown as SurveyItem;
}

/** What only some kinds have. */
function ownShape(form: DraftForm, options: object[], rows: object[], lines: readonly CodedLine[]): object {
  switch (form.kind) {
    case 'one-choice':
    case 'tick-all':
    case 'faces':
      return { options };
    case 'grid':
      return { rows, options };
    case 'ranking':
      return { options, places: wholeNumber(form.places) };
    case 'number': {
      const groups = lines.map(({ code, from, to }) => ({ code, from: wholeNumber(from), to: wholeNumber(to) }));
      return { least: wholeNumber(form.least), most: wholeNumber(form.most), groups };
    }
    case 'short-text':
    case 'long-text':
      return { maxLength: wholeNumber(form.length) };
    case 'place-wheel':
      return { themes: rows, points: wholeNumber(form.points) };
    case 'ladder':
    case 'information':
    case '':
      return {};
  }
}

const optionOf =
  (mayStandAlone: boolean) =>
  ({ code, symbol, alone }: CodedLine) => ({
    code,
    ...given({ symbol }),
    ...(mayStandAlone && alone && { exclusive: true }),
  });

function tagsOf(form: DraftForm, before?: SurveyItem): object {
  const earlier = before && before.kind !== 'information' ? before.tags : undefined;
  return {
    domain: form.domain,
    shanarri: inOrderOf(earlier?.shanarri ?? [], form.shanarri),
    uncrc: inOrderOf(earlier?.uncrc ?? [], articlesOf(form.uncrc)),
    ...(form.clustering && { clustering: 'school-climate' }),
  };
}

/** Articles as they were typed, with commas or spaces between; NaN for what is no number. */
export function articlesOf(typed: string): number[] {
  return typed
    .split(/[\s,،;]+/)
    .filter((part) => part !== '')
    .map(wholeNumber);
}

/** A form sends its labels in its own order. The same labels as before are no change. */
function inOrderOf<Label>(before: readonly Label[], labels: readonly Label[]): Label[] {
  const same = before.length === labels.length && before.every((label) => labels.includes(label));
  return [...(same ? before : labels)];
}

/** The words in one language; undefined where there is no question in it. */
function textOf(words: FormWords, fields: KindFields, lines: CodedLines, hasUnit: boolean): ItemText | undefined {
  const text = tidy(words.text);
  if (text === '') return undefined;
  const ends = fields.ends ? { low: tidy(words.low), high: tidy(words.high) } : {};
  return {
    text,
    ...given({ hint: tidy(words.hint), ...ends, unit: hasUnit ? tidy(words.unit) : '' }),
    ...lineWords('options', lines.options, words.options),
    ...lineWords('rows', lines.rows, words.rows),
    ...levelWords(words),
  };
}

function lineWords(name: 'options' | 'rows', lines: readonly CodedLine[], words: readonly string[]): Partial<ItemText> {
  const entries = lines.flatMap(({ code, index }) => {
    const line = tidy(words[index] ?? '');
    return line === '' ? [] : [[code, line] as const];
  });
  return entries.length > 0 ? { [name]: Object.fromEntries(entries) } : {};
}

function levelWords({ levels }: FormWords): Partial<ItemText> {
  const entries = LEVELS.flatMap((level) => {
    const wording = given({ text: tidy(levels[level].text), hint: tidy(levels[level].hint) });
    return Object.keys(wording).length > 0 ? [[level, wording] as const] : [];
  });
  return entries.length > 0 ? { levels: Object.fromEntries(entries) } : {};
}

/** Only what holds something. */
function given<Fields extends Record<string, string>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<Fields>;
}

/** Whether somebody has written anything in a language. */
export function hasWords(words: FormWords): boolean {
  return (
    PLAIN_WORDS.some((piece) => tidy(words[piece]) !== '') ||
    [...words.options, ...words.rows].some((line) => tidy(line) !== '') ||
    LEVELS.some((level) => tidy(words.levels[level].text) !== '' || tidy(words.levels[level].hint) !== '')
  );
}
