import {
  ARTICLE_6,
  ARTICLE_9,
  DISAGREEMENTS,
  SCHEDULE_1,
  SCHEDULE_1_OF,
  type Article9,
  type PartId,
  type Schedule1,
  type SetupParts,
} from './setup.ts';

/*
 * Reading what somebody typed into the form of a setup step. Every fault is told at once, beside its field.
 */

/** Steps that are a form of a few plain fields. */
export type FormPart = Exclude<PartId, 'languages'>;

export type FieldKind = 'text' | 'words' | 'day' | 'number' | 'choice';

interface Field {
  id: string;
  kind: FieldKind;
  choices?: readonly string[];
}

/** The fields of each form, in their order. */
export const PART_FIELDS = {
  help: [
    { id: 'checkedBy', kind: 'text' },
    { id: 'checkedOn', kind: 'day' },
  ],
  target: [{ id: 'percent', kind: 'number' }],
  'opting-out': [
    { id: 'optOutsUntil', kind: 'day' },
    { id: 'disagreement', kind: 'choice', choices: DISAGREEMENTS },
  ],
  assessment: [
    { id: 'reviewedBy', kind: 'text' },
    { id: 'reviewedOn', kind: 'day' },
  ],
  conditions: [
    { id: 'article6', kind: 'choice', choices: ARTICLE_6 },
    { id: 'article9', kind: 'choice', choices: ARTICLE_9 },
    { id: 'schedule1', kind: 'choice', choices: SCHEDULE_1 },
  ],
  controller: [
    { id: 'controller', kind: 'text' },
    { id: 'processor', kind: 'text' },
  ],
  rights: [
    { id: 'equalityOn', kind: 'day' },
    { id: 'childrensRightsOn', kind: 'day' },
  ],
  retention: [{ id: 'retainedUntil', kind: 'day' }],
  complaints: [{ id: 'complaintsRoute', kind: 'words' }],
  rehearsal: [{ id: 'leftOutReason', kind: 'words' }],
} as const satisfies Record<FormPart, readonly Field[]>;

export type FieldId = (typeof PART_FIELDS)[FormPart][number]['id'];

/** Why a field is not taken. */
export type SetupFault =
  | 'empty'
  | 'too-short'
  | 'not-a-day'
  | 'in-the-future'
  | 'too-long-ago'
  | 'not-a-percentage'
  | 'not-chosen'
  | 'no-match'
  | 'not-before-start'
  | 'not-after-end'
  | 'too-late';

export interface FoundFault {
  field: FieldId;
  fault: SetupFault;
}

/** What was typed, by field; a choice that nobody made is missing. */
export type Typed = Readonly<Partial<Record<FieldId, string>>>;

/** What a form is held against. Days are civil dates, empty where they are not settled yet. */
export interface AgainstWhat {
  today: string;
  startsOn: string;
  endsOn: string;
  /** The hash of the help contacts that are shown with the form. */
  contacts: string;
  /** The hash of what the wave asks whom. */
  asked: string;
}

/** Letters of a name or role, and of words that say something. */
const LEAST_NAME = 3;
const LEAST_WORDS = 20;

/** Years after which a review is none of this wave any more. */
const MOST_YEARS_AGO = 5;
/** Years that answers are kept at most after the last day of a wave. */
const MOST_YEARS_KEPT = 10;

/** Whether this is a civil date such as 2026-05-01. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A form as the part that it is, or everything that is wrong with it. */
export type Reading<Part extends FormPart> = { content: SetupParts[Part] } | { faults: FoundFault[] };

/** Reads the form of a step. */
export function readPart<Part extends FormPart>(part: Part, typed: Typed, against: AgainstWhat): Reading<Part> {
  const fields: readonly (Field & { id: FieldId })[] = PART_FIELDS[part];
  const tidy = Object.fromEntries(fields.map(({ id }) => [id, (typed[id] ?? '').trim()])) as Record<FieldId, string>;
  const shape = fields.flatMap((field) => shapeFault(field, tidy[field.id]) ?? []);
  const faults = shape.length > 0 ? shape : meaningFaults(part, tidy, against);
  if (faults.length > 0) return { faults };
  return { content: contentOf(part, tidy, against) as SetupParts[Part] };
}

function shapeFault({ id, kind, choices }: Field & { id: FieldId }, text: string): FoundFault | undefined {
  const fault = shapeTrouble(kind, text, choices);
  return fault && { field: id, fault };
}

function shapeTrouble(kind: FieldKind, text: string, choices: readonly string[] = []): SetupFault | undefined {
  if (kind === 'choice') return choices.includes(text) ? undefined : 'not-chosen';
  if (text === '') return 'empty';
  if (kind === 'day') return isDay(text) ? undefined : 'not-a-day';
  if (kind === 'number') return /^(100|[1-9]\d?)$/.test(text) ? undefined : 'not-a-percentage';
  return text.length < (kind === 'words' ? LEAST_WORDS : LEAST_NAME) ? 'too-short' : undefined;
}

/** What is wrong with fields of the right shape. */
function meaningFaults(part: FormPart, typed: Record<FieldId, string>, against: AgainstWhat): FoundFault[] {
  const { today, startsOn, endsOn } = against;
  const pastDays: readonly FieldId[] = ['checkedOn', 'reviewedOn', 'equalityOn', 'childrensRightsOn'];
  const earliest = yearsFrom(today, -MOST_YEARS_AGO);
  const wrong = PART_FIELDS[part]
    .map(({ id }): FieldId => id)
    .filter((id) => pastDays.includes(id) && (typed[id] > today || typed[id] < earliest))
    .map((field): FoundFault => ({ field, fault: typed[field] > today ? 'in-the-future' : 'too-long-ago' }));
  if (wrong.length > 0) return wrong;
  if (part === 'conditions' && !SCHEDULE_1_OF[typed.article9 as Article9].includes(typed.schedule1 as Schedule1))
    return [{ field: 'schedule1', fault: 'no-match' }];
  if (part === 'opting-out' && startsOn !== '' && typed.optOutsUntil >= startsOn)
    return [{ field: 'optOutsUntil', fault: 'not-before-start' }];
  if (part === 'retention' && typed.retainedUntil <= (endsOn || today))
    return [{ field: 'retainedUntil', fault: 'not-after-end' }];
  if (part === 'retention' && typed.retainedUntil > yearsFrom(endsOn || today, MOST_YEARS_KEPT))
    return [{ field: 'retainedUntil', fault: 'too-late' }];
  return [];
}

/** A civil date in another year, to compare days with: 29 February stays itself. */
const yearsFrom = (day: string, years: number) =>
  `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;

function contentOf(part: FormPart, typed: Record<FieldId, string>, { contacts, asked }: AgainstWhat): object {
  if (part === 'target') return { percent: Number(typed.percent) };
  const content = Object.fromEntries(PART_FIELDS[part].map(({ id }) => [id, typed[id]]));
  if (part === 'assessment') return { ...content, asked };
  return part === 'help' ? { ...content, contacts } : content;
}
