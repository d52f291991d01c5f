import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../server/core/roles.ts';
import { createEventStreams } from '../../server/web/event-streams.ts';
import { createStoredJobs, type StoredJobs } from '../../server/storage/release-jobs.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { plain } from '../results/page-reading.ts';
import { form, openHouse, type House } from '../support/house.ts';
import { asInvitedBy } from '../support/invited.ts';
import { whenMade } from '../support/released-house.ts';
import { addAnsweredWave } from './answered-wave.ts';

/* What people see of a release while it is made, and how it was made safe. */

const AT = '2026-05-30T14:05:00.000Z';
let house: House;
let waveId: string;
let stored: StoredJobs;

beforeEach(async () => {
  house = await openHouse();
  ({ waveId } = await addAnsweredWave(house));
  stored = createStoredJobs(house.services.database);
});
afterEach(() => house.close());

const get = async (url: string, role: Role = 'analyst', language: 'en' | 'ar' = 'en') =>
  house.app.inject({ url, headers: await house.as(role, language) });

async function post(url: string, fields: Record<string, string>, role: Role = 'analyst') {
  const { payload, headers } = form(fields);
  return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...(await house.as(role)) } });
}

const press = () => post('/release/releases', { wave: waveId });

/** A job that nobody works on, with two of ten pieces done. */
async function waitingJob(): Promise<string> {
  const begun = await stored.begin(waveId, 'a method', house.accounts.analyst, AT);
  if (begun === 'done-already') throw new Error('The wave has a job already: expected none.');
  await stored.plan(begun.id, 10);
  for (const piece of ['one', 'two']) await stored.keep(begun.id, piece, {});
  return begun.id;
}

const pageOf = (id: string) => `/release/releases/${id}`;

describe('making a release', () => {
  it('answers at once, and one address shows its progress first and the release then', async () => {
    const made = await press();
    expect(made.statusCode).toBe(303);
    const address = String(made.headers.location);
    expect((await press()).statusCode).toBe(409);
    await whenMade(house, address.split('/').at(-1)!);
    const page = (await get(address)).body;
    expect(page).toContain('Waits for approval');
    expect(page).toContain(`${address}/audit`);
    expect((await press()).statusCode).toBe(409);
    // An approver who let the analyst in could be both.
    const part = await asInvitedBy(house, house.accounts.analyst, house.accounts.approver);
    expect((await post(`${address}/approval`, {}, 'approver')).statusCode).toBe(403);
    const tied = (await get(address, 'approver')).body;
    expect(tied).toContain('Waits for approval');
    expect(tied).toContain('one let the other one in');
    expect(tied).not.toContain('Approve and publish');
    await part();
    expect((await get(address, 'approver')).body).toContain('Approve and publish');
    expect((await post(`${address}/approval`, {}, 'approver')).statusCode).toBe(303);
    expect((await get(address)).body).toContain('data-state="published"');
  });

  it('shows how far it is, in words and as a bar, with and without scripts', async () => {
    const id = await waitingJob();
    const page = (await get(pageOf(id))).body;
    expect(page).toContain('data-state="making"');
    expect(page).toContain('2 of 10 parts are done.');
    expect(page).toContain('<progress max="10" value="2" aria-labelledby="making-words">');
    expect(page).toContain('You can leave this page');
    expect(page).toContain('30 May 2026, 14:05 UTC');
    expect(page).toContain('<noscript><meta http-equiv="refresh" content="5"></noscript>');
    expect(page).toContain(`data-events="${pageOf(id)}/events"`);
    expect(page).toMatch(/<script type="module" src="\/public\/js\/release\.js/);
    expect((await get(pageOf(id), 'auditor', 'ar')).body).toContain('أُنجز 2 من أصل 10 من الأجزاء.');
    expect((await get('/release')).body).not.toContain('http-equiv="refresh"');
  });

  it('stands in the list of releases, and cannot be begun again there', async () => {
    expect((await get('/release')).body).toContain('Make the release of Spring');
    const id = await waitingJob();
    const list = (await get('/release')).body;
    expect(list).toContain(`href="${pageOf(id)}"`);
    expect(plain(list)).toContain('2 of 10 parts are done.');
    expect(list).not.toContain('Make the release of Spring');
  });

  it('that failed says what can be done, to makers with a button, until there is a release', async () => {
    const id = await waitingJob();
    await stored.fail(id, 'stays-open', AT);
    const page = (await get(pageOf(id))).body;
    expect(page).toContain('data-state="failed"');
    expect(page).toContain('The release of Spring could not be made');
    expect(page).toContain('Some numbers could still be worked out');
    expect(page).toContain('Nobody’s figures were shown.');
    expect(page).toContain('Try again');
    expect(page).not.toContain('http-equiv="refresh"');
    expect(page).not.toContain('id="making"');
    expect((await get(pageOf(id), 'auditor')).body).not.toContain('Try again');
    expect((await get('/release')).body).toContain(`href="${pageOf(id)}"`);
    const again = await press();
    const other = String(again.headers.location).split('/').at(-1)!;
    await whenMade(house, other);
    const list = (await get('/release')).body;
    expect(list).not.toContain(`href="${pageOf(id)}"`);
    expect(list).toContain(`href="${pageOf(other)}"`);
  });

  it('of an unknown reason says that something went wrong', async () => {
    const id = await waitingJob();
    await stored.fail(id, 'a reason of a later version', AT);
    expect((await get(pageOf(id))).body).toContain('Something went wrong while the release was made.');
  });

  it('is nobody else’s to see', async () => {
    const id = await waitingJob();
    const { query } = house.services.database;
    const other = { id: 'otherglen', name: 'Otherglen', kind: 'demonstration' as const, created_at: AT };
    await query.insertInto('authorities').values(other).execute();
    await query.updateTable('waves').set({ authority_id: 'otherglen' }).execute();
    for (const url of [pageOf(id), `${pageOf(id)}/events`, `${pageOf(id)}/audit`])
      expect((await get(url)).statusCode, url).toBe(404);
    expect((await get('/release')).body).not.toContain(id);
  });
});

interface Told {
  event: string;
  data: { done?: number; all?: number; words?: string };
}

const eventsIn = (text: string): Told[] =>
  [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event = '', data = '']) => ({
    event,
    data: JSON.parse(data) as Told['data'],
  }));

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}

describe('the events of a job', () => {
  it('tell where it stands, every part that is done, and the end', async () => {
    const id = await waitingJob();
    const headers = await house.as('auditor');
    const reply = await house.app.inject({ url: `${pageOf(id)}/events`, headers, payloadAsStream: true });
    expect(reply.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(reply.headers['cache-control']).toBe('no-store');
    const told = textOf(reply.stream());
    await house.app.releaseJobs.resume();
    const events = eventsIn(await told);
    expect(events[0]).toEqual({ event: 'progress', data: { done: 2, all: 10, words: '2 of 10 parts are done.' } });
    expect(events.at(-1)).toEqual({ event: 'done', data: {} });
    const last = events.at(-2)!.data;
    expect(last.done).toBe(last.all);
    expect(await createReleases(house.services.database).entry(id)).toBeDefined();
  });

  it('of one that has ended are its end', async () => {
    const id = await waitingJob();
    await stored.fail(id, 'unexpected', AT);
    const reply = await get(`${pageOf(id)}/events`);
    expect(eventsIn(reply.body)).toEqual([{ event: 'done', data: {} }]);
  });

  it('keep no server from stopping', async () => {
    const id = await waitingJob();
    const address = await house.app.listen({ port: 0, host: '127.0.0.1' });
    const reply = await fetch(`${address}${pageOf(id)}/events`, { headers: await house.as('analyst') });
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain('event: progress');
    await house.app.close();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
  });

  it('end with the connection', async () => {
    const streams = createEventStreams();
    const left = new Promise<void>((resolve) => {
      const stream = streams.open(resolve);
      stream.send('progress', { done: 1 });
      stream.body.destroy();
      // What comes after is for nobody.
      stream.send('progress', { done: 2 });
    });
    await left;
    streams.endAll();
  });
});

describe('the audit of a release', () => {
  async function madeRelease(): Promise<string> {
    const id = String((await press()).headers.location)
      .split('/')
      .at(-1)!;
    await whenMade(house, id);
    return id;
  }

  it('says in plain words and figures how it was made safe, to those who release and to auditors', async () => {
    const id = await madeRelease();
    const entry = (await createReleases(house.services.database).entry(id))!;
    const report = (await createReleases(house.services.database).audit(id))!;
    expect(report.variables.length).toBeGreaterThan(5);
    for (const role of ['analyst', 'approver', 'auditor'] as const) {
      const reply = await get(`${pageOf(id)}/audit`, role);
      expect(reply.statusCode, role).toBe(200);
      const words = plain(reply.body);
      for (const part of [
        'Rounding',
        'Rules',
        'Attack',
        'Withholding',
        'Guessing',
        entry.sha256,
        'Made by analyst',
        'not yet',
      ])
        expect(words, part).toContain(part);
      const targets = report.variables.reduce((sum, one) => sum + one.targets, 0);
      expect(words).toContain(`Numbers attacked ${targets.toLocaleString('en-GB')}`);
      const hidden = report.variables.reduce((sum, one) => sum + one.hidden, 0);
      expect(hidden).toBeGreaterThan(0);
      expect(words).toContain(`Hidden figures that stand for fewer than 10 pupils ${hidden.toLocaleString('en-GB')}`);
      expect(reply.body.match(/<tbody>/g)).toHaveLength(2);
    }
    await post(`${pageOf(id)}/approval`, {}, 'approver');
    expect(plain((await get(`${pageOf(id)}/audit`)).body)).toContain('Approved by approver');
  });

  it('names every question in the words of its survey, and is Arabic in Arabic', async () => {
    const id = await madeRelease();
    const page = (await get(`${pageOf(id)}/audit`, 'auditor', 'ar')).body;
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('كيف جُعل إصدار');
    expect(page).toContain('<bdi lang="en">');
    expect(page).not.toMatch(/undefined|\{\{|Infinity|lang="zxx"/);
  });

  it('holds no count of children, only what the attack came to', async () => {
    const id = await madeRelease();
    const report = (await createReleases(house.services.database).audit(id))!;
    for (const variable of report.variables) {
      expect(Object.keys(variable).toSorted()).toEqual([
        'band',
        'certified',
        'guesses',
        'hidden',
        'hits',
        'narrowest',
        'programmes',
        'shownByRule',
        'targets',
        'variable',
        'withheld',
      ]);
      expect(variable.narrowest ?? 3).toBeGreaterThan(0);
      expect(variable.certified).toBeLessThanOrEqual(variable.targets);
      expect(variable.withheld).toBeLessThanOrEqual(variable.shownByRule);
      expect(variable.hits).toBeLessThanOrEqual(variable.hidden);
      expect(variable.guesses).toBeLessThanOrEqual(variable.hidden);
    }
  });

  it('is not there where it was not kept, and is not linked to', async () => {
    const id = await madeRelease();
    await house.services.database.query.deleteFrom('release_audits').execute();
    expect((await get(`${pageOf(id)}/audit`)).statusCode).toBe(404);
    expect((await get(pageOf(id))).body).not.toContain('/audit"');
  });
});
