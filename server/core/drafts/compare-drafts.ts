import type { DraftContent } from './draft.ts';
import {
  fieldsOfDraft,
  PLAIN_FIELDS,
  samePlain,
  type DraftFields,
  type LineGroup,
  type LineShape,
  type PlainField,
} from './draft-fields.ts';
import { wordDifferences, type WordRun } from './word-differences.ts';

/*
 * What changed from one draft to the next, as a list that can be put into words: what kind of change, where, and for
 * words the difference word by word.
 */

/** A part of a draft that is no words of its own; its values stand as the form holds them. */
export interface PlainChange {
  change: 'plain';
  field: PlainField;
  before: unknown;
  after: unknown;
}

/** A line that came, went or took another place, or whose picture, numbers or standing alone changed. */
export interface LineChange {
  change: 'line-added' | 'line-removed' | 'line-moved' | 'line-changed';
  group: LineGroup;
  code: string;
  /** Its words in the language of the draft that has it. */
  words: string;
  before: LineShape | undefined;
  after: LineShape | undefined;
}

/** Words in one language. Those of a line that came or went are told with the line, in the language of the draft. */
export interface WordsChange {
  change: 'words';
  language: string;
  /** As draft-fields.ts names them. */
  piece: string;
  before: string;
  after: string;
  runs: WordRun[];
}

export type DraftChange = PlainChange | LineChange | WordsChange;

/** Everything that is different, in the order in which a draft is read. Empty for two drafts that say the same. */
export function changesOfDraft(before: DraftContent, after: DraftContent): DraftChange[] {
  const [earlier, later] = [fieldsOfDraft(before), fieldsOfDraft(after)];
  const lines = [
    ...lineChanges('row', earlier, later, before.language, after.language),
    ...lineChanges('option', earlier, later, before.language, after.language),
  ];
  const told = new Set(
    lines
      .filter(({ change }) => change === 'line-added' || change === 'line-removed')
      .map(({ group, code }) => `${group}.${code}`),
  );
  const words = wordsChanges(earlier, later).filter(
    ({ language, piece }) => !told.has(piece) || (language !== before.language && language !== after.language),
  );
  const own = words.filter(({ language }) => language === after.language);
  const others = words.filter(({ language }) => language !== after.language);
  return [
    ...plainChanges(earlier, later, ['kind']),
    ...own,
    ...lines,
    ...plainChanges(earlier, later, REST),
    ...others,
  ];
}

const REST = PLAIN_FIELDS.filter((field) => field !== 'kind');

function plainChanges(before: DraftFields, after: DraftFields, fields: readonly PlainField[]): PlainChange[] {
  return fields
    .filter((field) => !samePlain(before.plain[field], after.plain[field]))
    .map((field) => ({ change: 'plain', field, before: before.plain[field], after: after.plain[field] }));
}

function lineChanges(
  group: LineGroup,
  before: DraftFields,
  after: DraftFields,
  languageBefore: string,
  languageAfter: string,
): LineChange[] {
  const [earlier, later] = [before.lines[group], after.lines[group]];
  const wordsOf = (code: string) => {
    const piece = `${group}.${code}`;
    return after.words[languageAfter]?.[piece] ?? before.words[languageBefore]?.[piece] ?? code;
  };
  const about = (change: LineChange['change'], code: string): LineChange => ({
    change,
    group,
    code,
    words: wordsOf(code),
    before: earlier.get(code),
    after: later.get(code),
  });
  const [removed, added] = [without(earlier, later), without(later, earlier)];
  const kept = [...later.keys()].filter((code) => earlier.has(code));
  const changed = kept.filter((code) => JSON.stringify(earlier.get(code)) !== JSON.stringify(later.get(code)));
  const moved = movedCodes(
    [...earlier.keys()].filter((code) => later.has(code)),
    kept,
  );
  return [
    ...removed.map((code) => about('line-removed', code)),
    ...added.map((code) => about('line-added', code)),
    ...moved.map((code) => about('line-moved', code)),
    ...changed.map((code) => about('line-changed', code)),
  ];
}

function without(lines: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>): string[] {
  return [...lines.keys()].filter((code) => !others.has(code));
}

/** The fewest lines whose move makes one order out of the other: all but a longest run that kept its order. */
export function movedCodes(before: readonly string[], after: readonly string[]): string[] {
  const places = after.map((code) => before.indexOf(code));
  const best: number[][] = [];
  places.forEach((place, index) => {
    const longest = best
      .slice(0, index)
      .filter((run) => (run.at(-1) ?? -1) < place)
      .reduce<number[]>((most, run) => (run.length > most.length ? run : most), []);
    best.push([...longest, place]);
  });
  const stayed = best.reduce<number[]>((most, run) => (run.length > most.length ? run : most), []);
  return after.filter((code) => !stayed.includes(before.indexOf(code)));
}

function wordsChanges(before: DraftFields, after: DraftFields): WordsChange[] {
  const languages = [...new Set([...Object.keys(after.words), ...Object.keys(before.words)])];
  return languages.flatMap((language) => {
    const [earlier, later] = [before.words[language] ?? {}, after.words[language] ?? {}];
    const pieces = [...new Set([...Object.keys(later), ...Object.keys(earlier)])];
    return pieces
      .map((piece) => ({ piece, before: earlier[piece] ?? '', after: later[piece] ?? '' }))
      .filter((one) => one.before !== one.after)
      .map((one): WordsChange => ({
        change: 'words',
        language,
        ...one,
        runs: wordDifferences(one.before, one.after, language),
      }));
  });
}
