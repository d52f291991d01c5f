import type { Account } from '../../storage/accounts.ts';
import type { Forum } from '../../storage/forums.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { deskHref } from './desk-page.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/forum/forums': {
      title: string;
      faults: FieldFault[];
      forums: { href: string; name: string; workers: string; open: string }[];
      /** Only administrators make forums. */
      mayMake: boolean;
      name: string;
      workers: { id: string; accountId: string; signInName: string; chosen: boolean; shownAs: string; words: string }[];
    };
  }
}

/** What an administrator has filled in for a new forum. */
export interface ForumForm {
  name: string;
  /** By account. */
  shownAs: ReadonlyMap<string, string>;
  chosen: readonly string[];
  faults: FieldFault[];
}

/**
 * @param isOpener whether this person may open the desks of these forums
 * @param workers accounts that may be youth workers of a new forum; null for whoever may make none
 */
export function forumsPage(
  language: Language,
  forums: readonly Forum[],
  isOpener: (forum: Forum) => boolean,
  workers: readonly Account[] | null,
  form: ForumForm,
): Views['studio/forum/forums'] {
  return {
    title: language.words.forum.forumsTitle,
    faults: form.faults,
    forums: forums.map((forum) => ({
      href: isOpener(forum) ? deskHref(forum.id) : '',
      name: forum.name,
      workers: forum.workers.map(({ shownAs }) => shownAs).join(language.words.forum.listComma),
      open: forum.ending
        ? language.say('forum', 'endedOn', { date: language.date(forum.ending.endedAt) })
        : hoursInWords(language, forum),
    })),
    mayMake: workers !== null,
    name: form.name,
    workers: (workers ?? []).map(({ id, signInName }, index) => ({
      id: `worker-${index}`,
      accountId: id,
      signInName,
      chosen: form.chosen.includes(id),
      shownAs: form.shownAs.get(id) ?? '',
      words: language.say('forum', 'shownAs', { name: signInName }),
    })),
  };
}

/** When a forum is open, in words: "Monday 16:00 to 18:00". */
export function hoursInWords(language: Language, { hours }: Forum): string {
  const { forum } = language.words;
  if (hours.length === 0) return forum.noHours;
  return hours
    .map(({ weekday, opensAt, closesAt }) =>
      language.say('forum', 'hoursOfDay', { day: forum[`weekday-${weekday}`], from: opensAt, until: closesAt }),
    )
    .join(forum.listComma);
}
