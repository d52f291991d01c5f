import { hash } from 'node:crypto';
import { personalWords } from '../../core/loop/engagement/personal-words.ts';
import { createForums } from '../../storage/forums.ts';
import { createPlaces } from '../../storage/places.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';

/** Words that look like a name or a way to reach somebody, for whoever wrote them to look at. */
export interface PersonalView {
  words: string[];
  /** What is said with a tick: that exactly these words are none. */
  confirms: string;
  fault: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/engagement/personal': { personal: PersonalView };
  }
}

export interface PersonalLook {
  /**
   * Words of texts that nobody has looked at yet.
   * @param before texts that are kept already: what they hold was looked at then
   * @param confirmed what came with the tick
   */
  unconfirmed(
    me: SignedIn,
    texts: readonly string[],
    before: readonly string[],
    confirmed: string | undefined,
  ): Promise<string[]>;
}

/** Names of the register's places, of forums and of the authority, which are none of persons. */
export function createKnownNames({ database }: Pick<Services, 'database'>): (authorityId: string) => Promise<string[]> {
  const places = createPlaces(database);
  const forums = createForums(database);
  const authorities = createAuthorities(database);

  return async (authorityId) => {
    const named = await Promise.all([
      places.schools(authorityId),
      places.clusters(authorityId),
      places.localities(authorityId),
      forums.list(authorityId),
    ]);
    const authority = await authorities.find(authorityId);
    return [...named.flat().map(({ name }) => name), authority?.name ?? ''];
  };
}

/** Looks for people's names in texts. */
export function createPersonalLook(services: Pick<Services, 'database'>): PersonalLook {
  const knownNames = createKnownNames(services);
  return {
    async unconfirmed(me, texts, before, confirmed) {
      const known = await knownNames(me.authorityId);
      const looked = new Set(personalWords(before, known));
      const found = personalWords(texts, known).filter((words) => !looked.has(words));
      return found.length > 0 && confirmed === confirmationOf(found) ? [] : found;
    },
  };
}

export function personalView({ words: { engagement } }: Language, found: readonly string[]): PersonalView | null {
  if (found.length === 0) return null;
  return { words: [...found], confirms: confirmationOf(found), fault: engagement['fault-personal'] };
}

/** The fault of a form that holds such words. */
export function personalFaults({ words: { engagement } }: Language, found: readonly string[]): FieldFault[] {
  return found.length === 0 ? [] : [{ field: 'confirmed', message: engagement['fault-personal'] }];
}

const confirmationOf = (found: readonly string[]) => hash('sha256', JSON.stringify(found), 'hex');
