import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../server/core/loop/annual/sections.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createPlan } from '../../../server/storage/plan.ts';
import { createStaffSessions } from '../../../server/storage/staff-sessions.ts';
import { emptyWords, type PlanWords } from '../../../server/core/loop/plan/words.ts';
import {
  beginReport,
  post,
  publishReport,
  sectionFields,
  writeAll,
  writeSection,
  YEAR,
} from '../../support/annual-report.ts';
import { AUTHORITY, type House, type TestClock } from '../../support/house.ts';
import { get } from '../chain.ts';
import { makeEntry } from '../engagement/visits.ts';
import { cellOf, type ReleasedWave } from '../released.ts';
import { AFTER_IT, correct, IN_THE_YEAR, openYear, plain } from './year.ts';

let house: House;
let wave: ReleasedWave;
let planner: Record<string, string>;
let clock: TestClock;
let report: string;

async function open(kind?: 'real'): Promise<void> {
  ({ house, clock, wave, planner, report } = await openYear(kind));
}

const idOf = (href: string) => href.split('/').at(-1)!;
const publicPage = (asked = '') => `/replies/strathlorn/annual/${idOf(report)}${asked}`;
const arabic = () => house.as('planner', 'ar');
const draft = async (asked = '', as = planner) => (await get(house, `${report}/draft${asked}`, as)).body;
const lacksOn = (body: string) => [...body.matchAll(/data-lack="([^"]+)"/g)].map(([, lack]) => lack);

/** The placeholder that the list of figures gives for what its line says. */
async function placeholderOf(words: RegExp): Promise<string> {
  const { body } = await get(house, `${report}/sections/opening`, planner);
  const rows = [...body.matchAll(/<tr><th scope="row"><code[^>]*>(\{figure \d+\})<\/code>(.*?)<\/tr>/gs)];
  return rows.find(([, , rest]) => words.test(plain(rest!)))![1]!;
}

beforeEach(() => open());
afterEach(() => house.close());

describe('a report that is begun', () => {
  it('is made for a period that is chosen, once, and is in the record', async () => {
    expect(await beginReport(house, planner)).toBe(report);
    const again = await post(house, '/replies/annual', YEAR, planner);
    expect(again.headers.location).toBe(`${report}?done=there`);
    const { body } = await get(house, '/replies/annual', planner);
    expect(plain(body)).toContain('1 August 2025 to 31 July 2026');
    // The school year is begun already, the financial year is not.
    expect(body).not.toContain('School year 2025/26');
    expect(body).toContain('Financial year 2025/26');
    const entries = await house.services.database.query
      .selectFrom('audit_entries')
      .select('subject')
      .where('action', '=', 'annual-report-made')
      .execute();
    expect(entries).toEqual([{ subject: idOf(report) }]);
  });

  it('is told exactly what is wrong with the dates, beside them and without losing them', async () => {
    const wrong = await post(house, '/replies/annual', { from: '2026-07-31', to: '2025-08-01' }, planner);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Last day: the last day has to come after the first.');
    expect(wrong.body).toContain('value="2026-07-31"');
    const empty = await post(house, '/replies/annual', { from: '', to: '2025-02-30' }, planner);
    expect(empty.body).toContain('First day: this is missing.');
    expect(empty.body).toContain('Last day: give a date as year, month, day');
  });

  it('is not there for another authority', async () => {
    expect((await get(house, '/replies/annual/nothing', planner)).statusCode).toBe(404);
    expect((await get(house, `/replies/elsewhere/annual/${idOf(report)}`)).statusCode).toBe(404);
  });
});

describe('what a draft draws', () => {
  it('is the released figures, the plan by aim and the replies, each with its note', async () => {
    const body = await draft();
    const text = plain(body);
    expect(text).toContain('P5–P7: About');
    expect(text).toContain(`fingerprint ${wave.sha256}`);
    expect(text).toContain('Northmuir, pupils in P5–P7: About 6 in 10 pupils (58%)');
    expect(text).toContain('7.1 · Youth club on Fridays');
    expect(text).toContain('12 April 2026: The hall is rented.');
    // The newest value up to the end of the year, not the one after it.
    expect(text).toContain('Open evenings: 20 evenings at first, 31 evenings in 2026/27 Q1, target 40 evenings.');
    expect(text).toContain('Improved since the baseline.');
    expect(text).toContain('Feeling safe on the way home');
    expect(text).toContain('We are doing part of this. Northmuir, published on 1 May 2026.');
    expect(text).toContain('There is no action for this aim to show from this period.');
    // The action of the finding serves no aim yet, so it stands nowhere, and the checklist says so.
    expect(text).not.toContain('New lights on the canal path');
    expect(lacksOn((await get(house, report, planner)).body)).toContain('no-aim');
    for (const [line] of body.matchAll(/<p data-line=[\s\S]*?<\/p>/g)) expect(line).toMatch(/href="#note-[\w-]+"/);
    for (const [, note] of body.matchAll(/href="#(note-[\w-]+)"/g)) expect(body).toContain(`id="${note!}"`);
  });

  it('leaves out what planners have neither marked nor answered yet, and tells them so', async () => {
    const cell = cellOf(wave.releaseId, { node: 'authority' });
    clock.now = IN_THE_YEAR;
    const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'A note.' }, planner);
    clock.now = AFTER_IT;
    const finding = String(made.headers.location).split('?')[0]!;
    const anywhere = 'Strathlorn, pupils in P5–P7: About';
    expect(plain(await draft())).not.toContain(anywhere);
    expect((await get(house, report, planner)).body).toContain('is neither a priority nor answered in public');
    await post(house, `${finding}/priority`, {}, planner);
    expect(plain(await draft())).toContain(anywhere);
    expect((await get(house, report, planner)).body).not.toContain('is neither a priority nor answered in public');
  });

  it('says who was involved in what, and what changed', async () => {
    await makeEntry(house, planner);
    await makeEntry(house, planner, { title: 'Not asked twice', outcome: 'nothing', change: 'There was no money.' });
    await makeEntry(house, planner, { title: 'Parents alone', 'group-0-kind': 'practitioners' });
    const text = plain(await draft());
    expect(text).toContain('Young people took part in 2 decisions or pieces of work. In 1 of them something changed');
    expect(text).toContain('2 March 2026 to 20 March 2026. How: Workshop or session. They said: Light on the path');
    expect(text).toContain('What changed: The whole path gets lights.');
    expect(text).toContain('Nothing changed, because: There was no money.');
    expect(text).toContain('Parents alone');
    expect((await get(house, report, planner)).body).not.toContain('Engagement record, “');
    expect(plain(await draft('', await arabic()))).toContain('شارك الشباب في قرارين أو عملين.');
  });

  it('holds no entry that is not finished, and tells planners what it lacks', async () => {
    await makeEntry(house, planner, { title: 'Half written', outcome: '', change: '' });
    await makeEntry(house, planner, { title: 'Nobody told', told: '' });
    const text = plain(await draft());
    expect(text).not.toMatch(/Half written|Nobody told/);
    expect(text).toContain('There is nothing to show from this period about how young people were involved.');
    const desk = plain((await get(house, report, planner)).body);
    expect(desk).toContain('Engagement record, “Half written”: nobody says yet what changed because of it.');
    expect(desk).toContain('Engagement record, “Half written”: it is not finished. It is left out until it is.');
    expect(desk).toContain('Engagement record, “Nobody told”: it is not finished.');
    expect(desk).not.toContain('Engagement record, “Nobody told”: nobody says');
    expect(plain((await get(house, report, await arabic())).body)).toContain('«Nobody told»: لم يكتمل بعد.');
  });

  it('is said to children shortly, without the plan', async () => {
    const text = plain(await draft('?for=child'));
    expect(text).toMatch(/About \d in 10 pupils in P5–P7 answered\./);
    expect(text).toMatch(/Grown-ups are working on \d things?\./);
    expect(text).not.toContain('Youth club on Fridays');
    expect(text).not.toContain('likely between');
    expect(text).not.toContain('Safeguard and promote wellbeing');
  });

  it('is the same in Arabic', async () => {
    const text = plain(await draft('', await arabic()));
    expect(text).toContain('Open evenings: 20 evenings في البداية، 31 evenings في 2026/27 Q1، الهدف 40 evenings.');
    expect(text).toContain('حماية الرفاه وتعزيزه');
    expect(plain(await draft('?for=child', await arabic()))).toMatch(/نحو \d من كل 10 تلاميذ في P5–P7 أجابوا/);
  });

  it('holds nothing of one school: neither the finding nor what follows from it', async () => {
    clock.now = IN_THE_YEAR;
    const secondary = cellOf(wave.releaseId, { band: 's1-s2' });
    const made = await post(house, '/replies/findings', { ...secondary, whyItMatters: 'It does.' }, planner);
    const finding = String(made.headers.location).split('?')[0]!;
    const action = { task: 'Talks at the academy', lead: 'Education', dueOn: '2027-01-01' };
    await post(house, `${finding}/actions`, action, planner);
    clock.now = AFTER_IT;
    const drawn = `${await draft()}${await draft('?for=child')}`;
    expect(drawn).not.toContain('Talks at the academy');
    expect(drawn).not.toContain('Northmuir, pupils in S1–S2');
    const desk = (await get(house, report, planner)).body;
    expect(desk).toContain('A finding is about one school or may not be shown to everybody. It is left out.');
    expect(plain(desk)).toMatch(/Action \d+ follows from a finding that may not be shown to everybody/);

    const about = { title: 'Talks about the academy', links: `finding:${idOf(finding)}` };
    await makeEntry(house, planner, about);
    expect(await draft()).not.toContain('Talks about the academy');
    expect(plain((await get(house, report, planner)).body)).toContain('“Talks about the academy”: it is about something that may not be shown'); // prettier-ignore
    // Something is recorded, so nobody is told that nothing is.
    expect(plain(await draft('?for=child'))).toContain('There is nothing to show here yet about how young people helped us.'); // prettier-ignore
  });
});

describe('the words of a section', () => {
  it('are kept, version by version, with who wrote them', async () => {
    const kept = await writeSection(house, planner, report, 'opening');
    expect(kept.headers.location).toBe(`${report}?done=written`);
    await writeSection(house, planner, report, 'opening', sectionFields('opening', 'Anew.'), 1);
    const { body } = await get(house, `${report}/sections/opening`, planner);
    expect(plain(body)).toContain('Version 2, 20 August 2026, 10:00, by planner');
    expect(body).toContain('We listened to you.');
    expect(plain(await draft())).toContain('Opening Write this section Anew.');
  });

  it('quote a drawn figure by its place in the list, with where it comes from', async () => {
    const share = await placeholderOf(/58% Share/);
    await writeSection(house, planner, report, 'opening', {
      'adult-en': `In Northmuir ${share} feel safe.`,
      'adult-ar': `في نورثميور ${share.replace('figure', 'رقم')}.`,
    });
    const opening = /<section[^>]*id="opening"[\s\S]*?<\/section>/.exec(await draft())![0];
    expect(opening).toContain('<b>58%</b>');
    expect(plain(opening)).toContain(`fingerprint ${wave.sha256}`);
    expect(/<section[^>]*id="opening"[\s\S]*?<\/section>/.exec(await draft('', await arabic()))![0]).toContain('<b>58');
  });

  it('with a figure that there is not are told which, beside the field, and nothing is lost or kept', async () => {
    const typed = { 'adult-en': 'So {figure 999} and {fig 1}.', 'child-ar': 'كلمات أخرى' };
    const refused = await writeSection(house, planner, report, 'opening', typed);
    expect(refused.statusCode).toBe(422);
    expect(plain(refused.body)).toContain('this report has no {figure 999}. Choose one from the list of figures.');
    expect(plain(refused.body)).toContain('{fig 1} is no figure.');
    expect(refused.body).toContain('href="#adult-en"');
    expect(refused.body).toContain('So {figure 999} and {fig 1}.</textarea>');
    expect(refused.body).toContain('كلمات أخرى</textarea>');
    expect((await get(house, `${report}/sections/opening`, planner)).body).not.toContain('{figure 999}');
    const inArabic = await post(house, `${report}/sections/opening`, { ...typed, basedOn: '0' }, await arabic());
    expect(plain(inArabic.body)).toContain('ليس في هذا التقرير {figure 999}');
  });

  it('that two people write at once are both there to choose from', async () => {
    await writeSection(house, planner, report, 'next', sectionFields('next', 'What the other one wrote.'));
    const mine = await writeSection(house, planner, report, 'next', sectionFields('next', 'What I wrote.'));
    expect(mine.statusCode).toBe(422);
    expect(plain(mine.body)).toContain('planner has changed this section on 20 August 2026');
    expect(mine.body).toContain('What I wrote.</textarea>');
    expect(/data-theirs="adult-en"[\s\S]*?<\/div>/.exec(mine.body)![0]).toContain('What the other one wrote.');
    expect(mine.body).toContain('name="basedOn" value="1"');
    const kept = await writeSection(house, planner, report, 'next', sectionFields('next', 'What I wrote.'), 1);
    expect(kept.statusCode).toBe(303);
  });
});

describe('publishing', () => {
  it('waits for every needed section, and says which are missing', async () => {
    const refused = await publishReport(house, planner, report);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Nothing was published: the list below says what is still needed.');
    const needed = SECTIONS.flatMap((section) => section.needed).length;
    expect(refused.body).toContain(`data-blocking="${needed}"`);
    expect(plain(refused.body)).toContain('Hello (For children, English and Arabic): still to be written.');
    expect((await get(house, publicPage())).statusCode).toBe(404);
  });

  it('waits for the end of the period', async () => {
    await writeAll(house, planner, report);
    clock.now = '2026-07-31T12:00:00.000Z';
    expect((await publishReport(house, planner, report)).statusCode).toBe(422);
    expect((await get(house, report, planner)).body).toContain('The period runs until 31 July 2026.');
    clock.now = '2026-08-01T00:00:00.000Z';
    expect((await publishReport(house, planner, report)).statusCode).toBe(303);
  });

  it('shows everybody both versions in both languages, and says where they are', async () => {
    await writeAll(house, planner, report);
    expect((await publishReport(house, planner, report)).headers.location).toBe(`${report}?done=published`);
    const place = (await get(house, '/replies/strathlorn')).body;
    expect(place).toContain(`href="${publicPage()}"`);
    expect(place).toContain(`href="${publicPage('?for=child')}"`);
    const adults = (await get(house, publicPage())).body;
    expect(plain(adults)).toContain('Edition 1, published on 20 August 2026');
    expect(adults).toContain('Nobody has read all of these words twice yet (English)');
    expect(adults).not.toContain('Write this section');
    const children = (await get(house, publicPage('?for=child&in=ar'))).body;
    expect(children).toContain('<html lang="ar" dir="rtl">');
    expect(children).toContain('استمعنا إليكم.');
    expect(children).not.toContain('Youth club on Fridays');
    const { sha256 } = (await house.services.database.query.selectFrom('annual_report_editions').select('sha256').executeTakeFirstOrThrow()); // prettier-ignore
    expect(adults).toContain(sha256);
  });

  it('freezes everything: whatever changes, what was published stays to the letter', async () => {
    await writeAll(house, planner, report);
    await publishReport(house, planner, report);
    const pages = ['', '?for=child', '?in=ar'].map((asked) => publicPage(asked));
    const before = await Promise.all(pages.map(async (page) => (await get(house, page)).body));
    clock.now = '2026-09-01T09:00:00.000Z';
    const plan = createPlan(house.services.database);
    const words: PlanWords = { ...emptyWords(), task: 'Something else', lead: 'Nobody', dueOn: '2026-08-25' };
    await plan.write(
      AUTHORITY.id,
      [
        { kind: 'reword', action: 'club', words },
        { kind: 'value', measure: 'evenings', quarter: '2026-Q1', value: '3' },
        { kind: 'end', action: 'club', state: 'stopped', reason: 'No money.' },
      ],
      null,
      clock.now,
    );
    await writeSection(house, planner, report, 'opening', sectionFields('opening', 'Other words.'), 1);
    expect(await Promise.all(pages.map(async (page) => (await get(house, page)).body))).toEqual(before);
    expect(plain(await draft())).toContain('Other words.');

    // A further edition leaves the first one where it was.
    expect((await publishReport(house, planner, report)).statusCode).toBe(303);
    const second = (await get(house, publicPage())).body;
    expect(plain(second)).toContain('Edition 2, published on 1 September 2026');
    expect(second).toContain('Other words.');
    const first = (await get(house, publicPage('?edition=1'))).body;
    expect(plain(first)).toContain('Edition 1, published on 20 August 2026');
    expect(plain(first)).toContain('31 evenings in 2026/27 Q1');
    expect(first).not.toContain('Other words.');
    expect((await get(house, publicPage('?edition=3'))).statusCode).toBe(404);
  });

  it('publishes what was looked at, once', async () => {
    await writeAll(house, planner, report);
    const shown = (body: string) => /name="fingerprint" value="([^"]+)"/.exec(body)?.[1];
    const fingerprint = shown(await draft())!;
    await createPlan(house.services.database).write(AUTHORITY.id, [{ kind: 'progress', action: 'club', on: '2026-06-01', words: 'More.' }], null, clock.now); // prettier-ignore
    const changed = await post(house, `${report}/editions`, { after: '0', fingerprint }, planner);
    expect(changed.statusCode).toBe(422);
    expect(changed.body).toContain('something has changed since you looked at it');
    // The desk shows none of the words, so it leads to them and publishes nothing itself.
    expect(shown(changed.body)).toBeUndefined();
    expect(changed.body).toContain(`href="${report}/draft#publish"`);
    const now = shown(await draft())!;
    const publish = () => post(house, `${report}/editions`, { after: '0', fingerprint: now }, planner);
    expect((await publish()).headers.location).toBe(`${report}?done=published`);
    expect((await publish()).headers.location).toBe(`${report}?done=published`);
    expect((await get(house, publicPage('?edition=2'))).statusCode).toBe(404);
  });
});

describe('a release that is corrected', () => {
  it('is told in the checklist, and the figure of the correction is drawn with what it was', async () => {
    expect(lacksOn((await get(house, report, planner)).body)).not.toContain('corrected');
    await correct(house, wave);
    const desk = (await get(house, report, planner)).body;
    expect(lacksOn(desk)).toContain('corrected');
    expect(plain(desk)).toContain('its results (Spring 2026) were corrected after the finding was made');
    expect(plain(await draft())).toContain('The results were corrected. Before that, the figure was 58%.');
  });

  it('leaves what is published as it is, and tells planners so', async () => {
    await writeAll(house, planner, report);
    await publishReport(house, planner, report);
    const before = (await get(house, publicPage())).body;
    expect((await get(house, report, planner)).body).not.toContain('data-corrected');
    await correct(house, wave);
    expect((await get(house, publicPage())).body).toBe(before);
    const desk = (await get(house, report, planner)).body;
    expect(desk).toContain('data-corrected="yes"');
    expect(plain(desk)).toContain('have been corrected since: Spring 2026.');
  });
});

describe('a report of a real authority', () => {
  beforeEach(async () => {
    await house.close();
    await open('real');
  });

  /** Another planner of the same authority. */
  async function second(): Promise<Record<string, string>> {
    const { database } = house.services;
    const account = { authorityId: house.authorityId, signInName: 'second', passwordHash: 'none' };
    const added = await createAccounts(database).add({ ...account, roles: ['planner'] }, clock.now);
    if (added === 'name-taken') throw new Error('There is a second planner already.');
    const until = '2999-01-01T00:00:00.000Z';
    const token = await createStaffSessions(database).start(added.id, clock.now, until, clock.now);
    return { cookie: `heard-staff=${token}; heard-language=en` };
  }

  const versionsOn = (body: string) => /name="versions" value="(\d+)"/.exec(body)?.[1] ?? '';
  const read = (language: string, versions: string, as: Record<string, string>) =>
    post(house, `${report}/readings`, { language, versions }, as);

  it('is published when somebody else has read each language as it stands', async () => {
    await writeAll(house, planner, report);
    const refused = await publishReport(house, planner, report);
    expect(refused.statusCode).toBe(422);
    expect(lacksOn(refused.body).filter((lack) => lack === 'unread')).toHaveLength(2);
    expect((await read('en', String(SECTIONS.length), planner)).statusCode).toBe(403);

    const other = await second();
    const versions = versionsOn((await get(house, report, other)).body);
    await read('en', versions, other);
    expect((await publishReport(house, planner, report)).statusCode).toBe(422);
    await writeSection(house, planner, report, 'next', sectionFields('next', 'We listened to you.', 'كلمات جديدة.'), 1);
    // Who had the old words on the page has not read the new ones.
    expect((await read('ar', versions, other)).statusCode).toBe(422);
    await read('ar', versionsOn((await get(house, report, other)).body), other);
    expect((await publishReport(house, planner, report)).statusCode).toBe(303);
    expect((await get(house, publicPage())).body).not.toContain('Nobody has read all of these words twice yet');
  });
});
