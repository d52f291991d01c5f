import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReplyUpdates } from '../../server/storage/reply-updates.ts';
import { createWaveReplies } from '../../server/storage/wave-replies.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { publishReply, writeReply } from '../replies/chain.ts';
import { cellOf, releaseWave } from '../replies/released.ts';
import { openFieldwork, Pupil, SCHOOLS, type FieldworkHouse } from '../support/fieldwork.ts';
import { AUTHORITY } from '../support/house.ts';
import { settleWave } from '../support/settled-wave.ts';
import { sheetsOn, teacherOf } from '../support/teacher.ts';
import { page } from './own-survey.ts';

/* A wave that asks about a reply: which one is a step of its setup, and pupils read it before they say what they think. */

let house: FieldworkHouse;
let releaseId: string;
let reply: string;

beforeAll(async () => {
  house = await openFieldwork();
  ({ releaseId } = await releaseWave(house.services.database, AUTHORITY));
  const cell = cellOf(releaseId, { node: 'authority' });
  reply = (await publishReply(house, await house.as('planner'), cell)).replyId;
});
afterAll(() => house.close());

const idOf = (wave: string) => wave.split('/').at(-1)!;
async function newWave(fields: Record<string, string> = {}): Promise<string> {
  const asked = { name: 'What do you think?', family: 'feedback-check', ...fields };
  return String((await house.post('administrator', '/fieldwork/waves', asked)).headers.location);
}
const choose = (wave: string, fields: Record<string, string>) =>
  house.post('administrator', `${wave}/setup/reply`, fields);
const chosen = async (wave: string) => (await createWaveReplies(house.services.database).ofWave(idOf(wave)))?.replyId;
const isDone = async (wave: string) => /data-step="reply" data-done="(\w+)"/.exec((await page(house, wave)).body)?.[1];
const ASKED = {
  stages: { bands: ['p5-p7', 's1-s2'] },
  schools: { schools: SCHOOLS.map(({ id }) => id), agreed: [] },
};

describe('the reply that a wave asks about', () => {
  it('is missing until somebody chooses it, and only where a wave asks about one', async () => {
    const wave = await newWave();
    expect(await isDone(wave)).toBe('no');
    await settleWave(house, wave, ASKED);
    const refused = await house.post('administrator', `${wave}/opening`, {});
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('No reply is chosen that it asks about.');
    const form = await page(house, `${wave}/setup/reply`);
    expect(form.body).toContain('Feeling safe on the way home');
    expect(form.body).toContain(`name="reply" value="${reply}"`);
    expect((await choose(wave, { reply })).headers.location).toBe(`${wave}#reply`);
    expect([await isDone(wave), await chosen(wave)]).toEqual(['yes', reply]);
    const ordinary = await house.makeWave();
    expect(await isDone(ordinary)).toBeUndefined();
    expect((await page(house, `${ordinary}/setup/reply`)).statusCode).toBe(404);
    expect((await choose(ordinary, { reply })).statusCode).toBe(404);
  });

  it('is a published one of its own authority, and anything else is told beside the choice', async () => {
    const wave = await newWave();
    const cell = cellOf(releaseId, { node: 'authority', band: 's1-s2' });
    const waiting = (await writeReply(house, await house.as('planner'), cell)).replyId;
    for (const id of [waiting, 'none']) {
      const refused = await choose(wave, { reply: id });
      expect([refused.statusCode, await chosen(wave)], id).toEqual([422, undefined]);
      expect(refused.body).toContain('This reply is not published, or is of another authority.');
    }
    const empty = await choose(wave, {});
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Choose a reply.');
    const { query } = house.services.database;
    await query
      .insertInto('authorities')
      .values({ id: 'otherglen', name: 'Otherglen', kind: 'real', created_at: '2026-05-01T09:00:00.000Z' })
      .execute();
    await query.updateTable('findings').set({ authority_id: 'otherglen' }).execute();
    const elsewhere = await choose(wave, { reply });
    await query.updateTable('findings').set({ authority_id: house.authorityId }).execute();
    expect([elsewhere.statusCode, await chosen(wave)]).toEqual([422, undefined]);
  });

  it('leads to its wave, which stands filled with its ages and schools until somebody saves', async () => {
    const form = await page(house, `/fieldwork/waves/new?reply=${reply}`);
    expect(form.body).toContain('Feeling safe on the way home');
    expect(form.body).toContain('<option value="feedback-check" selected>');
    const wave = await newWave({ reply });
    expect(await chosen(wave)).toBe(reply);
    const stages = (await page(house, `${wave}/setup/stages`)).body;
    expect(stages).toContain('Nothing is saved yet.');
    expect([...stages.matchAll(/value="([^"]+)" checked/g)].map(([, band]) => band)).toEqual(['p5-p7']);
    const schools = (await page(house, `${wave}/setup/schools`)).body;
    const ticked = [...schools.matchAll(/name="schools" value="([^"]+)"[^>]* checked/g)].map(([, id]) => id);
    // The secondary has nobody of these ages.
    expect(ticked).toEqual(['burnside', 'hillview']);
    expect((await createWaves(house.services.database).schools(idOf(wave))).length).toBe(0);
    await house.post('administrator', `${wave}/setup/stages`, { bands: 's1-s2' });
    const saved = (await page(house, `${wave}/setup/stages`)).body;
    expect([...saved.matchAll(/value="([^"]+)" checked/g)].map(([, band]) => band)).toEqual(['s1-s2']);
    expect(saved).not.toContain('Nothing is saved yet.');
    // Of any other family the reply is left out.
    const others = await newWave({ reply, family: 'pupils' });
    expect(await chosen(others)).toBeUndefined();
  });

  it('has to have words in every language of the wave', async () => {
    const wave = await newWave({ reply });
    await settleWave(house, wave, ASKED);
    const { query } = house.services.database;
    const arabic = query
      .selectFrom('reply_words')
      .selectAll()
      .where('reply_id', '=', reply)
      .where('language', '=', 'ar');
    const words = await arabic.execute();
    await query.deleteFrom('reply_words').where('reply_id', '=', reply).where('language', '=', 'ar').execute();
    expect(await isDone(wave)).toBe('no');
    const refused = await house.post('administrator', `${wave}/opening`, {});
    expect(refused.body).toContain('The reply has no words in a language that this wave is asked in.');
    await query.insertInto('reply_words').values(words).execute();
    expect(await isDone(wave)).toBe('yes');
  });

  it('is part of what was assessed, and of what is rehearsed', async () => {
    const wave = await newWave();
    await settleWave(house, wave, ASKED);
    await choose(wave, { reply });
    expect((await page(house, wave)).body).toContain('data-step="assessment" data-done="no"');
    const begun = await house.post('administrator', `${wave}/rehearsals`, {});
    expect(begun.statusCode).toBe(303);
    const rehearsal = (await createWaves(house.services.database).unfinished()).find(
      ({ rehearsalOf }) => rehearsalOf === idOf(wave),
    )!;
    const codes = await house.codes(`/fieldwork/waves/${rehearsal.id}`, 'burnside');
    expect((await new Pupil(house).start(codes[0]!)).page).toContain('Feeling safe on the way home');
  });
});

describe('a wave about a reply that is open', () => {
  let wave: string;
  let codes: string[];
  beforeAll(async () => {
    const { database } = house.services;
    const news = (en: string, ar: string) => ({ nextUpdateOn: '2026-09-01', words: { en, ar } });
    await createReplyUpdates(database).add(
      reply,
      news('The last lamp is up.', 'رُكّب آخر مصباح.'),
      null,
      house.clock.now,
    );
    wave = await newWave({ reply });
    await settleWave(house, wave, ASKED);
    house.clock.now = '2026-05-02T09:00:00.000Z';
    expect((await house.post('administrator', `${wave}/opening`, {})).statusCode).toBe(303);
    house.clock.now = '2026-05-03T09:00:00.000Z';
    const late = news('This came later.', 'جاء هذا لاحقًا.');
    await createReplyUpdates(database).add(reply, late, null, house.clock.now);
    codes = await house.codes(wave, 'burnside');
  });

  it('keeps its reply', async () => {
    expect((await choose(wave, { reply })).statusCode).toBe(409);
    expect(await chosen(wave)).toBe(reply);
    expect((await page(house, wave)).body).toContain('Reply that it asks about');
  });

  it.each([
    [
      'en',
      [
        'Feeling safe on the way home</h2>',
        'You said',
        'Many of you named the path by the canal.',
        'We are doing part',
      ],
      [
        'New lights are on the canal path since March.',
        'ground that floods',
        'Roads and Transport',
        '1 September 2026',
      ],
      'The last lamp is up.',
    ],
    [
      'ar',
      ['الشعور بالأمان في طريق العودة</h2>', 'ما قيل لنا', 'ذُكر كثيرًا الطريق بجانب القناة.', 'نقوم بجزء من هذا'],
      ['رُكّبت أضواء جديدة منذ مارس.', 'الأرض هناك تغمرها المياه.', 'Roads and Transport', '2026'],
      'رُكّب آخر مصباح.',
    ],
  ])(
    'shows it to pupils in %s, with the news of the day it opened, before it asks',
    async (language, some, more, news) => {
      const pupil = await new Pupil(house, language).start(codes.pop()!);
      const part = /<section class="stack asked-reply"[^]*?<\/section>/.exec(pupil.page)?.[0] ?? '';
      for (const words of [...some, ...more, news]) expect(part).toContain(words);
      expect(part).not.toContain('This came later.');
      expect(part).not.toContain('جاء هذا لاحقًا.');
      await pupil.answer();
      expect(pupil.page).not.toContain('asked-reply');
      await pupil.answer('a-little');
      expect(pupil.page).toContain(language === 'en' ? 'Is this what you meant?' : 'هل هذا ما أردت قوله؟');
      await pupil.answer('yes');
      await pupil.answerAll();
      expect((await pupil.send()).status).toBe(200);
    },
  );

  it('has it read together in class, and read out by the teacher', async () => {
    const school = `${wave.replace('/fieldwork', '/class')}/schools/burnside`;
    const [sheet] = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
    const teacher = await teacherOf(house, sheet!);
    await teacher.go(`/class/pages/1?stage=${sheet!.class.slice(0, 2)}`);
    expect(teacher.page).toContain('data-asked-reply');
    expect(teacher.page).toContain('<p>Many of you named the path by the canal.</p>');
  });

  it('shows another reply to pupils of another wave, though the page has the same address', async () => {
    const second = await publishReply(house, await house.as('planner'), cellOf(releaseId));
    const { query } = house.services.database;
    await query
      .updateTable('reply_words')
      .set({ title: 'Another reply' })
      .where('reply_id', '=', second.replyId)
      .execute();
    const others = await newWave({ reply: second.replyId });
    await settleWave(house, others, ASKED);
    await house.post('administrator', `${others}/opening`, {});
    const [code] = await house.codes(others, 'hillview');
    const there = await new Pupil(house).start(code!);
    const here = await new Pupil(house).start(codes.pop()!);
    expect(there.url).toBe(here.url);
    expect(there.page).toContain('Another reply</h2>');
    expect(here.page).toContain('Feeling safe on the way home</h2>');
  });
});
