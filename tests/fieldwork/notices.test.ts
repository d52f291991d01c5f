import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { openParents } from '../support/other-waves.ts';
import { settleWave } from '../support/settled-wave.ts';
import { page, recorded } from './own-survey.ts';

/* What people are told of a wave: notices, letters to families, facts for the impact assessment. */

let house: FieldworkHouse;
let wave: string;

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.makeWave();
});
afterAll(() => house.close());

const idOf = (address: string) => address.split('/').at(-1)!;
const notice = (of: string, reader = '', language = 'en') =>
  house.app.inject({
    url: `/fieldwork/notices/${idOf(of)}${reader && `/${reader}`}`,
    headers: { cookie: `heard-language=${language}` },
  });

describe('privacy notices', () => {
  it('are there for everybody, one for each age that the wave asks and one for parents', async () => {
    const { body } = await notice(wave);
    const links = [...body.matchAll(/href="\/fieldwork\/notices\/[^"/]+\/([\w-]+)"/g)].map((match) => match[1]);
    expect(links).toEqual(['p5-p7', 's1-s3', 's4-s6', 'parents']);
    for (const reader of links) expect((await notice(wave, reader)).statusCode, reader).toBe(200);
    expect((await notice(wave, 'adult')).statusCode).toBe(404);
  });

  it('say what was settled: until when, who decides, whom to complain to, by which law', async () => {
    const parents = (await notice(wave, 'parents')).body;
    for (const words of [
      'tell the school by 24 April 2026',
      'the school talks to both',
      'From 16 the pupil alone decides.',
      'until 30 June 2027 and then deleted',
      '(e) public task',
      'Controller: Strathlorn Council.',
      'Write to the data protection officer of the council, or to the ICO.',
      'Some schools of this survey have agreed.',
    ])
      expect(parents).toContain(words);
    const young = (await notice(wave, 'p5-p7')).body;
    expect(young).toContain('Before you send, you can change your answers. After that we can&#39;t find them');
    expect(young).toContain('We keep the answers until 30 June 2027.');
    expect(young).not.toContain('Article');
  });

  it('tell the youngest, too, what the list of the school says of them, as the first page and the teacher do', async () => {
    const open = await house.openWave();
    const said = {
      en: /girl or boy, what sort of area you live in, and if you get extra help to learn/,
      ar: /بنت أم ولد، ونوع المنطقة التي .+، وهل .+ مساعدة إضافية في التعلم/,
    };
    for (const language of ['en', 'ar'] as const) {
      const { body } = await page(house, `/fieldwork/notices/${idOf(wave)}/p5-p7`, language);
      expect(body, language).toMatch(said[language]);
      expect((await page(house, '/fieldwork/script', language)).body, language).toMatch(said[language]);
      const [code] = await house.codes(open, 'burnside');
      const pupil = await new Pupil(house, language).post('/respond/sessions', { code: code! });
      expect(pupil.page, language).toMatch(said[language]);
    }
  });

  it('change with the settings, and say nothing of what this wave does not do', async () => {
    const other = await house.makeWave();
    await settleWave(house, other, {
      schools: { schools: ['burnside', 'lochend'] },
      'opting-out': { optOutsUntil: '2026-04-10', disagreement: 'pupil-decides' },
    });
    const plain = (await notice(other, 's1-s3')).body;
    expect(plain).toContain('the pupil decides');
    expect(plain).not.toContain('trained readers');
    expect(plain).not.toContain('Some schools of this survey have agreed.');
    expect(plain).not.toContain('Alcohol');
    await house.post('administrator', `${other}/readers`, { readers: house.accounts['text-reader'] });
    const reason = 'Agreed with the head teachers.';
    await house.post('administrator', `${other}/topics`, { topic: 'alcohol', reason });
    const more = (await notice(other, 's1-s3')).body;
    expect(more).toContain('trained readers');
    expect(more).toContain('Alcohol');
  });

  it('are there in Arabic, from right to left', async () => {
    const { body } = await notice(wave, 'p5-p7', 'ar');
    expect(body).toContain('<html lang="ar" dir="rtl">');
    expect(body).toContain('نحتفظ بالإجابات حتى');
  });

  it('are not there before their facts are settled', async () => {
    const made = await house.post('administrator', '/fieldwork/waves', { name: 'Bare', family: 'pupils' });
    expect((await notice(String(made.headers.location))).statusCode).toBe(404);
    expect((await notice('none')).statusCode).toBe(404);
  });

  it('are one click from the first page of whoever answers', async () => {
    const open = await house.openWave();
    const [code] = await house.codes(open, 'lochend');
    const pupil = await new Pupil(house).post('/respond/sessions', { code: code! });
    const href = /href="(\/fieldwork\/notices\/[^"]+)"/.exec(pupil.page)?.[1];
    expect(href).toBe(`/fieldwork/notices/${idOf(open)}/s1-s3`);
    expect((await new Pupil(house).go(href!)).status).toBe(200);
  });

  it('of parents who answer tell them that nobody can find their answers', async () => {
    const { wave: parents } = await openParents(house);
    const { body } = await notice(parents, 'adult');
    expect(body).toContain('nobody can tell whose they are, not even whoever runs the server');
    expect(body).not.toContain('tell the school');
    expect((await notice(parents, 'parents')).statusCode).toBe(404);
  });
});

describe('letters to families', () => {
  it('say what, when, how to opt out and who decides, and stand there to be copied', async () => {
    const { body } = await page(house, `${wave}/letters/first?language=en`);
    for (const words of [
      '1 May 2026 to 30 June 2026',
      'tell the school by 24 April 2026',
      'From 16 the pupil alone decides.',
      'your child can say no on the day',
    ])
      expect(body.split(words).length, words).toBe(3);
    expect(body).toContain(`/fieldwork/notices/${idOf(wave)}/parents`);
  });

  it('are there in the languages of the wave, on a page in the language of whoever prints', async () => {
    const { body } = await page(house, `${wave}/letters/reminder?language=ar`);
    expect(body).toContain('<html lang="en" dir="ltr">');
    expect(body).toContain('<article class="letter" lang="ar" dir="rtl">');
    expect(body).toContain('تذكير');
    const english = await house.makeWave();
    await house.post('administrator', `${english}/setup/languages`, {});
    expect((await page(house, `${english}/letters/first?language=ar`)).statusCode).toBe(404);
    expect((await page(house, english)).body).not.toContain('language=ar');
  });

  it('are not there where nobody can opt out, for others, or of another kind', async () => {
    const { wave: parents } = await openParents(house);
    expect((await page(house, `${parents}/letters/first`)).statusCode).toBe(404);
    expect((await page(house, `${wave}/letters/third`)).statusCode).toBe(400);
    const url = `${wave}/letters/first`;
    expect((await house.app.inject({ url, headers: await house.as('planner') })).statusCode).toBe(403);
    expect((await recorded(house, 'letters-printed')).map(({ subject }) => subject)).toContain(
      `${idOf(wave)} first en`,
    );
  });
});

describe('a language that the wave is not asked in', () => {
  it('is not shown to whoever reads it: they get English', async () => {
    const english = await house.makeWave();
    await house.post('administrator', `${english}/setup/languages`, {});
    await house.post('administrator', `${english}/opening`, {});
    const both = await house.openWave();
    const firstQuestion = async (of: string) => {
      const [code] = await house.codes(of, 'burnside');
      const pupil = await new Pupil(house, 'ar').start(code!);
      return /<h1[^>]*>([\s\S]*?)<\/h1>/.exec((await pupil.answer()).page)?.[1] ?? '';
    };
    expect(await firstQuestion(both)).toMatch(/[\u0600-\u06ff]/);
    expect(await firstQuestion(english)).not.toMatch(/[\u0600-\u06ff]/);
  });
});

describe('the facts for the impact assessment', () => {
  it('are made from the settings, without judgement', async () => {
    const { body } = await page(house, `${wave}/facts`);
    for (const words of [
      'It gives facts and no judgement',
      'Schools: 3.',
      'Schools that agreed that results of one school alone may be shown: 1.',
      'Off, so nobody is asked: Alcohol',
      'Nobody is asked to answer in their own words.',
      'Answers: until 30 June 2027.',
      'English · ',
      'at least 3 of a school and band',
      'with a base below 10, and below 20 where it is one school',
      'The server is not set up for HTTPS',
    ])
      expect(body).toContain(words);
    expect((await page(house, `${wave}/facts`, 'ar')).body).toContain('وقائع لتقييم الأثر');
  });

  it('are told of a wave of which nothing is settled, too', async () => {
    const made = await house.post('administrator', '/fieldwork/waves', { name: 'Bare', family: 'pupils' });
    const { statusCode, body } = await page(house, `${String(made.headers.location)}/facts`);
    expect(statusCode).toBe(200);
    expect(body).toContain('nobody has settled yet when they are deleted');
  });
});
