import type { Colour } from './colour.ts';
import type { PlanAction, Progress } from './plan.ts';
import { writeQuarter } from './quarters.ts';
import { WHOLE_AUTHORITY, type PlanField } from './words.ts';

/*
 * The plan as a table (docs/action-plan.md): a row for each action and, where it has several measures, a further row for
 * each with the same number. Headings and values are English in every language, so that one file goes round.
 */

/** Columns in the order in which they are written; each may be headed by any of its names. */
export const COLUMNS = {
  reference: ['No.', 'Number', 'Ref', 'Reference', 'Action no.'],
  priority: ['Priority'],
  task: ['Task', 'Action'],
  group: ['Task group', 'Group'],
  lead: ['Lead', 'Lead role', 'Responsible'],
  partners: ['Partners'],
  place: ['Place', 'Locality', 'Area'],
  startsOn: ['Begins', 'Start', 'Start date'],
  dueOn: ['Due', 'Timescale', 'Due date', 'End date'],
  indicator: ['Quality indicator'],
  outcome: ['Expected outcome', 'Outcome'],
  involvement: ['How young people are involved', 'Involvement'],
  shanarri: ['SHANARRI', 'Wellbeing indicators'],
  uncrc: ['UNCRC', 'UNCRC articles'],
  poverty: ['Child poverty'],
  aims: ['Aims', 'Strategic aims'],
  state: ['State', 'Status'],
  colour: ['RAG', 'RAG status'],
  reason: ['Why this RAG', 'RAG reason'],
  progress: ['Progress and evidence', 'Progress'],
  measure: ['Measure'],
  unit: ['Unit'],
  better: ['Good is'],
  baseline: ['Baseline'],
  target: ['Target'],
} as const satisfies Record<string, readonly string[]>;
export type Column = keyof typeof COLUMNS;

export const headingOf = (column: Column): string => COLUMNS[column][0];

/** What tables call things that the plan has codes for. */
export const TABLE_WORDS = {
  shanarri: { safe: 'Safe', healthy: 'Healthy', achieving: 'Achieving', nurtured: 'Nurtured', active: 'Active', respected: 'Respected', responsible: 'Responsible', included: 'Included' }, // prettier-ignore
  poverty: { work: 'Income from work', costs: 'Costs of living', benefits: 'Income from social security' },
  aims: { wellbeing: 'Wellbeing', 'early-help': 'Early help', integrated: 'Integrated', resources: 'Resources' },
  state: { open: 'Open', done: 'Done', stopped: 'Stopped' },
  colour: { red: 'Red', amber: 'Amber', green: 'Green' },
  better: { higher: 'Higher', lower: 'Lower' },
} as const;

export const WHOLE_WORDS = 'Whole authority';

/** How an action stands, as whoever downloads it sees it. */
export interface WrittenAction {
  action: PlanAction;
  colour: Colour | null;
  place: string;
}

/** The plan as rows of plain text, the headings first. */
export function writeTable(actions: readonly WrittenAction[]): string[][] {
  const quarters = [
    ...new Set(
      actions.flatMap(({ action }) => action.measures.flatMap(({ values }) => values.map((one) => one.quarter))),
    ),
  ].toSorted();
  const columns = Object.keys(COLUMNS) as Column[];
  const headings = [...columns.map(headingOf), ...quarters.map(writeQuarter)];
  const rows = actions.flatMap((written) => {
    const { measures } = written.action;
    return (measures.length === 0 ? [undefined] : measures).map((measure, index) => [
      ...columns.map((column) => cellOf(column, written, measure, index === 0)),
      ...quarters.map((quarter) => measure?.values.find((one) => one.quarter === quarter)?.value ?? ''),
    ]);
  });
  return [headings, ...rows];
}

type Measure = PlanAction['measures'][number];

/** A further row of an action says its number and its measure, and nothing twice. */
function cellOf(column: Column, written: WrittenAction, measure: Measure | undefined, isFirst: boolean): string {
  if (column === 'reference') return written.action.reference;
  if (column === 'measure') return measure?.words.name ?? '';
  if (column === 'better') return measure ? TABLE_WORDS.better[measure.words.better] : '';
  if (column === 'unit' || column === 'baseline' || column === 'target') return measure?.words[column] ?? '';
  return isFirst ? ofAction(column, written) : '';
}

function ofAction(
  column: PlanField | 'state' | 'colour' | 'reason' | 'progress',
  { action, colour, place }: WrittenAction,
): string {
  const { words, judgement, state } = action;
  const coded: Partial<Record<typeof column, string>> = {
    place: words.place === WHOLE_AUTHORITY ? WHOLE_WORDS : place,
    shanarri: words.shanarri.map((one) => TABLE_WORDS.shanarri[one]).join('; '),
    uncrc: words.uncrc.join('; '),
    poverty: words.poverty.map((one) => TABLE_WORDS.poverty[one]).join('; '),
    aims: words.aims.map((one) => TABLE_WORDS.aims[one]).join('; '),
    state: TABLE_WORDS.state[state],
    colour: colour === null ? '' : TABLE_WORDS.colour[colour],
    reason: judgement?.reason ?? '',
    progress: writeProgress(action.progress),
  };
  return coded[column] ?? String(words[column as PlanField]);
}

/** Entries below each other, the newest first, each with its date; further lines of one are set in. */
export function writeProgress(progress: readonly Pick<Progress, 'on' | 'words'>[]): string {
  return progress.map(({ on, words }) => `${on}: ${words.replaceAll('\n', '\n  ')}`).join('\n');
}

/** Entries as a cell has them; what begins without a date has an empty one. */
export function readProgress(cell: string): { on: string; words: string }[] {
  const entries: { on: string; words: string }[] = [];
  for (const line of cell.split('\n')) {
    const [, on, words] = /^(\d{4}-\d{2}-\d{2}):\s*(.*)$/.exec(line) ?? [];
    const last = entries.at(-1);
    if (on !== undefined) entries.push({ on, words: words ?? '' });
    else if (last) last.words += `\n${line.replace(/^ {2}/, '')}`;
    else entries.push({ on: '', words: line });
  }
  return entries.map(({ on, words }) => ({ on, words: words.trim() })).filter(({ words }) => words !== '');
}
