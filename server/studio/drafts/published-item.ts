import type { DraftChange } from '../../core/drafts/compare-drafts.ts';
import type { DraftContent, Purpose } from '../../core/drafts/draft.ts';
import { usesOf } from '../../core/drafts/uses.ts';
import type { Language } from '../../web/language.ts';
import { apart, type WordedVersion } from '../words.ts';
import { nameIn } from './draft-context.ts';

/* A question that is in a survey already, as what a change or a withdrawal begins from. */

/** What somebody wants to do to a question that is asked already. */
export interface ItemWish {
  purpose: Exclude<Purpose, 'new'>;
  survey: string | undefined;
  item: string | undefined;
}

/** The question as it is asked now, and what is proposed about it. */
export interface PublishedItem {
  purpose: ItemWish['purpose'];
  survey: WordedVersion;
  /** As a draft that changes nothing, in the language of whoever reads. */
  content: DraftContent;
  backHref: string;
  /** What the form carries along. */
  carried: Record<string, string>;
  /** Whether the same is proposed already; without an address where this person may not read it. */
  underWay: { is: boolean; href: string };
}

/**
 * An item of a version as a draft that changes nothing, with its words in every language.
 * @param language the language that the draft is to be written in, where the item has words in it
 * @returns undefined where the version does not have the item
 */
export function draftOfItem(
  { version, texts }: WordedVersion,
  itemId: string,
  language: string,
): DraftContent | undefined {
  const item = version.definition.items.find(({ id }) => id === itemId);
  const words = [...texts].flatMap(([code, text]) => {
    const own = text.items[itemId];
    return own ? [[code, own] as const] : [];
  });
  const [first] = words;
  if (!item || !first) return undefined;
  const written = words.some(([code]) => code === language) ? language : first[0];
  return { item, language: written, texts: Object.fromEntries(words), whyAsk: '' };
}

/** Whether a change is one of the question; why it is proposed, and in which language, is none. */
export function isOfQuestion(change: DraftChange): boolean {
  return change.change !== 'plain' || (change.field !== 'why' && change.field !== 'language');
}

/** What else of the survey reads an item, each as a phrase. */
export function useWords(language: Language, survey: WordedVersion, itemId: string): string[] {
  const words = usesOf(survey.version.definition, itemId).map(({ by, id }) =>
    language.say('drafts', `use-${by}`, { name: apart(nameIn(language, survey, id)) }),
  );
  return [...new Set(words)];
}
