import { zipSync, strToU8 } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { createProposals } from '../../server/storage/proposals.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { readWorkbook, writeWorkbook } from '../../server/web/workbooks/workbook-file.ts';
import { openForum } from '../support/forum.ts';
import { Somebody } from '../support/somebody.ts';
import { uploadForm } from '../support/upload.ts';
import { first, house, useStudio } from './studio-house.ts';

/* A survey leaves the studio as a spreadsheet, is changed in it, and comes back as drafts. */

const { spreadsheets: words, uploads } = loadLanguages().get('en')!.words;
const QUESTION = 'Is there somewhere quiet to read?';
let member: Somebody;

useStudio();
beforeEach(async () => {
  member = await (await openForum(house)).join('Quiet Otter');
});

type Sheets = Awaited<ReturnType<typeof readWorkbook>>;

async function download(): Promise<Sheets> {
  const reply = await member.get(`/studio/versions/${first.id}/spreadsheet`);
  expect(reply.headers['content-disposition']).toBe('attachment; filename="heard_primary_1.xlsx"');
  return readWorkbook(new Uint8Array(reply.rawPayload));
}

function send(bytes: Uint8Array, survey = 'primary') {
  const { payload, headers } = uploadForm([{ name: 'form.xlsx', bytes }], { survey });
  const url = '/studio/spreadsheets';
  return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie: member.cookie } });
}

/** What the form's sheets would be with another row on "survey" and another word for a question. */
function edited(sheets: Sheets): Sheets {
  return sheets.map((sheet) => {
    if (sheet.name !== 'survey') return sheet;
    const [heading = [], ...rows] = sheet.rows;
    const cells = (values: Record<string, string>) => heading.map((name) => values[name] ?? '');
    const label = (row: readonly string[]) =>
      row[heading.findIndex((name) => name.startsWith('label') && name.includes('en'))];
    const reworded = rows.map((row) => row.map((cell) => (cell === label(rows[1]!) ? `${cell} Really?` : cell)));
    const names = Object.fromEntries(heading.filter((name) => /^label/.test(name)).map((name) => [name, QUESTION]));
    return { ...sheet, rows: [heading, ...reworded, cells({ type: 'text', name: 'quiet_place', ...names })] };
  });
}

describe('a survey as a spreadsheet', () => {
  it('comes back with nothing changed as it went', async () => {
    const sent = await send(await writeWorkbook(await download()));
    expect(sent.statusCode).toBe(303);
    const { body } = await member.get(String(sent.headers.location));
    expect(body).toContain(`${first.definition.items.length} questions are the same as in the survey.`);
    expect(body).not.toContain('name="chosen"');
  });

  it('becomes drafts of what is new and what changed, once', async () => {
    const sent = await send(await writeWorkbook(edited(await download())));
    const page = String(sent.headers.location);
    const { body } = await member.get(page);
    expect(body).toContain(words.newTitle);
    expect(body).toContain(words.changedTitle);
    const chosen = [...body.matchAll(/name="chosen" value="([^"]+)" checked/g)].map(([, id]) => id!);
    expect(chosen).toHaveLength(2);
    const none = await member.post(`${page}/drafts`, { why: '' });
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain(words['fault-none']);
    expect(none.body).toContain(words['fault-why']);
    const made = await member.post(`${page}/drafts`, { chosen, why: 'The library is closing.' });
    expect((await member.get(String(made.headers.location))).body).toContain('2 drafts were made.');
    const proposals = await createProposals(house.services.database).list(house.authorityId);
    expect(new Set(proposals.map(({ purpose }) => purpose))).toEqual(new Set(['new', 'change']));
    const fresh = proposals.find(({ purpose }) => purpose === 'new')!.drafts[0]!;
    expect(fresh.texts['en']?.text).toBe(QUESTION);
    expect(fresh.after).toBe(first.definition.items.at(-1)!.id);
    expect((await member.post(`${page}/drafts`, { chosen, why: 'Again, please.' })).statusCode).toBe(422);
  });

  it('is somebody’s own until they make drafts of it', async () => {
    const page = String((await send(await writeWorkbook(await download()))).headers.location);
    const other = new Somebody(house, { 'heard-staff': 'nobody' });
    expect((await other.get(page)).statusCode).not.toBe(200);
    expect((await house.app.inject({ url: page, headers: await house.as('youth-worker') })).statusCode).toBe(404);
  });
});

describe('a file that is no form', () => {
  it.each([
    ['text', strToU8('type,name'), uploads.text],
    ['nothing', new Uint8Array(), uploads.empty],
    ['a damaged workbook', strToU8('PK\u0003\u0004 broken'), uploads.damaged],
    ['a zip bomb', zipSync({ 'xl/workbook.xml': new Uint8Array(60 * 1024 * 1024) }), uploads['unpacks-too-large']],
  ])('is told what it is: %s', async (_name, bytes, message) => {
    const reply = await send(bytes);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(message);
    expect(reply.body).toMatch(/value="primary" checked/);
  });

  it('lists by row what Heard does not have, and takes the rest', async () => {
    const survey = [
      ['type', 'name', 'label::English (en)'],
      ['geopoint', 'where', 'Where do you live?'],
      ['text', 'quiet', QUESTION],
    ];
    const reply = await send(await writeWorkbook([{ name: 'survey', rows: survey }]));
    const { body } = await member.get(String(reply.headers.location));
    expect(body).toMatch(/<td[^>]*>survey<\/td><td>2<\/td>/);
    expect(body).toContain('geopoint');
    expect(body).toContain(QUESTION);
  });

  it('of which nothing can be taken says so', async () => {
    const reply = await send(await writeWorkbook([{ name: 'Sheet1', rows: [['Dear all'], ['Hello']] }]));
    const { body } = await member.get(String(reply.headers.location));
    expect(body).toContain(words['fault-nothing']);
    expect(body).toContain('Dear all');
  });

  it('needs a survey that it is for', async () => {
    const reply = await send(await writeWorkbook(await download()), 'no-such');
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(words['fault-survey']);
  });
});

describe('questions of a spreadsheet that the form would not take, or that lead to each other', () => {
  const LANGUAGES = ['label::English (en)', 'label::العربية (ar)'];
  const CHOICES = {
    name: 'choices',
    rows: [
      ['list_name', 'name', ...LANGUAGES],
      ['yes_no', 'yes', 'Yes', 'نعم'],
      ['yes_no', 'no', 'No', 'لا'],
    ],
  };
  /** @returns the address of the page of what was read */
  async function sheetOf(rows: string[][], more: string[] = []): Promise<string> {
    const heading = ['type', 'name', 'relevant', ...LANGUAGES, ...more];
    const survey = { name: 'survey', rows: [heading, ...rows] };
    const sent = await send(await writeWorkbook([survey, CHOICES]));
    expect(sent.statusCode).toBe(303);
    return String(sent.headers.location);
  }
  const proposed = async () => {
    const list = await createProposals(house.services.database).list(house.authorityId);
    return list.map(({ drafts }) => drafts[0]!);
  };
  const make = (page: string, chosen: string[]) => member.post(`${page}/drafts`, { chosen, why: 'It is dark.' });

  it('are shown with what is wrong, and cannot be ticked', async () => {
    const page = await sheetOf(
      [
        ['text', 'long', '', `${'Very '.repeat(50)}long?`, ''],
        ['text', 'early', '', 'What do your friends take?', '', 'drugs'],
        ['text', 'sound', '', 'What is your street like?', ''],
      ],
      ['heard::topic'],
    );
    const { body } = await member.get(page);
    const { drafts } = loadLanguages().get('en')!.words;
    expect(body).toMatch(/Question: This has \d+ characters\. There is room for 200\./);
    expect(body).toContain(drafts['fault-topic-nobody']);
    expect([...body.matchAll(/name="chosen" value="([^"]+)"/g)].map(([, id]) => id)).not.toContain('long');
    expect(body).toMatch(/name="chosen" value="sound" checked/);
    for (const id of ['long', 'early']) {
      const refused = await make(page, [id, 'sound']);
      expect(refused.statusCode).toBe(422);
      expect(refused.body).toContain(words['fault-ticked']);
    }
    expect(await proposed()).toEqual([]);
  });

  it('are kept with tidy words', async () => {
    const page = await sheetOf([['text', 'street', '', 'What\u200b is   your street\u202e like? ', '']]);
    expect((await make(page, ['street'])).statusCode).toBe(303);
    expect((await proposed())[0]?.texts['en']?.text).toBe('What is your street like?');
  });

  it('lead to each other under the ids that they get', async () => {
    const page = await sheetOf([
      ['select_one yes_no', 'out', '', 'Do you go out at night?', 'هل تخرج ليلًا؟'],
      ['text', 'why_out', "${out} = 'yes'", 'What do you do then?', 'ماذا تفعل؟'],
    ]);
    const alone = await make(page, ['why-out']);
    expect(alone.statusCode).toBe(422);
    expect(alone.body).toContain('depends on an answer to');
    expect(await proposed()).toEqual([]);
    expect((await make(page, ['out', 'why-out'])).headers.location).toBe(`${page}?made=2`);
    const drafts = await proposed();
    const [out, then] = ['Do you go out', 'What do you do'].map(
      (start) => drafts.find(({ texts }) => texts['en']?.text.startsWith(start))!.item,
    );
    expect(out?.id).toBe('do-you-go-out-at-night');
    expect(then?.when).toEqual({ question: out?.id, anyOf: ['yes'] });
  });

  it('follow a question that became a draft before', async () => {
    const page = await sheetOf([
      ['select_one yes_no', 'out', '', 'Do you go out at night?', ''],
      ['text', 'why_out', "${out} = 'yes'", 'What do you do then?', ''],
    ]);
    await make(page, ['out']);
    expect((await make(page, ['why-out'])).statusCode).toBe(303);
    const then = (await proposed()).find(({ item }) => item.when)!;
    expect(then.item.when?.question).toBe('do-you-go-out-at-night');
  });

  it('are in the language of whoever sends them, where they have words in it', async () => {
    const page = await sheetOf([
      ['text', 'street', '', 'What is your street like?', 'كيف شارعك؟'],
      ['text', 'park', '', 'What is your park like?', ''],
    ]);
    const cookies = Object.fromEntries(member.cookie.split('; ').map((one) => one.split('=') as [string, string]));
    const inArabic = new Somebody(house, { ...cookies, 'heard-language': 'ar' });
    await inArabic.post(`${page}/drafts`, { chosen: ['street', 'park'], why: 'لأنه مظلم.' });
    const drafts = await proposed();
    expect(drafts.map(({ language }) => language).toSorted()).toEqual(['ar', 'en']);
  });

  it('are no telephone numbers where they ask for a number', async () => {
    const page = await sheetOf([['integer', 'steps', '', 'How many steps do you walk to school?', '']]);
    expect((await make(page, ['steps'])).statusCode).toBe(303);
    expect((await member.get(page)).body).toContain('12,001');
    const held = await house.services.database.query.selectFrom('contributions').selectAll().execute();
    expect(held).toHaveLength(1);
    const [proposal] = await createProposals(house.services.database).list(house.authorityId);
    const reader = await house.app.inject({
      url: `/studio/proposals/${proposal!.id}`,
      headers: await house.as('approver'),
    });
    expect(reader.statusCode).toBe(200);
  });
});
