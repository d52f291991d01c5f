import type { Purpose } from '../core/drafts/draft.ts';
import type { ChangeFacts, ItemFact, WithdrawalFact } from '../core/survey/version-changes.ts';
import type { CreditKind, VersionCredits } from '../storage/version-credits.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import {
  changedWords,
  comparabilityWords,
  structureChanges,
  type ChangedWords,
  type ComparabilityWords,
} from './change-words.ts';
import type { QuestionLinks } from './question-links.ts';
import {
  itemView,
  languageName,
  surveyName,
  textFor,
  written,
  type ItemView,
  type WordedVersion,
  type Written,
} from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'studio/version': {
      title: string;
      name: Written;
      facts: { name: string; value: string }[];
      hash: string;
      statuses: { language: string; lang: string; status: string }[];
      /** Null for the first version: there is nothing to compare it with. */
      changes: ChangesView | null;
      items: (ItemView & { added: boolean; links: QuestionLinks | null; changeHref: string; withdrawalHref: string })[];
      versions: { href: string; words: string; current: boolean }[];
      credits: CreditsView;
    };
    'studio/changes': { changes: ChangesView };
    'studio/credits': { credits: CreditsView };
    'studio/question-links': { links: QuestionLinks };
    'studio/changed-words': { changed: ChangedWords };
  }
}

/** An item that is in the version, or was in the one before. */
interface ListedItem {
  id: string;
  /** Empty for one that is not in the version. */
  href: string;
  text: Written;
}

/** A question that is asked in other words, or another one in its place. */
interface ChangedItem extends ListedItem {
  comparability: ComparabilityWords;
  note: Written | null;
  /** The question in whose place it came; empty for the same one. */
  inPlaceOf: Written | null;
  structure: string[];
  words: ChangedWords[];
}

interface ChangesView {
  than: string;
  /** Empty for a version from before changes were sealed. */
  hash: string;
  changed: ChangedItem[];
  added: ListedItem[];
  withdrawn: (ListedItem & { reason: Written | null })[];
  indicatorsGone: Written[];
  unchangedTitle: string;
  unchanged: ListedItem[];
}

interface CreditsView {
  names: string[];
  /** How many give no name, in words; empty for nobody. */
  unnamed: string;
  /** What this person may do about a credit of their own; null for whoever did not help. */
  own: { said: string; kind: CreditKind | null; giveHref: string; takeHref: string } | null;
}

/** A version beside the one before it. */
export interface ComparedVersion {
  before: WordedVersion;
  facts: ChangeFacts;
  /** The language of notes and reasons. */
  language: string | null;
  /** Empty where they were not sealed. */
  changeHash: string;
}

/** Who helped, and whether the reader did. */
export interface HelpersOfVersion {
  credits: VersionCredits;
  helped: boolean;
  own: CreditKind | null;
}

/** What a version's page says beside its content. */
export interface VersionFacts {
  helpers: HelpersOfVersion;
  /** Where its questions come from and what was answered, by question. */
  links: ReadonlyMap<string, QuestionLinks>;
  /** Whether the reader proposes changes to its questions; nobody does to those of an earlier version. */
  mayPropose: boolean;
}

export function versionPage(
  language: Language,
  worded: WordedVersion,
  compared: ComparedVersion | undefined,
  history: readonly { id: string; number: number; publishedAt: string }[],
  { helpers, links, mayPropose }: VersionFacts,
): Views['studio/version'] {
  const { studio } = language.words;
  const { version, texts } = worded;
  const text = textFor(language, texts);
  const lang = text?.language ?? language.code;
  const wordsIn = (id: string) => text?.items[id]?.text ?? id;
  const number = (of: { number: number }) =>
    language.say('studio', 'versionNumber', { number: language.number(of.number) });
  const changes = compared ? changesView(language, worded, compared, number(compared.before.version)) : null;
  return {
    title: number(version),
    name: surveyName(language, worded),
    facts: [
      { name: studio.published, value: language.date(version.publishedAt) },
      { name: studio.questionsAndPages, value: language.number(version.definition.items.length) },
    ],
    hash: version.contentHash,
    statuses: [...texts.values()].map((one) => ({
      language: languageName(one.language),
      lang: one.language,
      status: studio[`status-${one.status}`],
    })),
    changes,
    items: version.definition.items.map((item) => ({
      ...itemView(language, item, text?.items[item.id] ?? { text: item.id }, lang, wordsIn),
      added: compared?.facts.items.some(({ id, comparability }) => id === item.id && comparability === 'new') ?? false,
      links: links.get(item.id) ?? null,
      changeHref: mayPropose ? proposeHref(version.surveyId, item.id, 'change') : '',
      withdrawalHref: mayPropose ? proposeHref(version.surveyId, item.id, 'withdrawal') : '',
    })),
    versions: history.map((one) => ({
      href: `/studio/versions/${one.id}`,
      words: language.say('studio', 'versionOf', {
        number: language.number(one.number),
        date: language.date(one.publishedAt),
      }),
      current: one.id === version.id,
    })),
    credits: creditsView(language, version.id, helpers),
  };
}

/** Where somebody proposes to change a question or to take it out. */
function proposeHref(survey: string, item: string, purpose: Purpose): string {
  return `/studio/proposals/new?${new URLSearchParams({ survey, item, purpose }).toString()}`;
}

function creditsView(language: Language, versionId: string, { credits, helped, own }: HelpersOfVersion): CreditsView {
  const href = `/studio/versions/${versionId}`;
  return {
    names: credits.names,
    unnamed: credits.unnamed > 0 ? language.say('publishing', 'helpedUnnamed', { count: credits.unnamed }) : '',
    own:
      helped || own
        ? {
            kind: own,
            said: own ? language.words.publishing[`creditOwn-${own}`] : '',
            giveHref: helped ? `${href}/credits` : '',
            takeHref: own ? `${href}/credit-removals` : '',
          }
        : null,
  };
}

function changesView(
  language: Language,
  now: WordedVersion,
  compared: ComparedVersion,
  than: string,
): NonNullable<Views['studio/version']['changes']> {
  const { before, facts } = compared;
  const inBefore = (id: string) => before.version.definition.items.some((item) => item.id === id);
  const changed = facts.items.flatMap((fact) => changedItem(language, now, compared, fact) ?? []);
  const isChanged = (id: string) => changed.some((item) => item.id === id);
  const quiet = facts.items.filter(({ id }) => inBefore(id) && !isChanged(id));
  const added = facts.items.filter(({ id, replaces }) => !inBefore(id) && replaces === null);
  const said = (words: string | null) => (words ? written(words, compared.language ?? language.code) : null);
  const indicators = textFor(language, before.texts);
  return {
    than: language.say('studio', 'changesThan', { version: than }),
    hash: compared.changeHash,
    changed,
    added: added.map(({ id }) => listed(language, now, id, true)),
    withdrawn: facts.withdrawn
      .filter(({ replacedBy }: WithdrawalFact) => replacedBy === null)
      .map(({ id, reason }) => ({ ...listed(language, before, id, false), reason: said(reason) })),
    indicatorsGone: facts.indicatorsGone.map((id) =>
      written(indicators?.indicators[id]?.name ?? id, indicators?.language ?? language.code),
    ),
    unchangedTitle: language.say('studio', 'unchanged', { count: quiet.length }),
    unchanged: quiet.map(({ id }) => listed(language, now, id, true)),
  };
}

function listed(language: Language, { texts }: WordedVersion, id: string, isHere: boolean): ListedItem {
  const text = textFor(language, texts);
  return {
    id,
    href: isHere ? `#asked-${id}` : '',
    text: written(text?.items[id]?.text ?? id, text?.language ?? language.code),
  };
}

/** An item whose words or structure are others than those of the item that it was; undefined where nothing changed. */
function changedItem(
  language: Language,
  now: WordedVersion,
  { before, language: of }: ComparedVersion,
  { id, comparability, note, replaces }: ItemFact,
): ChangedItem | undefined {
  const old = before.version.definition.items.find((item) => item.id === (replaces ?? id));
  const item = now.version.definition.items.find((one) => one.id === id);
  if (!old || !item) return undefined;
  const textsOf = (code: string) => ({
    before: { item: old, text: before.texts.get(code)?.items[old.id] ?? { text: '' } },
    after: { item, text: now.texts.get(code)?.items[id] ?? { text: '' } },
  });
  const words = [...now.texts.keys()]
    .filter((code) => before.texts.has(code))
    .flatMap((code) => changedWords(language, code, textsOf(code).before, textsOf(code).after) ?? []);
  const read = textsOf(textFor(language, now.texts)?.language ?? language.code);
  const structure = structureChanges(language, read.before, read.after);
  if (words.length === 0 && structure.length === 0 && note === null && replaces === null) return undefined;
  return {
    ...listed(language, now, id, true),
    comparability: comparabilityWords(language, comparability),
    note: note === null ? undeclaredNote(language, comparability) : written(note, of ?? language.code),
    inPlaceOf: replaces === null ? null : listed(language, before, replaces, false).text,
    structure,
    words,
  };
}

function undeclaredNote(language: Language, comparability: ItemFact['comparability']): Written | null {
  return comparability === 'new' ? written(language.words.publishing.nobodySaid, language.code) : null;
}
