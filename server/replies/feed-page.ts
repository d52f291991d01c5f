import type { Authority } from '../storage/authorities.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { addressesOf, feedHref, placeHref, type PublicPlace } from './public-addresses.ts';
import type { Answered } from './public-answered.ts';
import { repliesAt } from './public-places.ts';
import { updateViews } from './reply-desk-pages.ts';
import { textIn } from './reply-words.ts';

interface FeedEntry {
  id: string;
  title: string;
  lang: string;
  href: string;
  updated: string;
  summary: string;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/feed': {
      title: string;
      id: string;
      selfHref: string;
      pageHref: string;
      updated: string;
      author: string;
      entries: FeedEntry[];
    };
  }
}

/** A feed without an entry has to have a time too, and stays the same until it has one. */
const NEVER = '1970-01-01T00:00:00.000Z';
/** A feed is about what is new. */
const MOST_ENTRIES = 50;

/** Replies and the news after them as an Atom feed (RFC 4287), the newest first. */
export function feedPage(
  language: Language,
  {
    authority,
    place,
    name,
    all,
    origin,
  }: { authority: Authority; place: PublicPlace; name: string; all: readonly Answered[]; origin: string },
): Views['replies/feed'] {
  // A feed of the authority holds what its places were told too: whoever follows it follows all.
  const own = place.kind === 'authority' ? all : repliesAt(all, place);
  const entries = own
    .flatMap((one) => entriesOf(language, one, origin))
    .toSorted((one, other) => other.updated.localeCompare(one.updated))
    .slice(0, MOST_ENTRIES);
  return {
    title: language.say('loop', 'feedTitle', { place: name }),
    id: `${origin}${feedHref(place)}`,
    selfHref: `${origin}${feedHref(place)}?in=${language.code}`,
    pageHref: `${origin}${placeHref(place)}`,
    updated: entries[0]?.updated ?? NEVER,
    author: authority.name,
    entries,
  };
}

function entriesOf(language: Language, { reply, updates }: Answered, origin: string): FeedEntry[] {
  const found = textIn(language, reply, 'child');
  if (!found) return [];
  const { text, lang } = found;
  const href = `${origin}${addressesOf(reply.finding.authorityId, reply.id).page}`;
  const decision = language.words.replies[`decision-${reply.decision}`];
  const first = {
    ...{ id: `${href}#reply`, title: text.title, lang, href, updated: reply.publishedAt },
    summary: `${decision}. ${text.weDid}`,
  };
  const news = updateViews(language, updates).map((update, index) => ({
    ...{ id: `${href}#update-${update.id}`, href: `${href}#update-${update.id}`, lang: update.lang },
    title: language.say('loop', 'updateTitle', { title: text.title }),
    updated: updates[index]!.madeAt,
    summary: update.words,
  }));
  return [first, ...news];
}
