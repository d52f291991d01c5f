import { beforeEach, describe, expect, it } from 'vitest';
import { loadLanguages } from '../../server/web/language.ts';
import { openForum, type TestForum } from '../support/forum.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { Somebody } from '../support/somebody.ts';
import { formFields } from './form-fields.ts';
import { AT, check, get, house, PROPOSAL, publish, QUESTION, useStudio } from './studio-house.ts';

/* Proposals among the members of a forum: who reads what, what they think of it, and what they say when they try it. */

const words = loadLanguages().get('en')!.words.proposals;
let forum: TestForum;
let otter: Somebody;
let kite: Somebody;

useStudio();
beforeEach(async () => {
  forum = await openForum(house);
  otter = await forum.join('Quiet Otter');
  kite = await forum.join('Paper Kite');
});

async function proposed(more: Partial<typeof PROPOSAL> = {}) {
  const reply = await otter.post('/studio/proposals', { ...PROPOSAL, ...more });
  expect(reply.statusCode).toBe(303);
  return String(reply.headers.location);
}

describe('a draft of a member', () => {
  it('is read by the whole forum, and by the adults who come after it', async () => {
    const page = await proposed();
    for (const reader of [otter, kite, forum.worker]) expect((await reader.get(page)).body).toContain(QUESTION);
    expect((await get('approver', page)).body).toContain(QUESTION);
  });

  it('with words of harm or abuse is kept back until a youth worker has looked', async () => {
    const held = await proposed({ why: 'Nobody asks, and I want to die.' });
    expect(held).toMatch(/^\/studio\/contributions\//);
    const told = await otter.get(held);
    expect(told.body).toContain('I want to die.');
    expect((await kite.get('/studio')).body).not.toContain(QUESTION);
    expect((await get('approver', '/studio')).body).not.toContain(QUESTION);
    expect((await forum.worker.get(forum.desk)).body).toContain('I want to die.');
    const page = /href="(\/studio\/proposals\/[\w-]{22})"/.exec((await otter.get('/studio')).body)![1]!;
    expect((await kite.get(page)).statusCode).toBe(404);
    await forum.worker.post(`${held}/decision`, { shown: 'yes', note: '' });
    expect((await kite.get(page)).statusCode).toBe(200);
  });

  it('that a youth worker hides is gone for others, as everything said in a forum', async () => {
    const page = await proposed();
    const [id] = await house.services.database.query.selectFrom('contributions').select('id').execute();
    await forum.worker.post(`/studio/contributions/${id!.id}/hiding`, { reason: 'It names somebody.' });
    expect((await kite.get(page)).statusCode).toBe(404);
    expect((await otter.get(page)).statusCode).toBe(200);
  });
});

describe('what was found by somebody who attacked it', () => {
  const fields = (number: number, more: Record<string, string | string[]>) => ({
    ...PROPOSAL,
    'based-on': String(number),
    ...more,
  });

  it('a draft that is shown after another was published does not take its place', async () => {
    const page = await proposed();
    const decided = { number: '1', outcome: 'agreed', counted: 'in-the-room', inFavour: '3', reason: '' };
    expect((await forum.worker.post(`${page}/decisions`, decided)).statusCode).toBe(303);
    const id = page.split('/').at(-1)!;
    expect((await check(id)).statusCode).toBe(303);
    const typed = fields(1, {
      question: 'Other words that nobody agreed to?',
      why: 'I want to die.',
    });
    const held = String((await kite.post(`${page}/drafts`, typed)).headers.location);
    expect(held).toMatch(/^\/studio\/contributions\//);
    expect((await publish(id)).statusCode).toBe(303);
    await forum.worker.post(`${held}/decision`, { shown: 'yes', note: '' });
    const { body } = await get('approver', page);
    expect(body).toContain(`>${QUESTION}</h1>`);
    expect((await get('approver', '/studio')).body).not.toContain('Other words that nobody agreed to?');
  });

  it('nobody decides about a draft that the forum cannot read yet', async () => {
    await proposed({ why: 'I want to die.' });
    const page = /href="(\/studio\/proposals\/[\w-]{22})"/.exec((await otter.get('/studio')).body)![1]!;
    const decided = { number: '1', outcome: 'agreed', counted: 'in-the-room', inFavour: '3', reason: '' };
    expect((await forum.worker.post(`${page}/decisions`, decided)).statusCode).toBe(409);
    expect((await otter.post(`${page}/stances`, { number: '1', stance: 'in-favour' })).statusCode).toBe(409);
  });

  it('a member retires without words of their own, which could not be held back', async () => {
    const page = await proposed();
    expect((await otter.get(page)).body).not.toContain('id="ending-reason"');
    await otter.post(`${page}/endings`, { reason: 'I want to die.' });
    const { body } = await kite.get(page);
    expect(body).toContain('Retired');
    expect(body).not.toContain('I want to die.');
  });

  it('a youth worker of another forum decides and retires nothing', async () => {
    const page = await proposed();
    const stranger = await openForum(house, 'Monday forum');
    const { database } = house.services;
    const second = await database.query
      .selectFrom('accounts')
      .select('id')
      .where('sign_in_name', '=', 'second worker of Monday forum')
      .executeTakeFirstOrThrow();
    expect(stranger.id).not.toBe(forum.id);
    const token = await createStaffSessions(database).start(second.id, AT, '2999-01-01T00:00:00.000Z', AT);
    const other = new Somebody(house, { 'heard-staff': token });
    const decided = { number: '1', outcome: 'agreed', counted: 'in-the-room', inFavour: '3', reason: '' };
    expect((await other.post(`${page}/decisions`, decided)).statusCode).toBe(403);
    expect((await other.post(`${page}/endings`, { reason: 'We do not like it.' })).statusCode).toBe(403);
  });

  it('words taken away are gone from the draft, its codes and its name', async () => {
    await proposed({ question: 'Does my neighbour shout?' });
    await otter.post('/studio/forum/words-removal', { sure: 'yes' });
    const rows = await house.services.database.query.selectFrom('proposal_drafts').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/neighbour|plenty|hall is shut/i);
    // Nobody is kept from proposing the same.
    expect(
      (await kite.post('/studio/proposals', { ...PROPOSAL, question: 'Does my neighbour shout?' })).statusCode,
    ).toBe(303);
  });
});

describe('a draft that is hidden while somebody writes the next', () => {
  const edit = async (who: Somebody, page: string, change: Record<string, string>) => {
    const fields = formFields((await who.get(`${page}/drafts/new`)).body, 'id="draft"');
    return who.post(`${page}/drafts`, { ...fields, ...change });
  };
  const hide = async (number: number) => {
    const { query } = house.services.database;
    const { contribution_id: id } = await query
      .selectFrom('proposal_drafts')
      .select('contribution_id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    await forum.worker.post(`/studio/contributions/${id}/hiding`, { reason: 'It names somebody.' });
  };

  it('takes nothing of what they typed along', async () => {
    const page = await proposed();
    expect((await edit(otter, page, { why: 'The bus stops at six.' })).statusCode).toBe(303);
    const fields = formFields((await kite.get(`${page}/drafts/new`)).body, 'id="draft"');
    expect(fields['based-on']).toEqual(['2']);
    await hide(2);
    expect((await edit(otter, page, { why: 'Nights are long.' })).statusCode).toBe(303);
    const mine = { ...fields, question: ['Is there enough to do near you?'] };
    const told = await kite.post(`${page}/drafts`, mine);
    expect(told.statusCode).toBe(409);
    expect(told.body).toContain('Is there enough to do near you?');
    expect(told.body).toContain(QUESTION);
    const together = await kite.post(`${page}/drafts/merges`, formFields(told.body, 'action="/studio'));
    expect(together.statusCode).toBe(200);
    const next = formFields(together.body, 'id="draft"');
    expect(next.question).toEqual(mine.question);
    expect((await kite.post(`${page}/drafts`, next)).statusCode).toBe(303);
  });
});

describe('what the forum thinks', () => {
  it('is counted once a member, may change, and says nobody’s name', async () => {
    const page = await proposed();
    await otter.post(`${page}/stances`, { number: '1', stance: 'in-favour' });
    await kite.post(`${page}/stances`, { number: '1', stance: 'against' });
    await kite.post(`${page}/stances`, { number: '1', stance: 'unsure' });
    const { body } = await forum.worker.get(page);
    const support = body.slice(body.indexOf('id="support"'), body.indexOf('id="decide"'));
    expect(support).toContain('2 people have said so far: 1 in favour, 0 against, 1 unsure.');
    expect(support).not.toContain('Kite');
    expect((await kite.get(page)).body).toMatch(/value="unsure" checked/);
  });

  it('decides: in a forum of two, both have to be heard', async () => {
    const page = await proposed();
    const decide = () =>
      forum.worker.post(`${page}/decisions`, { number: '1', outcome: 'agreed', counted: 'here', reason: '' });
    await otter.post(`${page}/stances`, { number: '1', stance: 'in-favour' });
    expect((await decide()).body).toContain(words['fault-too-few-voices']);
    await kite.post(`${page}/stances`, { number: '1', stance: 'in-favour' });
    expect((await decide()).statusCode).toBe(303);
    expect((await otter.get(page)).body).toContain('Counted here: 2 in favour, 0 against, 0 unsure');
    // What was decided is decided.
    expect((await kite.post(`${page}/stances`, { number: '1', stance: 'against' })).statusCode).toBe(409);
  });

  it('waits while there is a pause, and is said no more once the forum ended', async () => {
    const page = await proposed();
    await forum.worker.post(`${forum.desk}/pauses`, { reason: 'We talk first.' });
    const paused = await otter.post(`${page}/stances`, { number: '1', stance: 'in-favour' });
    expect(paused.statusCode).toBe(422);
    expect(paused.body).toContain('There is a pause: We talk first.');
    await forum.worker.post(`${forum.desk}/ending`, { sure: 'yes' });
    const comment = await forum.worker.post(`${page}/comments`, { words: 'Too late.' });
    expect(comment.statusCode).toBe(409);
  });

  it('needs a choice, and is about the draft that was read', async () => {
    const page = await proposed();
    expect((await otter.post(`${page}/stances`, { number: '1' })).body).toContain(words.stanceMissing);
    const other = await otter.post(`${page}/stances`, { number: '2', stance: 'against' });
    expect(other.statusCode).toBe(422);
    expect(other.body).toContain(words.movedOn);
  });
});

describe('a try-out', () => {
  it('shows the question as somebody of that age sees it, and keeps what was thought', async () => {
    const page = await proposed();
    const trying = await kite.get(`${page}/try-outs/new?level=p5-p7`);
    expect(trying.body).toContain(words.tryBanner);
    expect(trying.body).toContain('value="yes-plenty"');
    const kept = await kite.post(`${page}/try-outs`, {
      number: '1',
      level: 'p5-p7',
      language: 'en',
      thought: 'I did not know whether clubs count.',
      hard: 'yes',
    });
    expect(kept.headers.location).toBe(page);
    await otter.post(`${page}/try-outs`, { number: '1', level: 'p5-p7', language: 'en', thought: '', hard: 'yes' });
    await otter.post(`${page}/try-outs`, { number: '1', level: 'p5-p7', language: 'en', thought: 'Easy.' });
    const nobody = { number: '1', level: 's4-s6', language: 'en', thought: 'Nobody of this age is asked.' };
    expect((await otter.post(`${page}/try-outs`, nobody)).statusCode).toBe(400);
    const { body } = await otter.get(page);
    expect(body).toContain('P5–P7, 8 to 11 years. Tried: 3. Hard to answer: 2.');
    expect(body).toContain('I did not know whether clubs count.');
    // Adults outside the forum read the counts alone.
    expect((await get('approver', page)).body).not.toContain('clubs count');
  });

  it('is answered alone as a pupil would, and leads to saying what one thought', async () => {
    const page = await proposed();
    const choosing = (await kite.get(`${page}/try-outs/new`)).body;
    const href = /href="(\/studio\/tries\?[^"]+)"/.exec(choosing)![1]!.replaceAll('&amp;', '&');
    const question = (await kite.get(href)).body;
    expect(question).toContain('value="yes-plenty"');
    const id = page.split('/').at(-1)!;
    const fields = { survey: 'primary', with: id, only: 'yes', stage: 'P5', language: 'en' };
    const item = /name="page" value="([^"]+)"/.exec(question)![1]!;
    const blank = await kite.post('/studio/tries', { ...fields, page: item, move: 'next' });
    expect(blank.statusCode).toBe(422);
    const end = await kite.post('/studio/tries', { ...fields, page: item, move: 'next', answer: 'no' });
    expect(end.body).toContain('There was 1 page on your way.');
    expect(end.body).toContain(`href="${page}/try-outs/new?level=p5-p7&amp;language=en"`);
  });

  it('of ten thousand letters comes back with a kind word, as a comment does', async () => {
    const page = await proposed();
    const words10000 = 'long '.repeat(2000);
    const comment = await kite.post(`${page}/comments`, { words: words10000 });
    expect(comment.statusCode).toBe(422);
    expect(comment.body).toContain(words10000.trim());
  });

  it('needs a word or a tick, holds harm back, and is for people in a forum', async () => {
    const page = await proposed();
    const url = `${page}/try-outs`;
    const fields = { number: '1', level: 'p5-p7', language: 'en' };
    expect((await kite.post(url, { ...fields, thought: ' ' })).body).toContain(words.thinkEmpty);
    const long = await kite.post(url, { ...fields, thought: 'a'.repeat(10_000) });
    expect(long.statusCode).toBe(422);
    expect(long.body).toContain(words.thinkTooLong);
    expect(long.body).toContain('a'.repeat(10_000));
    const harm = await kite.post(url, { ...fields, thought: 'It made me want to die.' });
    expect(String(harm.headers.location)).toMatch(/^\/studio\/contributions\//);
    expect((await otter.get(page)).body).not.toContain('want to die');
    expect((await get('approver', `${url}/new`)).statusCode).toBe(403);
  });

  it('leaves no answer anywhere', async () => {
    const page = await proposed();
    const body = (await kite.get(`${page}/try-outs/new`)).body;
    // The question's form has no address, and its button is out of use: there is nowhere for an answer to go.
    const question = body.slice(body.indexOf('<form class="page">'), body.indexOf('id="think"'));
    expect(question).not.toContain('action=');
    expect(question).toContain('<button type="submit" hidden disabled>');
  });
});
