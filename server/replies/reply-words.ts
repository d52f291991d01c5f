import { isBegun, READERS, textFor, type Reader, type ReplyText, type ReplyWords } from '../core/loop/reply.ts';
import type { Language } from '../web/language.ts';

/* The words of a reply as pages show them. */

/** Words with the language that they are in. */
export interface ReaderText {
  text: ReplyText;
  lang: string;
  direction: 'ltr' | 'rtl' | 'auto';
}

/** Words for a reader in the language of the page, or in another one that there is; undefined where there are none. */
export function textIn(language: Language, reply: Pick<ReplyWords, 'texts'>, reader: Reader): ReaderText | undefined {
  const own = textFor(reply, reader, language.code);
  if (isBegun(own)) return { text: own, lang: language.code, direction: language.direction };
  const other = Object.entries(reply.texts[reader]).find(([, text]) => isBegun(text));
  return other && { text: other[1], lang: other[0], direction: 'auto' };
}

/** Readers who have words of their own. */
export function readersOf(language: Language, reply: Pick<ReplyWords, 'texts'>): Reader[] {
  return READERS.filter((reader) => textIn(language, reply, reader));
}

/** What a reply is called: its title for children. */
export function titleOf(language: Language, reply: Pick<ReplyWords, 'texts'>): { title: string; lang: string } {
  const found = textIn(language, reply, 'child');
  return {
    title: found?.text.title || language.words.loop.deskTitle,
    lang: found?.text.title ? found.lang : language.code,
  };
}

/** A civil date in words; empty where nobody has said. */
export function dateWords(language: Language, date: string): string {
  return date === '' ? '' : language.date(date);
}

export const deskHref = (replyId: string) => `/replies/replies/${replyId}`;
