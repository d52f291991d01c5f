import { describe, expect, it } from 'vitest';
import { createProposals } from '../../server/storage/proposals.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { formFields, type Fields } from './form-fields.ts';
import { check, decide, first, get, house, post, propose, useStudio } from './studio-house.ts';

/* Questions that are asked already: proposing to change one, or to take one out. */

const languages = loadLanguages();
const words = (language: 'en' | 'ar' = 'en') => languages.get(language)!.words.drafts;
const NEW_WORDS = 'Do you feel safe near your home?';

useStudio();

const formHref = (item: string, purpose: 'change' | 'withdrawal', survey = 'primary') =>
  `/studio/proposals/new?${new URLSearchParams({ survey, item, purpose }).toString()}`;
const listed = () => createProposals(house.services.database).list(house.authorityId);

/** The form of a change as it stands. */
async function changeForm(item = 'feel-safe', language: 'en' | 'ar' = 'en'): Promise<Fields> {
  const { body, statusCode } = await get('forum-member', formHref(item, 'change'), language);
  expect(statusCode).toBe(200);
  return formFields(body, 'id="draft"');
}

const send = (fields: Record<string, string | string[]>) => post('forum-member', '/studio/proposals', fields);
const WHY = 'Some of us did not get it.';

describe('the page of a version', () => {
  it('leads to a change and a withdrawal of each question, for forum members and youth workers', async () => {
    for (const role of ['forum-member', 'youth-worker'] as const) {
      const { body } = await get(role, `/studio/versions/${first.id}`);
      for (const { id } of first.definition.items) {
        for (const purpose of ['change', 'withdrawal'] as const)
          expect(body).toContain(`href="${formHref(id, purpose).replaceAll('&', '&amp;')}"`);
      }
    }
    expect((await get('analyst', `/studio/versions/${first.id}`)).body).not.toContain('purpose=change');
  });

  it('leads nowhere from a version that is not the newest', async () => {
    const surveys = createSurveys(house.services.database);
    const texts = [...(await surveys.texts(first.id)).values()];
    await surveys.publish({ definition: first.definition, texts }, null, '2026-05-02T09:00:00.000Z');
    expect((await get('forum-member', `/studio/versions/${first.id}`)).body).not.toContain('purpose=change');
  });
});

describe('a change', () => {
  it('begins with the question as it is, in every language', async () => {
    const text = await createSurveys(house.services.database).texts(first.id);
    const [en, ar] = ['en', 'ar'].map((code) => text.get(code)!.items['feel-safe']!);
    const fields = await changeForm();
    expect(fields).toMatchObject({ question: [en!.text], 'ar-question': [ar!.text], survey: ['primary'] });
    expect(fields.option).toEqual(expect.arrayContaining(Object.values(en!.options ?? {})));
    expect(fields.after ?? ['']).toEqual(['']);
    expect(await changeForm('feel-safe', 'ar')).toMatchObject({ question: [ar!.text], 'en-question': [en!.text] });
  });

  it('is kept under the id of the question with its codes, and is drawn while it is written', async () => {
    const fields = { ...(await changeForm()), question: NEW_WORDS, why: WHY };
    const preview = await post('forum-member', '/studio/drafts/preview', fields);
    expect(preview.body.slice(preview.body.indexOf('class="preview-page"'))).toContain(NEW_WORDS);
    const reply = await send(fields);
    expect(reply.statusCode).toBe(303);
    const [proposal] = await listed();
    const before = first.definition.items.find(({ id }) => id === 'feel-safe');
    expect(proposal).toMatchObject({ purpose: 'change', surveyId: 'primary' });
    expect(proposal?.drafts[0]).toMatchObject({ item: before, texts: { en: { text: NEW_WORDS } } });
    expect(proposal?.drafts[0]?.texts['ar']?.options).toBeDefined();
  });

  it('is not made twice: whoever comes second is told, with a link, and keeps what was typed', async () => {
    const fields = { ...(await changeForm()), question: NEW_WORDS, why: WHY };
    const kept = String((await send(fields)).headers.location);
    const second = await send({ ...fields, question: 'Is your street safe?' });
    expect(second.statusCode).toBe(422);
    expect(second.body).toContain(words()['fault-change-under-way']);
    expect(second.body).toContain(`href="${kept}"`);
    expect(second.body).toContain('Is your street safe?</textarea>');
    const { body } = await get('forum-member', formHref('feel-safe', 'change'));
    expect(body).toContain(words()['fault-change-under-way']);
    expect(body).toContain(`href="${kept}"`);
    expect(await listed()).toHaveLength(1);
  });

  it('that changes nothing is not sent', async () => {
    const reply = await send({ ...(await changeForm()), why: WHY });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(words()['fault-unchanged']);
    expect(await listed()).toEqual([]);
  });

  it('that takes away an answer which something needs is told exactly what needs it', async () => {
    const used = first.definition.indicators.find(({ question }) => question === 'feel-safe')!;
    const item = first.definition.items.find(({ id }) => id === 'feel-safe')!;
    if (!('options' in item)) throw new Error('feel-safe has no answers.');
    const place = item.options.findIndex(({ code }) => used.anyOf.includes(code));
    const fields = await changeForm();
    const option = (fields.option ?? []).map((line, index) => (index === place ? '' : line));
    const reply = await send({ ...fields, option, why: WHY });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('href="#options"');
    expect(reply.body).toContain(item.options[place]!.code);
    expect(reply.body).toContain(words()['use-indicator'].split('“')[0]!);
  });

  it('goes on as any draft: decided, checked, changed again, compared with the version', async () => {
    const page = String((await send({ ...(await changeForm()), question: NEW_WORDS, why: WHY })).headers.location);
    for (const language of ['en', 'ar'] as const) {
      const { body } = await get('youth-worker', page, language);
      const section = body.slice(body.indexOf('id="would-change"'), body.indexOf('id="coach"'));
      expect(section).toContain(words(language).wouldChangeTitle);
      expect(section).toMatch(/<del>[\s\S]*live[\s\S]*<ins>[\s\S]*near/);
      expect(section).not.toContain(WHY);
    }
    const next = formFields((await get('forum-member', `${page}/drafts/new`)).body, 'id="draft"');
    const again = await post('forum-member', `${page}/drafts`, { ...next, question: 'Is it safe near your home?' });
    expect(again.statusCode).toBe(303);
    const id = page.split('/').at(-1)!;
    expect((await decide(id, { number: '2' })).statusCode).toBe(303);
    expect((await check(id, { number: '2' })).statusCode).toBe(303);
    expect((await get('analyst', '/studio/publications/new?survey=primary')).body).toContain(id);
  });

  it('needs a question that the newest version asks', async () => {
    for (const href of [
      formHref('none', 'change'),
      formHref('feel-safe', 'change', 'none'),
      '/studio/proposals/new?purpose=change',
    ])
      expect((await get('forum-member', href)).statusCode).toBe(404);
    expect((await send({ ...(await changeForm()), item: 'none', why: WHY })).statusCode).toBe(404);
    expect((await get('forum-member', '/studio/proposals/new?purpose=other')).statusCode).toBe(400);
  });
});

describe('a draft that is approved while somebody publishes', () => {
  it('asks for another look, and goes out when it was looked at', async () => {
    const page = String((await send({ ...(await changeForm()), question: NEW_WORDS, why: WHY })).headers.location);
    const id = page.split('/').at(-1)!;
    const approve = async (number: string) => {
      expect((await decide(id, { number })).statusCode).toBe(303);
      expect((await check(id, { number })).statusCode).toBe(303);
    };
    await approve('1');
    const drawn = await get('analyst', '/studio/publications/new?survey=primary');
    const fields = {
      ...formFields(drawn.body, 'action="/studio/publications"'),
      [`${id}.comparability`]: 'reworded',
      [`${id}.note`]: 'A word was hard to read for P5.',
    };
    expect(fields).toMatchObject({ [`${id}.number`]: ['1'] });
    const next = formFields((await get('forum-member', `${page}/drafts/new`)).body, 'id="draft"');
    await post('forum-member', `${page}/drafts`, { ...next, question: 'Is it safe near your home?' });
    await approve('2');
    const told = await post('analyst', '/studio/publications', fields);
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain(languages.get('en')!.words.publishing['fault-draft-moved-on']);
    expect(told.body).toContain('Is it safe near your home?');
    const again = { ...fields, ...formFields(told.body, 'action="/studio/publications"') };
    expect((await post('analyst', '/studio/publications', again)).statusCode).toBe(303);
  });
});

describe('a withdrawal', () => {
  it('needs only the reason', async () => {
    const { body } = await get('youth-worker', formHref('feel-safe', 'withdrawal'));
    const fields = formFields(body, 'action="/studio/proposals"');
    expect(Object.keys(fields).toSorted()).toEqual(['item', 'purpose', 'survey', 'why']);
    expect(body).toContain(words().withdrawalUses);
    const empty = await post('youth-worker', '/studio/proposals', fields);
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('href="#why"');
    const reply = await post('youth-worker', '/studio/proposals', { ...fields, why: WHY });
    expect(reply.statusCode).toBe(303);
    const [proposal] = await listed();
    expect(proposal).toMatchObject({ purpose: 'withdrawal', drafts: [{ whyAsk: WHY, item: { id: 'feel-safe' } }] });
    for (const language of ['en', 'ar'] as const) {
      const page = await get('forum-member', String(reply.headers.location), language);
      expect(page.body).toContain(words(language).wouldTakeOut);
      expect(page.body).not.toContain('/drafts/new');
    }
    const second = await post('forum-member', '/studio/proposals', { ...fields, why: 'I find it dull.' });
    expect(second.statusCode).toBe(422);
    expect(second.body).toContain(words()['fault-withdrawal-under-way']);
    expect(second.body).toContain('I find it dull.');
    expect(second.body).toContain(`href="${String(reply.headers.location)}"`);
  });
});

describe('a new question', () => {
  it('is still proposed by members only, and changes nothing else', async () => {
    expect((await get('youth-worker', '/studio/proposals/new')).statusCode).toBe(404);
    expect((await post('youth-worker', '/studio/proposals', { question: 'Is it fun?' })).statusCode).toBe(404);
    const { body } = await get('forum-member', `/studio/proposals/${await propose()}`);
    expect(body).not.toContain('id="would-change"');
  });
});
