import { sightOf, type Sight } from '../../core/forum/sight.ts';
import type { Contribution } from '../../storage/contributions.ts';
import type { Language } from '../../web/language.ts';
import { symbolSource } from '../../web/pictures.ts';
import { written, type Written } from '../words.ts';
import type { InForum } from './forum-access.ts';

/** A contribution as one person in the forum sees it. */
export interface ShownContribution {
  id: string;
  author: string;
  /** Address of the author's picture. */
  picture: string;
  text: Written;
  when: string;
  sight: Sight;
  /** Why it is not shown to everybody, in words; empty where it is. */
  note: string;
  own: boolean;
  /** What became of it; its author and youth workers may look. */
  href: string;
  /** Where this person may ask a youth worker to look; empty for one's own. */
  reportHref: string;
}

/** Whether somebody may read a contribution: what is out of sight is there for its author and for youth workers alone. */
export function mayRead(viewer: InForum, contribution: Contribution, now: string): boolean {
  return viewer.isWorker || contribution.authorId === viewer.accountId || sightOf(contribution, now) === 'shown';
}

export function shownContribution(
  language: Language,
  viewer: InForum,
  contribution: Contribution,
  now: string,
): ShownContribution {
  const own = contribution.authorId === viewer.accountId;
  const href = contributionHref(contribution.id);
  return {
    id: contribution.id,
    author: contribution.author,
    picture: symbolSource(contribution.picture),
    text: written(contribution.words, contribution.language),
    when: language.say('forum', 'writtenOn', {
      date: language.date(contribution.writtenAt),
      time: language.time(contribution.writtenAt),
    }),
    sight: sightOf(contribution, now),
    note: sightWords(language, contribution, now),
    own,
    href,
    reportHref: own ? '' : `${href}#report`,
  };
}

/** Why a contribution is not shown to everybody, in words; empty where it is. */
export function sightWords(language: Language, contribution: Contribution, now: string): string {
  const { forum } = language.words;
  const sight = sightOf(contribution, now);
  if (sight === 'shown') return '';
  if (sight === 'waiting')
    return language.say('forum', 'sight-waiting', {
      date: language.date(contribution.showsFrom),
      time: language.time(contribution.showsFrom),
    });
  if (sight === 'held') return forum[`held-${contribution.hold!.reason}`];
  if (sight === 'withdrawn' || sight === 'removed') return forum[`sight-${sight}`];
  if (sight === 'kept-back') return language.say('forum', 'sight-kept-back', { note: contribution.hold!.note });
  return language.say('forum', 'sight-hidden', { reason: contribution.hidden!.reason });
}

export const contributionHref = (id: string) => `/studio/contributions/${id}`;
