import { itemOfReply, readerOf } from '../core/fieldwork/reply-wave.ts';
import { nextDue } from '../core/loop/promises.ts';
import { isBegun, textFor, type Reader, type ReplyText } from '../core/loop/reply.ts';
import type { SurveyDefinition } from '../core/survey/definition.ts';
import type { Database } from '../storage/database.ts';
import { createReplies, type PublishedReply } from '../storage/replies.ts';
import { createReplyUpdates, type ReplyUpdate } from '../storage/reply-updates.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import type { Language } from './language.ts';

/*
 * The reply that pupils of a wave are asked about, as it stands on the page that opens their survey: in a class, on a
 * device, read out. It is the reply with the news that had come by the day the wave opened, so that everybody of a wave
 * says what they think of the same words, and nothing of it has to be read again.
 */
export interface AskedReply {
  reply: PublishedReply;
  /** Oldest first. */
  updates: readonly ReplyUpdate[];
}

/** The reply as it stands in one survey of a wave. */
export interface ReplyInSurvey {
  /** The item on whose page it stands. */
  itemId: string;
  reader: Reader;
  /** Tells this reply with its news from any other: pages are kept by it. */
  key: string;
  asked: AskedReply;
}

declare module './views.ts' {
  interface Views {
    'parts/asked-reply': AskedReplyView;
  }
}

/** What stands on the page. Headings have the rank of the page's own and the next. */
export interface AskedReplyView {
  id: string;
  level: number;
  lang: string;
  direction: 'ltr' | 'rtl' | 'auto';
  title: string;
  came: string;
  parts: { kind: 'you' | 'did' | 'why' | 'considered'; name: string; decision: string; words: string }[];
  owner: string;
  next: string;
  updates: { name: string; words: string }[];
}

/** @returns null where the wave asks about no reply */
export async function readAskedReply(database: Database, waveId: string): Promise<AskedReply | null> {
  const chosen = await createWaveReplies(database).ofWave(waveId);
  if (!chosen) return null;
  const { replyId, openedAt } = chosen;
  const reply = await createReplies(database).findPublished(replyId);
  if (!reply)
    throw new Error(
      `Wave ${waveId} asks about reply ${replyId}, which is not published: expected its rows. Restore the database from a backup.`,
    );
  const news = (await createReplyUpdates(database).of([replyId])).get(replyId) ?? [];
  return { reply, updates: news.filter(({ madeAt }) => openedAt === null || madeAt <= openedAt) };
}

/** Where and for whom a reply stands in a survey; null where the survey has no page, or there is no reply. */
export function replyInSurvey(asked: AskedReply | null, definition: SurveyDefinition): ReplyInSurvey | null {
  const itemId = itemOfReply(definition);
  if (!asked || itemId === undefined) return null;
  const newest = asked.updates.at(-1)?.id ?? '';
  return { itemId, reader: readerOf(definition), key: `${asked.reply.id}/${newest}`, asked };
}

/** @param level the rank of its title */
export function drawAskedReply(language: Language, { asked, reader }: ReplyInSurvey, level: number): AskedReplyView {
  const { reply, updates } = asked;
  const { replies, loop } = language.words;
  const { text, lang, direction } = wordsOf(language, reply, reader);
  const part = (kind: AskedReplyView['parts'][number]['kind'], name: string, words: string, decision = '') => ({
    ...{ kind, name, decision, words },
  });
  const due = nextDue({ nextUpdateOn: reply.nextUpdateOn, updates });
  return {
    ...{ id: 'the-reply', level, lang, direction, title: text.title },
    came: language.say('feedback', 'came', { date: language.date(reply.publishedAt) }),
    parts: [
      part('you', replies.youSaid, text.youSaid),
      ...(text.considered ? [part('considered', loop.considered, text.considered)] : []),
      part('did', replies.weDid, text.weDid, replies[`decision-${reply.decision}`]),
      part('why', replies.andWhy, text.why),
    ],
    owner: reply.owner,
    next: due === null ? loop.lastNews : language.say('loop', 'nextNewsOn', { date: language.date(due) }),
    updates: updates.flatMap(({ madeAt, words }) => {
      const own = words[lang];
      return own === undefined
        ? []
        : [{ name: language.say('feedback', 'newsOn', { date: language.date(madeAt) }), words: own }];
    }),
  };
}

/** The words of the reply in the order in which they are read out. */
export function readOutReply(language: Language, view: AskedReplyView): string[] {
  return [
    view.title,
    view.came,
    ...view.parts.flatMap(({ name, decision, words }) => [name, decision, words]),
    ...view.updates.flatMap(({ name, words }) => [name, words]),
    `${language.words.replies.lookingAfter}: ${view.owner}`,
    view.next,
  ].filter((line) => line !== '');
}

/** Words in the language of the page: a wave opens only with a reply that has them in each of its languages. */
function wordsOf(language: Language, reply: PublishedReply, reader: Reader) {
  const codes = [language.code, 'en', ...Object.keys(reply.texts[reader])];
  const lang = codes.find((code) => isBegun(textFor(reply, reader, code)));
  if (lang === undefined)
    throw new Error(`Reply ${reply.id} has no words for ${reader}: expected those of every language of its wave.`);
  const text: ReplyText = textFor(reply, reader, lang);
  return { text, lang, direction: lang === language.code ? language.direction : ('auto' as const) };
}
