import type { Flag } from './flag.ts';

/*
 * A quote is what somebody wrote with parts taken out and nothing put in. Every part that is gone leaves a gap that is
 * seen, and everything that was flagged is gone.
 */

/** Stands in a quote where something was taken out. */
export const GAP = '[…]';

/** What is wrong with the words of a quote. */
export const REDACTION_FAULTS = ['nothing-left', 'not-a-redaction', 'flagged'] as const;
export type RedactionFault = (typeof REDACTION_FAULTS)[number];

/** Words as they are compared and kept: white space is one space, and a gap is written in one way. */
export function tidyQuote(words: string): string {
  return oneSpace(words.replace(/\[\s*(?:…|\.\.\.)\s*\]/gu, GAP)).text;
}

/** A text without everything that was flagged, as a quote may begin. */
export function redacted(original: string, flags: readonly Flag[]): string {
  const source = sourceOf(original, flags);
  let quote = '';
  let at = 0;
  while (at < source.text.length) {
    if (!source.flagged[at]) {
      quote += source.text[at++];
      continue;
    }
    quote = quote.replace(GAP_AT_END, '') + GAP;
    while (at < source.text.length && (source.flagged[at] || isCutInside(source, at))) at += 1;
  }
  return quote.trim();
}

const GAP_AT_END = /\[…\][\s.,]*$/u;

/**
 * What is wrong with a quote of a text; undefined if it is that text with parts taken out, each leaving a gap, none of
 * them a part of a word, and nothing that is left was flagged.
 */
export function redactionFault(original: string, quote: string, flags: readonly Flag[]): RedactionFault | undefined {
  const source = sourceOf(original, flags);
  const kept = tidyQuote(quote)
    .split(GAP)
    .map((part) => part.trim());
  if (!kept.some((part) => /\p{L}/u.test(part))) return 'nothing-left';
  if (!fits(source, kept, false)) return 'not-a-redaction';
  return fits(source, kept, true) ? undefined : 'flagged';
}

/** A text with one space for all white space, what was flagged of it, and where its words are, by code unit. */
interface Source {
  text: string;
  flagged: boolean[];
  /** Letters and digits of scripts that put spaces between words. */
  inWord: boolean[];
}

function sourceOf(original: string, flags: readonly Flag[]): Source {
  const { text, from } = oneSpace(original);
  const inWord = wordUnits(text);
  const isFlagged = (unit: number) => flags.some(({ start, end }) => unit >= start && unit < end);
  // To take nothing but a space out leaves no gap.
  const flagged = from.map((unit, at) => text[at] !== ' ' && isFlagged(unit));
  // A word of which a part is flagged goes as a whole.
  for (let at = 1; at < text.length; at += 1) flagged[at] ||= flagged[at - 1]! && isInside(text, inWord, at);
  for (let at = text.length - 2; at >= 0; at -= 1) flagged[at] ||= flagged[at + 1]! && isInside(text, inWord, at + 1);
  return { text, flagged, inWord };
}

function oneSpace(words: string): { text: string; from: number[] } {
  let text = '';
  const from: number[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const isSpace = /\s/u.test(words[at]!);
    if (isSpace && (text === '' || text.endsWith(' '))) continue;
    text += isSpace ? ' ' : words[at];
    from.push(at);
  }
  return text.endsWith(' ') ? { text: text.slice(0, -1), from: from.slice(0, -1) } : { text, from };
}

const WORD_LETTER = /[\p{L}\p{M}\p{N}'’]/u;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

function wordUnits(text: string): boolean[] {
  return [...text].flatMap((letter) =>
    Array<boolean>(letter.length).fill(WORD_LETTER.test(letter) && !WITHOUT_SPACES.test(letter)),
  );
}

/** Whether a cut before this unit would go through a word, or through a letter of two units. */
function isInside(text: string, inWord: readonly boolean[], at: number): boolean {
  return Boolean(inWord[at - 1] && inWord[at]) || /^[\udc00-\udfff]/.test(text.charAt(at));
}

const isCutInside = ({ text, inWord }: Source, at: number) => isInside(text, inWord, at);

/**
 * Whether the kept parts stand in the text in their order, the first at its start and the last at its end, with
 * something taken out between each two. An empty part at either end is a gap there.
 * @param unflagged whether none of them may be where something was flagged
 */
function fits(source: Source, kept: readonly string[], unflagged: boolean): boolean {
  let end = 0;
  for (const [index, part] of kept.entries()) {
    const [isFirst, isLast] = [index === 0, index === kept.length - 1];
    if (part === '' && !isFirst && !isLast) continue;
    const at = placeOf(source, part, { end, isFirst, isLast, unflagged });
    if (at === undefined) return false;
    end = at + part.length;
  }
  return end === source.text.length;
}

/** Where a kept part stands: as early as it can, so that there is most room for what follows. */
function placeOf(
  source: Source,
  part: string,
  { end, isFirst, isLast, unflagged }: { end: number; isFirst: boolean; isLast: boolean; unflagged: boolean },
): number | undefined {
  const { text, flagged } = source;
  const latest = text.length - part.length;
  for (let at = isLast && !isFirst ? Math.max(end, latest) : end; at <= (isFirst ? 0 : latest); at += 1) {
    const until = at + part.length;
    const isGap = isFirst || text.slice(end, at).trim() !== '';
    if (!isGap || !text.startsWith(part, at)) continue;
    if (isCutInside(source, at) || isCutInside(source, until)) continue;
    if (unflagged && flagged.slice(at, until).includes(true)) continue;
    return at;
  }
  return undefined;
}
