import { isOpenAt, nextOpening } from '../../core/forum/opening-hours.ts';
import { sightOf } from '../../core/forum/sight.ts';
import type { Contribution } from '../../storage/contributions.ts';
import type { ForumMember } from '../../storage/forum-members.ts';
import type { Language } from '../../web/language.ts';
import { symbolSource } from '../../web/pictures.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { shownContribution, type ShownContribution } from './contribution-words.ts';
import { pauseOf, type InForum } from './forum-access.ts';
import { hoursInWords } from './forums-page.ts';
import { ruleWords } from './joining-page.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/forum/home': {
      title: string;
      faults: FieldFault[];
      greeting: string;
      picture: string;
      /** Whether it is open, and when it opens otherwise. */
      open: string;
      paused: string;
      hours: string;
      workers: { words: string }[];
      /** Own words that others do not see, with why. */
      unseen: ShownContribution[];
      members: { pseudonym: string; picture: string }[];
      rules: string[];
      /** Whether there are words of this person to take away. */
      hasWords: boolean;
    };
  }
}

/** @param own contributions of the viewer */
export function forumHomePage(
  language: Language,
  viewer: InForum & { member: ForumMember },
  facts: { own: readonly Contribution[]; members: readonly ForumMember[]; faults: FieldFault[]; now: string },
): Views['studio/forum/home'] {
  const { forum, member } = viewer;
  const { own, members, faults, now } = facts;
  const { words } = language;
  const opensAt = isOpenAt(forum.hours, now) ? undefined : nextOpening(forum.hours, now);
  const pause = pauseOf(viewer);
  return {
    title: forum.name,
    faults,
    greeting: language.say('forum', 'greeting', { name: member.pseudonym }),
    picture: symbolSource(member.picture),
    open: opensAt
      ? language.say('forum', 'closedUntil', { date: language.date(opensAt), time: language.time(opensAt) })
      : words.forum[forum.hours.length > 0 ? 'openNow' : 'noHoursMember'],
    paused: pause ? language.say('forum', 'pausedMember', { reason: pause.reason }) : '',
    hours: language.say('forum', 'hoursShort', { hours: hoursInWords(language, forum) }),
    workers: forum.workers.map(({ shownAs, onCall }) => ({
      words: onCall ? language.say('forum', 'workerOnCall', { name: shownAs }) : shownAs,
    })),
    unseen: own
      .filter((contribution) => !['shown', 'removed'].includes(sightOf(contribution, now)))
      .map((contribution) => shownContribution(language, viewer, contribution, now)),
    members: members
      .filter(({ leftAt }) => leftAt === null)
      .map(({ pseudonym, picture }) => ({ pseudonym, picture: symbolSource(picture) })),
    rules: ruleWords(language),
    hasWords: own.some(({ isRemoved }) => !isRemoved),
  };
}
