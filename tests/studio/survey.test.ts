import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { form } from '../support/house.ts';
import { firstChoices } from '../support/first-choices.ts';
import { approved, get, house, neighbours, propose, QUESTION, useStudio } from './studio-house.ts';

useStudio();

const SURVEY = '/studio/surveys/primary';
const TRY = '/studio/tries?survey=primary&stage=P6&language=en';

type Fields = Record<string, string | string[]>;

/** Everything that the form of a page brings along, as a browser would send it. */
function broughtAlong(page: string): Fields {
  const fields: Record<string, string[]> = {};
  for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)) {
    (fields[name] ??= []).push(value.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  }
  return fields;
}

const heading = (page: string) =>
  /<h1[^>]*>([\s\S]*?)<\/h1>/
    .exec(page)?.[1]
    ?.replaceAll(/<[^>]+>/g, '')
    .trim();
/** One member, signed in once. */
let headers: Record<string, string>;
beforeEach(async () => {
  headers = await house.as('forum-member');
});

function send(fields: Fields) {
  const body = form(fields);
  return house.app.inject({ method: 'POST', url: '/studio/tries', ...body, headers: { ...headers, ...body.headers } });
}

const go = (page: string, move: string, answers: Fields = {}) => send({ ...broughtAlong(page), ...answers, move });
const isEnd = (page: string) => page.includes('name="page" value="end"');

/** Goes on from a page with the first choice of each, to the end. @returns every page */
async function toTheEnd(from: string): Promise<string[]> {
  const pages = [from];
  for (let page = from; !isEnd(page); pages.push(page)) {
    if (pages.length > 80) throw new Error('A try of the primary survey has fewer than 80 pages.');
    const reply = await go(page, 'next', firstChoices(page));
    expect(reply.statusCode).toBe(200);
    page = reply.body;
  }
  return pages;
}

/** Every row of every table. */
async function allRows(): Promise<Record<string, unknown>> {
  const { query } = house.services.database;
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(query);
  const rows: Record<string, unknown> = {};
  for (const { name } of tables.rows) {
    const found = await sql`select * from ${sql.table(name)}`.execute(query);
    rows[name] = found.rows;
  }
  return rows;
}

describe('a survey as it would be', () => {
  it('says what the coach makes of the whole, and leads to the questions that it is about', async () => {
    const { body } = await get('forum-member', SURVEY);
    expect(body).toMatch(/About \d+ minutes/);
    expect(body).toContain('(aim for 15, never more than 20)');
    expect(body).toContain('(never more than 40)');
    expect(body).not.toContain('id="coach-s1-s3"');
    expect((await get('forum-member', '/studio')).body).toContain(`href="${SURVEY}"`);
  });

  it('has approved questions in it where somebody wants to see them, and is the longer for it', async () => {
    const id = await approved();
    const questions = (body: string) => Number(/<dt>Questions<\/dt><dd><b>(\d+)/.exec(body)![1]);
    const without = (await get('analyst', SURVEY)).body;
    const withIt = (await get('analyst', `${SURVEY}?with=${id}`)).body;
    expect(without).toContain(`name="with" value="${id}">`);
    expect(without).not.toContain('Would be new');
    expect(withIt).toContain(`name="with" value="${id}" checked>`);
    expect(withIt).toContain('Would be new');
    expect(questions(withIt)).toBe(questions(without) + 1);
    const order = [...withIt.matchAll(/<li class="card" id="asked-([a-z0-9-]+)"/g)].map((match) => match[1]);
    expect(order.indexOf('is-there-enough-to-do-after-school')).toBe(order.length - 2);
    expect(withIt).toContain('It has no words in \u2068العربية\u2069 yet.');
  });

  it('names the questions of a finding by links to where they stand', async () => {
    const { body } = await get('youth-worker', SURVEY);
    const coach = body.slice(body.indexOf('id="coach"'), body.indexOf('id="try"'));
    expect(coach).toContain('Offer the same ones each time.');
    expect(coach).toContain('href="#asked-gender"');
    expect(body).toContain('id="asked-gender"');
  });

  it('shows a proposal that nobody approved only where it is asked for', async () => {
    const id = await propose();
    expect((await get('forum-member', SURVEY)).body).not.toContain(id);
    expect((await get('forum-member', `${SURVEY}?with=${id}`)).body).toContain(QUESTION);
  });

  it('says in Arabic what the coach cannot tell there', async () => {
    const { body } = await get('forum-member', SURVEY, 'ar');
    expect(body).toContain('لا يستطيع المدرب أن يعرف هنا هل ينتهي الاستبيان بشيء جيد.');
    expect(body).toContain('حُسب الوقت بسرعة قراءة الصغار والشباب للإنجليزية.');
  });

  it('of grown-ups has no ages', async () => {
    const { body } = await get('forum-member', '/studio/surveys/parents');
    expect(body).toContain('Grown-ups answer this survey.');
    expect((await get('forum-member', '/studio/surveys/nothing')).statusCode).toBe(404);
  });

  it('never has the questions of another authority in it', async () => {
    const id = await approved();
    const theirs = { url: `${SURVEY}?with=${id}`, headers: await neighbours('analyst') };
    const { body } = await house.app.inject(theirs);
    expect(body).not.toContain(QUESTION);
  });
});

describe('trying a survey', () => {
  it('leads through all of it to the end, and changes no row of any table', async () => {
    const id = await approved();
    const first = (await get('forum-member', `${TRY}&with=${id}`)).body;
    const before = await allRows();
    expect(first).toContain('This is a try-out. Nothing is kept.');
    expect(first).toContain('This is the first page');
    const pages = await toTheEnd(first);
    expect(pages.length).toBeGreaterThan(30);
    expect(pages.map(heading)).toContain(QUESTION);
    const end = pages.at(-1)!;
    expect(end).toContain(`There were ${pages.length - 1} pages on your way.`);
    expect(end).toMatch(/needs about \d+ minutes for them/);
    expect(end).toContain('Yes, plenty');
    expect(await allRows()).toEqual(before);
  });

  it('answers as a pupil is answered: a blank page is asked again, and may be skipped', async () => {
    const intro = (await get('forum-member', TRY)).body;
    const first = intro.includes('name="answer"') ? intro : (await go(intro, 'next')).body;
    const blank = await go(first, 'next');
    expect(blank.statusCode).toBe(422);
    expect(blank.body).toContain('Choose an answer, or press Skip. Both are fine.');
    expect(heading(blank.body)).toBe(heading(first));
    const skipped = await go(blank.body, 'skip');
    expect(heading(skipped.body)).not.toBe(heading(first));
  });

  it('goes back to what was chosen', async () => {
    const intro = (await get('forum-member', TRY)).body;
    const first = intro.includes('name="answer"') ? intro : (await go(intro, 'next')).body;
    const second = (await go(first, 'next', firstChoices(first))).body;
    const back = (await go(second, 'back')).body;
    expect(heading(back)).toBe(heading(first));
    expect(back).toMatch(/ checked/);
  });

  it('asks of each stage what that stage is asked', async () => {
    const asked = async (stage: string, more = '') => {
      const { body } = await get('youth-worker', `/studio/tries?survey=secondary&stage=${stage}&language=en${more}`);
      const pages: (string | undefined)[] = [];
      for (let page = body; !isEnd(page); page = (await go(page, 'skip')).body) pages.push(heading(page));
      return pages;
    };
    const [young, old, withTopics] = [await asked('S1'), await asked('S5'), await asked('S5', '&topics=on')];
    expect(young.length).toBeLessThan(old.length);
    expect(old.length).toBeLessThan(withTopics.length);
  });

  it('is in the language that is tried, whatever its reader reads; a question without it says so', async () => {
    const id = await approved();
    const { body } = await get('forum-member', `${TRY.replace('=en', '=ar')}&with=${id}`);
    expect(body).toContain('<html lang="ar" dir="rtl">');
    expect(body).toContain('هذه تجربة. لا شيء يُحفظ.');
    const pages = await toTheEnd(body);
    const proposed = pages.find((page) => heading(page) === QUESTION)!;
    expect(proposed).toContain('lang="en" dir="ltr"');
    expect(proposed).toContain('هذا السؤال مكتوب باللغة التالية فقط');
  });

  it('believes nothing that it is brought: what cannot be read again was never seen', async () => {
    const intro = (await get('forum-member', TRY)).body;
    const first = intro.includes('name="answer"') ? intro : (await go(intro, 'next')).body;
    const page = /name="page" value="([^"]+)"/.exec(first)![1]!;
    const second = await go(first, 'next', firstChoices(first));
    const forged = await send({
      ...broughtAlong(second.body),
      [`held:${page}:answer`]: 'not-an-option',
      move: 'skip',
    });
    expect(heading(forged.body)).toBe(heading(first));
    const strange = { ...broughtAlong(first), 'held:<b>:answer': 'x' };
    expect((await send(strange)).statusCode).toBe(400);
  });

  it('is only of stages and languages that the survey has', async () => {
    const refused = ['survey=primary&stage=S3&language=en', 'survey=primary&language=en'];
    for (const query of refused) {
      expect((await get('forum-member', `/studio/tries?${query}`)).statusCode).toBe(400);
    }
    expect((await get('forum-member', '/studio/tries?survey=nothing&stage=P6&language=en')).statusCode).toBe(404);
    expect((await get('forum-member', '/studio/tries')).headers.location).toBe('/studio');
    expect((await get('forum-member', '/studio/tries?survey=parents&language=en')).statusCode).toBe(200);
  });
});
