import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { createTextThemes } from '../../server/storage/text-themes.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { form } from '../support/house.ts';
import { rowsOf } from '../support/stored-wave.ts';
import { reviewAgain } from '../support/settled-wave.ts';

/* Two readers sort what pupils sent: the reader of the house, and a colleague. */
const NOW = '2026-05-01T09:00:00.000Z';
const ASKED = 'What one thing would make life here better?';
const QUESTION = 'one-thing-better';

type Headers = Record<string, string>;
let house: FieldworkHouse;
let wave: string;
let codes: string[];
let colleague: Headers;
let outsider: Headers;

beforeAll(async () => {
  house = await openFieldwork();
  const second = await newReader('colleague');
  outsider = (await newReader('outsider')).headers;
  colleague = second.headers;
  wave = await openWaveFor(house.accounts['text-reader'], second.accountId);
  codes = await house.codes(wave, 'burnside');
}, 60_000);
afterEach(() => void (house.clock.now = NOW));
afterAll(() => house.close());

const idOf = (href: string) => href.split('/').at(-1)!;
const desk = (of = wave) => `/respond/texts/waves/${idOf(of)}`;
const themes = () => createTextThemes(house.services.database);

async function newReader(signInName: string) {
  const { database } = house.services;
  const account = { authorityId: house.authorityId, signInName, passwordHash: 'x', roles: ['text-reader'] as const };
  const outcome = await createAccounts(database).add(account, NOW);
  if (outcome === 'name-taken') throw new Error(`${signInName} is taken.`);
  const token = await createStaffSessions(database).start(outcome.id, NOW, '2999-01-01T00:00:00.000Z');
  return { accountId: outcome.id, headers: { cookie: `heard-staff=${token}; heard-language=en` } };
}

async function openWaveFor(...readers: string[]): Promise<string> {
  const made = await house.makeWave();
  await house.post('administrator', `${made}/readers`, { readers: readers.slice(0, 1) });
  await reviewAgain(house, made);
  await house.post('administrator', `${made}/opening`, {});
  for (const account_id of readers.slice(1)) {
    const row = { wave_id: idOf(made), account_id, named_at: NOW, named_by: null };
    await house.services.database.query.insertInto('wave_readers').values(row).execute();
  }
  return made;
}

async function look(url: string, headers?: Headers, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: headers ?? (await house.as('text-reader', language)) });
}

async function post(url: string, fields: Record<string, string | string[]>, headers?: Headers) {
  const sent = form(fields);
  const own = headers ?? (await house.as('text-reader'));
  return house.app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, ...own } });
}

/** A pupil writes this and sends it, and its reader finds no concern. @returns the address of the text */
async function sent(words: string, code = codes.pop()!): Promise<string> {
  const href = await written(words, code, true);
  await post(`${href}/reading`, { outcome: 'no-concern' });
  return href;
}

async function written(words: string, code: string, sends: boolean): Promise<string> {
  const pupil = await new Pupil(house).start(code, sends ? 'keep' : 'throw-away');
  const asksForWords = () => /<input type="text" [^>]*name="answer"/.test(pupil.page);
  for (let page = 0; page < 100 && !asksForWords(); page += 1) await pupil.answer();
  await pupil.answer(words);
  if (sends) await (await pupil.answerAll()).send();
  const room = (await look('/respond/texts')).body;
  for (const [, href = ''] of room.matchAll(/href="(\/respond\/texts\/[\w-]{20,})"/g))
    if ((await look(href)).body.includes(words)) return href;
  throw new Error(`No text in the room says "${words}".`);
}

/** A theme of the first open question. @returns its id */
async function theme(en: string, of = wave): Promise<string> {
  await post(`${desk(of)}/themes`, { question: QUESTION, 'title-en': en, 'title-ar': `ع ${en}` });
  const all = await themes().ofWave(idOf(of));
  return all.find(({ title }) => title.en === en)!.id;
}

const versionOn = (page: string) => /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';

/** Ticks themes on the page of a text as it is now, and saves. */
async function tick(href: string, ticked: string[], headers?: Headers, look2 = false) {
  const version = versionOn((await look(`${href}/coding`, headers)).body);
  const fields = { version, ...(ticked.length > 0 ? { themes: ticked } : { none: 'yes' }) };
  return post(`${href}/${look2 ? 'confirmation' : 'coding'}`, fields, headers);
}

const confirm = (href: string, ticked: string[]) => tick(href, ticked, colleague, true);
const list = (page: string, name: string) =>
  page.slice(page.indexOf(`data-list="${name}"`)).replace(/<\/section>[\s\S]*/, '');

describe('the themes of a question', () => {
  it('are typed in both languages, listed under the question, and changed', async () => {
    const empty = (await look(desk())).body;
    expect(empty).toContain(ASKED);
    expect(empty).toContain('This question has no themes yet.');
    const added = await post(`${desk()}/themes`, {
      question: QUESTION,
      'title-en': ' More to \n do ',
      'title-ar': 'أنشطة أكثر',
    });
    expect([added.statusCode, added.headers.location]).toEqual([303, `${desk()}#question-${QUESTION}`]);
    expect((await look(desk())).body).toContain('<summary><bdi>More to do</bdi></summary>');
    expect((await look(desk(), undefined, 'ar')).body).toContain('<summary><bdi>أنشطة أكثر</bdi></summary>');
    const [made] = await themes().ofWave(idOf(wave));
    const rename = (en: string, version: string) =>
      post(`/respond/texts/themes/${made!.id}/title`, { version, 'title-en': en, 'title-ar': 'أ' });
    expect((await rename('More after school', '1')).statusCode).toBe(303);
    // The same form again changes nothing; another one from the same old page is told so.
    expect((await rename('More after school', '1')).statusCode).toBe(303);
    const stale = await rename('Something else', '1');
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('Somebody has changed this since you opened the page.');
    expect((await themes().find(made!.id))?.title.en).toBe('More after school');
    expect((await post(`/respond/texts/themes/${made!.id}/removal`, {})).statusCode).toBe(303);
    expect((await look(desk())).body).toContain('This question has no themes yet.');
  });

  it('are not taken half, too long or for a question that is not asked; what was typed stays', async () => {
    const add = (question: string, en: string, ar: string) =>
      post(`${desk()}/themes`, { question, 'title-en': en, 'title-ar': ar });
    const half = await add(QUESTION, 'Only English', '  ');
    expect(half.statusCode).toBe(422);
    expect(half.body).toContain('value="Only English"');
    expect(half.body).toMatch(/<a href="#title-ar-one-thing-better">العربية: give a title of up to 80 characters\./);
    expect((await add(QUESTION, 'x'.repeat(81), 'أ')).statusCode).toBe(422);
    expect((await add('feel-safe', 'Title', 'عنوان')).statusCode).toBe(404);
    expect((await add(QUESTION, 'x'.repeat(1000), 'أ')).statusCode).toBe(400);
    expect(await themes().ofWave(idOf(wave))).toEqual([]);
  });

  it('are not doubled by a double click', async () => {
    const click = () => post(`${desk()}/themes`, { question: QUESTION, 'title-en': 'Parks', 'title-ar': 'حدائق' });
    const replies = await Promise.all([click(), click()]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await themes().ofWave(idOf(wave))).toHaveLength(1);
  });
});

describe('a text', () => {
  it('can be sorted once it was sent and read without concern', async () => {
    await theme('Parks');
    const unsent = await written('Never sent this', codes.pop()!, false);
    await post(`${unsent}/reading`, { outcome: 'no-concern' });
    const passedOn = await written('Somebody hurts me', codes.pop()!, true);
    await post(`${passedOn}/reading`, { outcome: 'passed-on' });
    const unread = await written('Not read yet', codes.pop()!, true);
    for (const href of [unsent, passedOn, unread]) {
      expect((await look(`${href}/coding`)).statusCode).toBe(404);
      expect((await post(`${href}/coding`, { version: '0', none: 'yes' })).statusCode).toBe(404);
      expect((await look(desk())).body).not.toContain(idOf(href));
    }
    const ready = await sent('More benches');
    expect(list((await look(desk())).body, 'toCode')).toContain(`${ready}/coding`);
  });

  it('is shown with what may give somebody away marked, its band, and neither school nor day', async () => {
    await theme('Parks');
    const href = await sent('Emma of Hillview rings 0131 496 0000');
    const page = (await look(`${href}/coding`)).body;
    expect(page).toMatch(/<mark title="may be a name">Emma<span class="hidden-words" lang="en"> \(may be a name\)/);
    expect(page).toMatch(/<mark title="may be a school">Hillview</);
    expect(page).toMatch(/<mark title="may be a telephone number">0131 496 0000</);
    expect(page).toContain('P5–P7');
    for (const hidden of ['Burnside', 'May 2026', 'P6A']) expect(page).not.toContain(hidden);
    expect((await look(`${href}/coding`, undefined, 'ar')).body).toContain('قد يكون اسمًا');
  });

  it('is in the record each time that it is shown, and its words are not', async () => {
    await theme('Parks');
    const href = await sent('Words for the record');
    const opened = async () =>
      (await rowsOf(house.services.database, 'audit_entries')).filter(
        ({ action, subject }) => action === 'text-opened' && subject === idOf(href),
      ).length;
    const before = await opened();
    await look(`${href}/coding`);
    await post(`${href}/coding`, { version: '0' });
    expect(await opened()).toBe(before + 2);
    expect(JSON.stringify(await rowsOf(house.services.database, 'audit_entries'))).not.toContain(
      'Words for the record',
    );
  });

  it('is sorted by one reader and confirmed by another; the second may change it', async () => {
    const [parks, buses] = [await theme('Parks'), await theme('Buses')];
    const href = await sent('Cheaper buses to the park');
    expect((await tick(href, [parks])).headers.location).toBe(desk());
    expect(list((await look(desk())).body, 'waiting')).toContain(`${href}/coding`);
    expect((await look(`${href}/coding`)).body).toContain('You have sorted this text.');
    const again = await tick(href, [parks], undefined, true);
    expect(again.statusCode).toBe(403);
    expect(again.body).toContain('You made this yourself, so somebody else has to approve it.');
    expect(list((await look(desk(), colleague)).body, 'toConfirm')).toContain(`${href}/coding`);
    const page = (await look(`${href}/coding`, colleague)).body;
    expect(page).toMatch(new RegExp(`value="${parks}"[^>]* checked`));
    expect(page).not.toMatch(new RegExp(`value="${buses}"[^>]* checked`));
    expect((await confirm(href, [parks, buses])).headers.location).toBe(`${href}/coding`);
    const done = (await look(`${href}/coding`)).body;
    expect(done).toContain('Two people have sorted this text. It counts.');
    expect(done).toContain('Buses</li>');
    expect(done).not.toContain('name="themes"');
    expect((await post(`${href}/coding`, { version: '1', none: 'yes' })).statusCode).toBe(409);
  });

  it('needs a theme or the word that there is none, and not both', async () => {
    const parks = await theme('Parks');
    const href = await sent('I like fog');
    for (const fields of [{}, { themes: [parks], none: 'yes' }]) {
      const reply = await post(`${href}/coding`, { version: '0', ...fields });
      expect(reply.statusCode).toBe(422);
      expect(reply.body).toContain('<a href="#themes">Tick the themes that fit, or “None of these themes”.</a>');
      expect(reply.body).toContain('I like fog');
    }
    expect((await tick(href, [])).statusCode).toBe(303);
    expect((await look(`${href}/coding`)).body).toMatch(/name="none" value="yes" checked/);
  });

  it('is safe from stale pages and from two at once', async () => {
    const [parks, buses] = [await theme('Parks'), await theme('Buses')];
    const href = await sent('Buses that come on time');
    const first = (headers?: Headers) => post(`${href}/coding`, { version: '0', themes: [buses] }, headers);
    const both = await Promise.all([first(), first(colleague)]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
    const [winner, loser] = both[0].statusCode === 303 ? [undefined, colleague] : [colleague, undefined];
    expect(both.find(({ statusCode }) => statusCode === 409)!.body).toContain(
      'Somebody has changed this since you opened the page.',
    );
    // A double click of the same form.
    expect((await first(winner)).statusCode).toBe(303);
    await post(`${href}/coding`, { version: '1', themes: [parks] }, winner);
    expect((await post(`${href}/confirmation`, { version: '1', themes: [buses] }, loser)).statusCode).toBe(409);
    expect((await post(`${href}/confirmation`, { version: '2', themes: [parks] }, loser)).statusCode).toBe(303);
    expect((await post(`${href}/confirmation`, { version: '2', themes: [parks] }, loser)).statusCode).toBe(303);
    expect((await post(`${href}/confirmation`, { version: '2', themes: [buses] }, loser)).statusCode).toBe(409);
  });

  it('is for the readers that its wave names', async () => {
    const parks = await theme('Parks');
    const href = await sent('Only for two');
    for (const url of [`${href}/coding`, desk()]) expect((await look(url, outsider)).statusCode).toBe(404);
    const forms: [url: string, fields: Record<string, string>][] = [
      [`${href}/coding`, { version: '0', themes: parks }],
      [`${href}/confirmation`, { version: '0', themes: parks }],
      [`${href}/quotes`, { theme: parks, words: 'Only for two' }],
      [`${desk()}/themes`, { question: QUESTION, 'title-en': 'Mine', 'title-ar': 'لي' }],
      [`/respond/texts/themes/${parks}/title`, { version: '1', 'title-en': 'Mine', 'title-ar': 'لي' }],
      [`/respond/texts/themes/${parks}/removal`, {}],
    ];
    for (const [url, fields] of forms) expect((await post(url, fields, outsider)).statusCode, url).toBe(404);
    for (const url of ['/respond/texts/none/coding', '/respond/texts/waves/none'])
      expect((await look(url)).statusCode, url).toBe(404);
    for (const url of ['/respond/texts/none/coding', '/respond/texts/none/confirmation'])
      expect((await post(url, { version: '0', none: 'yes' })).statusCode, url).toBe(404);
    expect((await post('/respond/texts/themes/none/removal', {})).statusCode).toBe(404);
    expect((await post(`${href}/coding`, { version: '-1', none: 'yes' })).statusCode).toBe(400);
    expect((await post(`${href}/coding`, { version: '0', themes: ['none'] })).statusCode).toBe(409);
  });
});

describe('a quote', () => {
  async function sortedText(words: string) {
    const parks = await theme('Parks');
    const href = await sent(words);
    await tick(href, [parks]);
    const propose = (quote: string, of = parks) => post(`${href}/quotes`, { theme: of, words: quote });
    return { href, parks, propose };
  }

  it('can be proposed once two people have sorted the text, and begins without what was marked', async () => {
    const { href, parks, propose } = await sortedText('More benches for Emma, please');
    expect((await propose('More benches […]')).statusCode).toBe(409);
    await confirm(href, [parks]);
    expect((await look(`${href}/coding`)).body).toContain('>More benches for […], please</textarea>');
    expect((await propose('More benches [...]')).headers.location).toBe(`${href}/coding`);
    const page = (await look(`${href}/coding`)).body;
    expect(page).toContain('A quote from it waits for approval.');
    expect(page).not.toContain('</textarea>');
    expect((await propose('More benches […]')).statusCode).toBe(409);
    const rows = await rowsOf(house.services.database, 'text_quotes');
    expect(rows.filter(({ text_id }) => text_id === idOf(href))).toHaveLength(1);
  });

  it('is only the text with parts taken out; what was typed stays', async () => {
    const { href, parks, propose } = await sortedText('More benches for Emma, please');
    await confirm(href, [parks]);
    for (const [words, fault] of [
      ['[…]', 'Leave some words.'],
      ['More chairs […]', 'Every word has to stand as it was written'],
      ['More benches', 'Every word has to stand as it was written'],
      ['More benches for Emma, please', 'A marked part is still there.'],
    ] as const) {
      const reply = await propose(words);
      expect(reply.statusCode, words).toBe(422);
      expect(reply.body).toContain(`>${words}</textarea>`);
      expect(reply.body).toMatch(new RegExp(`<a href="#quote">${fault}`));
    }
    const buses = await theme('Buses');
    expect((await propose('More benches […]', buses)).statusCode).toBe(404);
    expect((await rowsOf(house.services.database, 'text_quotes')).map(({ text_id }) => text_id)).not.toContain(
      idOf(href),
    );
  });
});

describe('after the close', () => {
  it('what was sent is kept to be sorted for four weeks, and says so; then it goes for good', async () => {
    const own = await openWaveFor(house.accounts['text-reader']);
    const [code, other] = await house.codes(own, 'hillview');
    await theme('Parks', own);
    const href = await sent('Swings near Hillview', code);
    const unsent = await written('Never sent that', other!, false);
    await post(`${unsent}/reading`, { outcome: 'no-concern' });
    await house.post('administrator', `${own}/closing`, { sure: 'yes' });
    expect((await look(unsent)).statusCode).toBe(404);
    expect((await look(`${href}/coding`)).body).toContain('Swings near');
    const until = 'Words that were sent are kept until 29 May 2026 at the latest';
    expect((await look('/respond/texts')).body).toContain(until);
    expect((await look(desk(own))).body).toContain(until);
    house.clock.now = '2026-05-29T08:59:59.000Z';
    expect((await look(`${href}/coding`)).statusCode).toBe(200);
    house.clock.now = '2026-05-29T09:00:00.000Z';
    for (const url of [`${href}/coding`, href, desk(own)]) expect((await look(url)).statusCode, url).toBe(404);
    const room = (await look('/respond/texts')).body;
    expect(room.slice(room.indexOf(`data-wave="${idOf(own)}"`))).toContain('The words are deleted for good.');
    expect(house.services.secrets.hasTextSecret(idOf(own))).toBe(false);
    const ended = (await rowsOf(house.services.database, 'audit_entries')).filter(
      ({ action }) => action === 'text-sorting-ended',
    );
    expect(ended).toMatchObject([{ subject: idOf(own), account_id: null }]);
  });
});
