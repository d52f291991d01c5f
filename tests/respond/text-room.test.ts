import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { createWrittenTexts } from '../../server/storage/written-texts.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { reviewAgain } from '../support/settled-wave.ts';
import { form } from '../support/house.ts';
import { rowsOf } from '../support/stored-wave.ts';

/* What a reader gets of what pupils write. The 1st of May 2026 is a Friday. */
const FRIDAY = '2026-05-01T09:00:00.000Z';
const TUESDAY = '2026-05-05T07:00:00.000Z';
const ASKED = 'What one thing would make life here better?';

let house: FieldworkHouse;
let address: string;
let waveId: string;
let codes: string[];

beforeAll(async () => {
  house = await openFieldwork();
  address = await openWaveFor(house.accounts['text-reader']);
  waveId = idOf(address);
  codes = await house.codes(address, 'burnside');
}, 60_000);
afterEach(() => void (house.clock.now = FRIDAY));
afterAll(() => house.close());

const idOf = (wave: string) => wave.split('/').at(-1)!;

/** An open wave that names an account as its reader. @returns its address */
async function openWaveFor(accountId: string): Promise<string> {
  const wave = await house.makeWave();
  await house.services.database.query
    .insertInto('wave_readers')
    .values({ wave_id: idOf(wave), account_id: accountId, named_at: FRIDAY, named_by: null })
    .execute();
  await reviewAgain(house, wave);
  await house.post('administrator', `${wave}/opening`, {});
  return wave;
}

const asksForWords = (page: string) => /<textarea [^>]*name="answer"|<input type="text" [^>]*name="answer"/.test(page);

/** A pupil who stands at the first page that asks for words. */
async function atWords(code = codes.pop()!, language = 'en'): Promise<Pupil> {
  const pupil = await new Pupil(house, language).start(code);
  for (let page = 0; page < 100 && !asksForWords(pupil.page); page += 1) await pupil.answer();
  if (!asksForWords(pupil.page)) throw new Error(`No page asks for words: ended at ${pupil.url}.`);
  return pupil;
}

/** A pupil who writes this and goes no further. */
const writing = async (words: string, code = codes.pop()!, language = 'en') =>
  (await atWords(code, language)).answer(words);

async function look(url: string, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: await house.as('text-reader', language) });
}

const room = async (language: 'en' | 'ar' = 'en') => (await look('/respond/texts', language)).body;
const hrefsIn = (page: string) => [...page.matchAll(/href="(\/respond\/texts\/[^"]+)"/g)].map((match) => match[1]!);
const written = (wave = waveId) => rowsOf(house.services.database, 'written_texts', wave);

/** The address of the text that holds these words. */
async function hrefOf(words: string): Promise<string> {
  for (const href of hrefsIn(await room())) if ((await look(href)).body.includes(words)) return href;
  throw new Error(`No text in the room holds "${words}".`);
}

const note = (href: string, fields: Record<string, string>) => house.post('text-reader', `${href}/reading`, fields);

/** Somebody else who signs in as a reader. @returns the headers of their browser */
async function anotherReader(authorityId: string, signInName: string) {
  const { database } = house.services;
  const account = { authorityId, signInName, passwordHash: 'x', roles: ['text-reader'] as const };
  const outcome = await createAccounts(database).add(account, FRIDAY);
  if (outcome === 'name-taken') throw new Error(`${signInName} is taken.`);
  const token = await createStaffSessions(database).start(outcome.id, FRIDAY, '2999-01-01T00:00:00.000Z');
  return { accountId: outcome.id, headers: { cookie: `heard-staff=${token}` } };
}

/** Every value of every table, as text: what somebody finds who has the whole database. */
async function everythingStored(): Promise<string> {
  const { query } = house.services.database;
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
    query,
  );
  const values: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(query);
    for (const value of rows.flatMap((row) => Object.values(row)))
      values.push(value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value));
  }
  return values.join('\n');
}

describe('a wave without readers', () => {
  it('never asks for words, and stores none that are sent all the same', async () => {
    const wave = await house.openWave();
    const [code] = await house.codes(wave, 'burnside');
    const pupil = await new Pupil(house).start(code!);
    for (let page = 0; page < 100 && pupil.url.startsWith('/respond/pages/'); page += 1) {
      expect(asksForWords(pupil.page), pupil.url).toBe(false);
      expect(pupil.page).not.toContain(ASKED);
      await pupil.answer();
    }
    expect(pupil.url).toBe('/respond/check');
    // The page of the question, by its number in the version, as a forged form would name it.
    const asking = await atWords();
    const version = pupil.copy();
    await version.go('/respond/pages/1');
    await pupil.post(asking.url, { version: version.hidden('version'), move: 'next', answer: 'I was not asked' });
    expect(await written(idOf(wave))).toEqual([]);
    expect(await room()).not.toContain(`data-wave="${idOf(wave)}"`);
  });
});

describe('what a pupil writes', () => {
  it('is in the room at once, although it is never sent', async () => {
    await writing('A bench by the burn');
    const page = await room();
    const row = page.slice(page.indexOf('<tbody>'), page.indexOf('</tbody>'));
    expect(row).toContain(ASKED);
    for (const fact of ['Burnside Primary', '1 May 2026', '4 May 2026']) expect(row).toContain(fact);
    expect(row).toMatch(/P[567]/);
    expect(page).not.toContain('A bench by the burn');
    const text = await look(await hrefOf('A bench by the burn'));
    expect(text.statusCode).toBe(200);
    for (const fact of [ASKED, 'Burnside Primary', '1 May 2026', 'English']) expect(text.body).toContain(fact);
    expect(text.headers['cache-control']).toBe('no-store');
  });

  it('is shown as it was written, line by line, and never as part of the page', async () => {
    const words = '<script>alert(1)</script> & "more"\r\nتحت';
    await writing(words, codes.pop(), 'ar');
    const page = (await look(await hrefOf('تحت'))).body;
    expect(page).not.toContain('<script>alert(1)');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
    expect(page).toMatch(/<div class="card" id="text" lang="ar">\s*<p dir="auto">[^<]*<\/p><p dir="auto">تحت<\/p>/);
    expect(page).toContain('العربية');
  });

  it('is there twice when it is changed, so that everything is read', async () => {
    const before = (await written()).length;
    const pupil = await atWords();
    const [url, version] = [pupil.url, pupil.hidden('version')];
    await pupil.answer('Somebody hits me');
    await pupil.post(url, { version, move: 'next', answer: 'Nothing at all' });
    expect(await written()).toHaveLength(before + 2);
    expect((await look(await hrefOf('Somebody hits me'))).body).not.toContain('Nothing at all');
    await hrefOf('Nothing at all');
  });

  it('is there once however often it is sent: by a double click, again later, in a session of another device', async () => {
    const before = (await written()).length;
    const code = codes.pop()!;
    const pupil = await atWords(code);
    const [url, version] = [pupil.url, pupil.hidden('version')];
    const fields = { version, move: 'next', answer: 'Only once' };
    await Promise.all([pupil.copy(), pupil.copy(), pupil.copy()].map((window) => window.post(url, fields)));
    await pupil.post(url, fields);
    expect(await written()).toHaveLength(before + 1);
    const elsewhere = await new Pupil(house).post('/respond/sessions', { code });
    await elsewhere.post(url, fields);
    expect(await written()).toHaveLength(before + 1);
  });

  it('is nothing when the page is skipped, left blank, too long, or answered with an opt-out', async () => {
    const before = (await written()).length;
    await (await atWords()).skip();
    const pupil = await atWords();
    await pupil.answer('  ');
    expect(pupil.status).toBe(422);
    await pupil.answer('long '.repeat(500));
    expect(pupil.status).toBe(422);
    const optOut = /value="(state:[^"]+)"/.exec(pupil.page)?.[1];
    expect(optOut).toBeDefined();
    await pupil.answer(optOut);
    expect(pupil.status).toBe(200);
    expect(await written()).toHaveLength(before);
  });

  it('stays with the readers when the pupil throws the answers away', async () => {
    const pupil = await writing('Please tell nobody');
    await pupil.go('/respond/stop');
    await pupil.post('/respond/stopping', { attempt: pupil.hidden('attempt'), choice: 'throw-away' });
    await hrefOf('Please tell nobody');
  });

  it('is in no response and readable nowhere in the database, nor is the time or the code beside it', async () => {
    const code = codes.pop()!;
    const pupil = await writing('Zebra crossing', code);
    await pupil.answerAll();
    await pupil.send();
    expect(pupil.url).toContain('/respond/finished');
    expect(await everythingStored()).not.toContain('Zebra');
    const hmac = house.services.secrets.hashCode(code.replace('-', ''));
    for (const row of (await written()).map((one) => ({ ...one, body: '' }))) {
      expect(JSON.stringify(row)).not.toContain(hmac);
      expect(JSON.stringify(row)).not.toContain('T09:00');
    }
    await hrefOf('Zebra crossing');
  });
});

describe('a text whose day is over', () => {
  it('raises an alarm in words in the room and on its page, and counts for the administrator', async () => {
    const texts = createWrittenTexts(house.services.database, house.services.secrets);
    await writing('Read me in time');
    const href = await hrefOf('Read me in time');
    expect(await room()).not.toContain('role="alert"');
    house.clock.now = '2026-05-04T22:30:00.000Z';
    expect(await room()).not.toContain('role="alert"');
    house.clock.now = TUESDAY;
    const page = await room();
    expect(page).toMatch(
      /role="alert" id="overdue"><h2>Texts are overdue<\/h2><p>\d+ texts should have been read by now/,
    );
    expect(page).toMatch(/4 May 2026 <strong class="fault">Overdue<\/strong>/);
    expect((await look(href)).body).toContain('This text should have been read by now.');
    expect((await look(href, 'ar')).body).toContain('كان يجب أن يكون هذا النص قد قُرئ حتى الآن.');
    expect(await room('ar')).toContain('نصوص تأخرت قراءتها');
    const overdue = await texts.overdueOfAuthority(house.authorityId, '2026-05-05');
    expect(overdue).toBeGreaterThan(0);
    await note(href, { outcome: 'no-concern' });
    expect(await texts.overdueOfAuthority(house.authorityId, '2026-05-05')).toBe(overdue - 1);
    expect((await look(href)).body).not.toContain('role="alert"');
  });
});

describe('a reading', () => {
  it('is noted once; the text leaves the list and can be opened again', async () => {
    await writing('A quiet place');
    const href = await hrefOf('A quiet place');
    const unread = async () => /<dt>Still to read<\/dt><dd>(\d+)/.exec(await room())![1];
    const before = Number(await unread());
    const reply = await note(href, { outcome: 'no-concern' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/respond/texts?noted=no-concern']);
    expect((await look(String(reply.headers.location))).body).toContain('Your reading is noted. Thank you.');
    expect(Number(await unread())).toBe(before - 1);
    const again = (await look(href)).body;
    expect(again).toContain('A quiet place');
    expect(again).toContain('This text was read on 1 May 2026: No concern.');
    expect(again).not.toContain('<form class="stack"');
    for (const outcome of ['no-concern', 'passed-on'])
      expect((await note(href, { outcome })).statusCode, outcome).toBe(409);
    expect(await rowsOf(house.services.database, 'text_routes', waveId)).toEqual([]);
  });

  it('that passes a text on leaves a route of school, stage and days, and a record without the words', async () => {
    await writing('He hurts me');
    const href = await hrefOf('He hurts me');
    const id = href.split('/').at(-1)!;
    house.clock.now = TUESDAY;
    expect((await note(href, { outcome: 'passed-on' })).statusCode).toBe(303);
    const [route, ...others] = await rowsOf(house.services.database, 'text_routes', waveId);
    expect(others).toEqual([]);
    expect(route).toMatchObject({ school_id: 'burnside', written_on: '2026-05-01', passed_on_at: '2026-05-05' });
    expect(route!.stage).toMatch(/^P[567]$/);
    const page = await room();
    expect(page.slice(page.indexOf('Passed on to schools'))).toMatch(
      /Burnside Primary[\s\S]*1 May 2026[\s\S]*5 May 2026/,
    );
    const record = await house.app.inject({ url: '/admin/record', headers: await house.as('auditor') });
    expect(record.body).toContain('Passed a text on to the school');
    expect(record.body).toContain(id);
    expect(record.body).not.toContain('He hurts me');
    const entries = await rowsOf(house.services.database, 'audit_entries');
    const actions = entries.filter((entry) => entry.subject === id).map((entry) => entry.action);
    expect(new Set(actions)).toEqual(new Set(['text-opened', 'text-read']));
    // Of the wave and not of the text: otherwise the record would tie the words to the school of the route.
    expect(entries.find(({ action }) => action === 'text-passed-on')?.subject).toBe(waveId);
  });

  it('without an outcome is asked for again; an outcome that there is not is refused', async () => {
    await writing('More trees');
    const href = await hrefOf('More trees');
    const blank = await note(href, {});
    expect(blank.statusCode).toBe(422);
    expect(blank.body).toContain('<a href="#outcome-no-concern">Choose what you found.</a>');
    expect(blank.body).toContain('More trees');
    expect((await note(href, { outcome: 'ignored' })).statusCode).toBe(400);
    expect((await look(href)).body).toContain('<form class="stack"');
  });
});

describe('the room', () => {
  it('opens a text to the readers of its wave alone', async () => {
    await writing('For one reader');
    const href = await hrefOf('For one reader');
    const colleague = await anotherReader(house.authorityId, 'colleague');
    const { database } = house.services;
    await database.query
      .insertInto('authorities')
      .values({ id: 'otherglen', name: 'Otherglen', kind: 'demonstration', created_at: FRIDAY })
      .execute();
    const foreigner = await anotherReader('otherglen', 'foreigner');
    // Named by mistake: the wave still belongs to another authority.
    await database.query
      .insertInto('wave_readers')
      .values({ wave_id: waveId, account_id: foreigner.accountId, named_at: FRIDAY, named_by: null })
      .execute();
    const { payload, headers: form303 } = form({ outcome: 'no-concern' });
    for (const { headers } of [colleague, foreigner]) {
      expect((await house.app.inject({ url: href, headers })).statusCode).toBe(404);
      const list = await house.app.inject({ url: '/respond/texts', headers });
      expect(list.body).toContain('No wave has named you as a reader yet.');
      expect(hrefsIn(list.body)).toEqual([]);
      const url = `${href}/reading`;
      const posted = await house.app.inject({ method: 'POST', url, payload, headers: { ...form303, ...headers } });
      expect(posted.statusCode).toBe(404);
    }
    for (const role of ['administrator', 'planner', 'auditor'] as const)
      expect((await house.app.inject({ url: href, headers: await house.as(role) })).statusCode, role).toBe(403);
    const unknown = await house.app.inject({ url: href });
    expect(unknown.headers.location).toContain('/people/sign-in');
  });

  it('knows no text by a forged id', async () => {
    for (const id of ['none', waveId, '..', "x'--", 'a'.repeat(40)]) {
      expect((await look(`/respond/texts/${encodeURIComponent(id)}`)).statusCode, id).not.toBe(200);
      expect([400, 404]).toContain(
        (await note(`/respond/texts/${encodeURIComponent(id)}`, { outcome: 'no-concern' })).statusCode,
      );
    }
  });

  it('says everything in Arabic too, from right to left', async () => {
    const page = await room('ar');
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('ما كتبه الأطفال والشباب');
    expect(page).not.toContain('undefined');
  });
});

describe('after the close', () => {
  it('what is unread stays with school and stage until it is read, then all words go with their key', async () => {
    const { database, secrets } = house.services;
    const wave = await openWaveFor(house.accounts['text-reader']);
    const [first, second, third] = await house.codes(wave, 'hillview');
    for (const [code, words] of [
      [first, 'Owl one'],
      [second, 'Owl two'],
      [third, 'Owl three'],
    ] as const)
      await writing(words, code);
    await note(await hrefOf('Owl one'), { outcome: 'no-concern' });
    const [one, two, three] = await Promise.all(['Owl one', 'Owl two', 'Owl three'].map(hrefOf));
    expect((await house.post('administrator', `${wave}/closing`, { sure: 'yes' })).statusCode).toBe(303);
    expect((await look(one!)).body).not.toContain('Hillview');
    expect((await look(two!)).body).toContain('Hillview Primary');
    expect(await room()).toContain('This wave has closed.');
    await note(two!, { outcome: 'passed-on' });
    // Words that were passed on may not stand beside the route that names their school.
    expect((await look(two!)).statusCode).toBe(404);
    await note(three!, { outcome: 'no-concern' });
    for (const href of [one!, two!, three!]) expect((await look(href)).statusCode).toBe(404);
    expect(secrets.hasTextSecret(idOf(wave))).toBe(false);
    const rows = await written(idOf(wave));
    expect(rows.map((row) => [row.school_id, row.stage, row.body.length])).toEqual(Array(3).fill([null, null, 0]));
    const page = await room();
    const section = page.slice(page.indexOf(`data-wave="${idOf(wave)}"`));
    expect(section).toContain('The words are deleted for good.');
    expect(section).toMatch(/<dt>Written<\/dt><dd>3<\/dd>/);
    expect(section).toContain('Hillview Primary');
    expect(await rowsOf(database, 'text_routes', idOf(wave))).toHaveLength(1);
  });
});
