import { SHANARRI } from '../../survey/item.ts';
import { isCivilDate, LINE_LENGTH, TEXT_LENGTH, textProblem, type FieldProblem } from '../fields.ts';

/*
 * What an action of the plan says, as partnerships keep it. Lead and partners are roles and teams, never names of people.
 */

/** The four aims of children's services plans. */
export const AIMS = ['wellbeing', 'early-help', 'integrated', 'resources'] as const;
export type Aim = (typeof AIMS)[number];

/** What drives child poverty: income from work, costs of living, income from social security. */
export const POVERTY_DRIVERS = ['work', 'costs', 'benefits'] as const;
export type PovertyDriver = (typeof POVERTY_DRIVERS)[number];

export type Wellbeing = (typeof SHANARRI)[number];
export { SHANARRI };

/** Articles 1 to 42 are rights; those after them are about how states keep the convention. */
export const LAST_ARTICLE = 42;

export const WHOLE_AUTHORITY = 'authority';

/** Parts of an action that are written, in the order in which a table has them. */
export const TEXT_FIELDS = [
  'priority',
  'task',
  'group',
  'lead',
  'partners',
  'indicator',
  'outcome',
  'involvement',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export interface PlanWords extends Record<TextField, string> {
  /** The place that it is about, as releases name places: `authority`, `locality:east`, `cluster:calder`. */
  place: string;
  /** Civil dates; the start may be empty, an end never is: what goes on for good has a day on which it is looked at. */
  startsOn: string;
  dueOn: string;
  shanarri: Wellbeing[];
  uncrc: number[];
  poverty: PovertyDriver[];
  aims: Aim[];
}

export type PlanField = keyof PlanWords;

/** All parts of an action, in the order in which pages and tables have them. */
export const PLAN_FIELDS = [
  ...(['priority', 'task', 'group', 'lead', 'partners', 'place', 'startsOn', 'dueOn', 'indicator', 'outcome'] as const),
  ...(['involvement', 'shanarri', 'uncrc', 'poverty', 'aims'] as const),
] as const satisfies readonly PlanField[];

export type PlanProblem =
  | FieldProblem
  | 'before-start'
  | 'in-future'
  | 'not-an-article'
  | 'not-a-number'
  | 'not-a-quarter'
  | 'unknown-place'
  | 'taken'
  | 'same-colour';

export interface PlanFault<Field extends string = string> {
  field: Field;
  problem: PlanProblem;
}

/** Characters that each written part may have. */
export const LENGTHS: Readonly<Record<TextField, number>> = {
  priority: LINE_LENGTH,
  task: TEXT_LENGTH,
  group: LINE_LENGTH,
  lead: LINE_LENGTH,
  partners: 500,
  indicator: TEXT_LENGTH,
  outcome: TEXT_LENGTH,
  involvement: TEXT_LENGTH,
};

const NEEDED: readonly TextField[] = ['task', 'lead'];

/** An action of which nothing is said yet. */
export function emptyWords(): PlanWords {
  const texts = {
    priority: '',
    task: '',
    group: '',
    lead: '',
    partners: '',
    indicator: '',
    outcome: '',
    involvement: '',
  };
  return { ...texts, place: WHOLE_AUTHORITY, startsOn: '', dueOn: '', shanarri: [], uncrc: [], poverty: [], aims: [] };
}

/**
 * What an action still lacks or has wrong. What is done, by whom and by when is always needed; the rest may follow.
 * @param places ids of the places that there are, for whoever writes
 */
export function planFaults(words: PlanWords, places: ReadonlySet<string>): PlanFault<PlanField>[] {
  const found: [PlanField, PlanProblem | undefined][] = [
    ...TEXT_FIELDS.map((field): [PlanField, PlanProblem | undefined] => [field, writtenProblem(field, words[field])]),
    ['place', places.has(words.place) ? undefined : 'unknown-place'],
    ['startsOn', words.startsOn === '' || isCivilDate(words.startsOn) ? undefined : 'not-a-date'],
    ['dueOn', dueProblem(words)],
    ['uncrc', words.uncrc.every(isArticle) ? undefined : 'not-an-article'],
  ];
  return found.flatMap(([field, problem]) => (problem ? [{ field, problem }] : []));
}

function writtenProblem(field: TextField, text: string): PlanProblem | undefined {
  const problem = textProblem(text, LENGTHS[field]);
  return problem === 'missing' && !NEEDED.includes(field) ? undefined : problem;
}

function dueProblem({ startsOn, dueOn }: PlanWords): PlanProblem | undefined {
  if (dueOn === '') return 'missing';
  if (!isCivilDate(dueOn)) return 'not-a-date';
  return isCivilDate(startsOn) && dueOn < startsOn ? 'before-start' : undefined;
}

const isArticle = (article: number) => Number.isInteger(article) && article >= 1 && article <= LAST_ARTICLE;

/** One part that changed, as it stood before and after. */
export interface PartChanged {
  field: PlanField;
  before: string | readonly (string | number)[];
  after: string | readonly (string | number)[];
}

/** What changed from one version of an action to the next, in the order of its parts. */
export function partsChanged(before: PlanWords, after: PlanWords): PartChanged[] {
  return PLAN_FIELDS.filter((field) => String(before[field]) !== String(after[field])).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
}
