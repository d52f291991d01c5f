import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import type { Option } from '../survey/item.ts';
import { LEVELS } from '../survey/stage.ts';
import type { ItemText, SurveyText } from '../survey/text.ts';
import { OWN } from './columns.ts';
import { languageName } from './languages.ts';
import { writeRelevant } from './write-relevant.ts';

/* Items of a survey as rows of the sheets "survey" and "choices". */

/** A row by the headings of its cells; what is empty is left out. */
export type Row = Record<string, string>;

/** Stands for a list without anything in it, where an empty cell would mean that nothing is said. */
export const NONE = 'none';

/** The rows of one item, and of the choices that it offers. */
export interface ItemRows {
  survey: Row[];
  choices: Row[];
}

export function writeItem(item: SurveyItem, survey: SurveyDefinition, texts: readonly SurveyText[]): ItemRows {
  const words = texts.flatMap(({ language, items }) => {
    const text = items[item.id];
    return text ? [{ language: languageName(language), text }] : [];
  });
  const first: Row = {
    ...typeOf(item),
    name: item.id,
    ...wordsOf(words),
    ...conditionOf(item, survey),
    ...ownOf(item),
  };
  const choices = choicesOf(item).map((choice) => choiceRow(item.id, choice, words));
  if (item.kind !== 'grid' && item.kind !== 'place-wheel') return { survey: [first], choices };
  const rows = item.kind === 'grid' ? item.rows : item.themes;
  const inRows = rows.map(({ code, symbol }) => ({
    type: `select_one ${item.id}`,
    name: `${item.id}.${code}`,
    ...perLanguage('label', words, (text) => text.rows?.[code]),
    ...(symbol && { [`${OWN}symbol`]: symbol }),
  }));
  return { survey: [first, ...inRows, { type: 'end group', name: item.id }], choices };
}

interface LanguageWords {
  language: string;
  text: ItemText;
}

function perLanguage(name: string, words: readonly LanguageWords[], of: (text: ItemText) => string | undefined): Row {
  return Object.fromEntries(
    words.flatMap(({ language, text }) => {
      const found = of(text);
      return found === undefined ? [] : [[`${name}::${language}`, found]];
    }),
  );
}

function wordsOf(words: readonly LanguageWords[]): Row {
  const pieces: [string, (text: ItemText) => string | undefined][] = [
    ['label', (text) => text.text],
    ['hint', (text) => text.hint],
    [`${OWN}low`, (text) => text.low],
    [`${OWN}high`, (text) => text.high],
    [`${OWN}unit`, (text) => text.unit],
    ...LEVELS.flatMap((level): [string, (text: ItemText) => string | undefined][] => [
      [`${OWN}label-${level}`, (text) => text.levels?.[level]?.text],
      [`${OWN}hint-${level}`, (text) => text.levels?.[level]?.hint],
    ]),
  ];
  return Object.fromEntries(pieces.flatMap(([name, of]) => Object.entries(perLanguage(name, words, of))));
}

/** The type, with what XLSForm has to say of the answers. */
function typeOf(item: SurveyItem): Row {
  switch (item.kind) {
    case 'one-choice':
      return { type: `select_one ${item.id}` };
    case 'faces':
      return { type: `select_one ${item.id}`, appearance: 'likert' };
    case 'tick-all':
      return { type: `select_multiple ${item.id}`, ...exclusiveConstraint(item.options) };
    case 'ranking':
      return { type: `rank ${item.id}` };
    case 'ladder':
      return { type: 'range', parameters: 'start=0 end=10 step=1' };
    case 'number':
      return { type: 'integer', constraint: `. >= ${item.least} and . <= ${item.most}` };
    case 'short-text':
      return { type: 'text', constraint: lengthConstraint(item.maxLength) };
    case 'long-text':
      return { type: 'text', appearance: 'multiline', constraint: lengthConstraint(item.maxLength) };
    case 'information':
      return { type: 'note' };
    case 'grid':
    case 'place-wheel':
      return { type: 'begin group', appearance: 'table-list' };
  }
}

const lengthConstraint = (most: number) => `string-length(.) <= ${most}`;

/** Exclusive options as other tools write them: no other may be ticked beside one. */
function exclusiveConstraint(options: readonly { code: string; exclusive?: true }[]): Row {
  const parts = options
    .filter(({ exclusive }) => exclusive)
    .map(({ code }) => `not(selected(., '${code}') and count-selected(.) > 1)`);
  return parts.length === 0 ? {} : { constraint: parts.join(' and ') };
}

function conditionOf(item: SurveyItem, survey: SurveyDefinition): Row {
  const source = item.when && survey.items.find(({ id }) => id === item.when?.question);
  if (!item.when || !source) return {};
  return { relevant: writeRelevant(source, item.when.anyOf), [`${OWN}any-of`]: item.when.anyOf.join(' ') };
}

/** What XLSForm has no columns for. */
function ownOf(item: SurveyItem): Row {
  const own: Record<string, string | undefined> = {
    kind: item.kind,
    stages: item.stages?.join(' '),
    topic: item.topic,
    section: item.section,
    symbol: item.symbol,
    ...(item.kind !== 'information' && {
      domain: item.tags.domain,
      shanarri: item.tags.shanarri.join(' ') || NONE,
      uncrc: item.tags.uncrc.join(' ') || NONE,
      clustering: item.tags.clustering,
      'opt-outs': item.optOuts.join(' ') || NONE,
    }),
    ...(item.kind === 'ranking' && { places: String(item.places) }),
    ...(item.kind === 'place-wheel' && { points: String(item.points) }),
    ...(item.kind === 'number' && { groups: item.id }),
  };
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[`${OWN}${name}`, value]])),
  );
}

interface Choice extends Option {
  exclusive?: true;
  from?: number;
  to?: number;
}

function choicesOf(item: SurveyItem): Choice[] {
  if (item.kind === 'number') return item.groups;
  if (item.kind === 'place-wheel')
    return Array.from({ length: item.points }, (_, index) => ({ code: String(index + 1) }));
  return 'options' in item ? item.options : [];
}

function choiceRow(list: string, choice: Choice, words: readonly LanguageWords[]): Row {
  const label = perLanguage('label', words, (text) => text.options?.[choice.code]);
  return {
    list_name: list,
    name: choice.code,
    ...label,
    ...(choice.symbol && { [`${OWN}symbol`]: choice.symbol }),
    ...(choice.from !== undefined && { [`${OWN}from`]: String(choice.from), [`${OWN}to`]: String(choice.to) }),
  };
}
