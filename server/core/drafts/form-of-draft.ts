import type { Question, SurveyItem } from '../survey/definition.ts';
import type { Option } from '../survey/item.ts';
import { LEVELS } from '../survey/stage.ts';
import type { ItemText } from '../survey/text.ts';
import {
  EMPTY_LINE,
  emptyForm,
  emptyWords,
  FIRST,
  PLAIN_WORDS,
  type DraftForm,
  type FormLine,
  type FormWords,
} from './draft-form.ts';
import type { DraftContent } from './draft.ts';
import { WORDED_POINTS } from './kind-fields.ts';

/** The form that holds what a draft says. @param survey the id of its survey */
export function formOf({ item, language, texts, whyAsk, after }: DraftContent, survey: string): DraftForm {
  const [options, rows] = [optionLines(item), rowLines(item)];
  const inWords = (text: ItemText) => wordsOfText(text, options, rows);
  return {
    ...emptyForm(language),
    ...ownFields(item),
    ...askedFields(item),
    survey,
    kind: item.kind,
    options,
    rows,
    words: {
      [language]: emptyWords(),
      ...Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, inWords(text)])),
    },
    why: whyAsk,
    after: after === null ? FIRST : (after ?? ''),
  };
}

/** Who is asked, and what the item stands under. */
function askedFields(item: SurveyItem): Partial<DraftForm> {
  return {
    stages: [...(item.stages ?? [])],
    when: item.when ? { question: item.when.question, anyOf: [...item.when.anyOf] } : { question: '', anyOf: [] },
    topic: item.topic ?? '',
    section: item.section ?? '',
    symbol: item.symbol ?? '',
    ...(item.kind === 'information' ? { optOuts: [] } : labelFields(item)),
  };
}

function labelFields({ optOuts, tags }: Question): Partial<DraftForm> {
  return {
    optOuts: [...optOuts],
    domain: tags.domain,
    shanarri: [...tags.shanarri],
    uncrc: tags.uncrc.join(', '),
    clustering: tags.clustering !== undefined,
  };
}

/** What only some kinds have. */
function ownFields(item: SurveyItem): Partial<DraftForm> {
  if (item.kind === 'ranking') return { places: String(item.places) };
  if (item.kind === 'number') return { least: String(item.least), most: String(item.most) };
  if (item.kind === 'short-text' || item.kind === 'long-text') return { length: String(item.maxLength) };
  return item.kind === 'place-wheel' ? { points: String(item.points) } : {};
}

function optionLines(item: SurveyItem): FormLine[] {
  if (item.kind === 'number') {
    return item.groups.map(({ code, from, to }) => ({ ...EMPTY_LINE, code, from: String(from), to: String(to) }));
  }
  if (item.kind === 'place-wheel' && item.points === WORDED_POINTS) {
    return Array.from({ length: WORDED_POINTS }, (_, index) => ({ ...EMPTY_LINE, code: String(index + 1) }));
  }
  return 'options' in item ? item.options.map(lineOf) : [];
}

function rowLines(item: SurveyItem): FormLine[] {
  if (item.kind === 'grid') return item.rows.map(lineOf);
  return item.kind === 'place-wheel' ? item.themes.map(lineOf) : [];
}

function lineOf(option: Option & { exclusive?: true }): FormLine {
  return { ...EMPTY_LINE, code: option.code, symbol: option.symbol ?? '', alone: option.exclusive === true };
}

function wordsOfText(text: ItemText, options: readonly FormLine[], rows: readonly FormLine[]): FormWords {
  const words = emptyWords();
  for (const piece of PLAIN_WORDS) words[piece] = text[piece] ?? '';
  words.options = options.map(({ code }) => text.options?.[code] ?? '');
  words.rows = rows.map(({ code }) => text.rows?.[code] ?? '');
  for (const level of LEVELS) {
    words.levels[level] = { text: text.levels?.[level]?.text ?? '', hint: text.levels?.[level]?.hint ?? '' };
  }
  return words;
}
