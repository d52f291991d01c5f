import { afterEach, beforeEach, expect } from 'vitest';
import type { Role } from '../../server/core/roles.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { form, openHouse, type House } from '../support/house.ts';

/*
 * A house with its two surveys published, and the people of a studio at work in it. Functions act on the
 * house of the test that runs.
 */

export const AT = '2026-05-01T09:00:00.000Z';
export const QUESTION = 'Is there enough to do after school?';
export const PROPOSAL = {
  survey: 'primary',
  question: QUESTION,
  language: 'en',
  kind: 'one-choice',
  option: ['Yes, plenty', 'A little', 'No', '', '', ''],
  low: '',
  high: '',
  domain: 'local-area',
  why: 'The hall is shut on most days.',
  'opt-out': ['dont-know', 'prefer-not-to-say'],
};
export const REASON = 'Easy to answer, and the council can open halls.';

export let house: House;
/** The time of the house; AT when a test begins. */
export const clock = { now: AT };
/** The version of the primary survey that the house begins with. */
export let first: SurveyVersion;

/** Opens a house for each test of the file and closes it after. */
export function useStudio(): void {
  beforeEach(async () => {
    clock.now = AT;
    house = await openHouse({ clock });
    for (const content of readSurveyFolders()) {
      const version = await createSurveys(house.services.database).publish(content, null, AT);
      if (content.definition.id === 'primary') first = version;
    }
  });
  afterEach(() => house.close());
}

type Fields = Record<string, string | string[]>;

export async function get(role: Role, url: string, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ method: 'GET', url, headers: await house.as(role, language) });
}

export async function post(role: Role, url: string, fields: Fields = {}, language: 'en' | 'ar' = 'en') {
  const body = form(fields);
  const headers = { ...(await house.as(role, language)), ...body.headers };
  return house.app.inject({ method: 'POST', url, payload: body.payload, headers });
}

/** Proposes the usual question, or one that differs from it. @returns the proposal's id */
export async function propose(more: Partial<typeof PROPOSAL> = {}): Promise<string> {
  const reply = await post('forum-member', '/studio/proposals', { ...PROPOSAL, ...more });
  expect(reply.statusCode).toBe(303);
  return String(reply.headers.location).replace('/studio/proposals/', '');
}

/** That a forum agreed in a room. */
export const DECISION = {
  number: '1',
  outcome: 'agreed',
  counted: 'in-the-room',
  inFavour: '6',
  against: '1',
  unsure: '',
  reason: '',
};

/** That an adult sees nothing against a question. */
export const CHECK = {
  number: '1',
  outcome: 'approved',
  reason: REASON,
  legalBasis: 'public-task',
  specialCondition: 'none',
  sensitivity: 'low',
  support: '',
  outsideAdvice: '',
};

export const decide = (id: string, more: Partial<typeof DECISION> = {}) =>
  post('youth-worker', `/studio/proposals/${id}/decisions`, { ...DECISION, ...more });

export const check = (id: string, more: Partial<typeof CHECK> = {}) =>
  post('approver', `/studio/proposals/${id}/checks`, { ...CHECK, ...more });

/** Takes a question through the first three steps. @returns the proposal's id */
export async function approved(more: Partial<typeof PROPOSAL> = {}): Promise<string> {
  const id = await propose(more);
  expect((await decide(id)).statusCode).toBe(303);
  expect((await check(id)).statusCode).toBe(303);
  return id;
}

/** The Arabic words of the usual question, and its place. */
export function arabicOf(id: string): Fields {
  return {
    [`${id}.after`]: 'talk-to',
    [`${id}.ar.text`]: 'هل هناك ما يكفي من الأنشطة بعد المدرسة؟',
    [`${id}.ar.option.yes-plenty`]: 'نعم، الكثير',
    [`${id}.ar.option.a-little`]: 'القليل',
    [`${id}.ar.option.no`]: 'لا',
  };
}

export const publish = (id: string, more: Fields = {}) =>
  post('analyst', '/studio/publications', { survey: 'primary', chosen: id, ...arabicOf(id), ...more });

/** Headers of somebody with this role in a second authority. */
export async function neighbours(role: Role): Promise<Record<string, string>> {
  const { database } = house.services;
  await createAuthorities(database).add({ id: 'elsewhere', name: 'Elsewhere', kind: 'demonstration' }, AT);
  const account = { authorityId: 'elsewhere', signInName: `their-${role}`, passwordHash: 'none', roles: [role] };
  const outcome = await createAccounts(database).add(account, AT);
  if (outcome === 'name-taken') throw new Error('The neighbour is there already.');
  const token = await createStaffSessions(database).start(outcome.id, AT, '2999-01-01T00:00:00.000Z');
  return { cookie: `heard-staff=${token}; heard-language=en` };
}
