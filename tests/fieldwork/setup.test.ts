import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETUP_STEPS } from '../../server/core/fieldwork/setup.ts';
import { createHelpContacts } from '../../server/storage/help-contacts.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { createWaveSetup } from '../../server/storage/wave-setup.ts';
import { openFieldwork, SCHOOLS, type FieldworkHouse } from '../support/fieldwork.ts';
import { SETTLED } from '../support/settled-wave.ts';
import { page, recorded } from './own-survey.ts';

/* Making a wave ready: step by step, in any order, each step a page. */

let house: FieldworkHouse;

beforeAll(async () => {
  house = await openFieldwork();
});
afterAll(() => house.close());

const idOf = (wave: string) => wave.split('/').at(-1)!;
const STAGES = { bands: ['p5-p7', 's1-s2'] };
const ASKED = { schools: SCHOOLS.map(({ id }) => id), agreed: ['lochend'] };

async function newWave(): Promise<string> {
  const made = await house.post('administrator', '/fieldwork/waves', { name: 'Spring 2026', family: 'pupils' });
  return String(made.headers.location);
}
const fill = (wave: string, step: string, fields: Record<string, string | string[]>) =>
  house.post('administrator', `${wave}/setup/${step}`, fields);
/** The steps that the list shows in a state. */
async function steps(wave: string, done: 'yes' | 'no'): Promise<string[]> {
  const { body } = await page(house, wave);
  return [...body.matchAll(/data-step="([\w-]+)" data-done="(\w+)"/g)]
    .filter((match) => match[2] === done)
    .map((match) => match[1]!);
}

describe('a new wave', () => {
  it('has a name and a family, and a list of everything else that it needs', async () => {
    const wave = await newWave();
    // Nobody reads texts unless somebody decides otherwise; which topics there are, the stages tell; no reply is asked about.
    expect(await steps(wave, 'yes')).toEqual(['readers']);
    expect((await steps(wave, 'no')).toSorted()).toEqual(
      SETUP_STEPS.filter((step) => !['readers', 'topics', 'reply'].includes(step)).toSorted(),
    );
    const { body } = await page(house, wave);
    expect(body).toContain('No dates yet');
    expect(body).not.toContain(`action="${wave}/opening"`);
  });

  it('says what is missing, each a link to where it is put right', async () => {
    const wave = await newWave();
    const refused = await house.post('administrator', `${wave}/opening`, {});
    expect(refused.statusCode).toBe(422);
    const links = [...refused.body.matchAll(/<li><a href="([^"]+)">/g)].map((match) => match[1]!);
    expect(links).toHaveLength(14);
    for (const link of links) expect((await page(house, link)).statusCode, link).toBe(200);
    expect((await createWaves(house.services.database).find(idOf(wave)))?.state).toBe('made');
  });

  it('is made ready in any order, left and gone on with, and then opens', async () => {
    const wave = await newWave();
    const all = { ...SETTLED, stages: STAGES, schools: ASKED };
    const order = ['retention', 'complaints', 'stages', 'schools'] as const;
    const rest = (Object.keys(all) as (keyof typeof all)[]).filter((step) => !order.some((one) => one === step));
    for (const step of [...order, ...rest]) {
      const reply = await fill(wave, step, all[step]);
      expect([reply.statusCode, reply.headers.location], step).toEqual([303, `${wave}#${step}`]);
      expect(await steps(wave, 'yes'), step).toContain(step);
    }
    expect(await steps(wave, 'no')).toEqual([]);
    expect((await page(house, wave)).body).toContain(`action="${wave}/opening"`);
    expect((await house.post('administrator', `${wave}/opening`, {})).statusCode).toBe(303);
    const noted = (await recorded(house, 'wave-set-up')).filter(({ subject }) => subject.startsWith(idOf(wave)));
    expect(noted.map(({ subject }) => subject.split(' ')[1]).toSorted()).toEqual([...order, ...rest].toSorted());
  });
});

describe('a step', () => {
  it.each([
    ['dates', { startsOn: '2026-05-10', endsOn: '2026-05-01' }, 'The last day must not be before the first.'],
    ['dates', { startsOn: '1 May', endsOn: '' }, 'Give a day such as 2026-05-01.'],
    ['help', { checkedBy: 'x', checkedOn: '2026-04-20' }, 'This says too little.'],
    ['help', { checkedBy: 'wellbeing lead', checkedOn: '2026-05-02' }, 'This day has not come yet.'],
    ['target', { percent: '0' }, 'a whole number from 1 to 100'],
    ['target', { percent: '80.5' }, 'a whole number from 1 to 100'],
    ['opting-out', { optOutsUntil: '2026-05-01', disagreement: 'talk-first' }, 'before the first day of the wave'],
    ['opting-out', { optOutsUntil: '2026-04-24' }, 'Choose one.'],
    ['assessment', { reviewedBy: '', reviewedOn: '' }, 'This is missing.'],
    [
      'conditions',
      { article6: 'public-task', article9: 'research-and-statistics', schedule1: 'paragraph-18' },
      'does not go with the one chosen for Article 9',
    ],
    ['retention', { retainedUntil: '2026-06-30' }, 'after the last day of the wave (30 June 2026)'],
    ['complaints', { complaintsRoute: 'Ask us' }, 'This says too little.'],
    ['rehearsal', { leftOutReason: 'no time' }, 'This says too little.'],
  ])('%s refuses %j, says why beside the field and keeps what was typed', async (step, fields, words) => {
    const wave = await newWave();
    if (step !== 'dates') await fill(wave, 'dates', SETTLED.dates);
    const reply = await fill(wave, step, fields);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('class="error-summary"');
    expect(reply.body).toMatch(new RegExp(`class="fault" id="[\\w-]+-fault">[^<]*${words.replace(/[()]/g, '\\$&')}`));
    for (const typed of Object.values(fields).filter((value) => value !== ''))
      expect(reply.body).toMatch(new RegExp(`value="${typed}"|>${typed}</textarea>`));
    expect(await steps(wave, 'no')).toContain(step);
  });

  it.each(['stages', 'schools'])('%s needs one at least', async (step) => {
    const reply = await fill(await newWave(), step, {});
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('class="fault"');
  });

  it('shows again what was noted, by whom and when', async () => {
    const wave = await newWave();
    await fill(wave, 'controller', SETTLED.controller);
    const { body } = await page(house, `${wave}/setup/controller`);
    expect(body).toContain('value="Strathlorn Council"');
    expect(body).toContain('Noted by administrator on 1 May 2026');
    const arabic = (await page(house, `${wave}/setup/controller`, 'ar')).body;
    expect(arabic).toContain('التسجيل: \u2068administrator\u2069');
  });

  it('takes schools of its own authority only, and bands that there are', async () => {
    const wave = await newWave();
    expect((await fill(wave, 'schools', { schools: 'elsewhere' })).statusCode).toBe(422);
    expect((await fill(wave, 'stages', { bands: 'p1-p4' })).statusCode).toBe(422);
  });

  it('whose name is made up is not there', async () => {
    const wave = await newWave();
    expect((await page(house, `${wave}/setup/weather`)).statusCode).toBe(400);
    expect((await page(house, '/fieldwork/waves/none/setup/dates')).statusCode).toBe(404);
  });
});

describe('what was settled before something else changed', () => {
  it('is missing again: help contacts that are others now, opting out after the first day, answers deleted too early', async () => {
    const wave = await house.makeWave();
    expect(await steps(wave, 'no')).toEqual([]);
    const contact = { name: 'Talk', about: 'Always open.' };
    const contacts = createHelpContacts(house.services.database);
    const fields = { level: 's1-s3' as const, phone: '0131 496 0000', web: '', words: { en: contact, ar: contact } };
    const added = await contacts.add(house.authorityId, fields);
    expect(await steps(wave, 'no')).toEqual(['help']);
    await contacts.remove(house.authorityId, added);
    await fill(wave, 'dates', { startsOn: '2026-04-20', endsOn: '2027-08-01' });
    expect((await steps(wave, 'no')).toSorted()).toEqual(['opting-out', 'retention']);
  });

  it('asks for reviewed words in the chosen languages alone', async () => {
    const real = await openFieldwork('real');
    const wave = await real.makeWave();
    const { query } = real.services.database;
    const missing = async () => (await page(real, wave)).body.includes('Some texts in its languages are only drafted.');
    expect(await missing()).toBe(true);
    for (const row of await query.selectFrom('survey_texts').selectAll().where('language', '=', 'en').execute()) {
      const text = JSON.stringify({ ...(JSON.parse(row.text) as object), status: 'reviewed' });
      await query
        .updateTable('survey_texts')
        .set({ text })
        .where('version_id', '=', row.version_id)
        .where('language', '=', 'en')
        .execute();
    }
    expect(await missing()).toBe(true);
    await real.post('administrator', `${wave}/setup/languages`, {});
    expect(await missing()).toBe(false);
    await real.close();
  });
});

describe('once a wave is open', () => {
  it('nothing of its setup changes, and its file stays to be read', async () => {
    const wave = await house.openWave();
    for (const [step, fields] of Object.entries({ ...SETTLED, stages: STAGES, schools: ASKED }))
      expect((await fill(wave, step, fields)).statusCode, step).toBe(409);
    const setup = createWaveSetup(house.services.database);
    expect(await setup.setDates(idOf(wave), { startsOn: '2026-01-01', endsOn: '2026-01-02' })).toBe('wave-open');
    expect(await setup.forget(idOf(wave), 'retention')).toBe('wave-open');
    const led = await page(house, `${wave}/setup/retention`);
    expect([led.statusCode, led.headers.location]).toEqual([303, `${wave}/file#retention`]);
    const { body } = await page(house, `${wave}/file`);
    expect(body).toContain('30 June 2027');
    expect(body).toContain('(e) public task');
    expect(body).toContain('Part 2, paragraph 6');
    expect(body).not.toContain('/setup/');
  });

  it('its last day can be put later, which is kept, and never earlier or past the day of deletion', async () => {
    const wave = await house.openWave();
    const postpone = (endsOn: string) => house.post('administrator', `${wave}/postponements`, { endsOn });
    for (const wrong of ['2026-06-30', '2026-06-01', 'soon', '2027-06-30']) {
      const reply = await postpone(wrong);
      expect(reply.statusCode, wrong).toBe(422);
      expect(reply.body).toContain('id="endsOn-fault"');
      expect(reply.body).toContain(`value="${wrong}"`);
    }
    expect((await postpone('2026-07-04')).statusCode).toBe(303);
    const { body } = await page(house, wave);
    expect(body).toContain('1 May 2026 to 4 July 2026');
    expect(body).toContain('Put later from 30 June 2026 to 4 July 2026, on 1 May 2026 by administrator');
    expect(await recorded(house, 'wave-postponed')).toMatchObject([{ subject: `${idOf(wave)} 2026-07-04` }]);
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    expect((await postpone('2026-08-01')).statusCode).toBe(409);
    expect(
      await createWaveSetup(house.services.database).postpone(idOf(wave), '2026-08-01', null, house.clock.now),
    ).toBe('not-later');
  });
});

describe('the file of a demonstration', () => {
  it('says that it is one, on every page of it; that of a real authority does not', async () => {
    const words = 'This is the file of a demonstration.';
    const wave = await newWave();
    for (const url of [`${wave}/file`, `${wave}/setup/assessment`, `${wave}/setup/retention`])
      expect((await page(house, url)).body, url).toContain(words);
    const real = await openFieldwork('real');
    const other = await real.makeWave();
    for (const url of [`${other}/file`, `${other}/setup/assessment`])
      expect((await page(real, url)).body, url).not.toContain(words);
    await real.close();
  });
});
