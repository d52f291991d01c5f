import { describe, expect, it } from 'vitest';
import type { Role } from '../../server/core/roles.ts';
import { createProposals } from '../../server/storage/proposals.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { form } from '../support/house.ts';
import {
  approved,
  arabicOf,
  check,
  CHECK,
  decide,
  DECISION,
  get,
  house,
  neighbours,
  post,
  PROPOSAL,
  propose,
  publish,
  QUESTION,
  REASON,
  useStudio,
} from './studio-house.ts';

useStudio();

describe('a proposal that cannot be taken as it is', () => {
  it('comes back with a kind word beside each field and everything that was typed', async () => {
    const reply = await post('forum-member', '/studio/proposals', {
      ...PROPOSAL,
      kind: 'faces',
      option: ['So-so', 'so so', '', '', '', ''],
      domain: '',
      why: '',
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('class="error-summary"');
    expect(reply.body).toContain('Write 3 to 5 answers. There are 2 now.');
    expect(reply.body).toMatch(/id="option-2-fault">These words are there already/);
    expect(reply.body).toContain('Choose the part of life it is about.');
    expect(reply.body).toContain('value="So-so"');
    expect(reply.body).toContain(`>${QUESTION}</textarea>`);
    expect(reply.body).toMatch(/value="faces" checked/);
    expect(await createProposals(house.services.database).list(house.authorityId)).toEqual([]);
  });

  it('is told in Arabic too', async () => {
    const reply = await post('forum-member', '/studio/proposals', { ...PROPOSAL, question: '' }, 'ar');
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('المطلوب كتابة السؤال بالكلمات.');
  });

  it('needs a survey that exists; a form with nothing chosen names everything', async () => {
    const nothing = await post('forum-member', '/studio/proposals', { question: '', why: '' });
    expect(nothing.statusCode).toBe(422);
    for (const field of ['survey', 'question', 'language', 'kind', 'domain', 'why']) {
      expect(nothing.body).toContain(`href="#${field}"`);
      expect(nothing.body).toContain(`id="${field}"`);
    }
    const unknown = await post('forum-member', '/studio/proposals', { ...PROPOSAL, survey: 'no-such' });
    expect(unknown.statusCode).toBe(422);
    expect(unknown.body).toContain('Choose a survey.');
  });

  it('is not the same question twice, and a double click makes one proposal', async () => {
    const replies = await Promise.all([1, 2].map(() => post('forum-member', '/studio/proposals', PROPOSAL)));
    expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([303, 422]);
    expect(await createProposals(house.services.database).list(house.authorityId)).toHaveLength(1);
  });

  it('has no fields of its own making', async () => {
    const foreign = await post('forum-member', '/studio/proposals', { ...PROPOSAL, authority: 'elsewhere' });
    const kind = await post('forum-member', '/studio/proposals', { ...PROPOSAL, kind: 'no-such' });
    expect([foreign.statusCode, kind.statusCode]).toEqual([400, 422]);
  });

  it('prints words as words, whatever they look like', async () => {
    const id = await propose({ question: 'Do you like <b>bold</b> & "loud" things?' });
    const { body } = await get('youth-worker', `/studio/proposals/${id}`);
    expect(body).toContain('&lt;b&gt;bold');
    expect(body).not.toContain('<b>bold');
  });
});

describe('the steps of a proposal', () => {
  it('come in order and once', async () => {
    const id = await propose();
    const early = await check(id);
    expect(early.statusCode).toBe(409);
    expect(early.body).toContain('Something that this needs is still missing');
    const tooSoon = await publish(id);
    expect(tooSoon.statusCode).toBe(409);
    const agreed = await Promise.all([decide(id), decide(id)]);
    expect(agreed.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    const twice = await Promise.all([check(id), check(id)]);
    expect(twice.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    expect((await decide(id)).body).toContain('This has been done already');
  });

  it('need a reason for the ethics check, and more for a sensitive question; what was typed stays', async () => {
    const id = await propose();
    await decide(id);
    const reply = await check(id, { reason: 'Fine by', sensitivity: 'high', support: 'The school nurse' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('id="check-reason-fault">Give a reason of at least 10 characters.');
    expect(reply.body).toContain('id="check-outsideAdvice-fault">A question as sensitive as this needs advice');
    expect(reply.body).not.toContain('check-support-fault');
    expect(reply.body).toContain('>Fine by</textarea>');
    expect(reply.body).toContain('>The school nurse</textarea>');
    const nothing = await post('approver', `/studio/proposals/${id}/checks`, {
      number: '1',
      outcome: 'approved',
      reason: REASON,
    });
    expect(nothing.body.match(/>Choose one\.</g)?.length).toBeGreaterThanOrEqual(3);
    expect((await createProposals(house.services.database).find(id))?.steps).toHaveLength(1);
  });

  it('of the forum need a count in which more are in favour, or a reason against', async () => {
    const id = await propose();
    const page = `/studio/proposals/${id}`;
    const refused = async (more: Partial<typeof DECISION>) => (await decide(id, more)).body;
    expect(await refused({ inFavour: '2', against: '2' })).toContain('No more are in favour than against');
    expect(await refused({ inFavour: '1', against: '0' })).toContain('Too few people were heard');
    expect(await refused({ inFavour: 'many' })).toContain('id="inFavour-fault">Write whole numbers from 0 to 200.');
    expect(await refused({ outcome: 'not-agreed', reason: '' })).toContain('id="decision-reason-fault"');
    expect(await refused({ counted: 'here' })).toContain('Too few people were heard');
    const no = await decide(id, { outcome: 'not-agreed', reason: 'It is asked every year already.' });
    expect(no.statusCode).toBe(303);
    const { body } = await get('forum-member', page);
    expect(body).toContain('The forum did not agree');
    expect(body).toContain('It is asked every year already.');
    expect(body).toContain('6 in favour, 1 against, 0 unsure');
    expect((await check(id)).statusCode).toBe(409);
  });

  it('begin anew where the ethics check asks for changes', async () => {
    const id = await propose();
    await decide(id);
    const sent = await check(id, { outcome: 'changes-asked', reason: 'Say what plenty means.' });
    expect(sent.statusCode).toBe(303);
    const { body } = await get('forum-member', `/studio/proposals/${id}`);
    expect(body).toContain('The ethics check asked for changes');
    expect(body).toContain('Say what plenty means.');
    expect((await check(id)).statusCode).toBe(409);
    expect((await publish(id)).statusCode).toBe(409);
    expect((await decide(id)).statusCode).toBe(303);
    expect((await check(id)).statusCode).toBe(303);
  });

  it('about a draft that is no longer the newest ask for another look; what was typed stays', async () => {
    const id = await propose();
    const reply = await decide(id, { number: '2', reason: 'They all liked it.' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Somebody wrote another draft meanwhile.');
    expect(reply.body).toContain('>They all liked it.</textarea>');
  });

  it('end where it is retired, with a reason, until a youth worker brings it back', async () => {
    const id = await propose();
    const page = `/studio/proposals/${id}`;
    expect((await post('youth-worker', `${page}/endings`, { reason: ' ' })).statusCode).toBe(422);
    const both = await Promise.all(
      [1, 2].map(() => post('youth-worker', `${page}/endings`, { reason: 'We ask it twice.' })),
    );
    expect(both.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    const { body } = await get('youth-worker', page);
    expect(body).toContain('We ask it twice.');
    expect(body).toContain(`action="${page}/restoration"`);
    expect((await decide(id)).statusCode).toBe(409);
    expect((await post('youth-worker', `${page}/restoration`)).statusCode).toBe(303);
    expect((await decide(id)).statusCode).toBe(303);
  });

  it('are never both taken by one person with two roles', async () => {
    const { database } = house.services;
    const roles: Role[] = ['forum-member', 'youth-worker', 'approver'];
    for (const role of roles) {
      if (role === 'forum-member') continue;
      await database.query
        .insertInto('account_roles')
        .values({ account_id: house.accounts['forum-member'], role })
        .execute();
    }
    const id = await propose();
    const own = await post('forum-member', `/studio/proposals/${id}/decisions`, DECISION);
    expect(own.statusCode).toBe(403);
    expect(own.body).toContain('somebody else has to approve it');
    await decide(id);
    const checked = await post('forum-member', `/studio/proposals/${id}/checks`, CHECK);
    expect(checked.statusCode).toBe(403);
    expect((await get('forum-member', `/studio/proposals/${id}`)).body).not.toContain(`${id}/checks`);
  });

  it('belong to their roles', async () => {
    const id = await approved();
    const refused: [Role, 'GET' | 'POST', string][] = [
      ['planner', 'GET', '/studio'],
      ['approver', 'POST', '/studio/proposals'],
      ['planner', 'GET', `/studio/proposals/${id}`],
      ['forum-member', 'POST', `/studio/proposals/${id}/decisions`],
      ['youth-worker', 'POST', `/studio/proposals/${id}/checks`],
      ['youth-worker', 'POST', `/studio/proposals/${id}/stances`],
      ['analyst', 'POST', `/studio/proposals/${id}/endings`],
      ['forum-member', 'GET', '/studio/publications/new?survey=primary'],
      ['approver', 'POST', '/studio/publications'],
    ];
    for (const [role, method, url] of refused) {
      const reply = method === 'GET' ? await get(role, url) : await post(role, url);
      expect(`${role} ${url} ${reply.statusCode}`).toBe(`${role} ${url} 403`);
    }
    const nobody = await house.app.inject({ method: 'GET', url: '/studio' });
    expect(nobody.headers.location).toBe('/people/sign-in?next=%2Fstudio');
  });

  it('are not there for another authority', async () => {
    const id = await approved();
    const youthWorker = await neighbours('youth-worker');
    const page = await house.app.inject({ method: 'GET', url: `/studio/proposals/${id}`, headers: youthWorker });
    expect(page.statusCode).toBe(404);
    const decision = form(DECISION);
    const url = `/studio/proposals/${id}/decisions`;
    const headers = { ...youthWorker, ...decision.headers };
    const reply = await house.app.inject({ method: 'POST', url, payload: decision.payload, headers });
    expect(reply.statusCode).toBe(404);
    const list = await house.app.inject({ method: 'GET', url: '/studio', headers: youthWorker });
    expect(list.body).not.toContain(QUESTION);
  });

  it('of publishing are not there for the analyst of another authority', async () => {
    const id = await approved();
    const analyst = await neighbours('analyst');
    const url = '/studio/publications/new?survey=primary';
    const page = await house.app.inject({ method: 'GET', url, headers: analyst });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain(id);
    const body = form({ survey: 'primary', chosen: id, ...arabicOf(id) });
    const headers = { ...analyst, ...body.headers };
    const reply = await house.app.inject({ method: 'POST', url: '/studio/publications', ...body, headers });
    expect(reply.statusCode).toBe(404);
    expect((await createSurveys(house.services.database).newestOf('primary'))?.number).toBe(1);
  });
});

describe('the coach', () => {
  it('says on a proposal what is hard at the level of its survey, and changes nothing', async () => {
    const id = await propose({ question: 'Do your mum and dad listen to you and help you with your homework?' });
    const { body } = await get('forum-member', `/studio/proposals/${id}`);
    const part = body.slice(body.indexOf('id="coach"'), body.indexOf('id="try-outs"'));
    expect(part).toContain('P5');
    expect(part).not.toContain('S1');
    expect(part).toMatch(/asks two things at once/);
    expect(part).toMatch(/foster carers/);
    expect(body).toContain('Do your mum and dad listen to you and help you with your homework?');
  });

  it('finds nothing in a plain question', async () => {
    const { body } = await get('forum-member', `/studio/proposals/${await propose()}`);
    const part = body.slice(body.indexOf('id="coach"'), body.indexOf('id="try-outs"'));
    expect(part.match(/class="tag"/g)).toBeNull();
  });
});
