import type { DraftContent } from '../../../server/core/drafts/draft.ts';

/** A small draft that tests change in one way or another. */
export const MOOD: DraftContent = {
  item: {
    id: 'mood',
    kind: 'one-choice',
    tags: { domain: 'mental-wellbeing', shanarri: [], uncrc: [] },
    optOuts: ['dont-know'],
    options: [{ code: 'good' }, { code: 'bad' }],
  },
  language: 'en',
  texts: { en: { text: 'How are you?', options: { good: 'Good', bad: 'Bad' } } },
  whyAsk: 'It matters.',
};

export function withText(draft: DraftContent, text: string): DraftContent {
  return { ...draft, texts: { ...draft.texts, en: { ...draft.texts.en!, text } } };
}

/** The draft with these answers, in this order. */
export function withOptions(draft: DraftContent, options: Record<string, string>): DraftContent {
  const item = { ...draft.item, options: Object.keys(options).map((code) => ({ code })) } as DraftContent['item'];
  return { ...draft, item, texts: { ...draft.texts, en: { ...draft.texts.en!, options } } };
}
