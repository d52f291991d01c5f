import { ROLES, type Role } from '../core/roles.ts';
import type { Account } from '../storage/accounts.ts';
import type { Invitation } from '../storage/invitations.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { rolesWords, roleWords } from './pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'people/accounts': {
      title: string;
      faults: FieldFault[];
      done: string;
      accounts: {
        href: string;
        name: string;
        roles: string;
        waits: boolean;
        secondStep: string;
        openSessions: string;
      }[];
      invitations: { id: string; roles: string; words: string; revokeWords: string }[];
      roleChoices: RoleChoice[];
      /** Whether approvers take a second administrator. */
      approversLater: boolean;
    };
    'people/account': {
      title: string;
      faults: FieldFault[];
      done: string;
      href: string;
      own: boolean;
      facts: { name: string; words: string }[];
      roleChoices: RoleChoice[];
      approver: 'none' | 'may-ask' | 'waits' | 'may-agree';
      approverWords: string;
      canReset: boolean;
      canEndSessions: boolean;
    };
  }
}

export interface RoleChoice {
  value: Role;
  words: string;
  checked: boolean;
}

/** An account with what its list says about it. */
export interface ListedAccount extends Account {
  openSessions: number;
  hasFactor: boolean;
  hasPassword: boolean;
  /** Whether it waits for a second administrator to agree that it becomes an approver. */
  waits: boolean;
}

export const DONE = ['invitation-revoked', 'account-ended', 'roles-changed', 'sessions-ended', 'factor-reset', 'asked', 'agreed', 'refused'] as const; // prettier-ignore
export type Done = (typeof DONE)[number];

export function accountsPage(
  language: Language,
  facts: {
    accounts: readonly ListedAccount[];
    invitations: readonly Invitation[];
    authority: 'real' | 'demonstration';
    form: { roles: readonly Role[]; faults: FieldFault[] };
    done: Done | undefined;
  },
): Views['people/accounts'] {
  const { form } = facts;
  return {
    title: language.words.people.accountsTitle,
    faults: form.faults,
    done: doneWords(language, facts.done),
    accounts: facts.accounts.map((account) => ({
      href: accountHref(account.id),
      name: account.signInName,
      roles: rolesWords(language, account.roles),
      waits: account.waits,
      secondStep: secondStepWords(language, account),
      openSessions: language.number(account.openSessions),
    })),
    invitations: facts.invitations.map((invitation) => invitationLine(language, invitation)),
    roleChoices: roleChoices(language, form.roles, facts.authority === 'real' ? ['approver'] : []),
    approversLater: facts.authority === 'real',
  };
}

export function accountPage(
  language: Language,
  facts: {
    account: ListedAccount;
    own: boolean;
    authority: 'real' | 'demonstration';
    /** Sign-in name, or null where the server's operator invited or nobody did. */
    invitedBy: string | null;
    approver: Views['people/account']['approver'];
    /** Who asks for it, where somebody does. */
    askedBy: string;
    form: { roles: readonly Role[]; faults: FieldFault[] };
    done: Done | undefined;
  },
): Views['people/account'] {
  const { account, form } = facts;
  const words = language.words.people;
  const held: readonly Role[] = account.roles;
  const hidden: Role[] = facts.authority === 'real' && !held.includes('approver') ? ['approver'] : [];
  return {
    title: account.signInName,
    faults: form.faults,
    done: doneWords(language, facts.done),
    href: accountHref(account.id),
    own: facts.own,
    facts: [
      { name: words.roles, words: rolesWords(language, account.roles) },
      { name: words.secondFactor, words: secondStepWords(language, account) },
      { name: words.sessions, words: language.number(account.openSessions) },
      { name: words.invitedBy, words: facts.invitedBy ?? words.invitedByOperator },
    ],
    roleChoices: roleChoices(language, form.roles, hidden),
    approver: facts.approver,
    approverWords: language.say('people', 'approverAsked', { name: facts.askedBy }),
    canReset: account.hasFactor && !facts.own,
    canEndSessions: account.openSessions > 0,
  };
}

export const accountHref = (id: string) => `/people/accounts/${id}`;

function roleChoices(language: Language, chosen: readonly Role[], hidden: readonly Role[]): RoleChoice[] {
  return ROLES.filter((role) => !hidden.includes(role)).map((role) => ({
    value: role,
    words: roleWords(language, role),
    checked: chosen.includes(role),
  }));
}

function invitationLine(language: Language, { id, roles, expiresAt, invitedBy }: Invitation) {
  const asked = rolesWords(language, roles);
  const by = invitedBy ?? language.words.people.invitedByOperator;
  return {
    id,
    roles: asked,
    words: language.say('people', 'invitationLine', { by, date: language.date(expiresAt) }),
    revokeWords: language.say('people', 'revokeOf', { roles: asked }),
  };
}

function secondStepWords(language: Language, { hasFactor, hasPassword }: ListedAccount): string {
  const { words } = language;
  if (!hasPassword) return words.people.byCouncil;
  return hasFactor ? words.people.yes : words.people.no;
}

function doneWords(language: Language, done: Done | undefined): string {
  return done === undefined ? '' : language.words.people[`done-${done}`];
}
