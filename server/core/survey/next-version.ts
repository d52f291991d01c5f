import type { SurveyDefinition, SurveyItem } from './definition.ts';
import { hangingFaults, indicatorsWithout } from './hanging.ts';
import type { ItemText, SurveyText } from './text.ts';
import { definitionFaults, textFaults } from './validate.ts';
import {
  changeFaults,
  type ChangeFacts,
  type ChangeFault,
  type ItemFact,
  type Replacement,
  type VersionChanges,
  type VersionContent,
} from './version-changes.ts';

/*
 * How a version of a survey follows from the one before: questions are added, asked in other words or another way, or
 * taken out. Everything else stays as it was, in its order. What became of each question is declared with it.
 */

export interface NextVersion {
  content: VersionContent;
  facts: ChangeFacts;
  /** What keeps the changes from being made; then content and facts are not to be used. */
  faults: ChangeFault[];
}

/** Where a new question goes unless somebody decides otherwise: before the last item, which ends the survey well. */
export function usualPlace(definition: SurveyDefinition): string | null {
  return definition.items.at(-2)?.id ?? null;
}

/**
 * The next version, and what each of its items is to the one before. Items that nobody named are the same objects as
 * before. A question that is declared new is withdrawn and takes a new id, so that no line can be drawn across it.
 * @param takenIds ids that no question may take besides those of the version itself
 * @throws Error if an addition comes after an item that the survey does not have
 */
export function nextVersion(
  content: VersionContent,
  changes: Partial<VersionChanges>,
  takenIds: readonly string[] = [],
): NextVersion {
  const { additions = [], replacements = [], withdrawals = [] } = changes;
  const { definition } = content;
  const places = [null, ...definition.items.map((item) => item.id)];
  const lost = additions.find((addition) => !places.includes(addition.after));
  if (lost) throw new Error(`"${lost.item.id}" is to come after "${lost.after}", which the survey does not have.`);
  const taken = [...takenIds, ...additions.map(({ item }) => item.id), ...idsOf(definition)];
  const renewals = renewalsOf(replacements, taken);
  const moved = { additions: additions.map(following(renewals)), replacements: replacements.map(following(renewals)) };
  const items = itemsOf(definition, { ...moved, withdrawals }, renewals);
  const goneIndicators = indicatorsWithout(definition.indicators, items).map(({ id }) => id);
  const next = {
    ...definition,
    items,
    indicators: definition.indicators.filter(({ id }) => !goneIndicators.includes(id)),
  };
  const gone = [...withdrawals.map(({ id }) => id), ...renewals.keys()];
  return {
    content: {
      definition: next,
      texts: content.texts.map((text) => textOf(text, next, { ...moved, renewals })),
    },
    facts: {
      items: items.map(({ id }) => factOf(id, definition, moved.replacements, renewals)),
      withdrawn: [
        ...withdrawals.map(({ id, reason }) => ({ id, reason, replacedBy: null })),
        ...replacements.flatMap(({ item, note }) => {
          const replacedBy = renewals.get(item.id);
          return replacedBy === undefined ? [] : [{ id: item.id, reason: note, replacedBy }];
        }),
      ],
      indicatorsGone: goneIndicators,
    },
    faults: [
      ...changeFaults(content, { additions, replacements: moved.replacements, withdrawals }),
      ...hangingFaults({ ...next, indicators: definition.indicators }, gone),
    ],
  };
}

/** Names that something in the survey has, each of which a new question would be taken for. */
function idsOf({ items, indicators, scales = [] }: SurveyDefinition): string[] {
  return [...items, ...indicators, ...scales].map(({ id }) => id);
}

/** New ids for the questions that are declared new, by the old ones. */
function renewalsOf(replacements: readonly Replacement[], takenIds: readonly string[]): Map<string, string> {
  const taken = new Set(takenIds);
  const renewals = new Map<string, string>();
  for (const { item, declared } of replacements) {
    if (declared !== 'new' || renewals.has(item.id)) continue;
    const id = renewedId(item.id, taken);
    taken.add(id);
    renewals.set(item.id, id);
  }
  return renewals;
}

/** The next free id of the same name: feel-safe, feel-safe-2, feel-safe-3 … */
function renewedId(id: string, taken: ReadonlySet<string>): string {
  // Leaves room in an id of 40 characters for the number.
  const stem = id.replace(/-\d+$/, '').slice(0, 36).replace(/-$/, '');
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** A change that depends on a question with a new id depends on it under that id. */
function following<Change extends { item: SurveyItem }>(renewals: ReadonlyMap<string, string>) {
  return (change: Change): Change => {
    const { when } = change.item;
    const question = when && renewals.get(when.question);
    return question === undefined ? change : { ...change, item: { ...change.item, when: { ...when!, question } } };
  };
}

function itemsOf(
  definition: SurveyDefinition,
  { additions, replacements, withdrawals }: VersionChanges,
  renewals: ReadonlyMap<string, string>,
): SurveyItem[] {
  const comingAfter = (id: string | null) =>
    additions.filter((addition) => addition.after === id).map((addition) => addition.item);
  const stateOf = (item: SurveyItem): SurveyItem[] => {
    if (withdrawals.some(({ id }) => id === item.id)) return [];
    const found = replacements.find((replacement) => replacement.item.id === item.id);
    const renewed = renewals.get(item.id);
    if (!found) return [item];
    return [renewed === undefined ? found.item : { ...found.item, id: renewed }];
  };
  return [...comingAfter(null), ...definition.items.flatMap((item) => [...stateOf(item), ...comingAfter(item.id)])];
}

/** The words of a version in one language; they are drafted again where some of them are new. */
function textOf(
  text: SurveyText,
  { items, indicators }: SurveyDefinition,
  changes: Pick<VersionChanges, 'additions' | 'replacements'> & { renewals: ReadonlyMap<string, string> },
): SurveyText {
  const { additions, replacements, renewals } = changes;
  const given = new Map<string, ItemText | undefined>(Object.entries(text.items));
  for (const { item, texts } of replacements) {
    const own = Object.hasOwn(texts, text.language) ? texts[text.language] : text.items[item.id];
    given.set(renewals.get(item.id) ?? item.id, own);
  }
  for (const { item, texts } of additions) given.set(item.id, texts[text.language]);
  const isNew = additions.length > 0 || replacements.length > 0;
  const kept = (id: string) => indicators.some((indicator) => indicator.id === id);
  return {
    ...text,
    status: isNew ? 'drafted' : text.status,
    items: Object.fromEntries(
      items.flatMap(({ id }) => {
        const words = given.get(id);
        return words ? [[id, words] as const] : [];
      }),
    ),
    indicators: Object.fromEntries(Object.entries(text.indicators).filter(([id]) => kept(id))),
  };
}

function factOf(
  id: string,
  { items }: SurveyDefinition,
  replacements: readonly Replacement[],
  renewals: ReadonlyMap<string, string>,
): ItemFact {
  const [replaces = null] = [...renewals].find(([, renewed]) => renewed === id) ?? [];
  const replacement = replacements.find(({ item }) => item.id === (replaces ?? id));
  if (replacement) return { id, comparability: replacement.declared, note: replacement.note, replaces };
  const isOld = items.some((item) => item.id === id);
  return { id, comparability: isOld ? 'same' : 'new', note: null, replaces: null };
}

/** Everything that keeps content from being published, words included; each fault names its place. */
export function contentFaults({ definition, texts }: VersionContent): string[] {
  const faults = definitionFaults(definition);
  for (const text of texts) {
    faults.push(...textFaults(definition, text).map((fault) => `text.${text.language}: ${fault}`));
  }
  return faults;
}
