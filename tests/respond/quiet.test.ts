import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { contentOf } from '../support/stored-wave.ts';

let house: FieldworkHouse;
let codes: string[];

beforeAll(async () => {
  house = await openFieldwork();
  codes = await house.codes(await house.openWave(), 'burnside');
});
afterAll(() => house.close());

const LAST = 8;
const HERE = 'reference=ACD-EFG';
const LANGUAGES = ['en', 'ar'] as const;

async function open(url: string, language: string = 'en') {
  return house.app.inject({ url, headers: { cookie: `heard-language=${language}` } });
}
/** The address that the form of a page leads to, with these fields. */
function after(page: string, fields: Record<string, string>): string {
  const action = /<form class="stack" method="get" action="([^"]*)"/.exec(page)?.[1];
  const hidden = [...page.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const query = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]));
  for (const [name, value] of Object.entries(fields)) query.set(name, value);
  return `${String(action)}?${query.toString()}`;
}
const options = (page: string) =>
  [...page.matchAll(/name="choice" id="answer-\d" value="(\d)">(?:<svg.*?<\/svg>)?<span>([^<]*)</g)].map(
    ([, value = '', words = '']) => ({ value, words }),
  );
const soft = (page: string) => /<\/div>\s*<p class="soft">([^<]*)<\/p>/.exec(page)?.[1] ?? '';
const words = (language: 'en' | 'ar') => house.services.languages.get(language)!.words.quiet;
/** The value of the option that is meant. */
const meant = (page: string, language: 'en' | 'ar', number: number) =>
  options(page).find((option) => option.words === words(language)[`puzzle-${number}-a` as 'puzzle-1-a'])!.value;

describe('the page after a survey', () => {
  it('is the same to the byte for who sent, who stopped and who said no, apart from the reference', async () => {
    const sent = await (await (await new Pupil(house).start(codes.pop()!)).answerAll()).send();
    const stopped = await (await new Pupil(house).start(codes.pop()!)).go('/respond/stop');
    await stopped.post('/respond/stopping', { attempt: stopped.hidden('attempt'), choice: 'throw-away' });
    const declined = await new Pupil(house).post('/respond/sessions', { code: codes.pop()! });
    await declined.post('/respond/assent', { attempt: declined.hidden('attempt'), decision: 'no' });
    const pages = [sent, stopped, declined].map(({ url, page }) => {
      const reference = /reference=([A-Z0-9]{3}-[A-Z0-9]{3})/.exec(url)![1]!;
      expect(page).toContain(`>${reference}</bdi>`);
      return page.replaceAll(reference, 'REF-REF');
    });
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('Demonstration: nobody on these pages is real.');
  });

  it.each(LANGUAGES)(
    'looks like a question in %s: how far, a heading, answers to choose from, Next and Skip',
    async (language) => {
      const { body } = await open(`/respond/finished?${HERE}`, language);
      const { next, skip } = house.services.languages.get(language)!.words.respond;
      expect(body).toMatch(/<div class="progress">.*<progress max="9" value="1"/);
      expect(body).toMatch(/<fieldset role="radiogroup">\s*<legend><h1>/);
      expect(body.match(/<label class="answer">/g)).toHaveLength(4);
      expect(body.match(/<label class="answer quiet">/g)).toHaveLength(2);
      expect(body).toMatch(new RegExp(`name="move" value="next">${next}<.*name="move" value="skip">${skip}<`));
      expect(body.match(/<h1>/g)).toHaveLength(1);
    },
  );

  it('says quietly that it is done, what happens next, and that answers cannot be found any more', async () => {
    const { body } = await open(`/respond/finished?${HERE}`);
    expect(body).toContain('<span>You are done here. Thank you.</span>');
    expect(body).toContain('ACD-EFG');
    expect(body).toContain('the answers are added up');
    expect(body).toContain('The reply comes to schools');
    expect(body).toContain('After sending we can&#39;t find your answers to change or remove them.');
    expect(body).toMatch(/<a href="\/">Ready for the next person<\/a>/);
  });

  it('needs no session, keeps nothing, and offers nothing to leave or hide', async () => {
    const tables = ['drafts', 'draft_changes', 'respondent_sessions', 'responses', 'audit_entries'] as const;
    const before = await contentOf(house.services.database, ...tables);
    for (const url of ['/respond/finished', '/respond/quiet/2?choice=1&move=next']) {
      const reply = await open(url);
      expect(reply.statusCode).toBe(200);
      expect(reply.cookies).toEqual([]);
      expect(reply.headers['cache-control']).toBe('no-store');
      expect(reply.body).not.toMatch(/respond\/(leave|hiding|next)/);
    }
    expect(await contentOf(house.services.database, ...tables)).toEqual(before);
  });

  it('takes no words from its address', async () => {
    for (const query of ['reference=Ring+0900', 'reference=%3Cb%3E', 'unreal=maybe']) {
      for (const path of ['/respond/finished', '/respond/quiet/3']) {
        const reply = await open(`${path}?${query}`);
        expect(reply.statusCode, query).toBe(400);
        expect(reply.body).not.toContain('Ring 0900');
      }
    }
    expect((await open('/respond/quiet/3?choice=%3Cb%3Ex')).body).not.toContain('<b>x');
  });

  it('is of a demonstration only where the survey was', async () => {
    expect((await open(`/respond/finished?${HERE}`)).body).not.toContain('nobody on these pages is real');
    const first = await open(`/respond/finished?${HERE}&unreal=demonstration`);
    expect(first.body).toContain('nobody on these pages is real');
    const second = await open(after(first.body, { choice: '1', move: 'next' }));
    expect(second.body).toContain('nobody on these pages is real');
  });
});

describe.each(LANGUAGES)('the quiet activity in %s', (language) => {
  async function walk(choose: (page: string, number: number) => Record<string, string>): Promise<string[]> {
    const pages = [(await open(`/respond/finished?${HERE}`, language)).body];
    for (let number = 1; number <= LAST; number += 1) {
      const reply = await open(after(pages.at(-1)!, choose(pages.at(-1)!, number)), language);
      expect(reply.statusCode).toBe(200);
      pages.push(reply.body);
    }
    return pages;
  }
  const why = (number: number) => words(language)[`puzzle-${number}-why` as 'puzzle-1-why'];
  const said = (key: 'lastSame' | 'lastOther', number: number) =>
    words(language)[key].replace('{{answer}}', why(number));

  it('goes from puzzle to puzzle, each with four different answers, and ends on a page that asks nothing', async () => {
    const pages = await walk((page, number) => ({ choice: meant(page, language, number), move: 'next' }));
    const puzzles = pages.slice(0, LAST);
    const headings = puzzles.map((page) => /<legend><h1>([^<]*)</.exec(page)?.[1]);
    expect(new Set(headings).size).toBe(LAST);
    for (const page of puzzles) expect(new Set(options(page).map((option) => option.words)).size).toBe(4);
    const rest = pages.at(-1)!;
    expect(rest).toContain(words(language).restTitle);
    expect(rest).not.toContain('<form class="stack"');
    expect(rest).toContain(`<a class="button" href="/">${words(language).handOver}</a>`);
    for (const page of pages) expect(page).toContain('ACD-EFG');
  });

  it('tells on the next page what was meant, the same way whether it was chosen or not', async () => {
    const same = await walk((page, number) => ({ choice: meant(page, language, number), move: 'next' }));
    const other = await walk((page, number) => ({
      choice: options(page).find(({ value }) => value !== meant(page, language, number))!.value,
      move: 'next',
    }));
    const blank = await walk(() => ({ move: 'next' }));
    for (let number = 1; number <= LAST; number += 1) {
      expect(soft(same[number]!)).toBe(said('lastSame', number));
      expect(soft(other[number]!)).toBe(said('lastOther', number));
      expect(soft(blank[number]!)).toBe(said('lastOther', number));
    }
    for (const page of [...same, ...other]) expect(page.replace(/<[^>]*>/g, '')).not.toMatch(/[!✓✗]/);
  });

  it('says nothing of a puzzle that was skipped, or gone back from', async () => {
    const skipped = await walk((page, number) => ({ choice: meant(page, language, number), move: 'skip' }));
    for (let number = 1; number <= LAST; number += 1) expect(soft(skipped[number]!)).toBe('');
    const back = [...skipped[3]!.matchAll(/href="(\/respond\/[^"]*)"/g)].map((match) =>
      match[1]!.replace('&amp;', '&'),
    );
    expect(back).toContain(`/respond/quiet/3?${HERE}`);
    expect([...skipped[1]!.matchAll(/href="(\/respond\/[^"]*)"/g)].map((match) => match[1])).toContain(
      `/respond/finished?${HERE}`,
    );
  });

  it('does not always have its answer in the same place', async () => {
    const pages = await walk(() => ({ move: 'skip' }));
    const places = pages.slice(0, LAST).map((page, index) => meant(page, language, index + 1));
    expect(new Set(places).size).toBe(4);
  });

  it('has words for each of its drawings', async () => {
    const pages = await walk(() => ({ move: 'skip' }));
    const labels = pages.flatMap((page) => [...page.matchAll(/<svg role="img"[^>]* aria-label="([^"]*)"/g)]);
    expect(labels.map((match) => match[1])).toEqual([
      words(language).figureTriangles,
      words(language).figureShadow,
      words(language).figureRow,
    ]);
    const mirrored = pages.some((page) => page.includes('scale(-1 1)'));
    expect(mirrored).toBe(language === 'ar');
  });
});

describe('the puzzles of words', () => {
  const letters = (word: string) => [...word.toLowerCase()];

  it('in English are true', () => {
    const { quiet } = house.services.languages.get('en')!.words;
    const without = letters('planet').filter((letter) => letter !== 'e');
    expect(quiet['puzzle-4-a']).toBe(`A ${without.join('')}`);
    const ends = (['a', 'b', 'c', 'd'] as const).map((letter) => quiet[`puzzle-6-${letter}`]);
    expect(ends.filter((word) => letters(word).toReversed().join('') === word)).toEqual([quiet['puzzle-6-a']]);
  });

  it('in Arabic are true', () => {
    const { quiet } = house.services.languages.get('ar')!.words;
    const sorted = (word: string) => letters(word).toSorted().join('');
    const all = (number: 4 | 6) => (['a', 'b', 'c', 'd'] as const).map((letter) => quiet[`puzzle-${number}-${letter}`]);
    expect(quiet['puzzle-4-heading']).toContain('«بحر»');
    expect(all(4).filter((word) => sorted(word) === sorted('بحر'))).toEqual([quiet['puzzle-4-a']]);
    expect(all(6).filter((word) => letters(word).toReversed().join('') === word)).toEqual([quiet['puzzle-6-a']]);
  });
});

describe('an address of the quiet activity', () => {
  it.each(['0', '10', 'x', '1.5'])('that it does not have (%s) is kindly refused', async (number) => {
    expect((await open(`/respond/quiet/${number}`)).statusCode).toBe(400);
  });

  it('works without a reference', async () => {
    const { statusCode, body } = await open('/respond/quiet/9');
    expect(statusCode).toBe(200);
    expect(body).not.toContain('Reference');
  });
});
