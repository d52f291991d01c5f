import { describe, expect, it } from 'vitest';
import type { Role } from '../../server/core/roles.ts';
import { createProposals } from '../../server/storage/proposals.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { form } from '../support/house.ts';
import {
  approved,
  arabicOf,
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
    expect(reply.body).toContain('Faces need 3, 4 or 5 answers.');
    expect(reply.body).toMatch(/id="option-2-fault">This answer is there already/);
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
    const kind = await post('forum-member', '/studio/proposals', { ...PROPOSAL, kind: 'short-text' });
    expect([foreign.statusCode, kind.statusCode]).toEqual([400, 400]);
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
    const approval = () => post('approver', `/studio/proposals/${id}/approval`, { reason: REASON });
    const acceptance = () => post('youth-worker', `/studio/proposals/${id}/acceptance`);
    const early = await approval();
    expect(early.statusCode).toBe(409);
    expect(early.body).toContain('Something that this needs is still missing');
    const tooSoon = await publish(id);
    expect(tooSoon.statusCode).toBe(409);
    const accepted = await Promise.all([acceptance(), acceptance()]);
    expect(accepted.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    const twice = await Promise.all([approval(), approval()]);
    expect(twice.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    expect((await acceptance()).body).toContain('This has been done already');
  });

  it('need a reason for the approval; what was typed stays', async () => {
    const id = await propose();
    await post('youth-worker', `/studio/proposals/${id}/acceptance`);
    const reply = await post('approver', `/studio/proposals/${id}/approval`, { reason: 'Fine by' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('id="reason-fault">Give a reason of at least 10 characters.');
    expect(reply.body).toContain('>Fine by</textarea>');
    expect((await createProposals(house.services.database).find(id))?.approval).toBeNull();
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
    const own = await post('forum-member', `/studio/proposals/${id}/acceptance`);
    expect(own.statusCode).toBe(403);
    expect(own.body).toContain('somebody else has to approve it');
    await post('youth-worker', `/studio/proposals/${id}/acceptance`);
    const approval = await post('forum-member', `/studio/proposals/${id}/approval`, { reason: REASON });
    expect(approval.statusCode).toBe(403);
    expect((await get('forum-member', `/studio/proposals/${id}`)).body).not.toContain(`${id}/approval`);
  });

  it('belong to their roles', async () => {
    const id = await approved();
    const refused: [Role, 'GET' | 'POST', string][] = [
      ['planner', 'GET', '/studio'],
      ['youth-worker', 'GET', '/studio/proposals/new'],
      ['approver', 'POST', '/studio/proposals'],
      ['planner', 'GET', `/studio/proposals/${id}`],
      ['forum-member', 'POST', `/studio/proposals/${id}/acceptance`],
      ['youth-worker', 'POST', `/studio/proposals/${id}/approval`],
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
    const acceptance = { method: 'POST', url: `/studio/proposals/${id}/acceptance`, headers: youthWorker } as const;
    expect((await house.app.inject(acceptance)).statusCode).toBe(404);
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
    const part = body.slice(body.indexOf('id="coach"'), body.indexOf('id="steps"'));
    expect(part).toContain('P5');
    expect(part).not.toContain('S1');
    expect(part).toMatch(/asks two things at once/);
    expect(part).toMatch(/foster carers/);
    expect(body).toContain('Do your mum and dad listen to you and help you with your homework?');
  });

  it('finds nothing in a plain question', async () => {
    const { body } = await get('forum-member', `/studio/proposals/${await propose()}`);
    const part = body.slice(body.indexOf('id="coach"'), body.indexOf('id="steps"'));
    expect(part.match(/class="tag"/g)).toBeNull();
  });
});
