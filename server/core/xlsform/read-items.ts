import type { SurveyItem } from '../survey/definition.ts';
import { OWN } from './columns.ts';
import { withAttributes } from './read-attributes.ts';
import { readGrid } from './read-grid.ts';
import { readKind, type KindRead, type QuestionRow } from './read-kinds.ts';
import { takeRelevant, withConditions, type Inherited } from './read-relevant.ts';
import { takeItemWords } from './read-words.ts';
import { faultOf, type Reading } from './reading.ts';
import { idFor } from './names.ts';
import { rowTree, type RowNode } from './row-tree.ts';
import type { Table, TableRow } from './table.ts';
import { createNotes } from './workbook.ts';

/* The rows of the sheet "survey" as items, in their order. */

const MOST_ITEMS = 120;
const NO_GROUPS = 'Heard asks one question a page and has no groups: what is in this one is taken by itself.';
const IN_REPEAT = 'Heard asks each question once: nothing in a repeat is taken.';

/** Reads all rows; each becomes an item, a part of one, or is listed with a reason. */
export function readItems(table: Table, reading: Reading): void {
  rowTree(table.rows).forEach((node) => readNode(node, [], reading));
}

function readNode(node: RowNode, inherited: readonly Inherited[], reading: Reading): void {
  const { row, type } = node;
  if (type.name === 'begin group') {
    if (!readAsGrid(node, inherited, reading)) readGroup(node, inherited, reading);
  } else if (type.name === 'begin repeat') allRows(node).forEach((each) => listRow(each, IN_REPEAT, reading));
  else if (type.name === 'end group' || type.name === 'end repeat')
    listRow(row, 'Nothing has begun that could end here.', reading);
  else if (type.name === 'comment') listRow(row, 'This is a comment: Heard keeps none.', reading);
  else if (type.name === 'lacking') listRow(row, type.reason, reading);
  else readQuestion(node, inherited, reading);
}

function listRow(row: TableRow, reason: string, { ledger }: Reading): void {
  row.cells.forEach((cell) => ledger.list(cell, reason));
}

function allRows({ row, inner, end }: RowNode): TableRow[] {
  return [row, ...inner.flatMap(allRows), ...(end ? [end] : [])];
}

/** A group that is none of Heard's: its condition goes on to what lies in it, and its rows are listed. */
function readGroup(node: RowNode, inherited: readonly Inherited[], reading: Reading): void {
  const cell = node.row.get('relevant');
  const when = takeRelevant(node.row, reading);
  node.inner.forEach((inner) => readNode(inner, cell && when ? [...inherited, { cell, when }] : inherited, reading));
  for (const each of node.row.cells) if (!when || each !== cell) reading.ledger.list(each, NO_GROUPS);
  if (node.end) listRow(node.end, NO_GROUPS, reading);
}

/** A group of the same choice in several rows as one question in rows. */
function readAsGrid(node: RowNode, inherited: readonly Inherited[], reading: Reading): boolean {
  return takeItem(node.row, inherited, reading, (question, trying) => readGrid(node, question, trying)) === undefined;
}

function readQuestion({ row, type }: RowNode, inherited: readonly Inherited[], reading: Reading): void {
  if (!('list' in type)) return;
  const choices = reading.lists.get(type.list) ?? [];
  const fault = takeItem(row, inherited, reading, (question, trying) => {
    if (type.list !== '' && choices.length === 0) return { fault: `the sheet "choices" has no list "${type.list}"` };
    return readKind({ ...question, type: type.name, choices }, trying);
  });
  if (fault !== undefined) listRow(row, `Heard cannot hold this question: ${fault}.`, reading);
  else if (type.besides !== '')
    reading.ledger.list(
      row.get('type'),
      `Heard adds no choice of itself: add it to "choices" (found "${type.besides}").`,
    );
}

/**
 * Makes an item of a row, by a function that knows its kind; what it took counts only if the item can stand.
 * @returns why it is none
 */
function takeItem(
  row: TableRow,
  inherited: readonly Inherited[],
  reading: Reading,
  read: (question: Omit<QuestionRow, 'type' | 'choices'>, trying: Reading) => KindRead,
): string | undefined {
  if (reading.items.length >= MOST_ITEMS) return `a survey has up to ${MOST_ITEMS} items`;
  const { notes, keep } = createNotes(reading.ledger);
  const trying: Reading = { ...reading, ledger: notes, assumed: [] };
  const name = row.text('name');
  if (name === '') return 'it has no name';
  if (reading.byName.has(name)) return `the name "${name}" stands twice`;
  const id = idFor(name, new Set(reading.items.map(({ item }) => item.id)));
  const words = takeItemWords(row, reading.languages, notes);
  const found = read({ row, id, words }, trying);
  const fault = 'fault' in found ? found.fault : faultOf(found.item, reading);
  if ('fault' in found || fault !== undefined) return fault;
  notes.take(row.get('type'), row.get('name'));
  takeRest(row, found.item, trying);
  // Whether a condition can be held depends on the section that Heard's own columns name.
  const item = withConditions(withAttributes(found.item, row, trying), row, inherited, trying);
  keep();
  addItem(row, { item, words, answers: found.answers }, reading);
  reading.assumed.push(...trying.assumed);
  return undefined;
}

/** What remains of a row once its kind is known. */
function takeRest(row: TableRow, item: SurveyItem, { ledger }: Reading): void {
  const kind = row.get(`${OWN}kind`);
  if (kind?.value.trim() === item.kind) ledger.take(kind);
  else ledger.list(kind, `The type of the row makes it "${item.kind}".`);
  const isOptional = /^(no|false|false\(\))$/i.test(row.text('required'));
  if (isOptional) ledger.take(row.get('required'));
  else ledger.list(row.get('required'), 'In Heard every question can be left out.');
  for (const [column, reason] of LEFT) ledger.unlessTaken(row.get(column), reason);
}

/** Columns that some kinds take; where they did not, this is why. */
const LEFT = [
  ['constraint', 'Heard knows this constraint for no question of this type.'],
  ['parameters', 'Heard has no such settings for a question of this type.'],
] as const;

function addItem(row: TableRow, read: Reading['items'][number], reading: Reading): void {
  const name = row.text('name');
  reading.items.push(read);
  reading.byName.set(name, read);
  reading.questions.push({ id: read.item.id, name, kind: read.item.kind, row: row.number });
}
