import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

/** A page as somebody without an account gets it. */
async function read(url: string, language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await house.app.inject({ url, headers: { cookie: `heard-language=${language}` } });
  expect(reply.statusCode, url).toBe(200);
  return reply.body;
}
/** What is read out to the class: the words in the boxes. */
const readOut = (body: string) => [...body.matchAll(/read-out">(.*?)<\/div>/gs)].map((match) => match[1]!.trim());

const LEVELS = ['p5-p7', 's1-s3', 's4-s6'];

describe('the script for a class', () => {
  it.each(LEVELS)('for %s says that it is a choice, that nobody watches, and how to find help', async (level) => {
    const [start, text, end] = readOut(await read(`/fieldwork/script?level=${level}`));
    expect(start).toMatch(/right or wrong/);
    expect(start).toMatch(/say no/);
    expect(start).toMatch(/skip/);
    expect(start).toMatch(/(Nobody|nobody) (is watching|watches)/);
    expect(start).toContain('“I&#39;d like to talk to someone”');
    expect(start).toMatch(/Everyone folds/);
    expect(text).toMatch(/end of the next school day/);
    expect(text).toMatch(/hand in the slip as well/);
    expect(end).toMatch(/^<p>Thank you/);
  });

  it('is in other words for each level, in both languages, and the youngest are the default', async () => {
    for (const language of ['en', 'ar'] as const) {
      const pages = await Promise.all(LEVELS.map((level) => read(`/fieldwork/script?level=${level}`, language)));
      const words = pages.map((body) => readOut(body).join());
      expect(new Set(words).size).toBe(LEVELS.length);
      expect(readOut(await read('/fieldwork/script', language)).join()).toBe(words[0]);
      for (const body of pages) expect(body).not.toMatch(/undefined|\{\{/);
    }
  });

  it('names the buttons as they stand on the pages of the survey', async () => {
    for (const language of ['en', 'ar'] as const) {
      const { respond, layout } = house.services.languages.get(language)!.words;
      for (const level of LEVELS) {
        const spoken = readOut(await read(`/fieldwork/script?level=${level}`, language)).join();
        for (const button of [respond.start, respond.send, layout.readingHelp, layout.hideThis]) {
          expect(spoken).toContain(button);
        }
      }
    }
  });

  it('for a level that there is not is not invented', async () => {
    expect((await house.app.inject('/fieldwork/script?level=p1-p4')).statusCode).toBe(400);
  });
});

describe('help for a supporter', () => {
  it('stands in the script and on a page of its own', async () => {
    for (const language of ['en', 'ar'] as const) {
      const alone = await read('/fieldwork/script/supporter', language);
      const points = [...alone.matchAll(/<li>([^<]*)<\/li>/g)].map((match) => match[1]!);
      expect(points.length).toBeGreaterThan(8);
      const script = await read('/fieldwork/script?level=s1-s3', language);
      for (const point of points) expect(script).toContain(point);
    }
  });

  it('says where to sit, what to read, what never to say, and what to do where an answer is shown', async () => {
    const body = await read('/fieldwork/script/supporter');
    for (const words of [
      'Sit beside',
      'Read out the question and every answer',
      'Never say',
      'Look away',
      'signs, points',
    ])
      expect(body).toContain(words);
  });
});
