import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SEEDED_ENTRIES } from '../../../server/commands/seed/engagement.ts';
import { personalWords } from '../../../server/core/loop/engagement/personal-words.ts';
import { ASPECTS } from '../../../server/core/loop/engagement/check.ts';
import { createAccountAreas } from '../../../server/storage/account-areas.ts';
import { readWorkbook } from '../../../server/web/workbooks/workbook-file.ts';
import { openForum } from '../../support/forum.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../../support/house.ts';
import { ACTION, get, post, publishReply, REPLY, writeReply } from '../chain.ts';
import { cellOf, releaseWave } from '../released.ts';
import { confirmsOn, ENTRY, idOn, makeEntry, NOTHING_ANSWERED, plain } from './visits.ts';

const RECORD = '/replies/engagement';
let house: House;
let planner: Record<string, string>;
let worker: Record<string, string>;
let clock: TestClock;

beforeEach(async () => {
  clock = { now: '2026-05-01T09:00:00.000Z' };
  house = await openHouse({ clock });
  planner = await house.as('planner');
  worker = await house.as('youth-worker');
});
afterEach(() => house.close());

const page = async (url: string, headers = planner) => plain((await get(house, url, headers)).body);
const audited = async () =>
  (await house.services.database.query.selectFrom('audit_entries').select('action').execute()).map(({ action }) => action); // prettier-ignore

describe('an entry of the record', () => {
  it('is kept with who was involved in counts, how, and what changed, and says that it is finished', async () => {
    const entry = await makeEntry(house, planner);
    const shown = await page(entry);
    for (const words of ['Walking home', '2 March 2026 to 20 March 2026', 'Pupils: P5–P7, about 90', 'Parents and carers, fewer than five',
      'Workshop or session', 'Something changed because of it', 'The whole path gets lights.', 'In class, on one page.', 'Whole authority',
      'data-finished="yes"', '11 of the 11 questions of the check are not answered.']) expect(shown).toContain(words); // prettier-ignore
    expect(await page(RECORD)).toContain('1 entry. 1 is finished.');
    expect(await page(`${entry}/change`)).not.toContain('value="3"');
    expect((await get(house, entry, await house.as('planner', 'ar'))).body).toContain('تغيّر شيء بسبب ذلك');
    expect(await audited()).toContain('engagement-entry-made');
  });

  it('may be kept unfinished, says what it lacks, and one form sent twice makes one', async () => {
    const id = idOn(await page(`${RECORD}/entries/new`));
    const empty = Object.keys(ENTRY).filter((field) => field !== 'methods');
    const begun = { title: 'Begun', place: 'authority', from: '2026-04-01', id, basedOn: '0', begunFrom: '' };
    const fields = { ...Object.fromEntries(empty.map((field) => [field, ''])), ...begun };
    const sent = await Promise.all([1, 2].map(() => post(house, `${RECORD}/entries`, fields, worker)));
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await page(`${RECORD}/entries/${id}`)).toContain(
      'Still missing: the last day, which decision it is about, who was involved, who was missing and why, how, what was said, what changed, and how the people involved were told',
    );
    expect(await page(RECORD)).toContain(
      '1 entry. 0 are finished. 1 does not say yet what changed. 1 does not say yet how the people involved were told.',
    );
  });

  it('asks again beside each field that is wrong, and loses nothing', async () => {
    const id = idOn(await page(`${RECORD}/entries/new`));
    for (const [field, value, message] of [
      ['title', '', '#title">Title: this is missing.'],
      ['from', '2026-02-30', '#from">First day: give a date as year, month, day'],
      ['from', '2026-05-02', '#from">First day: give today or a day before.'],
      ['to', '2026-03-01', '#to">Last day: give a day that is not before the first.'],
      ['place', 'cluster:nowhere', '#place">Place: choose a place'],
      ['said', 'x'.repeat(1001), '#said">What was said: make this 1,000 characters or fewer.'],
      ['change', '', '#change">What changed, or why nothing did: this is missing.'],
      ['methods', 'other', '#methodWords">More about how: this is missing.'],
      ['group-1-people', 'many', '#group-1-people">Group 2, About how many: give a whole number'],
    ] as const) {
      const fields = { ...ENTRY, id, basedOn: '0', begunFrom: '', [field]: value };
      const again = await post(house, `${RECORD}/entries`, fields, planner);
      expect(again.statusCode, field).toBe(422);
      expect(again.body).toContain(message);
      expect(again.body).toContain('Two small schools could not spare the time.');
      if (value !== '' && field !== 'place' && field !== 'methods') expect(again.body).toContain(value);
    }
    expect(await page(RECORD)).toContain('There is no entry yet.');
  });

  it('asks whether somebody is named before it keeps what looks like it, and once only', async () => {
    const id = idOn(await page(`${RECORD}/entries/new`));
    const fields = { ...ENTRY, id, basedOn: '0', begunFrom: '', said: 'It was Zorbla, at zorbla@example.org.' };
    const asked = await post(house, `${RECORD}/entries`, fields, planner);
    expect(asked.statusCode).toBe(422);
    expect(asked.body).toContain('<li><bdi>Zorbla</bdi></li>');
    expect(asked.body).toContain('<li><bdi>zorbla@example.org</bdi></li>');
    const confirmed = confirmsOn(asked.body);
    const other = await post(house, `${RECORD}/entries`, { ...fields, told: 'By Quibbly.', confirmed }, planner);
    expect(other.statusCode).toBe(422);
    expect((await post(house, `${RECORD}/entries`, { ...fields, confirmed }, planner)).statusCode).toBe(303);
    const entry = `${RECORD}/entries/${id}`;
    const changed = { ...ENTRY, said: fields.said, told: 'On a poster.', basedOn: '1' };
    expect((await post(house, entry, changed, planner)).statusCode).toBe(303);
    expect((await post(house, entry, { ...changed, told: 'By Quibbly.', basedOn: '2' }, planner)).body).toContain('<li><bdi>Quibbly</bdi></li>'); // prettier-ignore
  });

  it('keeps every version, in words', async () => {
    const entry = await makeEntry(house, planner);
    clock.now = '2026-05-09T09:00:00.000Z';
    await post(house, entry, { ...ENTRY, outcome: 'nothing', change: 'There was no money.', basedOn: '1' }, worker);
    const history = await page(`${entry}/history`);
    expect(history).toContain('<bdi>9 May 2026</bdi> · <bdi>youth-worker</bdi>');
    expect(history).toContain('Did anything change?: before “Something changed because of it”, now “Nothing changed”.');
    expect(history).toContain('before “The whole path gets lights.”, now “There was no money.”.');
    expect(history).not.toContain('Title: before');
    expect(history).toContain('Began the entry.');
    expect(await page(RECORD)).toContain('Nothing changed because of 1; it says why.');
    expect(await audited()).toContain('engagement-entry-changed');
  });

  it('loses nothing of two people who change it at once', async () => {
    const entry = await makeEntry(house, planner);
    await post(
      house,
      entry,
      { ...ENTRY, title: 'Walking home in the dark', told: 'On a poster.', basedOn: '1' },
      worker,
    );
    const mine = { ...ENTRY, said: 'Light first, then a bridge.', told: 'By letter.', basedOn: '1' };
    const both = await post(house, entry, mine, planner);
    expect(both.statusCode).toBe(409);
    const shown = plain(both.body);
    expect(shown).toContain('Taken over from youth-worker: Title.');
    expect(shown).toContain('You both changed “How the people involved were told”. Yours stands in the form; youth-worker wrote: “On a poster.”.'); // prettier-ignore
    for (const words of ['value="Walking home in the dark"', 'Light first, then a bridge.', '>By letter.<', 'name="basedOn" value="2"']) expect(shown).toContain(words); // prettier-ignore
    expect(await page(entry)).toContain('On a poster.');
    const again = { ...mine, title: 'Walking home in the dark', basedOn: '2' };
    expect((await post(house, entry, again, planner)).statusCode).toBe(303);
    for (const words of ['Walking home in the dark', 'Light first, then a bridge.', 'By letter.']) expect(await page(entry)).toContain(words); // prettier-ignore
    expect((await post(house, entry, { ...again, basedOn: '7' }, planner)).statusCode).toBe(404);
  });

  it('is read and not changed by an auditor, and is not there for another authority', async () => {
    const entry = await makeEntry(house, planner);
    const auditor = await house.as('auditor');
    const shown = await page(entry, auditor);
    expect(shown).toContain('The whole path gets lights.');
    expect(shown).not.toContain(`${entry}/change`);
    expect(await page(RECORD, auditor)).not.toContain('/entries/new');
    const { query } = house.services.database;
    await query.insertInto('authorities').values({ id: 'other', name: 'Other', kind: 'real', created_at: clock.now }).execute(); // prettier-ignore
    await query.updateTable('engagement_entries').set({ authority_id: 'other' }).execute();
    expect((await get(house, entry, planner)).statusCode).toBe(404);
    expect(await page(RECORD)).toContain('There is no entry yet.');
  });
});

describe('the guided check', () => {
  it('is taken with every field full in Arabic, which is long as a form', async () => {
    const entry = await makeEntry(house, planner);
    const full = 'ك'.repeat(500);
    const answers = ASPECTS.map((aspect) => [
      [`${aspect}-standing`, 'partly'],
      [`${aspect}-evidence`, full],
      [`${aspect}-nextStep`, full],
    ]);
    const fields = Object.fromEntries(answers.flat()) as Record<string, string>;
    const kept = await post(house, `${entry}/check`, { ...fields, basedOn: '0' }, planner);
    expect(kept.statusCode).toBe(303);
  });

  it('may be kept with some answers, says which are open, and gives no score', async () => {
    const entry = await makeEntry(house, planner);
    const form = await page(`${entry}/check`);
    for (const words of ['Inclusion', 'Working together', 'Space', 'Influence', 'Who is affected, and which of them did we not reach?']) expect(form).toContain(words); // prettier-ignore
    const some = {
      ...NOTHING_ANSWERED,
      'inclusion-standing': 'partly', 'inclusion-evidence': 'Four of six schools.', 'inclusion-nextStep': 'Ask the others.',
      'voice-standing': 'met', 'voice-evidence': 'Stickers were enough.', basedOn: '0',
    }; // prettier-ignore
    const kept = await post(house, `${entry}/check`, some, worker);
    expect(kept.headers.location).toBe(`${entry}?done=checked`);
    const shown = await page(entry);
    expect(shown).toContain('9 of the 11 questions of the check are not answered.');
    expect(shown).toContain('Not answered yet: Support, Planning, Working together, Methods, Communication, Impact, Space, Audience, and Influence'); // prettier-ignore
    expect(shown).toMatch(/data-standing="partly"><dt>Inclusion[\s\S]*?Four of six schools\.[\s\S]*?Ask the others\./);
    expect(shown).not.toMatch(/\d\s?%/);
    expect(await page(`${entry}/history`)).toContain('Inclusion: before “empty”, now “Partly. What shows it: Four of six schools. Next: Ask the others.”.'); // prettier-ignore
    expect(await page(RECORD)).toMatch(
      /<th scope="row">Inclusion<\/th>\s*<td>0<\/td>\s*<td>1<\/td>\s*<td>0<\/td>\s*<td>0<\/td>/,
    );
    expect(await audited()).toContain('engagement-check-kept');
  });

  it('asks for what shows it and for the next step, beside the field, and loses nothing', async () => {
    const entry = await makeEntry(house, planner);
    for (const [field, value, message] of [
      ['space-standing', 'met', '#space-evidence">Space, What shows it, in a sentence: this is missing.'],
      ['space-standing', 'not', '#space-nextStep">Space, The next step: this is missing.'],
      ['space-evidence', 'A room.', '#space-standing">Space, Was it met?: this is missing.'],
      ['space-nextStep', 'x'.repeat(501), '#space-nextStep">Space, The next step: make this 500 characters or fewer.'],
    ] as const) {
      const fields = { ...NOTHING_ANSWERED, basedOn: '0', 'impact-standing': 'met', 'impact-evidence': 'More walk.', [field]: value }; // prettier-ignore
      const again = await post(house, `${entry}/check`, fields, planner);
      expect(again.statusCode, field).toBe(422);
      expect(again.body).toContain(message);
      expect(again.body).toContain('More walk.');
    }
    const named = { ...NOTHING_ANSWERED, basedOn: '0', 'impact-standing': 'met', 'impact-evidence': 'We met Zorbla.' };
    const asked = await post(house, `${entry}/check`, named, planner);
    expect([asked.statusCode, asked.body.includes('<li><bdi>Zorbla</bdi></li>')]).toEqual([422, true]);
    const confirmed = confirmsOn(asked.body);
    expect((await post(house, `${entry}/check`, { ...named, confirmed }, planner)).statusCode).toBe(303);
  });

  it('loses nothing of two people who answer it at once', async () => {
    const entry = await makeEntry(house, planner);
    const met = (aspect: string, evidence: string) => ({ [`${aspect}-standing`]: 'met', [`${aspect}-evidence`]: evidence }); // prettier-ignore
    const theirs = { ...NOTHING_ANSWERED, ...met('space', 'A room.'), ...met('voice', 'Stickers.'), basedOn: '0' };
    const mine = { ...NOTHING_ANSWERED, ...met('voice', 'Drawings.'), ...met('impact', 'More walk.'), basedOn: '0' };
    await post(house, `${entry}/check`, theirs, worker);
    const both = await post(house, `${entry}/check`, mine, planner);
    expect(both.statusCode).toBe(409);
    const shown = plain(both.body);
    for (const words of ['Taken over from youth-worker: Space.', 'You both changed “Voice”.', 'Stickers.', '>Drawings.<', '>More walk.<', '>A room.<', 'name="basedOn" value="1"']) expect(shown).toContain(words); // prettier-ignore
    const again = await post(house, `${entry}/check`, { ...mine, ...met('space', 'A room.'), basedOn: '1' }, planner);
    expect(again.statusCode).toBe(303);
    expect(await page(entry)).toMatch(/A room\.[\s\S]*Drawings\./);
  });
});

describe('entries and what they are about', () => {
  it('lead to each other, and name to a youth worker only what everybody may see', async () => {
    const { releaseId } = await releaseWave(house.services.database, AUTHORITY);
    const { finding, replyId } = await writeReply(house, planner, cellOf(releaseId));
    const form = await page(`${RECORD}/entries/new?about=finding:${finding.split('/').at(-1)}`);
    expect(form).toMatch(/name="links" value="finding:[\w-]+" checked/);
    const planned = /value="(action:[\w-]+)"/.exec(form)![1]!;
    const id = idOn(form);
    const { payload, headers } = manyLinks(form, id, [`finding:${finding.split('/').at(-1)}`, planned, `reply:${replyId}`]); // prettier-ignore
    const made = await house.app.inject({ method: 'POST', url: `${RECORD}/entries`, payload, headers: { ...headers, ...planner } }); // prettier-ignore
    expect(made.statusCode).toBe(303);
    const entry = `${RECORD}/entries/${id}`;
    const action = `/replies/plan/actions/${planned.slice('action:'.length)}`;
    for (const url of [finding, action, `/replies/replies/${replyId}`]) {
      expect(await page(url)).toMatch(
        new RegExp(`Who was involved[\\s\\S]*href="${entry}"[\\s\\S]*Pupils: P5–P7, about 90`),
      );
      expect(await page(entry)).toContain(`href="${url}"`);
    }
    expect(await page(action)).toContain('/entries/new?about=action:');
    const theirs = await page(entry, worker);
    expect(theirs).not.toContain(ACTION.task);
    expect(theirs).not.toContain(REPLY['title-child-en']!);
    expect(theirs).toMatch(/<li>A finding<\/li>\s*<li>An action of the plan<\/li>\s*<li>A reply<\/li>/);
    // What a youth worker does not see stays when they change the entry.
    expect((await post(house, entry, { ...ENTRY, told: 'By letter.', basedOn: '1' }, worker)).statusCode).toBe(303);
    expect(await page(entry)).toContain(ACTION.task);
    for (const [about, count] of [
      ['finding', 1],
      ['action', 1],
      ['reply', 1],
      ['words', 0],
    ] as const)
      expect((await page(`${RECORD}?about=${about}`)).match(/data-finished/g)?.length ?? 0, about).toBe(count);
  });

  it('are begun from what Heard holds, with figures of the release alone, once', async () => {
    const { releaseId } = await releaseWave(house.services.database, AUTHORITY);
    await publishReply(house, planner, cellOf(releaseId));
    const list = await page(RECORD);
    const from = /\/entries\/new\?from=(wave[^"]+)"/.exec(list)![1]!;
    expect(list).toContain('The survey “Spring 2026”');
    const form = await page(`${RECORD}/entries/new?from=${from}`);
    for (const words of ['value="Survey: Spring 2026"', 'value="P5–P7"', 'value="2026-03-02"']) expect(form).toContain(words); // prettier-ignore
    const people = /name="group-0-people" type="text" value="(\d+)"/.exec(form)![1]!;
    expect(Number(people) % 5).toBe(0);
    expect(form).toContain(`P5–P7: ${people} of `);
    expect(await page(RECORD)).toContain('There is no entry yet.');
    await makeEntry(house, planner, { begunFrom: decodeURIComponent(from) });
    expect(await page(RECORD)).not.toContain('The survey “Spring 2026”');
    expect((await get(house, `${RECORD}/entries/new?from=wave:none@authority`, planner)).statusCode).toBe(404);
    // Who answered is for those who may see results.
    expect(await page(RECORD, worker)).not.toContain('The survey');
  });

  it('never say how many of one school answered, since others read the record too', async () => {
    const { database } = house.services;
    await releaseWave(database, AUTHORITY);
    const cluster = { id: 'nor', authority_id: AUTHORITY.id, code: 'nor', name: 'Northmuir' };
    await database.query.insertInto('clusters').values(cluster).execute();
    await createAccountAreas(database).set(house.accounts.planner, ['cluster:nor'], house.accounts.administrator, clock.now); // prettier-ignore
    const list = await page(RECORD);
    const form = await page(`${RECORD}/entries/new?from=${/\?from=(wave[^"]+)"/.exec(list)![1]!}`);
    expect(form).toMatch(/name="group-0-words"[^>]*value="P5–P7"[\s\S]*name="group-0-people" type="text" value="60"/);
    // The cluster's secondary pupils are those of its one school.
    expect(form).toMatch(/name="group-1-words"[^>]*value="S1–S2"[\s\S]*name="group-1-people" type="text" value=""/);
    expect(form).not.toContain('S1–S2: ');
  });

  it('are begun from a forum’s check, without telling how many of a few', async () => {
    const { releaseId } = await releaseWave(house.services.database, AUTHORITY);
    const { replyId } = await writeReply(house, planner, cellOf(releaseId));
    const forum = await openForum(house);
    const otter = await forum.join('Quiet Otter');
    await post(house, `/replies/replies/${replyId}/checks`, {}, planner);
    expect(await page(RECORD)).not.toContain('The forum read the reply');
    const address = /\/studio\/forum\/replies\/[\w-]{22}/.exec((await otter.get('/studio/forum/replies')).body)![0];
    await otter.post(`${address}/verdicts`, { clear: 'yes', words: '' });
    const list = await page(RECORD);
    expect(list).toContain('The forum read the reply “Feeling safe on the way home”');
    const form = await page(`${RECORD}/entries/new?from=${/\?from=(check[^"]+)"/.exec(list)![1]!}`);
    expect(form).toMatch(/name="group-0-people" type="text" value="&lt;5"/);
    expect(form).toContain('More found the words clear than not.');
    expect(form).toMatch(new RegExp(`value="reply:${replyId}" checked`));
  });
});

describe('the record as a list and as files', () => {
  it('is narrowed to a period and to what is open, and says what is no day', async () => {
    await makeEntry(house, planner);
    await makeEntry(house, planner, { title: 'Later buses', from: '2026-04-10', to: '', told: '' });
    const titles = async (asked: string) => [...(await page(`${RECORD}?${asked}`)).matchAll(/<h2 class="card-title">[\s\S]*?<bdi>([^<]+)/g)].map(([, title]) => title); // prettier-ignore
    expect(await titles('')).toEqual(['Later buses', 'Walking home']);
    expect(await titles('from=2026-03-20&to=2026-03-31')).toEqual(['Walking home']);
    expect(await titles('from=2026-03-21&to=2026-04-30')).toEqual(['Later buses']);
    expect(await titles('open=unfinished')).toEqual(['Later buses']);
    expect(await titles('open=told')).toEqual(['Later buses']);
    expect(await titles('open=change')).toEqual([]);
    expect(await titles('open=check&about=words')).toEqual(['Later buses', 'Walking home']);
    const wrong = await get(house, `${RECORD}?from=2026-13-01`, planner);
    expect([wrong.statusCode, wrong.body.includes('#from">From: give a date as year, month, day')]).toEqual([
      422,
      true,
    ]);
    const file = await get(house, `${RECORD}/file.csv?from=2026-13-01`, planner);
    expect([file.statusCode, file.headers.location]).toEqual([303, `${RECORD}?from=2026-13-01&to=&about=&open=`]);
    const turned = await get(house, `${RECORD}?from=2026-04-01&to=2026-03-01`, planner);
    expect([turned.statusCode, turned.body.includes('value="2026-04-01"')]).toEqual([422, true]);
  });

  it('goes out as one row an entry in words, which no spreadsheet takes for a formula', async () => {
    const entry = await makeEntry(house, planner, { said: '=HYPERLINK(1)', told: '+44' });
    await post(house, `${entry}/check`, { ...NOTHING_ANSWERED, 'voice-standing': 'met', 'voice-evidence': 'Stickers.', basedOn: '0' }, planner); // prettier-ignore
    await makeEntry(house, planner, { title: 'Later buses', from: '2026-04-10', to: '' });
    const csv = await get(house, `${RECORD}/file.csv?to=2026-03-31`, planner);
    const [headings, row, ...others] = parse(csv.body, { bom: true });
    expect(others).toEqual([]);
    expect(csv.headers['content-disposition']).toBe('attachment; filename="heard_engagement.csv"');
    const cells = Object.fromEntries(headings!.map((heading, index) => [heading, plain(row![index]!)]));
    expect(cells).toMatchObject({
      Title: 'Walking home',
      'Who was involved': 'Pupils: P5–P7, about 90; Parents and carers, fewer than five',
      How: 'Workshop or session',
      'What was said': "'=HYPERLINK(1)",
      'How the people involved were told': "'+44",
      'What is unfinished': 'Finished',
      Voice: 'Met. What shows it: Stickers.',
      Space: 'Not answered',
    });
    const xlsx = await get(house, `${RECORD}/file.xlsx`, planner);
    const [sheet] = await readWorkbook(xlsx.rawPayload);
    expect(sheet?.rows.map(([title]) => title)).toEqual(['Title', 'Later buses', 'Walking home']);
    expect(sheet?.rows[2]).toContain('=HYPERLINK(1)');
    const arabic = await get(house, `${RECORD}/file.csv`, await house.as('planner', 'ar'));
    expect(arabic.body).toContain('العنوان');
    expect((await audited()).filter((action) => action === 'engagement-exported')).toHaveLength(3);
  });
});

describe('the demonstration’s record', () => {
  it('names nobody, and leaves something to do', () => {
    const texts = SEEDED_ENTRIES.flatMap(({ words, check }) => [
      ...Object.values(words).filter((value) => typeof value === 'string'),
      ...words.groups.map((group) => group.words),
      ...Object.values(check ?? {}).flatMap(({ evidence, nextStep }) => [evidence, nextStep]),
    ]);
    expect(personalWords(texts)).toEqual([]);
    expect(SEEDED_ENTRIES.some(({ words, check }) => words.outcome === '' && check === null)).toBe(true);
  });
});

/** A form with several decisions ticked. */
function manyLinks(form: string, id: string, links: readonly string[]) {
  const body = new URLSearchParams({ ...ENTRY, id, basedOn: '0', begunFrom: '' });
  for (const link of links) {
    if (!form.includes(`value="${link}"`)) throw new Error(`The form offers no ${link}.`);
    body.append('links', link);
  }
  return { payload: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}
