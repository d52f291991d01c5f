import { beforeEach, describe, expect, it } from 'vitest';
import { loadLanguages } from '../../server/web/language.ts';
import type { TestForum } from '../support/forum.ts';
import type { Somebody } from '../support/somebody.ts';
import { beginBoard } from './board-house.ts';
import { useStudio } from './studio-house.ts';

/* What youth workers change on a board, and what a pause and a card that was taken back change for its readers. */

const english = loadLanguages().get('en')!;
const words = english.words.boards;
let forum: TestForum;
let board: string;
let needs: string;
let author: Somebody;
let other: Somebody;

useStudio();
beforeEach(async () => {
  ({ forum, board, author, other } = await beginBoard());
  await forum.worker.post(`${board}/openings`, { kind: 'needs' });
  needs = `${board}/events/needs`;
});

const idOf = (location: unknown, prefix: string) => String(location).split(`#${prefix}-`)[1]!;
const add = async (said: string, fields: Record<string, string> = {}) =>
  idOf((await author.post(`${needs}/cards`, { words: said, ...fields })).headers.location, 'said');
const heading = async (said: string) =>
  idOf((await author.post(`${needs}/headings`, { words: said })).headers.location, 'heading');
const page = async (somebody: Somebody) => (await somebody.get(needs)).body;
const look = (somebody: Somebody) => somebody.post(`${needs}/looks`);
const move = (somebody: Somebody, card: string, to: string, version: number) =>
  somebody.post(`${board}/cards/${card}/moves`, { heading: to, version: `${version}` });

describe('a card that its author took back', () => {
  it('is read by nobody but its author and the youth workers, wherever it is asked for', async () => {
    const id = await add('Not what I meant');
    expect((await other.get(`/studio/contributions/${id}`)).statusCode).toBe(200);
    await author.post(`${board}/cards/${id}/withdrawal`);
    expect((await other.get(`/studio/contributions/${id}`)).statusCode).toBe(404);
    expect((await other.post(`/studio/contributions/${id}/reports`, { words: 'Look' })).statusCode).toBe(404);
    for (const reader of [author, forum.worker]) {
      const { body } = await reader.get(`/studio/contributions/${id}`);
      expect(body).toContain('Not what I meant');
      expect(body).toContain(english.words.forum['sight-withdrawn']);
    }
  });
});

describe('a pause', () => {
  const pause = (fields: Record<string, string> = {}) =>
    forum.worker.post(`${forum.desk}/pauses`, { reason: 'We talk on Thursday.', ...fields });

  it('of the forum stops moves, links and stars of members, says why, and not those of youth workers', async () => {
    const id = await add('A warm place');
    const top = await heading('Places');
    await look(other);
    await author.post(`${board}/cards/${id}/stars`);
    await pause();
    const refusals = [
      await move(other, id, top, 1),
      await other.post(`${board}/cards/${id}/stars`),
      await author.post(`${board}/cards/${id}/star-removals`),
    ];
    for (const reply of refusals) {
      expect(reply.statusCode).toBe(409);
      expect(reply.body).toContain('There is a pause just now: We talk on Thursday.');
    }
    const body = await page(other);
    expect(body).toContain('There is a pause just now');
    expect(body).not.toContain(words.starGive);
    expect(body).not.toContain(`id="move-${id}"`);
    expect((await move(forum.worker, id, top, 1)).statusCode).toBe(303);
  });

  it('of one member stops theirs alone', async () => {
    const id = await add('A warm place');
    const desk = (await forum.worker.get(forum.desk)).body;
    const account = /id="pause-([^"]+)"[\s\S]{0,300}Pause Quiet Otter/.exec(desk)?.[1];
    await pause({ account: account! });
    expect((await author.post(`${board}/cards/${id}/stars`)).statusCode).toBe(409);
    expect((await other.post(`${board}/cards/${id}/stars`)).statusCode).toBe(303);
  });
});

describe('headings', () => {
  it('are renamed by youth workers alone, and others see it when they look', async () => {
    const top = await heading('Places');
    await page(other);
    const names = `${needs}/headings/${top}/names`;
    expect((await author.post(names, { words: 'Mine', version: '1' })).statusCode).toBe(403);
    const empty = await forum.worker.post(names, { words: ' ', version: '1' });
    expect([empty.statusCode, empty.body.includes(words['heading-empty'])]).toEqual([422, true]);
    expect((await forum.worker.post(names, { words: 'Warm places', version: '1' })).statusCode).toBe(303);
    expect(await page(forum.worker)).toContain('Warm places');
    expect(await page(other)).not.toContain('Warm places');
    expect(await page(other)).toContain('1 change since you looked');
    await look(other);
    expect(await page(other)).toContain('Warm places');
    const late = await forum.worker.post(names, { words: 'Too late', version: '1' });
    expect([late.statusCode, late.body.includes(words.headingMeanwhile)]).toEqual([409, true]);
  });

  it('are taken off by youth workers when no card is under them; a card that comes too late stays where it was', async () => {
    const top = await heading('Places');
    const id = await add('A warm place', { heading: top });
    await look(other);
    const removal = (version: string) => forum.worker.post(`${needs}/headings/${top}/removal`, { version });
    const full = await removal('1');
    expect([full.statusCode, full.body.includes(words.headingNotEmpty)]).toEqual([422, true]);
    await move(author, id, '', 1);
    expect((await removal('1')).statusCode).toBe(303);
    expect(await page(forum.worker)).not.toContain(`id="heading-${top}"`);
    expect(await page(other)).toContain(`id="heading-${top}"`);
    const late = await move(other, id, top, 2);
    expect([late.statusCode, late.body.includes(words.headingGone)]).toEqual([409, true]);
    expect(late.body).not.toContain(`id="heading-${top}"`);
  });
});
