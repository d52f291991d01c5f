import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActions } from '../../server/storage/actions.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { createFindings } from '../../server/storage/findings.ts';
import { createReplies } from '../../server/storage/replies.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../support/house.ts';
import { ACTION, get, post, publishReply, REPLY, writeReply } from './chain.ts';
import { cellOf, releaseWave, type ReleasedWave } from './released.ts';

let house: House;
let wave: ReleasedWave;
let planner: Record<string, string>;
let clock: TestClock;

beforeEach(async () => {
  clock = { now: '2026-05-01T09:00:00.000Z' };
  house = await openHouse({ clock });
  wave = await releaseWave(house.services.database, AUTHORITY);
  planner = await house.as('planner');
});
afterEach(() => house.close());

async function makeFinding(cell = cellOf(wave.releaseId)): Promise<string> {
  const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'It matters.' }, planner);
  return String(made.headers.location).split('?')[0] ?? '';
}

describe('from finding to reply', () => {
  it('goes step by step on one page, and each step is in the record', async () => {
    const finding = await makeFinding();
    expect((await get(house, finding, planner)).body).toContain('id="action-form"');

    const acted = await post(house, `${finding}/actions`, ACTION, planner);
    expect(acted.headers.location).toBe(`${finding}?done=action`);
    const withAction = (await get(house, `${finding}?done=action`, planner)).body;
    expect(withAction).toContain('New lights on the canal path');
    expect(withAction).toContain('id="reply-form"');
    // The lead of the action is offered as the owner of the reply.
    expect(withAction).toContain('name="owner" type="text" value="Roads and Transport"');

    const replyForm = /action="(\/replies\/actions\/[^"]+\/replies)"/.exec(withAction)?.[1] ?? '';
    expect((await post(house, replyForm, REPLY, planner)).statusCode).toBe(303);
    const withReply = (await get(house, finding, planner)).body;
    expect(withReply).toContain('Reply written, not published');
    const replyId = /data-written-reply="([^"]+)"/.exec(withReply)?.[1] ?? '';
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(404);

    const published = await post(house, `/replies/replies/${replyId}/publication`, {}, planner);
    expect(published.headers.location).toBe(`${finding}?done=publication`);
    const end = (await get(house, finding, planner)).body;
    expect(end).toContain('Reply published');
    expect(end).toContain(`href="/replies/strathlorn/${replyId}"`);
    expect(end).not.toContain('/publication"');
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(200);

    const entries = await house.services.database.query
      .selectFrom('audit_entries')
      .select(['action', 'account_id'])
      .where('action', 'in', ['finding-made', 'action-made', 'reply-made', 'reply-published'])
      .execute();
    expect(entries.map((entry) => entry.action).toSorted()).toEqual([
      'action-made',
      'finding-made',
      'reply-made',
      'reply-published',
    ]);
    expect(new Set(entries.map((entry) => entry.account_id))).toEqual(new Set([house.accounts.planner]));
  });

  it('asks again for each field of an action and keeps what was typed', async () => {
    const finding = await makeFinding();
    for (const [field, value, message] of [
      ['task', '', 'What will be done?: this is missing.'],
      ['lead', 'x'.repeat(121), 'Who leads it?: make this 120 characters or fewer.'],
      ['dueOn', 'soon', 'Due: give a date as year, month, day'],
      ['dueOn', '2026-05-01', 'Due: give a date after today.'],
    ] as const) {
      const page = await post(house, `${finding}/actions`, { ...ACTION, [field]: value }, planner);
      expect(page.statusCode).toBe(422);
      expect(page.body).toContain(`<a href="#${field}">${message}`);
      expect(page.body).toContain(`id="${field}-fault"`);
      const kept = field === 'task' ? ACTION.lead : ACTION.task;
      expect(page.body).toContain(kept);
      if (value) expect(page.body).toContain(`value="${value}"`);
    }
  });

  it('refuses a reply without its reason, or with what cannot be, says exactly which and loses nothing', async () => {
    const { replyForm } = await writeReply(house, planner, cellOf(wave.releaseId));
    for (const [field, value, message] of [
      ['why-child-en', '', 'And why (For children, English): this is missing.'],
      ['why-child-ar', ' ', 'And why (For children, Arabic): this is missing.'],
      ['why-easy-read-ar', '', 'And why (Easy to read, Arabic): this is missing.'],
      ['title-adult-ar', 'x'.repeat(121), 'Title (For adults, Arabic): make this 120 characters or fewer.'],
      ['dueOn', 'soon', 'When will it be done, or when was it?: give a date as year'],
      ['nextUpdateOn', '2026-02-30', 'Date of the next news: give a date as year'],
    ] as const) {
      const typed = { ...REPLY, 'weDid-child-en': 'Typed just now', [field]: value };
      const page = await post(house, replyForm, typed, planner);
      expect(page.statusCode, field).toBe(422);
      expect(page.body).toContain(`<a href="#${field}">${message}`);
      expect(page.body).toContain('>Typed just now</textarea>');
      expect(page.body).toContain(`>${REPLY['weDid-adult-ar']}</textarea>`);
      expect(page.body).toMatch(/value="part" checked/);
    }
    const undecided = Object.fromEntries(Object.entries(REPLY).filter(([field]) => field !== 'decision'));
    const page = await post(house, replyForm, undecided, planner);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<a href="#decision">Decision: this is missing.</a>');
    expect((await post(house, replyForm, { ...REPLY, decision: 'perhaps' }, planner)).statusCode).toBe(400);
  });

  it('keeps a reply that is not finished, says what it lacks, and publishes it only when it lacks nothing', async () => {
    const { finding, replyForm, replyId, publication } = await writeReply(house, planner, cellOf(wave.releaseId));
    const desk = `/replies/replies/${replyId}`;
    expect((await get(house, desk, planner)).body).toContain('data-missing="0"');
    const begun = { decision: 'no', owner: '', nextUpdateOn: '', 'why-child-en': 'It would flood.' };
    expect((await post(house, replyForm, begun, planner)).statusCode).toBe(303);
    const lacking = (await get(house, desk, planner)).body;
    for (const words of [
      'Title (For children, English)',
      'What we thought about (For adults, Arabic)',
      'Who looks after this?',
    ])
      expect(lacking).toContain(`${words}: this is missing.`);
    // Nothing is done, so nothing has to have a day.
    expect(lacking).not.toContain('<a href="#dueOn">');
    expect(lacking).not.toContain('What we thought about (Easy to read');
    const refused = await post(house, publication, {}, planner);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('<a href="#title-child-en">Title (For children, English): this is missing.</a>');
    expect(refused.body).toContain('>It would flood.</textarea>');
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(404);
    await post(house, replyForm, REPLY, planner);
    expect((await post(house, publication, {}, planner)).headers.location).toBe(`${finding}?done=publication`);
  });

  it('shows how hard the words of each reader are, as an age in English and as counts in Arabic', async () => {
    const { replyId } = await writeReply(house, planner, cellOf(wave.releaseId));
    const page = (await get(house, `/replies/replies/${replyId}`, planner)).body;
    expect(page).toMatch(/For children: about age \d+ \(\d+ words/);
    expect(page).toContain('The children’s words should suit age 8.');
    expect(page).toMatch(
      /For children: \d+ words, [\d.]+ to a sentence. Heard has no list of hard words in this language/,
    );
    const hard = 'Notwithstanding infrastructural considerations, municipal authorities commissioned illumination. ';
    const form = `/replies/actions/${/replies\/actions\/([^/"]+)/.exec(page)![1]}/replies`;
    const refused = await post(
      house,
      form,
      { ...REPLY, 'weDid-child-en': hard.repeat(6), 'why-adult-en': '' },
      planner,
    );
    expect(refused.body).toContain('The children’s words are harder than age 8.');
  });

  it('rewrites a reply until it is published, then begins a further one', async () => {
    const { finding, replyForm, replyId, publication } = await writeReply(house, planner, cellOf(wave.releaseId));
    await post(house, replyForm, { ...REPLY, 'title-child-en': 'Safer by the canal' }, planner);
    const changed = (await get(house, finding, planner)).body;
    expect(changed).toContain('Safer by the canal');
    expect(changed.match(/data-written-reply/g)).toHaveLength(1);

    await post(house, publication, {}, planner);
    await post(house, replyForm, { ...REPLY, 'title-child-en': 'News in June' }, planner);
    expect((await get(house, `/replies/strathlorn/${replyId}`)).body).toContain(
      '<h1 lang="en" dir="ltr">Safer by the canal',
    );
    expect((await get(house, finding, planner)).body.match(/data-written-reply/g)).toHaveLength(2);
  });

  it('publishes nothing whose next date has come, and says so', async () => {
    const { publication, replyId } = await writeReply(house, planner, cellOf(wave.releaseId));
    clock.now = '2026-06-01T09:00:00.000Z';
    const page = await post(house, publication, {}, planner);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<a href="#nextUpdateOn">Date of the next news: give a date after today.</a>');
    expect(page.body).toContain('name="nextUpdateOn" type="date" value="2026-06-01"');
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(404);
  });

  it('publishes nothing that lacks a language, and names what is missing', async () => {
    const { database } = house.services;
    const finding = await makeFinding();
    const findingId = finding.split('/').at(-1) ?? '';
    const actionId = await createActions(database).make(findingId, ACTION, null, clock.now);
    const text = { title: 'Safe', youSaid: 'Not always', considered: 'A shelter', weDid: 'Lights', why: 'It was dark' };
    const texts = { child: { en: text }, adult: { en: text }, 'easy-read': { en: text } };
    const dates = { dueOn: '2026-06-01', nextUpdateOn: '2026-07-01' };
    const english = { decision: 'doing' as const, owner: 'Roads', ...dates, texts };
    const replyId = await createReplies(database).write(actionId, english, null, clock.now);
    const page = await post(house, `/replies/replies/${replyId}/publication`, {}, planner);
    expect(page.statusCode).toBe(422);
    for (const part of ['Title', 'You said', 'What we thought about', 'We did', 'And why']) {
      expect(page.body).toContain(`${part} (For children, Arabic): this is missing.`);
    }
    expect(page.body).not.toContain(', English): this is missing.');
  });
});

describe('one school’s results', () => {
  it('may be a finding with a reply that never becomes public, and the page says so', async () => {
    const { finding, publication, replyId } = await writeReply(
      house,
      planner,
      cellOf(wave.releaseId, { band: 's1-s2' }),
    );
    const page = (await get(house, finding, planner)).body;
    expect(page).toContain('The reply to this finding is never public');
    expect(page).toContain('One school’s results');
    expect(page).not.toContain('/publication"');
    const wholeArea = /href="(\/replies\/findings\/new\?[^"]+node=authority[^"]+)"/.exec(page)?.[1] ?? '';
    const forAll = await get(house, wholeArea.replaceAll('&amp;', '&'), planner);
    expect(forAll.statusCode).toBe(200);
    expect(forAll.body).not.toContain('One school’s results');

    const refused = await post(house, publication, {}, planner);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('<a href="#not-public">This figure shows one school.');
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(404);
    expect((await get(house, '/replies/findings', planner)).body).toContain('Reply is never public');
  });

  it('stays off every public page even with a publication in the database', async () => {
    const { replyId } = await writeReply(house, planner, cellOf(wave.releaseId, { band: 's1-s2' }));
    await createReplies(house.services.database).publish(replyId, null, clock.now);
    for (const url of ['/replies', '/replies/strathlorn', '/replies/strathlorn/clusters/nor']) {
      const page = await get(house, url);
      expect(page.statusCode).toBe(200);
      expect(page.body).not.toContain(replyId);
      expect(page.body).not.toContain('Feeling safe on the way home');
    }
    expect((await get(house, '/replies')).body).toContain('There is no reply yet.');
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(404);
  });
});

describe('twice at once', () => {
  it('keeps one finding, one action and one reply, and publishes once', async () => {
    const fields = { ...cellOf(wave.releaseId), whyItMatters: 'It matters.' };
    const made = await Promise.all([1, 2].map(() => post(house, '/replies/findings', fields, planner)));
    expect(new Set(made.map((reply) => reply.headers.location)).size).toBe(1);
    const finding = String(made[0]?.headers.location).split('?')[0] ?? '';

    await Promise.all([1, 2].map(() => post(house, `${finding}/actions`, ACTION, planner)));
    const withAction = (await get(house, finding, planner)).body;
    expect(withAction.match(/id="action-[\w-]{22}"/g)).toHaveLength(1);

    const replyForm = /action="(\/replies\/actions\/[^"]+\/replies)"/.exec(withAction)?.[1] ?? '';
    await Promise.all([1, 2].map(() => post(house, replyForm, REPLY, planner)));
    const written = [...(await get(house, finding, planner)).body.matchAll(/data-written-reply="([^"]+)"/g)];
    expect(written).toHaveLength(1);

    const publication = `/replies/replies/${written[0]?.[1] ?? ''}/publication`;
    const published = await Promise.all([1, 2].map(() => post(house, publication, {}, planner)));
    expect(published.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    const again = await post(house, publication, {}, planner);
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain('This has been done already.');
  });
});

describe('who may', () => {
  it('lets nobody but planners act on a finding', async () => {
    const { finding, replyForm, publication } = await writeReply(house, planner, cellOf(wave.releaseId));
    for (const role of ['analyst', 'approver', 'administrator', 'auditor', 'youth-worker', 'forum-member'] as const) {
      const someone = await house.as(role);
      const outcomes = await Promise.all([
        get(house, finding, someone),
        post(house, `${finding}/actions`, ACTION, someone),
        post(house, replyForm, REPLY, someone),
        post(house, publication, {}, someone),
      ]);
      expect(outcomes.map((outcome) => outcome.statusCode)).toEqual([403, 403, 403, 403]);
    }
    const stranger = await post(house, publication, {}, {});
    expect(stranger.statusCode).toBe(403);
  });

  it('finds nothing of another authority', async () => {
    const { database } = house.services;
    const elsewhere = { id: 'otherglen', name: 'Otherglen', kind: 'demonstration' as const };
    await createAuthorities(database).add(elsewhere, clock.now);
    const { releaseId } = await releaseWave(database, elsewhere);
    const place = { node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };
    const words = { authorityId: elsewhere.id, releaseId, place, whyItMatters: 'Elsewhere.' };
    const findingId = await createFindings(database).make(words, null, clock.now);
    const actionId = await createActions(database).make(findingId, ACTION, null, clock.now);
    const text = { title: 'Elsewhere', youSaid: 'a', considered: '', weDid: 'b', why: 'c' };
    const written = {
      decision: 'no' as const,
      owner: 'Parks',
      dueOn: '',
      nextUpdateOn: '2026-07-01',
      texts: { child: { en: text, ar: text }, adult: {}, 'easy-read': {} },
    };
    const replyId = await createReplies(database).write(actionId, written, null, clock.now);
    const outcomes = await Promise.all([
      get(house, `/replies/findings/${findingId}`, planner),
      post(house, `/replies/findings/${findingId}/actions`, ACTION, planner),
      post(house, `/replies/actions/${actionId}/replies`, REPLY, planner),
      post(house, `/replies/replies/${replyId}/publication`, {}, planner),
      get(house, '/replies/findings/none', planner),
      post(house, '/replies/actions/none/replies', REPLY, planner),
      post(house, '/replies/replies/none/publication', {}, planner),
    ]);
    expect(outcomes.map((outcome) => outcome.statusCode)).toEqual([404, 404, 404, 404, 404, 404, 404]);
    expect((await get(house, '/replies/findings', planner)).body).not.toContain(findingId);
    // Published there, it is still not a page of this authority.
    await createReplies(database).publish(replyId, null, clock.now);
    expect((await get(house, `/replies/strathlorn/${replyId}`)).statusCode).toBe(404);
    expect((await get(house, `/replies/otherglen/${replyId}`)).statusCode).toBe(200);
  });
});

describe('in Arabic', () => {
  it('draws the chain right to left, with its messages', async () => {
    const arabic = await house.as('planner', 'ar');
    const { finding, replyForm } = await publishReply(house, arabic, cellOf(wave.releaseId));
    const page = (await get(house, `${finding}?next=action`, arabic)).body;
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('نحو 6 من كل 10 تلاميذ');
    expect(page).toContain('الشعور بالأمان في طريق العودة');
    const refused = await post(house, replyForm, { ...REPLY, 'why-child-ar': '' }, arabic);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('<a href="#why-child-ar">والسبب (للأطفال، العربية): هذا ناقص.</a>');
    expect(refused.body).toContain(
      'name="title-child-en" type="text" value="Feeling safe on the way home" autocomplete="off" maxlength="120" dir="ltr" lang="en"',
    );
  });
});
