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
