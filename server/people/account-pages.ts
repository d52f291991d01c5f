import { bindingOf, rolesThatSeeAll, type AreaPlace } from '../core/people/area.ts';
import { ROLES, type Role } from '../core/roles.ts';
import type { AreaChoice } from '../storage/account-areas.ts';
import type { Account } from '../storage/accounts.ts';
import type { Invitation } from '../storage/invitations.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { areaGroups, placeList, seenWords, type AreaGroup } from './area-words.ts';
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
        /** The places that it is bound to; empty for the whole authority. */
        area: string;
        waits: boolean;
        secondStep: string;
        openSessions: string;
      }[];
      invitations: { id: string; roles: string; area: string; words: string; revokeWords: string }[];
      roleChoices: RoleChoice[];
      areaGroups: AreaGroup[];
      /** Whether places are chosen, or something is wrong with them. */
      areasOpen: boolean;
      /** Whether approvers take a second administrator. */
      approversLater: boolean;
    };
    'people/area-ticks': { areaGroups: AreaGroup[] };
    'people/account': {
      title: string;
      faults: FieldFault[];
      done: string;
      href: string;
      own: boolean;
      facts: { name: string; words: string }[];
      roleChoices: RoleChoice[];
      /** Empty unless it is a planner whom places can bind. */
      areaGroups: AreaGroup[];
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

/** What was filled in about an account, or what it has. */
export interface AccountForm {
  roles: readonly Role[];
  areas: readonly string[];
  faults: FieldFault[];
}

/** An account with what its list says about it. */
export interface ListedAccount extends Account {
  openSessions: number;
  hasFactor: boolean;
  hasPassword: boolean;
  /** Whether it waits for a second administrator to agree that it becomes an approver. */
  waits: boolean;
  /** The places that it is bound to, whether its roles lift that or not. */
  places: readonly AreaPlace[];
}

export const DONE = ['invitation-revoked', 'account-ended', 'roles-changed', 'areas-changed', 'sessions-ended', 'factor-reset', 'asked', 'agreed', 'refused'] as const; // prettier-ignore
export type Done = (typeof DONE)[number];

export function accountsPage(
  language: Language,
  facts: {
    accounts: readonly ListedAccount[];
    invitations: readonly Invitation[];
    /** What the accounts of invitations will be bound to. */
    invited: ReadonlyMap<string, readonly AreaPlace[]>;
    areas: readonly AreaChoice[];
    authority: 'real' | 'demonstration';
    form: AccountForm;
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
      area: placeList(language, bindingOf(account.roles, account.places) ?? []),
      waits: account.waits,
      secondStep: secondStepWords(language, account),
      openSessions: language.number(account.openSessions),
    })),
    invitations: facts.invitations.map((invitation) => invitationLine(language, invitation, facts.invited)),
    areaGroups: areaGroups(language, facts.areas, form.areas),
    areasOpen: form.areas.length > 0,
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
    areas: readonly AreaChoice[];
    form: AccountForm;
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
      ...seenFact(language, account),
      { name: words.secondFactor, words: secondStepWords(language, account) },
      { name: words.sessions, words: language.number(account.openSessions) },
      { name: words.invitedBy, words: facts.invitedBy ?? words.invitedByOperator },
    ],
    roleChoices: roleChoices(language, form.roles, hidden),
    areaGroups: mayBeBound(held) ? areaGroups(language, facts.areas, form.areas) : [],
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

/** Somebody whom places can bind: a planner whom no other role gives the whole authority. */
const mayBeBound = (roles: readonly Role[]) => roles.includes('planner') && rolesThatSeeAll(roles).length === 0;

/** What somebody sees of results, where a role of theirs lets them see any or they are bound. */
function seenFact(language: Language, { roles, places }: ListedAccount) {
  if (!roles.includes('planner') && places.length === 0 && rolesThatSeeAll(roles).length === 0) return [];
  return [{ name: language.words.people.areas, words: seenWords(language, roles, places) }];
}

function invitationLine(
  language: Language,
  { id, roles, expiresAt, invitedBy }: Invitation,
  invited: ReadonlyMap<string, readonly AreaPlace[]>,
) {
  const asked = rolesWords(language, roles);
  const by = invitedBy ?? language.words.people.invitedByOperator;
  return {
    id,
    roles: asked,
    area: placeList(language, invited.get(id) ?? []),
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
