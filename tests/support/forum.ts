import { expect } from 'vitest';
import { WEEKDAYS } from '../../server/core/forum/opening-hours.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createForums } from '../../server/storage/forums.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { writeWorkbook } from '../../server/web/workbooks/workbook-file.ts';
import type { House } from './house.ts';
import { Somebody } from './somebody.ts';
import { uploadForm } from './upload.ts';
import type { Visit } from './visit.ts';

/** A forum in a house: its first youth worker is the house's own. */
export interface TestForum {
  id: string;
  /** Address of the youth workers' desk. */
  desk: string;
  /** The house's youth worker, signed in. */
  worker: Somebody;
  /** Joins by a new invitation and signs in. */
  join(pseudonym: string, picture?: string): Promise<Somebody>;
}

const ALWAYS = WEEKDAYS.map((weekday) => ({ weekday, opensAt: '00:00', closesAt: '23:59' }));

/** Where a second proposal of the member goes into the first. */
async function merger(member: Somebody, intoId: string): Promise<string> {
  const question = {
    survey: 'primary',
    question: 'Can you do enough on Sundays?',
    language: 'en',
    kind: 'one-choice',
    option: ['Yes', 'No', 'Not sure'],
    domain: 'local-area',
    why: 'The bus does not run.',
  };
  const proposed = await member.post('/studio/proposals', question);
  return `${String(proposed.headers.location)}/mergers/new?into=${intoId}`;
}

/** @param hours when it is open; always unless told */
export async function openForum(house: House, name = 'Thursday forum', hours = ALWAYS): Promise<TestForum> {
  const { database, clock } = house.services;
  const authorityId = house.authorityId;
  const second = {
    authorityId,
    signInName: `second worker of ${name}`,
    passwordHash: 'none',
    roles: ['youth-worker'],
  } as const;
  const added = await createAccounts(database).add(second, clock());
  if (added === 'name-taken') throw new Error(`There is a forum ${name} already.`);
  const forums = createForums(database);
  const workers = [
    { accountId: house.accounts['youth-worker'], shownAs: 'Worker in green' },
    { accountId: added.id, shownAs: 'Worker in blue' },
  ];
  const made = await forums.make({ authorityId, name, workers, madeBy: null }, clock());
  if (made === 'name-taken') throw new Error(`There is a forum ${name} already.`);
  await forums.setHours(made.id, hours);
  const desk = `/studio/forums/${made.id}`;
  const worker = await signedIn(house, house.accounts['youth-worker']);
  return {
    id: made.id,
    desk,
    worker,
    async join(pseudonym, picture = 'kite') {
      const invitation = linkOn((await worker.post(`${desk}/invitations`)).body);
      const joined = await new Somebody(house).post(invitation, { pseudonym, picture, agreed: 'yes' });
      expect(joined.statusCode).toBe(200);
      const member = new Somebody(house);
      const reply = await member.signIn(pseudonym, passphraseOn(joined.body));
      expect(reply.statusCode).toBe(303);
      return member;
    },
  };
}

/** The path of the link on a page that shows an invitation. */
export const linkOn = (page: string): string => new URL(/id="link" value="([^"]+)"/.exec(page)![1]!).pathname;

/** The pass-phrase on the page that shows it once. */
export const passphraseOn = (page: string): string =>
  [...page.matchAll(/<dd class="secret"[^>]*>([^<]+)</g)].at(-1)![1]!;

async function signedIn(house: House, accountId: string): Promise<Somebody> {
  const { database, clock } = house.services;
  const token = await createStaffSessions(database).start(accountId, clock(), '2999-01-01T00:00:00.000Z', clock());
  return new Somebody(house, { 'heard-staff': token });
}

/** The page of a spreadsheet that somebody sent. */
async function spreadsheet(house: House, { cookie }: Somebody): Promise<string> {
  const rows = [
    ['type', 'name', 'label::English (en)'],
    ['text', 'quiet', 'Is there somewhere quiet to read?'],
    ['geopoint', 'where', 'Where is it?'],
  ];
  const bytes = await writeWorkbook([{ name: 'survey', rows }]);
  const { payload, headers } = uploadForm([{ name: 'form.xlsx', bytes }], { survey: 'primary' });
  const url = '/studio/spreadsheets';
  const sent = await house.app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie } });
  return String(sent.headers.location);
}

/** The pages of a forum in which somebody wrote what was kept back. */
export async function forumVisits(house: House, proposalId: string): Promise<Visit[]> {
  const forum = await openForum(house);
  const member = await forum.join('Quiet Otter');
  const comments = `/studio/proposals/${proposalId}/comments`;
  const held = await member.post(comments, { words: 'Ask about people who want to die, and tell me on @otter.' });
  const invitation = async (fields = {}) => linkOn((await forum.worker.post(`${forum.desk}/invitations`, fields)).body);
  const account = /name="account" value="([^"]+)"/.exec((await forum.worker.get(forum.desk)).body)![1]!;
  const said = { route: '/studio/contributions/:id', url: String(held.headers.location) };
  const { cookie } = member;
  const proposing = (purpose: string, item: string) =>
    `/studio/proposals/new?${new URLSearchParams({ survey: 'primary', item, purpose }).toString()}`;
  return [
    { route: '/studio/proposals/new', url: proposing('change', 'feel-safe'), cookie },
    { route: '/studio/proposals/new', url: proposing('withdrawal', 'feel-safe'), cookie },
    { route: '/studio/proposals/:id/mergers/new', url: await merger(member, proposalId), cookie },
    { route: '/studio/invitations/:token', url: await invitation() },
    { route: '/studio/invitations/:token', url: await invitation({ account }) },
    { route: '/studio/forums', url: '/studio/forums', role: 'administrator' },
    { route: '/studio/forums/:forum', url: forum.desk, role: 'youth-worker' },
    { ...said, role: 'youth-worker' },
    { ...said, cookie },
    { route: '/studio/forum', url: '/studio/forum', cookie },
    { route: '/studio/forum/rules', url: '/studio/forum/rules', cookie },
    { route: '/studio/proposals/:id', url: `/studio/proposals/${proposalId}`, cookie },
    { route: '/studio/spreadsheets/new', url: '/studio/spreadsheets/new', cookie },
    { route: '/studio/spreadsheets/:id', url: await spreadsheet(house, member), cookie },
    { route: '/studio/proposals/:id/try-outs/new', url: `/studio/proposals/${proposalId}/try-outs/new`, cookie },
  ];
}
