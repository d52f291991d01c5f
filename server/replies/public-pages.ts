import { isOverdue, nextDue, together } from '../core/loop/promises.ts';
import type { AnnualReport } from '../storage/annual-reports.ts';
import type { Authority } from '../storage/authorities.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { publicReportHref } from './annual/addresses.ts';
import { periodWords } from './annual/section-names.ts';
import { answeredBackWords } from './answered-back-page.ts';
import {
  addressesOf,
  feedHref,
  placeEmbedHref,
  placeHref,
  type PlaceKind,
  type PublicPlace,
} from './public-addresses.ts';
import type { Answered, Priorities } from './public-answered.ts';
import { placesWithReplies, repliesAt } from './public-places.ts';
import { promisesTogetherViews, type PromiseView } from './promise-words.ts';
import { textIn } from './reply-words.ts';
import { bandWords } from './sentences.ts';

interface ListedReply {
  href: string;
  title: string;
  lang: string;
  band: string;
  decision: string;
  date: string;
}

interface PlaceLinks {
  id: PlaceKind;
  title: string;
  places: { href: string; name: string; count: string }[];
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
      replies: ListedReply[];
      /** What is said where there is none. */
      none: string;
      /** Places within, of the authority. */
      within: PlaceLinks[];
      /** Null where there is no reply. */
      promises: { intro: string; list: PromiseView[] } | null;
      /** About how many of its replies children have answered back; empty where there is no reply. */
      answeredBack: string;
      /** How many priorities have a reply; empty but for the authority. */
      priorities: string;
      prioritiesAnswered: string;
      overdue: { href: string; title: string; lang: string; words: string }[];
      /** Whether late news is spoken of at all, which it is of the authority. */
      listsOverdue: boolean;
      feedHref: string;
      embedHref: string;
      /** Published annual reports, that of the latest period first; of the authority alone. */
      annual: { href: string; words: string }[];
      /** The way back, from a part to its authority. */
      back: { href: string; words: string };
    };
    'replies/place-embed': {
      hasScripts: boolean;
      title: string;
      lang: string;
      pageHref: string;
      replies: ListedReply[];
      unreal: boolean;
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
        href: placeHref({ authorityId: authority.id, kind: 'authority', code: '' }),
        name: authority.name,
        count: language.say('replies', 'replyCount', { count: replies }),
        unreal: authority.kind === 'demonstration',
      })),
  };
}

/** The loop of an authority: its replies, how it keeps its promises, what is late, and the way to its places. */
export function authorityPage(
  language: Language,
  authority: Authority,
  all: readonly Answered[],
  {
    priorities,
    answeredBack,
    annual,
    today,
  }: {
    priorities: Priorities;
    answeredBack: ReadonlySet<string>;
    annual: readonly AnnualReport[];
    today: string;
  },
): Views['replies/place'] {
  const place: PublicPlace = { authorityId: authority.id, kind: 'authority', code: '' };
  const { loop, replies } = language.words;
  const kinds = [
    ['locality', loop.localitiesTitle],
    ['cluster', replies.clustersTitle],
  ] as const;
  return {
    ...placePage(language, authority, { place, name: authority.name }, all),
    // The authority counts those of all its places, as it does for the promises.
    answeredBack: answeredOf(language, all, answeredBack),
    ...(all.length > 0 && { none: language.say('loop', 'noneOfWhole', { place: isolated(language, authority.name) }) }),
    within: kinds.map(([kind, title]) => ({ id: kind, title, places: placeLinks(language, authority, all, kind) })),
    promises: promisesOfAll(language, all),
    priorities:
      priorities.all === 0
        ? loop.noPriorities
        : language.say('loop', 'priorityReplies', {
            answered: language.number(priorities.answered),
            all: language.number(priorities.all),
          }),
    prioritiesAnswered: `${priorities.answered}/${priorities.all}`,
    overdue: all.filter(({ record }) => isOverdue(record, today)).map((one) => lateReply(language, one)),
    listsOverdue: true,
    annual: annual.flatMap((report) => annualLinks(language, report)),
    back: { href: '/replies', words: replies.allAuthorities },
  };
}

/** The replies of a locality or a cluster. */
export function partPage(
  language: Language,
  authority: Authority,
  at: { place: PublicPlace; name: string },
  all: readonly Answered[],
  answeredBack: ReadonlySet<string>,
): Views['replies/place'] {
  const back = {
    href: placeHref({ authorityId: authority.id, kind: 'authority', code: '' }),
    words: language.say('replies', 'allRepliesOf', { place: isolated(language, authority.name) }),
  };
  const words = answeredOf(language, repliesAt(all, at.place), answeredBack);
  return { ...placePage(language, authority, at, all), answeredBack: words, back };
}

function placePage(
  language: Language,
  authority: Authority,
  { place, name }: { place: PublicPlace; name: string },
  all: readonly Answered[],
): Omit<Views['replies/place'], 'back' | 'answeredBack'> {
  const own = repliesAt(all, place);
  return {
    title: language.say('replies', 'placeTitle', { place: name }),
    wide: true,
    unreal: authority.kind === 'demonstration',
    replies: own.map((one) => listedReply(language, one)),
    none: language.words.replies.noRepliesHere,
    within: [],
    promises: promisesOfAll(language, own),
    priorities: '',
    prioritiesAnswered: '',
    overdue: [],
    listsOverdue: false,
    annual: [],
    feedHref: feedHref(place),
    embedHref: placeEmbedHref(place),
  };
}

/** The newest replies of a place, for a frame on another website. */
export function placeEmbedPage(
  language: Language,
  authority: Authority,
  { place, name, origin }: { place: PublicPlace; name: string; origin: string },
  all: readonly Answered[],
): Views['replies/place-embed'] {
  return {
    title: language.say('replies', 'placeTitle', { place: name }),
    hasScripts: false,
    lang: language.code,
    unreal: authority.kind === 'demonstration',
    pageHref: `${origin}${placeHref(place)}`,
    replies: repliesAt(all, place)
      .slice(0, MOST_EMBEDDED)
      .map((one) => listedReply(language, one))
      .map((one) => ({ ...one, href: `${origin}${one.href}` })),
  };
}

function annualLinks(language: Language, { id, authorityId, period }: AnnualReport) {
  const href = publicReportHref(authorityId, id);
  const values = { period: periodWords(language, period) };
  return [
    { href, words: language.say('annual', 'publicLink', values) },
    { href: `${href}?for=child`, words: language.say('annual', 'publicChild', values) },
  ];
}

/** What a frame holds without becoming a page of its own. */
const MOST_EMBEDDED = 5;

function listedReply(language: Language, { reply, quoted }: Answered): ListedReply {
  const found = textIn(language, reply, 'child');
  return {
    href: addressesOf(reply.finding.authorityId, reply.id).page,
    title: found?.text.title ?? '',
    lang: found?.lang ?? language.code,
    band: bandWords(language, quoted.figure),
    decision: language.words.replies[`decision-${reply.decision}`],
    date: language.say('replies', 'publishedOn', { date: language.date(reply.publishedAt) }),
  };
}

function lateReply(language: Language, one: Answered) {
  const { href, title, lang } = listedReply(language, one);
  const due = nextDue(one.record) ?? '';
  return { href, title, lang, words: language.say('loop', 'overdueItem', { date: language.date(due) }) };
}

function promisesOfAll(language: Language, answered: readonly Answered[]): Views['replies/place']['promises'] {
  if (answered.length === 0) return null;
  const count = language.say('replies', 'replyCount', { count: answered.length });
  return {
    intro: language.say('loop', 'authorityPromisesIntro', { replies: count }),
    list: promisesTogetherViews(language, together(answered.map(({ promises }) => promises))),
  };
}

function answeredOf(language: Language, replies: readonly Answered[], answeredBack: ReadonlySet<string>): string {
  const answered = replies.filter(({ reply }) => answeredBack.has(reply.id)).length;
  return answeredBackWords(language, answered, replies.length);
}

function placeLinks(
  language: Language,
  authority: Authority,
  all: readonly Answered[],
  kind: PlaceKind,
): PlaceLinks['places'] {
  return placesWithReplies(all, kind)
    .map(({ code, name, count }) => ({
      href: placeHref({ authorityId: authority.id, kind, code }),
      name,
      count: language.say('replies', 'replyCount', { count }),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language.code));
}
