import type { DecisionLink } from '../../core/loop/engagement/entry.ts';
import type { EngagementEntry } from '../../storage/engagement.ts';
import type { Language } from '../../web/language.ts';
import { entryHref, newEntryHref } from './addresses.ts';
import { daysText, groupText } from './entry-words.ts';

/** Who was involved in something, on the page of a finding, an action or a reply. */
export interface InvolvedView {
  entries: { href: string; title: string; days: string; who: string[] }[];
  newHref: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/engagement/involved': { involved: InvolvedView };
  }
}

/** @param link what the page is about, which a new entry begins with */
export function involvedView(
  language: Language,
  entries: readonly EngagementEntry[],
  link: DecisionLink,
): InvolvedView {
  return {
    entries: entries.map(({ id, words }) => ({
      href: entryHref(id),
      title: words.title,
      days: daysText(language, words),
      who: words.groups.map((group) => groupText(language, group)),
    })),
    newHref: newEntryHref(link),
  };
}
