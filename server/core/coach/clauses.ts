import { english } from './phrases.ts';

/* The parts of an English sentence that say when or of what one thinks, not what is asked. */

const STARTS = 'when|whenever|if|while|because|after|before|until|once|as soon as|unless|apart from|except';
/** "When you come home, …" up to its comma. */
const LEADING_ASIDE = new RegExp(
  `^(?:and |so )?(?:${STARTS}|think(?:ing)? (?:about|of)|in|at|on|during|over|since|imagine)\\b[^,?]*, `,
  'u',
);
/** "… when you come home" up to the next comma or the end; never at the start, where "When …?" asks. */
const TRAILING_ASIDE = new RegExp(`(?<=\\S )(?:even )?(?:${STARTS})\\b (?!and\\b)[^,?]*`, 'gu');
const BRACKETS = /\([^)]*\)|\[[^\]]*\]|[–—][^–—?]*[–—]/gu;
/** Examples say what a word covers; they are not asked one by one. */
const EXAMPLES = new RegExp(
  `(?:,? ?${english('such as|for example|for instance|including|e\\.g\\.?|i\\.e\\.?').source}|, ?like|(?<=things|places|people|subjects|activities|apps|clubs|something|someone|games|food) like|:)\\s[^?]*`,
  'gu',
);

/** "Isn't our school nice?" expects a yes: it leads, and its not is part of that. */
export const NEGATIVE_OPENING =
  /^(?:so|and|but)?\s*(?:is|are|was|were|do|does|did|would|wo|could|ca|should|have|has)n't(?!\p{L})/u;

/** "…, isn't it?": a tag that asks for a yes. */
export const TAG =
  /, ?(?:right|correct|yes|no|eh|is that not so|\p{L}+n't (?:it|that|they|you|we|he|she|there|that so))\s*\?/u;

/** A sentence without its asides. */
export function withoutAsides(sentence: string): string {
  return sentence.replace(BRACKETS, ' ').replace(LEADING_ASIDE, '').replace(EXAMPLES, ' ').replace(TRAILING_ASIDE, ' ');
}
