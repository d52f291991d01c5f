import { measureChanges, measureFaults, measureState, type MeasureWords } from './measures.ts';
import type { PlanAction, PlanChange } from './plan.ts';
import type { Colour } from './colour.ts';
import { headingOf } from './table.ts';
import type { ReadAction, ReadMeasure, ReadTable, TableFault, TableNote } from './read-table.ts';
import { emptyWords, partsChanged, planFaults, type PlanWords } from './words.ts';

/** A row with what it would do to the plan. */
export interface PreviewRow {
  row: number;
  kind: 'added' | 'changed' | 'same';
  reference: string;
  task: string;
  changes: PlanChange[];
  /** The action as it stands; undefined of one that is added. */
  before: PlanAction | undefined;
}

export interface Preview {
  rows: PreviewRow[];
  faults: TableFault[];
  notes: TableNote[];
}

/** What is needed to hold a table against the plan. */
export interface PlanNow {
  actions: readonly PlanAction[];
  /** Colours as they are shown, by id. */
  colours: ReadonlyMap<string, Colour | null>;
  /** Ids of places that there are. */
  places: ReadonlySet<string>;
  today: string;
  /** Why an action is done or stopped, where the table does not say. */
  reasonOfTable: string;
  newId: () => string;
}

/** What taking a table over would add and change. With any fault nothing may be taken. */
export function comparePlan(table: ReadTable, now: PlanNow): Preview {
  const preview: Preview = { rows: [], faults: [...table.faults], notes: [...table.notes] };
  for (const read of table.actions) preview.rows.push(compareAction(read, now, preview));
  const left = now.actions.filter(({ reference }) => !table.actions.some((read) => read.reference === reference));
  if (left.length > 0 && table.actions.length > 0)
    preview.notes.push({ kind: 'not-in-table', row: 0, found: left.map(({ reference }) => reference).join(', ') });
  return preview;
}

function compareAction(read: ReadAction, now: PlanNow, preview: Preview): PreviewRow {
  const before = now.actions.find(({ reference }) => reference === read.reference);
  const id = before?.id ?? now.newId();
  const words: PlanWords = { ...(before?.words ?? emptyWords()), ...read.words };
  const known = new Set(preview.faults.map(({ row, column }) => `${row} ${column}`));
  for (const { field, problem } of planFaults(words, now.places)) {
    const column = headingOf(field);
    // A column that is not there at all was told once, and a cell that could not be read as well.
    if (problem === 'missing' && read.words[field] === undefined) continue;
    if (!known.has(`${read.row} ${column}`))
      preview.faults.push({ row: read.row, column, problem, found: String(words[field]) });
  }
  const changes: PlanChange[] = [
    ...(before ? rewording(before, words) : [{ kind: 'make' as const, id, reference: read.reference, words }]),
    ...progressOf(read, before, id, now),
    ...endingOf(read, before, id, now),
    ...judgementOf(read, before, id, now, preview),
    ...read.measures.flatMap((measure) => measureChangesOf(measure, before, id, now, preview)),
  ];
  const kind = before ? (changes.length > 0 ? 'changed' : 'same') : 'added';
  return { row: read.row, kind, reference: read.reference, task: words.task, changes, before };
}

function rewording(before: PlanAction, words: PlanWords): PlanChange[] {
  return partsChanged(before.words, words).length > 0 ? [{ kind: 'reword', action: before.id, words }] : [];
}

/** Entries that the plan does not have yet. One without a date is of today, unless the same words stand there already. */
function progressOf(read: ReadAction, before: PlanAction | undefined, id: string, now: PlanNow): PlanChange[] {
  const known = before?.progress ?? [];
  return read.progress
    .filter(({ on, words }) => !known.some((one) => one.words === words && (on === '' || one.on === on)))
    .map(({ on, words }) => ({ kind: 'progress', action: id, on: on || now.today, words }));
}

function endingOf(read: ReadAction, before: PlanAction | undefined, id: string, now: PlanNow): PlanChange[] {
  if (read.state === undefined || read.state === (before?.state ?? 'open')) return [];
  return [{ kind: 'end', action: id, state: read.state, reason: read.reason || now.reasonOfTable }];
}

/** A colour other than the one shown becomes a person's if the reason stands beside it; without a reason the rule's stays. */
function judgementOf(
  { row, colour, reason, state }: ReadAction,
  before: PlanAction | undefined,
  id: string,
  now: PlanNow,
  preview: Preview,
): PlanChange[] {
  const goesOn = (state ?? before?.state ?? 'open') === 'open';
  if (colour === undefined || !goesOn || saysSo(before, now, colour, reason)) return [];
  preview.notes.push({ kind: reason === '' ? 'colour-left-to-rule' : 'colour-by-table', row, found: colour });
  return reason === '' ? [] : [{ kind: 'judge', action: id, colour, reason }];
}

/** Whether the plan says so already: the same colour for the same reason, or for none where the table has none. */
function saysSo(before: PlanAction | undefined, now: PlanNow, colour: Colour, reason: string): boolean {
  if (!before) return false;
  const { judgement } = before;
  if (judgement?.colour === colour) return reason === '' || reason === judgement.reason;
  return reason === '' && now.colours.get(before.id) === colour;
}

function measureChangesOf(
  read: ReadMeasure,
  action: PlanAction | undefined,
  actionId: string,
  now: PlanNow,
  preview: Preview,
): PlanChange[] {
  const before = action?.measures.find(({ words }) => words.name === read.name);
  const blank: MeasureWords = { name: '', unit: '', better: 'higher', baseline: '', target: '' };
  const words = { ...(before?.words ?? blank), ...read.words };
  for (const { problem } of measureFaults(words).filter(({ field }) => field === 'name'))
    preview.faults.push({ row: read.row, column: headingOf('measure'), problem, found: read.name });
  if (measureState(words, []).lacksBaseline)
    preview.notes.push({ kind: 'lacks-baseline', row: read.row, found: read.name });
  const id = before?.id ?? now.newId();
  const worded: PlanChange[] = before
    ? measureChanges(before.words, words).length > 0
      ? [{ kind: 'remeasure', measure: id, words }]
      : []
    : [{ kind: 'measure', id, action: actionId, words }];
  const values = read.values
    .filter(({ quarter, value }) => !before?.values.some((one) => one.quarter === quarter && one.value === value))
    .map(({ quarter, value }): PlanChange => ({ kind: 'value', measure: id, quarter, value }));
  return [...worded, ...values];
}
