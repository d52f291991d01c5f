import { isFoundClear, isOverdue, nextDue } from '../core/loop/promises.ts';
import type { Reader } from '../core/loop/reply.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { answeredBackView, type AnsweredBackView } from './answered-back-page.ts';
import { addressesOf, placeHref, type ReplyAddressesView } from './public-addresses.ts';
import type { AnsweredInFull } from './public-answered.ts';
import { placeOfReply } from './public-places.ts';
import { promiseViews, type PromiseView } from './promise-words.ts';
import { nextWords, updateViews } from './reply-desk-pages.ts';
import { dateWords, readersOf, textIn } from './reply-words.ts';
import { trailView, type StationView, type Trail } from './trail.ts';
import {
  askedQuestion,
  bandWords,
  figureSentence,
  releaseWords,
  responseSentence,
  type ShareSentence,
} from './sentences.ts';

/** A reply as everybody reads it, in the words of one reader. */
export interface ReplyWordsView {
  title: string;
  lang: string;
  direction: 'ltr' | 'rtl' | 'auto';
  /** Set where the authority is a demonstration, said on the page itself since nobody is signed in. */
  unreal: boolean;
  asked: { question: { text: string; lang: string }; whom: string; lines: string[] };
  sentence: ShareSentence;
  youSaid: string;
  considered: string;
  weDid: string;
  why: string;
  decision: string;
  where: string;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/reply': ReplyWordsView & {
      wide: boolean;
      reader: Reader;
      readers: { href: string; words: string; current: boolean }[];
      due: string;
      owner: string;
      published: string;
      release: string;
      /** Notes about the words: a draft in this language, read by the forum. */
      notes: string[];
      updates: { id: string; date: string; words: string; lang: string }[];
      next: string;
      overdue: boolean;
      promises: PromiseView[];
      trail: StationView[];
      at: ReplyAddressesView;
      answeredBack: AnsweredBackView;
      pressed: boolean;
      /** The address to say aloud; empty where it has none. */
      spoken: string;
      shortHref: string;
      back: { href: string; words: string };
    };
    'replies/poster': ReplyWordsView & {
      wide: boolean;
      /** How large the words can be printed on one sheet. */
      print: PosterPrint;
      qr: QrDrawing;
      qrWords: string;
      address: string;
      spoken: string;
      pageHref: string;
    };
    'replies/slide': ReplyWordsView & { hasScripts: boolean; pageHref: string; spoken: string };
    'replies/embed': ReplyWordsView & { hasScripts: boolean; pageHref: string; place: string };
    'replies/read-aloud': object;
    'layouts/bare': { body: Html; title: string; hasScripts: boolean };
  }
}

/** @param reader whose words are shown; the children's where this reply has none for them */
export function replyPage(
  language: Language,
  answered: AnsweredInFull,
  { reader, pressed, host, trail }: { reader: Reader; pressed: boolean; host: string; trail: Trail },
): Views['replies/reply'] {
  const { reply, quoted, authority, updates, record } = answered;
  const at = addressesOf(authority.id, reply.id);
  const readers = readersOf(language, reply);
  const shown = readers.includes(reader) ? reader : 'child';
  const words = wordsView(language, answered, shown);
  const place = placeOfReply(authority.id, quoted);
  const overdue = isOverdue(record, answered.today);
  return {
    ...words,
    wide: true,
    reader: shown,
    readers: readers.map((one) => ({
      href: one === 'child' ? at.page : `${at.page}?words=${one}`,
      words: language.words.loop[`for-${one}`],
      current: one === shown,
    })),
    due: dateWords(language, reply.dueOn),
    owner: reply.owner,
    published: language.date(reply.publishedAt),
    release: releaseWords(language, quoted),
    notes: notesOn(language, answered, words.lang),
    updates: updateViews(language, updates),
    next: nextWords(language, nextDue(record), overdue),
    overdue,
    promises: promiseViews(language, answered.promises),
    trail: trailView(language, trail, 'reply', at.page),
    at,
    answeredBack: answeredBackView(language, answered.answeredBack, 'public'),
    pressed,
    spoken: spokenWords(language, answered, host),
    shortHref: shortPath(answered),
    back: {
      href: placeHref(place),
      words: language.say('replies', 'allRepliesOf', {
        place: isolated(language, quoted.figure.node.name || authority.name),
      }),
    },
  };
}

/** Large words are read from three steps away, small ones still fit the sheet. */
type PosterPrint = 'large' | 'middle' | 'small';
/** Characters of what was done and why, up to which they can be printed so. Tried out with the widest words. */
const LONGEST_PRINTED = { large: 500, middle: 1000 } as const;

/** A sheet of A4 to hang up. @param origin how the server is reached, such as "https://heard.example" */
export function posterPage(language: Language, answered: AnsweredInFull, origin: string): Views['replies/poster'] {
  const page = addressesOf(answered.authority.id, answered.reply.id).page;
  const address = `${origin}${shortPath(answered) || page}`;
  const words = wordsView(language, answered, 'child');
  const length = words.weDid.length + words.why.length;
  const fits = (['large', 'middle'] as const).find((size) => length <= LONGEST_PRINTED[size]);
  return {
    ...words,
    wide: true,
    print: fits ?? 'small',
    qr: drawQr(address),
    qrWords: language.words.loop.publicPage,
    address: address.replace(/^https?:\/\//, ''),
    spoken: spokenWords(language, answered, hostOf(origin)),
    pageHref: page,
  };
}

/** One screen for a class to read together. */
export function slidePage(language: Language, answered: AnsweredInFull, host: string): Views['replies/slide'] {
  const pageHref = addressesOf(answered.authority.id, answered.reply.id).page;
  return {
    ...wordsView(language, answered, 'child'),
    hasScripts: true,
    pageHref,
    spoken: spokenWords(language, answered, host),
  };
}

/** The words alone, for a frame on another website. */
export function embedPage(language: Language, answered: AnsweredInFull, origin: string): Views['replies/embed'] {
  const { authority, reply, quoted } = answered;
  const place = isolated(language, quoted.figure.node.name || authority.name);
  return {
    ...wordsView(language, answered, 'child'),
    hasScripts: false,
    pageHref: `${origin}${addressesOf(authority.id, reply.id).page}`,
    place: language.say('loop', 'embedFrom', { place }),
  };
}

function wordsView(language: Language, { reply, quoted, authority }: AnsweredInFull, reader: Reader): ReplyWordsView {
  const found = textIn(language, reply, reader) ?? textIn(language, reply, 'child');
  if (!found) throw new Error('A published reply has no words: expected those for children in one language at least.');
  const { text, lang, direction } = found;
  const { node } = quoted.figure;
  const isPart = node.kind !== 'authority';
  return {
    ...text,
    lang,
    direction,
    unreal: authority.kind === 'demonstration',
    asked: {
      question: askedQuestion(language, quoted),
      whom: language.say('loop', 'askedWhom', {
        band: bandWords(language, quoted.figure),
        place: isolated(language, isPart ? node.name : authority.name),
      }),
      lines: answeredLines(language, quoted),
    },
    sentence: figureSentence(language, quoted),
    decision: language.words.replies[`decision-${reply.decision}`],
    where: isPart ? `${isolated(language, node.name)} · ${isolated(language, authority.name)}` : authority.name,
  };
}

/** How many answered, how many did not, and who could not be asked: all of it from the release. */
function answeredLines(language: Language, { figure, leftOut }: AnsweredInFull['quoted']): string[] {
  const { loop } = language.words;
  const { response } = figure;
  const missing =
    response &&
    language.say('loop', 'missing', {
      missing: language.number(response.roll - response.answered),
      rate: language.percent((100 - response.share) / 100),
    });
  const groups = new Intl.ListFormat(language.code).format(leftOut.map((group) => loop[`left-${group}`]));
  return [
    responseSentence(language, figure) || loop.numberHidden,
    ...(missing && response.roll > response.answered ? [missing] : []),
    ...(leftOut.length > 0 ? [language.say('loop', 'notAskedAtAll', { groups })] : []),
  ];
}

function notesOn(language: Language, { authority, read, record }: AnsweredInFull, lang: string): string[] {
  const { loop } = language.words;
  const isDraft = authority.kind === 'demonstration' && !read.includes(lang);
  return [...(isDraft ? [loop.drafted] : []), ...(isFoundClear(record) ? [loop.checkedByForum] : [])];
}

const shortPath = ({ number }: AnsweredInFull) => (number === undefined ? '' : `/r/${number}`);
/** Digits apart from each other would otherwise stand the other way round between Arabic words. */
const leftToRight = (digits: string) => `\u2066${digits}\u2069`;
const hostOf = (origin: string) => origin.replace(/^https?:\/\//, '');

/** "Say it aloud: heard.example, r, 4 8 2 7"; empty where the reply has no number. */
function spokenWords(language: Language, { number }: AnsweredInFull, host: string): string {
  if (number === undefined) return '';
  return language.say('loop', 'spoken', {
    host: isolated(language, host),
    number: leftToRight([...number].join('\u00a0')),
  });
}
