import type { ReplyText } from '../core/loop/reply.ts';
import type { Authority } from '../storage/authorities.ts';
import type { PublishedReply } from '../storage/replies.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import type { Quoted } from './released.ts';
import {
  askedQuestion,
  bandWords,
  figureSentence,
  releaseWords,
  responseSentence,
  type ShareSentence,
} from './sentences.ts';

/** A published reply with the released figure that it answers. */
export interface Answered {
  reply: PublishedReply;
  quoted: Quoted;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/authorities': {
      title: string;
      authorities: { href: string; name: string; count: string; unreal: boolean }[];
    };
    'replies/place': {
      title: string;
      wide: boolean;
      /** Whether the authority is a demonstration, said on the page itself since nobody is signed in. */
      unreal: boolean;
      replies: { href: string; title: string; lang: string; band: string; decision: string; date: string }[];
      clusters: { href: string; name: string; count: string }[];
      /** The way back, from a cluster to its authority. */
      back: { href: string; words: string };
    };
    'replies/reply': {
      title: string;
      wide: boolean;
      unreal: boolean;
      lang: string;
      direction: 'ltr' | 'rtl' | 'auto';
      where: string;
      band: string;
      question: { text: string; lang: string };
      response: string;
      sentence: ShareSentence;
      youSaid: string;
      decision: string;
      weDid: string;
      why: string;
      owner: string;
      nextUpdate: string;
      published: string;
      release: string;
      back: { href: string; words: string };
    };
  }
}

export function authoritiesPage(
  language: Language,
  counted: readonly { authority: Authority; replies: number }[],
): Views['replies/authorities'] {
  return {
    title: language.words.replies.authoritiesTitle,
    authorities: counted
      .filter(({ replies }) => replies > 0)
      .map(({ authority, replies }) => ({
        href: authorityHref(authority),
        name: authority.name,
        count: language.say('replies', 'replyCount', { count: replies }),
        unreal: authority.kind === 'demonstration',
      })),
  };
}

/** Replies to the whole authority, and the way to each cluster that has some. */
export function authorityPage(
  language: Language,
  authority: Authority,
  all: readonly Answered[],
): Views['replies/place'] {
  const forAll = all.filter(({ quoted }) => quoted.figure.node.kind === 'authority');
  const clusters = Map.groupBy(
    all.filter(({ quoted }) => quoted.figure.node.kind === 'cluster'),
    ({ quoted }) => quoted.figure.node.code,
  );
  return {
    ...placePage(language, authority, authority.name, forAll),
    clusters: [...clusters]
      .map(([code, answered]) => ({
        href: clusterHref(authority, code),
        name: answered[0]?.quoted.figure.node.name ?? code,
        count: language.say('replies', 'replyCount', { count: answered.length }),
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name, language.code)),
    back: { href: '/replies', words: language.words.replies.allAuthorities },
  };
}

export function clusterPage(
  language: Language,
  authority: Authority,
  cluster: string,
  answered: readonly Answered[],
): Views['replies/place'] {
  const back = {
    href: authorityHref(authority),
    words: language.say('replies', 'allRepliesOf', { place: isolated(language, authority.name) }),
  };
  return { ...placePage(language, authority, cluster, answered), back };
}

function placePage(language: Language, authority: Authority, place: string, answered: readonly Answered[]) {
  return {
    title: language.say('replies', 'placeTitle', { place }),
    wide: true,
    unreal: authority.kind === 'demonstration',
    replies: answered.map(({ reply, quoted }) => {
      const { text, lang } = textIn(language, reply);
      return {
        href: `/replies/${encodeURIComponent(authority.id)}/${reply.id}`,
        title: text.title,
        lang,
        band: bandWords(language, quoted.figure),
        decision: language.words.replies[`decision-${reply.decision}`],
        date: language.say('replies', 'publishedOn', { date: language.date(reply.publishedAt) }),
      };
    }),
    clusters: [],
  };
}

export function replyPage(
  language: Language,
  authority: Authority,
  { reply, quoted }: Answered,
): Views['replies/reply'] {
  const { text, lang } = textIn(language, reply);
  const { node } = quoted.figure;
  const ofCluster = node.kind === 'cluster';
  return {
    title: text.title,
    wide: true,
    unreal: authority.kind === 'demonstration',
    lang,
    direction: lang === language.code ? language.direction : 'auto',
    where: ofCluster ? `${isolated(language, node.name)} · ${isolated(language, authority.name)}` : authority.name,
    band: bandWords(language, quoted.figure),
    question: askedQuestion(language, quoted),
    response: responseSentence(language, quoted.figure),
    sentence: figureSentence(language, quoted),
    youSaid: text.youSaid,
    decision: language.words.replies[`decision-${reply.decision}`],
    weDid: text.weDid,
    why: text.why,
    owner: reply.owner,
    nextUpdate: language.date(reply.nextUpdateOn),
    published: language.date(reply.publishedAt),
    release: releaseWords(language, quoted),
    back: {
      href: ofCluster ? clusterHref(authority, node.code) : authorityHref(authority),
      words: language.say('replies', 'allRepliesOf', { place: isolated(language, node.name) }),
    },
  };
}

/** A reply's words in the reader's language, or in another one that it has. */
function textIn(language: Language, { texts }: PublishedReply): { text: ReplyText; lang: string } {
  const entries = Object.entries(texts);
  const [lang, text] = entries.find(([code]) => code === language.code) ?? entries[0] ?? [];
  if (!lang || !text) throw new Error('A published reply has no words: expected at least one language.');
  return { text, lang };
}

const authorityHref = (authority: Authority) => `/replies/${encodeURIComponent(authority.id)}`;
const clusterHref = (authority: Authority, code: string) =>
  `${authorityHref(authority)}/clusters/${encodeURIComponent(code)}`;
