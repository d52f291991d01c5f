import { isBegun, partsFor, textFor, type Reader } from '../../core/loop/reply.ts';
import type { Reply } from '../../storage/replies.ts';
import type { ReplyCheck } from '../../storage/reply-checks.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { directionOf } from '../words.ts';

export const REPLIES_HREF = '/studio/forum/replies';
/** Whose words young people judge: their own, and those for whoever finds reading hard. */
const READ_BY_FORUM: readonly Reader[] = ['child', 'easy-read'];

interface ReadWords {
  reader: string;
  lang: string;
  dir: 'ltr' | 'rtl' | 'auto';
  parts: { name: string; words: string }[];
}

declare module '../../web/views.ts' {
  interface Views {
    'studio/forum/replies': {
      title: string;
      told: string;
      replies: { href: string; title: string; lang: string; asked: string }[];
    };
    'studio/forum/reply': {
      title: string;
      lang: string;
      faults: FieldFault[];
      decision: string;
      texts: ReadWords[];
      /** Empty for whoever gives no verdict: youth workers. */
      verdictHref: string;
      said: string;
      clear: '' | 'yes' | 'no';
      mayWrite: boolean;
      typed: string;
      verdictFault: string;
      wordsFault: string;
      backHref: string;
    };
  }
}

interface CheckedReply {
  check: ReplyCheck;
  reply: Reply;
}

export function replyChecksPage(
  language: Language,
  list: readonly CheckedReply[],
  told: '' | 'thanks' | 'changed',
): Views['studio/forum/replies'] {
  const { loop } = language.words;
  return {
    title: loop.forumTitle,
    told: told === '' ? '' : loop[told === 'thanks' ? 'forumThanks' : 'forumChanged'],
    replies: list.map(({ check, reply }) => ({
      href: `${REPLIES_HREF}/${check.id}`,
      ...titleOf(language, reply),
      asked: language.say('loop', 'forumAskedOn', { date: language.date(check.askedAt) }),
    })),
  };
}

export function replyCheckPage(
  language: Language,
  { check, reply }: CheckedReply,
  viewer: {
    verdict: boolean | undefined;
    isMember: boolean;
    mayWrite: boolean;
    words: string;
    faults: FieldFault[];
  },
): Views['studio/forum/reply'] {
  const { loop, replies } = language.words;
  const { verdict, isMember, mayWrite, words, faults } = viewer;
  const faultAt = (field: string) => faults.find((fault) => fault.field === field)?.message ?? '';
  return {
    ...titleOf(language, reply),
    faults,
    decision: replies[`decision-${reply.decision}`],
    texts: READ_BY_FORUM.flatMap((reader) => readWords(language, reply, reader)),
    verdictHref: isMember ? `${REPLIES_HREF}/${check.id}/verdicts` : '',
    said:
      verdict === undefined
        ? ''
        : language.say('loop', 'forumYouSaid', { verdict: loop[verdict ? 'forumClear' : 'forumNotClear'] }),
    clear: verdict === undefined ? '' : verdict ? 'yes' : 'no',
    mayWrite,
    typed: words,
    verdictFault: faultAt('clear'),
    wordsFault: faultAt('words'),
    backHref: REPLIES_HREF,
  };
}

/** The words of a reader in the language of the page, else in one that there is. */
function readWords(language: Language, reply: Reply, reader: Reader): ReadWords[] {
  const lang = languageOf(language, reply, reader);
  if (lang === undefined) return [];
  const text = textFor(reply, reader, lang);
  const parts = partsFor(reader)
    .filter((part) => part !== 'title' && text[part].trim() !== '')
    .map((part) => ({ name: language.words.replies[`part-${part}`], words: text[part] }));
  return [{ reader: language.words.loop[`for-${reader}`], lang, dir: directionOf(lang), parts }];
}

function languageOf(language: Language, reply: Reply, reader: Reader): string | undefined {
  const own = textFor(reply, reader, language.code);
  if (isBegun(own)) return language.code;
  return Object.entries(reply.texts[reader]).find(([, text]) => isBegun(text))?.[0];
}

function titleOf(language: Language, reply: Reply): { title: string; lang: string } {
  const lang = languageOf(language, reply, 'child') ?? language.code;
  const { title } = textFor(reply, 'child', lang);
  return title ? { title, lang } : { title: language.words.loop.forumRead, lang: language.code };
}
