import type { SurveyItem } from '../survey/definition.ts';
import { OWN } from './columns.ts';
import { boundsOf, readExpression, type Expression } from './expression.ts';
import { takeOptions, takeOptionWords, type ListedChoice } from './read-choices.ts';
import type { ItemWords } from './read-words.ts';
import type { AnswerName, Reading } from './reading.ts';
import type { TableRow } from './table.ts';
import type { TypeName } from './types.ts';

/* Which kind of item a row is, and what XLSForm says of its answers. */

/** A row that asks something. */
export interface QuestionRow {
  row: TableRow;
  id: string;
  type: TypeName;
  choices: readonly ListedChoice[];
  words: ItemWords;
}

/** An item as it was read, or why it could not be one. */
export type KindRead = { item: SurveyItem; answers: AnswerName[] } | { fault: string };

/** What Heard assumes of a question where a sheet does not say it. */
const assumedTags = () => ({
  tags: { domain: 'about-you' as const, shanarri: [], uncrc: [] },
  optOuts: ['dont-know' as const, 'prefer-not-to-say' as const],
});

const MOST_NUMBER = 60_000;
const LENGTHS = { 'short-text': { least: 20, most: 500 }, 'long-text': { least: 200, most: 1500 } } as const;
const MOST_PLACES = 5;

/** Reads the kind of a row; what its list, constraint, parameters and appearance say is taken or listed. */
export function readKind(question: QuestionRow, reading: Reading): KindRead {
  takeAppearance(question, reading);
  switch (question.type) {
    case 'select_one':
      return choice(question, reading);
    case 'select_multiple':
      return tickAll(question, reading);
    case 'rank':
      return ranking(question, reading);
    case 'integer':
      return number(question, boundsOfRow(question, reading), reading);
    case 'range':
      return range(question, reading);
    case 'text':
      return written(question, reading);
    case 'note':
    case 'begin group':
    case 'end group':
      return { item: { id: question.id, kind: 'information' }, answers: [] };
  }
}

/** Appearances that say something in Heard too, by type. */
const APPEARANCES: Partial<Record<TypeName, readonly string[]>> = {
  select_one: ['likert'],
  text: ['multiline'],
  'begin group': ['table-list'],
};

export function takeAppearance({ row, type }: Pick<QuestionRow, 'row' | 'type'>, { ledger }: Reading): void {
  const cell = row.get('appearance');
  const known = APPEARANCES[type] ?? [];
  const lacking = (cell?.value.trim().split(/\s+/) ?? []).filter((word) => !known.includes(word));
  if (lacking.length === 0) ledger.take(cell);
  else ledger.list(cell, `Heard draws its questions in its own way, without "${lacking.join(' ')}".`);
}

const appears = (row: TableRow, word: string) => row.text('appearance').split(/\s+/).includes(word);

/** Whether Heard's own column names this kind, which its type allows. */
function isNamed(row: TableRow, kind: SurveyItem['kind']): boolean {
  return row.text(`${OWN}kind`) === kind;
}

function choiceNames(choices: readonly ListedChoice[]): AnswerName[] {
  return choices.map(({ code, name }) => ({ code, values: [name] }));
}

function choice({ row, id, choices, words }: QuestionRow, { ledger, languages }: Reading): KindRead {
  const options = takeOptions(choices, ledger);
  takeOptionWords(choices, words, languages, ledger);
  const kind = isNamed(row, 'faces') ? 'faces' : 'one-choice';
  return { item: { id, kind, ...assumedTags(), options }, answers: choiceNames(choices) };
}

function tickAll({ row, id, choices, words }: QuestionRow, { ledger, languages }: Reading): KindRead {
  const exclusive = exclusiveNames(row.text('constraint'));
  if (exclusive?.every((name) => choices.some((one) => one.name === name))) ledger.take(row.get('constraint'));
  const plain = takeOptions(choices, ledger);
  takeOptionWords(choices, words, languages, ledger);
  const options = plain.map((option, index) => ({
    ...option,
    ...(exclusive?.includes(choices[index]?.name ?? '') && { exclusive: true as const }),
  }));
  return { item: { id, kind: 'tick-all', ...assumedTags(), options }, answers: choiceNames(choices) };
}

/** Choices that no other may be ticked beside: `not(selected(., 'none') and count-selected(.) > 1)`. */
function exclusiveNames(constraint: string): string[] | undefined {
  const expression = constraint === '' ? undefined : readExpression(constraint);
  if (!expression) return undefined;
  const parts = expression.form === 'and' ? expression.parts : [expression];
  const names = parts.map(exclusiveName);
  return names.every((name) => name !== undefined) ? names : undefined;
}

function exclusiveName(part: Expression): string | undefined {
  if (part.form !== 'not' || part.part.form !== 'and') return undefined;
  const [selected, count, ...others] = part.part.parts;
  const isAlone =
    count?.form === 'compare' && count.of === 'count-selected' && count.with === '>' && count.value === '1';
  if (selected?.form !== 'selected' || selected.of !== '.' || !isAlone || others.length > 0) return undefined;
  return selected.value;
}

function ranking({ row, id, choices, words }: QuestionRow, { ledger, languages, assumed }: Reading): KindRead {
  const options = takeOptions(choices, ledger);
  takeOptionWords(choices, words, languages, ledger);
  const places = Math.min(MOST_PLACES, options.length);
  if (options.length > MOST_PLACES && !row.get(`${OWN}places`))
    assumed.push(`survey row ${row.number}: Heard has the first ${places} places ranked, not all ${options.length}.`);
  return { item: { id, kind: 'ranking', ...assumedTags(), options, places }, answers: choiceNames(choices) };
}

function boundsOfRow({ row }: QuestionRow, { ledger, assumed }: Reading): { least: number; most: number } {
  const cell = row.get('constraint');
  const expression = cell && readExpression(cell.value);
  const { least = 0, most = MOST_NUMBER } = (expression && boundsOf(expression, '.')) ?? {};
  const isHeld =
    expression !== undefined && boundsOf(expression, '.') !== undefined && least >= 0 && most <= MOST_NUMBER;
  if (isHeld && least < most) {
    ledger.take(cell);
    return { least, most };
  }
  ledger.list(cell, `Heard takes whole numbers from 0 to ${MOST_NUMBER} between two bounds, ". >= 0 and . <= 10".`);
  assumed.push(`survey row ${row.number}: numbers from 0 to ${MOST_NUMBER} are taken, since no bounds could be read.`);
  return { least: 0, most: MOST_NUMBER };
}

/** How many groups numbers are counted in where a sheet names none. */
const GROUPS = 5;

function number(
  { row, id, words }: QuestionRow,
  { least, most }: { least: number; most: number },
  reading: Reading,
): KindRead {
  const listed = listedGroups(row, words, reading);
  const groups = listed ?? equalGroups(least, most);
  if (!listed) {
    const names = groups.map(({ code }) => code).join(', ');
    reading.assumed.push(`survey row ${row.number}: the numbers are counted in the groups ${names}.`);
    for (const text of words.values())
      text.options = Object.fromEntries(groups.map((group) => [group.code, labelOf(group)]));
  }
  return {
    item: { id, kind: 'number', ...assumedTags(), least, most, groups },
    answers: groups.map(({ code, from, to }) => ({ code, values: { from, to } })),
  };
}

interface Group {
  code: string;
  from: number;
  to: number;
}

function listedGroups(row: TableRow, words: ItemWords, { ledger, lists, languages }: Reading): Group[] | undefined {
  const cell = row.get(`${OWN}groups`);
  const choices = lists.get(cell?.value.trim() ?? '');
  if (!cell || !choices) return undefined;
  ledger.take(cell);
  takeOptions(choices, ledger);
  takeOptionWords(choices, words, languages, ledger);
  return choices.map(({ code, row: choiceRow }) => {
    ledger.take(choiceRow.get(`${OWN}from`), choiceRow.get(`${OWN}to`));
    return { code, from: wholeNumber(choiceRow.text(`${OWN}from`)), to: wholeNumber(choiceRow.text(`${OWN}to`)) };
  });
}

/** -1 where there is none, which no group can begin or end with. */
const wholeNumber = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : -1);

/** "12,001 – 24,001": without marks between the thousands a reader, and whoever looks for telephone numbers, takes it for one. */
function labelOf({ from, to }: Group): string {
  const [first, last] = [from, to].map((number) => number.toLocaleString('en-GB'));
  return from === to ? `${first}` : `${first} – ${last}`;
}

function equalGroups(least: number, most: number): Group[] {
  const size = Math.ceil((most - least + 1) / GROUPS);
  const count = Math.ceil((most - least + 1) / size);
  return Array.from({ length: count }, (_, index) => {
    const from = least + index * size;
    const to = Math.min(most, from + size - 1);
    return { code: from === to ? String(from) : `${from}-${to}`, from, to };
  });
}

function range(question: QuestionRow, reading: Reading): KindRead {
  const { row, id } = question;
  const said = Object.fromEntries(
    [...row.text('parameters').matchAll(/([a-z]+)\s*=\s*(-?[\d.]+)/gi)].map(([, key = '', value]) => [
      key.toLowerCase(),
      Number(value),
    ]),
  );
  const { start = 1, end = 10, step = 1, ...others } = said;
  const isWhole = [start, end].every(Number.isInteger) && step === 1 && start >= 0 && start < end && end <= MOST_NUMBER;
  if (!isWhole) return { fault: `Heard's numbers go from 0 on in steps of 1: found ${start} to ${end} by ${step}` };
  if (Object.keys(others).length === 0) reading.ledger.take(row.get('parameters'));
  if (start !== 0 || end !== 10) return number(question, { least: start, most: end }, reading);
  const steps = Array.from({ length: 11 }, (_, index) => String(index));
  return {
    item: { id, kind: 'ladder', ...assumedTags() },
    answers: steps.map((code) => ({ code, values: [code] })),
  };
}

function written({ row, id }: QuestionRow, { ledger }: Reading): KindRead {
  const kind = appears(row, 'multiline') ? 'long-text' : 'short-text';
  const cell = row.get('constraint');
  const expression = cell && readExpression(cell.value);
  const bounds = expression && boundsOf(expression, 'string-length');
  const { least, most } = LENGTHS[kind];
  const asked = bounds?.most ?? most;
  const isHeld = bounds?.least === undefined && asked >= least && asked <= most;
  if (bounds && isHeld) ledger.take(cell);
  else ledger.list(cell, `Of words Heard limits only the length: string-length(.) <= ${least} to ${most}.`);
  const maxLength = bounds && isHeld ? asked : most;
  return { item: { id, kind, ...assumedTags(), maxLength }, answers: [{ code: 'written', values: ['written'] }] };
}
