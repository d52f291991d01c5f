import { expect } from 'vitest';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import type { Role } from '../../server/core/roles.ts';
import { releaseWave } from '../replies/released.ts';
import { openForum, type TestForum } from './forum.ts';
import { form, openHouse, type House } from './house.ts';
import type { Somebody } from './somebody.ts';

/*
 * A house in which a forum's idea became a question, and that question was asked and its answers released: from the
 * card on the board to the page of the result, each step taken by whoever takes it.
 */

/** What stands on the card; its author has agreed to nothing. */
export const IDEA = 'Open the boat shed on Sundays';
export const QUESTION = 'Is the hall open when you need it?';
export const ITEM = 'is-the-hall-open-when-you-need-it';

export interface TrailHouse {
  house: House;
  forum: TestForum;
  /** Who wrote the idea. */
  author: Somebody;
  /** Addresses of the idea and of the proposal. */
  card: string;
  proposal: string;
  /** The version that first asks it, and the one before. */
  version: SurveyVersion;
  before: SurveyVersion;
  releaseId: string;
  get(role: Role, url: string, language?: 'en' | 'ar'): Promise<{ statusCode: number; body: string }>;
  post(
    role: Role,
    url: string,
    fields?: Record<string, string | string[]>,
  ): Promise<{ location: string; body: string }>;
}

export async function openTrailHouse(): Promise<TrailHouse> {
  const house = await openHouse();
  const { database } = house.services;
  const surveys = createSurveys(database);
  for (const content of readSurveyFolders()) await surveys.publish(content, null, '2026-03-01T09:00:00.000Z');
  const before = (await surveys.newestOf('primary'))!;
  const post: TrailHouse['post'] = async (role, url, fields = {}) => {
    const { payload, headers } = form(fields);
    const all = { ...headers, ...(await house.as(role)) };
    const reply = await house.app.inject({ method: 'POST', url, payload, headers: all });
    return { location: String(reply.headers.location ?? ''), body: reply.body };
  };
  const forum = await openForum(house);
  const author = await forum.join('Quiet Otter');
  const card = await writeIdea(forum, author);
  const proposal = await propose(author, card);
  await passOn(post, proposal);
  const version = (await surveys.newestOf('primary'))!;
  expect(version.id).not.toBe(before.id);
  const secondary = (await surveys.newestOf('secondary'))!;
  const authority = { id: house.authorityId, name: 'Strathlorn' };
  const { releaseId } = await releaseWave(database, authority, { versions: [version, secondary], also: ITEM });
  return {
    ...{ house, forum, author, card, proposal, version, before, releaseId, post },
    get: async (role, url, language = 'en') => house.app.inject({ url, headers: await house.as(role, language) }),
  };
}

/** The three events of a board, a card each. @returns the address of the idea */
async function writeIdea(forum: TestForum, author: Somebody): Promise<string> {
  const fields = { forum: forum.id, title: 'After school', about: 'What is there to do?' };
  const board = String((await forum.worker.post('/studio/boards', fields)).headers.location);
  let card = '';
  for (const [kind, words] of [
    ['needs', 'A warm place'],
    ['obstacles', 'The hall is shut'],
    ['ideas', IDEA],
  ] as const) {
    await forum.worker.post(`${board}/openings`, { kind });
    const said = await author.post(`${board}/events/${kind}/cards`, { words, ...(card && { linked: card }) });
    card = String(said.headers.location).split('#said-')[1]!;
    await forum.worker.post(`${board}/endings`, { kind });
  }
  return `${board}/cards/${card}`;
}

/** @returns the address of the proposal */
async function propose(author: Somebody, card: string): Promise<string> {
  const reply = await author.post('/studio/proposals', {
    ...{
      survey: 'primary',
      question: QUESTION,
      language: 'en',
      kind: 'one-choice',
      option: ['Yes', 'Sometimes', 'No'],
    },
    ...{ domain: 'local-area', why: 'The hall is shut on most days.', card: card.split('/').at(-1)! },
  });
  expect(reply.statusCode).toBe(303);
  return String(reply.headers.location);
}

/** The forum agrees, an approver finds nothing against it, an analyst publishes it. */
async function passOn(post: TrailHouse['post'], proposal: string): Promise<void> {
  const counted = { counted: 'in-the-room', inFavour: '6', against: '1', unsure: '', reason: '' };
  await post('youth-worker', `${proposal}/decisions`, { number: '1', outcome: 'agreed', ...counted });
  await post('approver', `${proposal}/checks`, {
    ...{ number: '1', outcome: 'approved', reason: 'Easy to answer, and the council can open halls.' },
    ...{ legalBasis: 'public-task', specialCondition: 'none', sensitivity: 'low', support: '', outsideAdvice: '' },
  });
  const id = proposal.split('/').at(-1)!;
  const { location } = await post('analyst', '/studio/publications', {
    ...{ survey: 'primary', chosen: id, [`${id}.after`]: 'talk-to' },
    ...{ [`${id}.ar.text`]: 'هل القاعة مفتوحة عند الحاجة إليها؟', [`${id}.ar.option.yes`]: 'نعم' },
    ...{ [`${id}.ar.option.sometimes`]: 'أحيانًا', [`${id}.ar.option.no`]: 'لا' },
  });
  expect(location).toMatch(/^\/studio\/versions\//);
}

/** Links of a page, or of what stands between two texts of it: address and words. */
export function linksIn(body: string, from = '', to = ''): { href: string; words: string }[] {
  const start = from === '' ? 0 : body.indexOf(from);
  expect(start, `"${from}" on the page`).toBeGreaterThanOrEqual(0);
  const end = to === '' ? body.length : body.indexOf(to, start);
  return [
    ...body.slice(start, end < 0 ? body.length : end).matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g),
  ].map(([, href = '', words = '']) => ({
    href: href.replaceAll('&amp;', '&'),
    words: words.replace(/<[^>]*>/g, '').trim(),
  }));
}

export const hrefsIn = (body: string, from = '', to = '') => linksIn(body, from, to).map(({ href }) => href);
