import { WEEKDAYS } from '../../core/forum/opening-hours.ts';
import type { Contribution } from '../../storage/contributions.ts';
import type { ForumInvitation, ForumMember } from '../../storage/forum-members.ts';
import type { Forum } from '../../storage/forums.ts';
import type { Language } from '../../web/language.ts';
import { symbolSource } from '../../web/pictures.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { shownContribution, type ShownContribution } from './contribution-words.ts';
import type { InForum } from './forum-access.ts';
import { deletedOn } from './forum-retention.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/forum/desk': {
      title: string;
      faults: FieldFault[];
      href: string;
      /** Words of harm that nobody has looked at. */
      alarm: string;
      held: ShownContribution[];
      reported: ShownContribution[];
      members: {
        pseudonym: string;
        picture: string;
        joined: string;
        accountId: string;
        /** What can be done, each with the member's name. */
        words: { more: string; pause: string; renew: string; leave: string; remove: string };
        /** Null unless this member is paused. */
        pause: { id: string; words: string } | null;
      }[];
      invitations: { id: string; words: string; revokeWords: string }[];
      days: { id: string; words: string; opensAt: string; opensWords: string; closesAt: string; closesWords: string }[];
      workers: { accountId: string; shownAs: string; onCall: boolean; words: string }[];
      pause: { id: string; words: string } | null;
      pauseReason: string;
      screened: string;
      /** Members who left and whose words are still there. */
      left: { accountId: string; pseudonym: string; words: string }[];
      endIntro: string;
      /** When the forum ended and when what was written goes; empty while it goes on. */
      ended: string;
    };
    'studio/forum/invited': { title: string; link: string; until: string; backHref: string };
  }
}

/** What a desk is drawn from. */
export interface DeskFacts {
  viewer: InForum;
  held: readonly Contribution[];
  reported: readonly Contribution[];
  members: readonly ForumMember[];
  invitations: readonly ForumInvitation[];
  /** Who wrote words that are still there. */
  writers: ReadonlySet<string>;
  /** Days from the end of the forum until what was written is deleted. */
  daysKept: number;
  now: string;
}

/** What was typed into a form of the desk, and what is wrong with it. */
export interface DeskForms {
  faults: FieldFault[];
  /** By weekday. */
  typedHours?: ReadonlyMap<number, { opensAt: string; closesAt: string }>;
  pauseReason?: string;
}

export const deskHref = (forumId: string) => `/studio/forums/${forumId}`;

export function deskPage(language: Language, facts: DeskFacts, forms: DeskForms): Views['studio/forum/desk'] {
  const { viewer, held, reported, members, now } = facts;
  const { forum } = viewer;
  const shown = (contribution: Contribution) => shownContribution(language, viewer, contribution, now);
  const harm = held.filter(({ hold }) => hold?.reason === 'harm').length;
  return {
    title: forum.name,
    faults: forms.faults,
    href: deskHref(forum.id),
    alarm: harm > 0 ? language.say('forum', 'alarm', { count: harm }) : '',
    held: held.map(shown),
    reported: reported.map(shown),
    members: members
      .filter(({ leftAt }) => leftAt === null)
      .map(({ accountId, pseudonym, picture, joinedAt }) => ({
        accountId,
        pseudonym,
        words: {
          more: language.say('forum', 'memberMore', { name: pseudonym }),
          pause: language.say('forum', 'pauseMember', { name: pseudonym }),
          renew: language.say('forum', 'renewFor', { name: pseudonym }),
          leave: language.say('forum', 'leaveFor', { name: pseudonym }),
          remove: language.say('forum', 'removeWordsOf', { name: pseudonym }),
        },
        picture: symbolSource(picture),
        joined: language.say('forum', 'joinedOn', { date: language.date(joinedAt) }),
        pause: pauseOf(language, forum, accountId),
      })),
    invitations: facts.invitations.map(({ id, expiresAt, accountId }) => {
      const words = language.say('forum', accountId === null ? 'invitationUntil' : 'renewalUntil', {
        date: language.date(expiresAt),
      });
      return { id, words, revokeWords: language.say('forum', 'revokeThis', { invitation: words }) };
    }),
    days: WEEKDAYS.map((weekday) => {
      const stored = forum.hours.find((day) => day.weekday === weekday);
      const { opensAt, closesAt } = forms.typedHours?.get(weekday) ?? stored ?? { opensAt: '', closesAt: '' };
      const words = language.words.forum[`weekday-${weekday}`];
      const opensWords = language.say('forum', 'opens', { day: words });
      const closesWords = language.say('forum', 'closes', { day: words });
      return { id: `day-${weekday}`, words, opensAt, opensWords, closesAt, closesWords };
    }),
    workers: forum.workers.map((worker) => ({
      ...worker,
      words: language.say('forum', 'setOnCall', { name: worker.shownAs }),
    })),
    pause: pauseOf(language, forum, null),
    pauseReason: forms.pauseReason ?? '',
    screened: language.words.forum.screened,
    left: members
      .filter(({ leftAt, accountId }) => leftAt !== null && facts.writers.has(accountId))
      .map(({ accountId, pseudonym }) => ({
        accountId,
        pseudonym,
        words: language.say('forum', 'removeWordsOf', { name: pseudonym }),
      })),
    endIntro: language.say('forum', 'endIntro', { count: facts.daysKept }),
    ended: endedWords(language, forum, facts.daysKept),
  };
}

/** When a forum ended, and when what was written in it goes or went. */
function endedWords(language: Language, { ending }: Forum, daysKept: number): string {
  if (!ending) return '';
  const date = language.date(ending.endedAt);
  if (ending.deletedAt !== null)
    return language.say('forum', 'endedDeleted', { date, deleted: language.date(ending.deletedAt) });
  return language.say('forum', 'endedUntil', { date, until: language.date(deletedOn(ending.endedAt, daysKept)) });
}

function pauseOf(language: Language, { pauses }: Forum, accountId: string | null) {
  const pause = pauses.find((one) => one.accountId === accountId);
  if (!pause) return null;
  const words = language.say('forum', 'pausedSince', { date: language.date(pause.pausedAt), reason: pause.reason });
  return { id: pause.id, words };
}
