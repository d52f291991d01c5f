import type { Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { wordsField } from '../pages.ts';
import { itemView, type ItemView, type WordsField } from '../words.ts';
import { useWords, type PublishedItem } from './published-item.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/drafts/withdrawal': {
      title: string;
      faults: FieldFault[];
      /** The proposal that would do the same; empty where there is none. */
      underWayHref: string;
      item: ItemView;
      uses: string[];
      why: WordsField;
      hidden: { name: string; value: string }[];
      action: string;
      backHref: string;
    };
    'studio/drafts/under-way': { title: string; already: string; href: string; backHref: string };
  }
}

/** Taking a question out needs nothing but the reason. @param fault what is wrong with the reason; empty for nothing */
export function withdrawalPage(
  language: Language,
  { survey, content, backHref, carried, underWay }: PublishedItem,
  { why, fault }: { why: string; fault: string },
): Views['studio/drafts/withdrawal'] {
  const { drafts } = language.words;
  const { item, texts, language: written } = content;
  return {
    title: drafts.withdrawalTitle,
    faults: fault ? [{ field: 'why', message: fault }] : [],
    underWayHref: underWay.href,
    item: itemView(language, item, texts[written] ?? { text: item.id }, written),
    uses: useWords(language, survey, item.id),
    why: wordsField('why', drafts.withdrawalWhy, { hint: drafts.withdrawalWhyHint, value: why, fault, long: true }),
    hidden: Object.entries(carried).map(([name, value]) => ({ name, value })),
    action: '/studio/proposals',
    backHref,
  };
}

/** Somebody proposed the same before, and it is not decided yet. */
export function underWayPage(
  { words: { drafts } }: Language,
  { purpose, underWay, backHref }: PublishedItem,
): Views['studio/drafts/under-way'] {
  return {
    title: purpose === 'change' ? drafts.changeTitle : drafts.withdrawalTitle,
    already: drafts[`fault-${purpose}-under-way`],
    href: underWay.href,
    backHref,
  };
}
