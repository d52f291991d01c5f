import { mayHaveFactor } from '../core/people/second-factor.ts';
import { ROLES, type Role } from '../core/roles.ts';
import type { OpenSession } from '../storage/staff-sessions.ts';
import type { SignedIn } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'people/sign-in': { title: string; faults: FieldFault[]; name: string; next: string; councilHref: string };
    'people/home': {
      title: string;
      tasks: { role: string; words: string; href: string }[];
      sessions: { id: string; since: string; current: boolean; endWords: string }[];
      canEndOthers: boolean;
      mayHaveFactor: boolean;
      factorWords: string;
      hasPassword: boolean;
    };
    'people/password': { title: string; faults: FieldFault[]; done: boolean; name: string };
  }
}

/** Where each role begins. */
const FIRST_PAGE: Record<Role, string> = {
  'forum-member': '/studio',
  'youth-worker': '/studio',
  'text-reader': '/respond/texts',
  planner: '/results',
  analyst: '/release',
  approver: '/release',
  administrator: '/fieldwork',
  auditor: '/admin/record',
};

export function signInPage(
  language: Language,
  form: { name: string; next: string; refused: boolean; councilHref: string },
): Views['people/sign-in'] {
  const faults = form.refused ? [{ field: 'name', message: language.words.people.wrongSignIn }] : [];
  return {
    title: language.words.people.signInTitle,
    faults,
    name: form.name,
    next: form.next,
    councilHref: form.councilHref,
  };
}

export function homePage(
  language: Language,
  person: SignedIn,
  facts: { sessions: readonly OpenSession[]; hasFactor: boolean; hasPassword: boolean },
): Views['people/home'] {
  const { sessions, hasFactor, hasPassword } = facts;
  return {
    title: language.words.people.homeTitle,
    tasks: person.roles.flatMap((role) => {
      const first = {
        role: roleWords(language, role),
        words: language.words.people[`do-${role}`],
        href: FIRST_PAGE[role],
      };
      const chasing = { ...first, words: language.words.rates.title, href: '/fieldwork/rates' };
      return role === 'planner' ? [first, chasing] : [first];
    }),
    sessions: sessions.map((session) => {
      const when = { date: language.date(session.createdAt), time: session.createdAt.slice(11, 16) };
      return {
        id: session.id,
        since: language.say('people', 'signedInSince', when),
        current: session.id === person.sessionId,
        endWords: language.say('people', 'endSessionOf', when),
      };
    }),
    canEndOthers: sessions.length > 1,
    mayHaveFactor: hasPassword && mayHaveFactor(person.roles),
    factorWords: language.words.people[hasFactor ? 'factorOn' : 'factorOff'],
    hasPassword,
  };
}

export function passwordPage(
  language: Language,
  form: { name: string; faults: FieldFault[]; done: boolean },
): Views['people/password'] {
  return { title: language.words.people.passwordTitle, ...form };
}

export function roleWords(language: Language, role: Role): string {
  return language.words.people[`role-${role}`];
}

export function rolesWords(language: Language, roles: readonly Role[]): string {
  return ROLES.filter((role) => roles.includes(role))
    .map((role) => roleWords(language, role))
    .join(' · ');
}
