import { Value } from 'typebox/value';
import { COACH_LEVELS, DraftQuestion } from '../../core/coach/draft.ts';
import { ITEM_KINDS, type ItemKindName } from '../../core/survey/item-kinds.ts';
import { STAGES } from '../../core/survey/stage.ts';
import { StartError } from '../../errors.ts';
import { readJsonFile } from '../json-file.ts';

/* The drafts of a file, checked one by one: what is wrong is said with its place, before anything is judged. */

/** Most faults that are told at once. */
const MOST_TOLD = 10;
/** Longest piece of what was found that is repeated, in characters. */
const LONGEST_FOUND = 60;

/** Names that other tools have for kinds of Heard. */
const OTHER_NAMES: Record<string, ItemKindName> = {
  choice: 'one-choice',
  single: 'one-choice',
  'single-choice': 'one-choice',
  'multiple-choice': 'one-choice',
  radio: 'one-choice',
  'select-one': 'one-choice',
  scale: 'one-choice',
  likert: 'one-choice',
  'yes-no': 'one-choice',
  multiple: 'tick-all',
  'multi-choice': 'tick-all',
  'multiple-select': 'tick-all',
  checkbox: 'tick-all',
  checkboxes: 'tick-all',
  tick: 'tick-all',
  'tick-all-that-apply': 'tick-all',
  'select-multiple': 'tick-all',
  smileys: 'faces',
  face: 'faces',
  slider: 'ladder',
  'ladder-0-10': 'ladder',
  matrix: 'grid',
  rank: 'ranking',
  integer: 'number',
  numeric: 'number',
  text: 'long-text',
  open: 'long-text',
  'open-text': 'long-text',
  'free-text': 'long-text',
  wheel: 'place-wheel',
  note: 'information',
  'information-page': 'information',
};

/** The drafts of a file, and what was taken otherwise than it was written. */
export interface ReadDrafts {
  drafts: DraftQuestion[];
  notes: string[];
}

/**
 * The drafts in a file. A kind that nobody knows stops nothing: it is told, and the draft read as what its rows and
 * answers make of it, since few rules look at the kind.
 * @throws StartError with what was expected and found, and where, when the file holds no list of drafts
 */
export function readDrafts(path: string): ReadDrafts {
  const list = readJsonFile(path);
  if (!Array.isArray(list)) {
    throw new StartError(`The file ${path}: expected a list of drafts, found ${shortened(list)}. Put them into [ ].`);
  }
  const notes: string[] = [];
  const drafts = list.map((draft, at) =>
    withDefaults(draft, (found, instead) => notes.push(kindNote(at + 1, found, instead))),
  );
  const faults = [...drafts.flatMap((draft, at) => draftFaults(draft, at + 1)), ...sameIdFaults(drafts)];
  if (faults.length === 0) return { drafts: drafts as DraftQuestion[], notes };
  const more = faults.length > MOST_TOLD ? [`… and ${faults.length - MOST_TOLD} more.`] : [];
  throw new StartError([`The file ${path} cannot be coached:`, ...faults.slice(0, MOST_TOLD), ...more].join('\n'));
}

type TellKind = (found: string, instead: ItemKindName) => void;

/** What may be left out is filled in: no options, no rows, no topic; null stands for nothing. */
function withDefaults(draft: unknown, tell: TellKind): unknown {
  if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) return draft;
  const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== null && value !== undefined));
  const whole = { options: [], rows: [], topic: '', ...given };
  const kind: unknown = 'kind' in given ? given['kind'] : undefined;
  return typeof kind === 'string' ? { ...whole, kind: kindNamed(kind, whole, tell) } : whole;
}

/** A kind by its name in Heard, however it is spaced, or by the name that other tools have for it. */
function kindNamed(kind: string, { rows, options }: { rows: unknown; options: unknown }, tell: TellKind): ItemKindName {
  const name = kind
    .trim()
    .toLowerCase()
    .replace(/[\s_/–—-]+/g, '-');
  const known = ITEM_KINDS.find((one) => one === name) ?? new Map(Object.entries(OTHER_NAMES)).get(name);
  if (known) return known;
  const instead = filled(rows) ? 'grid' : filled(options) ? 'one-choice' : 'long-text';
  tell(kind, instead);
  return instead;
}

function filled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function kindNote(number: number, found: string, instead: ItemKindName): string {
  return `Draft ${number}: expected kind to be ${EXPECTED['kind']}, found ${shortened(found)}; it is read as ${instead}.`;
}

function draftFaults(draft: unknown, number: number): string[] {
  if (Value.Check(DraftQuestion, draft)) return [];
  const id = (draft as { id?: unknown } | null)?.id;
  const name = typeof id === 'string' ? `Draft ${number} (“${shortened(id)}”)` : `Draft ${number}`;
  const places = new Set(Value.Errors(DraftQuestion, draft).map((fault) => firstStep(fault)));
  return [...places].map((place) => `- ${name}: ${faultAt(place, draft)}`);
}

/** The field that a fault is in; empty for the draft itself. */
function firstStep({
  instancePath,
  keyword,
  params,
}: {
  instancePath: string;
  keyword: string;
  params: object;
}): string {
  const step = instancePath.split('/')[1];
  if (step !== undefined && step !== '') return step;
  const missing =
    keyword === 'required' ? (params as { requiredProperties?: string[] }).requiredProperties?.[0] : undefined;
  return missing ?? '';
}

const EXPECTED: Record<string, string> = {
  id: 'a name of 1 to 200 characters',
  level: `one of ${COACH_LEVELS.join(', ')}`,
  stage: `one of ${STAGES.join(', ')}, or none`,
  language: 'a language tag such as en or ar',
  kind: `one of ${ITEM_KINDS.join(', ')}`,
  text: 'the words of the question, of 10,000 characters at most',
  options: 'a list of answers in words, 200 at most',
  rows: 'a list of lines in words, 200 at most',
  topic: 'a word such as alcohol, or none',
  position: 'a share from 0 (first question) to 1 (last), or none',
};

function faultAt(place: string, draft: unknown): string {
  const expected = EXPECTED[place];
  if (expected === undefined)
    return `expected a draft { "id", "level", "language", "kind", "text", … }, found ${shortened(draft)}.`;
  const found = (draft as Record<string, unknown>)[place];
  return `expected ${place} to be ${expected}, found ${found === undefined ? 'nothing' : shortened(found)}.`;
}

/** Two drafts of one name could not be told apart in what is printed. */
function sameIdFaults(drafts: readonly unknown[]): string[] {
  const ids = drafts.map((draft) => (draft as { id?: unknown } | null)?.id).filter((id) => typeof id === 'string');
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) < at));
  return [...twice].map((id) => `- expected every id once, found “${shortened(id)}” twice. Give each draft its own.`);
}

function shortened(found: unknown): string {
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? 'nothing');
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}
