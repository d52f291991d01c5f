import { canonical } from '../canonical.ts';
import { changeOf, DECLARABLE, wordsOfItem, type Comparability } from './comparability.ts';
import type { SurveyDefinition, SurveyItem } from './definition.ts';
import type { HangingCode } from './hanging.ts';
import type { ItemText, SurveyText } from './text.ts';

/*
 * What changes between a version of a survey and the next one: what somebody wants changed, what is wrong with that,
 * and what became of every item.
 */

/** Structure and all words of a version. */
export interface VersionContent {
  definition: SurveyDefinition;
  texts: SurveyText[];
}

/** An item to add, the item that it comes after (null: none, it comes first) and its words by language. */
export interface Addition {
  item: SurveyItem;
  after: string | null;
  texts: Readonly<Record<string, ItemText>>;
}

/** Another state of an item that the survey has, under the id that it has there. */
export interface Replacement {
  item: SurveyItem;
  /** All its words by language; a language that is not among them keeps the words that it has. */
  texts: Readonly<Record<string, ItemText>>;
  /** What it is to answers of earlier waves. */
  declared: Comparability;
  /** Why it is declared so. */
  note: string;
}

export interface Withdrawal {
  id: string;
  reason: string;
}

export interface VersionChanges {
  additions: readonly Addition[];
  replacements: readonly Replacement[];
  withdrawals: readonly Withdrawal[];
}

/** What an item of a version is to the version before. */
export interface ItemFact {
  id: string;
  comparability: Comparability;
  /** Why it was declared so; null where it follows from what did not change, or from being added. */
  note: string | null;
  /** The question in whose place it came. */
  replaces: string | null;
}

export interface WithdrawalFact {
  id: string;
  reason: string;
  /** The question that came in its place. */
  replacedBy: string | null;
}

/** What became of every item of the version before, and of every one of this version. */
export interface ChangeFacts {
  items: ItemFact[];
  withdrawn: WithdrawalFact[];
  /** Indicators that went with the question or the row that they read. */
  indicatorsGone: string[];
}

export interface ChangeFault {
  code: HangingCode | 'not-there' | 'twice' | 'unchanged' | 'must-be-new';
  /** The item that was to change or go. */
  item: string;
  /** What still uses it; empty where nothing does. */
  by: string;
  options: string[];
}

/** What the items of a version are to those of the one before, where nobody declared it: a change counts as another question. */
export function undeclaredFacts(before: VersionContent, after: VersionContent): ChangeFacts {
  const earlier = new Map(before.definition.items.map((item) => [item.id, item]));
  const { items, indicators } = after.definition;
  const isSame = (item: SurveyItem) => {
    const old = earlier.get(item.id);
    return old !== undefined && changeOf(worded(before, old), worded(after, item)) === 'none';
  };
  const stay = (id: string) => indicators.some((indicator) => indicator.id === id);
  return {
    items: items.map((item) => ({
      id: item.id,
      comparability: isSame(item) ? 'same' : 'new',
      note: null,
      replaces: null,
    })),
    withdrawn: changesBetween(before, after).removed.map((id) => ({ id, reason: '', replacedBy: null })),
    indicatorsGone: before.definition.indicators.map(({ id }) => id).filter((id) => !stay(id)),
  };
}

/** What is wrong with changes by themselves, before anything hangs on them. */
export function changeFaults({ definition, texts }: VersionContent, changes: VersionChanges): ChangeFault[] {
  const named = [...changes.replacements.map(({ item }) => item.id), ...changes.withdrawals.map(({ id }) => id)];
  const say = (code: ChangeFault['code'], item: string): ChangeFault => ({ code, item, by: '', options: [] });
  const twice = [...new Set(named.filter((id, index) => named.indexOf(id) !== index))];
  return [
    ...twice.map((id) => say('twice', id)),
    ...named.filter((id) => !definition.items.some((item) => item.id === id)).map((id) => say('not-there', id)),
    ...changes.replacements.flatMap(({ item, texts: given, declared }) => {
      const old = definition.items.find(({ id }) => id === item.id);
      if (!old) return [];
      const words = wordsOfItem(texts, item.id);
      const change = changeOf({ item: old, words }, { item, words: { ...words, ...given } });
      if (change === 'none') return isAlike(old, item) ? [say('unchanged', item.id)] : [];
      const may: readonly Comparability[] = DECLARABLE[change];
      return may.includes(declared) ? [] : [say('must-be-new', item.id)];
    }),
  ];
}

function isAlike(one: SurveyItem, other: SurveyItem): boolean {
  return canonical(one) === canonical(other);
}

function worded({ texts }: VersionContent, item: SurveyItem) {
  return { item, words: wordsOfItem(texts, item.id) };
}

/** Ids of items by what became of them. */
export interface Changes {
  added: string[];
  removed: string[];
  /** The same id, but another structure or other words in some language. */
  changed: string[];
  unchanged: string[];
}

/** What one version changed against another; places in the order do not count. */
export function changesBetween(before: VersionContent, after: VersionContent): Changes {
  const earlier = new Map(before.definition.items.map((item) => [item.id, item]));
  const changes: Changes = { added: [], removed: [], changed: [], unchanged: [] };
  for (const item of after.definition.items) {
    const old = earlier.get(item.id);
    earlier.delete(item.id);
    if (!old) changes.added.push(item.id);
    else if (isAlike(old, item) && changeOf(worded(before, old), worded(after, item)) === 'none') {
      changes.unchanged.push(item.id);
    } else changes.changed.push(item.id);
  }
  changes.removed.push(...earlier.keys());
  return changes;
}
