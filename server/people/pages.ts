import { mayHaveFactor } from '../core/people/second-factor.ts';
import { ROLES, type Role } from '../core/roles.ts';
import type { Account } from '../storage/accounts.ts';
import type { OpenSession } from '../storage/staff-sessions.ts';
import type { SignedIn } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'people/sign-in': { title: string; faults: FieldFault[]; name: string; next: string };
    'people/home': {
      title: string;
      tasks: { role: string; words: string; href: string }[];
      sessions: { id: string; since: string; current: boolean; endWords: string }[];
      canEndOthers: boolean;
      mayHaveFactor: boolean;
      factorWords: string;
    };
    'people/accounts': {
      title: string;
      faults: FieldFault[];
      added: boolean;
      accounts: {
        id: string;
        name: string;
        roles: string;
        openSessions: string;
        canEnd: boolean;
        endWords: string;
        factorWords: string;
        canReset: boolean;
        resetWords: string;
      }[];
      form: { name: string };
      roleChoices: { value: Role; words: string; checked: boolean }[];
    };
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
  form: { name: string; next: string; refused: boolean },
): Views['people/sign-in'] {
  const faults = form.refused ? [{ field: 'name', message: language.words.people.wrongSignIn }] : [];
  return { title: language.words.people.signInTitle, faults, name: form.name, next: form.next };
}

export function homePage(
  language: Language,
  person: SignedIn,
  { sessions, hasFactor }: { sessions: readonly OpenSession[]; hasFactor: boolean },
): Views['people/home'] {
  return {
    title: language.words.people.homeTitle,
    tasks: person.roles.map((role) => ({
      role: roleWords(language, role),
      words: language.words.people[`do-${role}`],
      href: FIRST_PAGE[role],
    })),
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
    mayHaveFactor: mayHaveFactor(person.roles),
    factorWords: language.words.people[hasFactor ? 'factorOn' : 'factorOff'],
  };
}

export function accountsPage(
  language: Language,
  accounts: readonly (Account & { openSessions: number; hasFactor: boolean })[],
  form: { name: string; roles: readonly Role[]; faults: FieldFault[]; added: boolean },
): Views['people/accounts'] {
  return {
    title: language.words.people.accountsTitle,
    faults: form.faults,
    added: form.added,
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.signInName,
      roles: account.roles.map((role) => roleWords(language, role)).join(' · '),
      openSessions: language.number(account.openSessions),
      canEnd: account.openSessions > 0,
      endWords: language.say('people', 'endAccountSessionsOf', { name: account.signInName }),
      factorWords: language.words.people[account.hasFactor ? 'yes' : 'no'],
      canReset: account.hasFactor,
      resetWords: language.say('people', 'resetFactorOf', { name: account.signInName }),
    })),
    form: { name: form.name },
    roleChoices: ROLES.map((role) => ({
      value: role,
      words: roleWords(language, role),
      checked: form.roles.includes(role),
    })),
  };
}

function roleWords(language: Language, role: Role): string {
  return language.words.people[`role-${role}`];
}
