import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWaveTopics } from '../../server/storage/wave-topics.ts';
import { openFieldwork, type FieldworkHouse } from '../support/fieldwork.ts';
import { reviewAgain } from '../support/settled-wave.ts';
import { make, page, publish, PUPILS, recorded } from './own-survey.ts';

let house: FieldworkHouse;

beforeAll(async () => {
  house = await openFieldwork();
  await publish(house, PUPILS, 'en', 'ar');
});
afterAll(() => house.close());

const REASON = 'The forum asked for it twice';

async function newWave(bands = ['s1-s2', 's3-s4']): Promise<string> {
  return String((await make(house, PUPILS.family, { bands, schools: 'lochend' })).headers.location);
}
const switchOn = (wave: string, topic: string, reason = REASON) =>
  house.post('administrator', `${wave}/topics`, { topic, reason });
const switchOff = (wave: string, topic: string) => house.post('administrator', `${wave}/topics/${topic}/removal`, {});
const onIn = (wave: string) => createWaveTopics(house.services.database).ofWave(wave.split('/').at(-1)!);
/** Topics that a page lists, each with whether it is on. */
const listed = (body: string) => [...body.matchAll(/data-topic="([\w-]+)" data-on="(\w+)"/g)].map((m) => [m[1], m[2]]);

/** The page of the step in which topics are decided on. */
const stepOf = (wave: string) => `${wave}/setup/topics`;

describe('topics of a wave that is not open', () => {
  it('are those that its stages would be asked about and somebody must switch on, each of them off', async () => {
    const { body } = await page(house, stepOf(await newWave()));
    expect(listed(body)).toEqual([
      ['alcohol', 'no'],
      ['drugs', 'no'],
    ]);
    expect(body).toContain('2 questions, asked from S2 on');
    expect(body).toContain('1 question, asked from S4 on');
  });

  it('are fewer where the wave asks younger pupils, and none where it asks only primary pupils', async () => {
    expect(listed((await page(house, stepOf(await newWave(['s1-s2'])))).body)).toEqual([['alcohol', 'no']]);
    const young = await newWave(['p5-p7']);
    expect((await page(house, young)).body).not.toContain('data-step="topics"');
    expect((await page(house, stepOf(young))).statusCode).toBe(404);
  });

  it('are switched on by the administrator who signs in, with the day and the reason', async () => {
    const wave = await newWave();
    const reply = await switchOn(wave, 'alcohol', `  ${REASON}  `);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, stepOf(wave)]);
    expect(await onIn(wave)).toEqual([
      {
        topic: 'alcohol',
        reason: REASON,
        switchedOnAt: house.clock.now,
        switchedOnBy: house.accounts.administrator,
        signInName: 'administrator',
      },
    ]);
    const { body } = await page(house, stepOf(wave));
    expect(listed(body)).toEqual([
      ['alcohol', 'yes'],
      ['drugs', 'no'],
    ]);
    expect(body).toContain('Switched on by administrator on 1 May 2026');
    expect(body).toContain(REASON);
    expect((await page(house, stepOf(wave), 'ar')).body).toContain('التفعيل: administrator');
  });

  it.each(['', 'because', '         x         '])('stay off without a reason: %j', async (reason) => {
    const wave = await newWave();
    const reply = await switchOn(wave, 'alcohol', reason);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('href="#reason-alcohol"');
    expect(reply.body).toContain('Give a reason of at least 10 letters.');
    expect(reply.body).toMatch(
      new RegExp(`<textarea id="reason-alcohol"[^>]*aria-invalid="true"[^>]*>${reason.trim()}<`),
    );
    expect(await onIn(wave)).toEqual([]);
  });

  it('that the surveys do not ask, that need nobody, or that are made up, cannot be switched on', async () => {
    const wave = await newWave();
    expect((await switchOn(wave, 'self-harm')).statusCode).toBe(404);
    expect((await switchOn(wave, 'hunger')).statusCode).toBe(400);
    expect((await switchOn(wave, 'weather')).statusCode).toBe(400);
    expect(await onIn(wave)).toEqual([]);
  });

  it('are not switched on twice, so the first reason stays', async () => {
    const wave = await newWave();
    await switchOn(wave, 'drugs');
    expect((await switchOn(wave, 'drugs', 'Quite another reason')).statusCode).toBe(409);
    expect((await onIn(wave)).map((topic) => topic.reason)).toEqual([REASON]);
  });

  it('can be switched off again, once', async () => {
    const wave = await newWave();
    await switchOn(wave, 'drugs');
    await switchOn(wave, 'alcohol');
    expect((await switchOff(wave, 'drugs')).headers.location).toBe(stepOf(wave));
    expect((await onIn(wave)).map(({ topic }) => topic)).toEqual(['alcohol']);
    expect((await switchOff(wave, 'drugs')).statusCode).toBe(409);
  });

  it('leave their mark in the record, on and off', async () => {
    const wave = await newWave();
    await switchOn(wave, 'drugs');
    await switchOff(wave, 'drugs');
    const subject = `${wave.split('/').at(-1)} drugs`;
    const marks = (await recorded(house, 'topic-switched-on', 'topic-switched-off')).filter(
      (entry) => entry.subject === subject,
    );
    const by = house.accounts.administrator;
    expect(marks).toEqual([
      { by, action: 'topic-switched-off', subject },
      { by, action: 'topic-switched-on', subject },
    ]);
  });
});

describe('once a wave is open', () => {
  it('no topic is switched on or off, and the page shows those that are on', async () => {
    const wave = await newWave();
    await switchOn(wave, 'alcohol');
    await reviewAgain(house, wave);
    expect((await house.post('administrator', `${wave}/opening`, {})).statusCode).toBe(303);
    for (const reply of [await switchOn(wave, 'drugs'), await switchOff(wave, 'alcohol')]) {
      expect(reply.statusCode).toBe(409);
      expect(reply.body).toContain('This wave has been opened already.');
    }
    const { body } = await page(house, wave);
    expect(listed(body)).toEqual([['alcohol', 'yes']]);
    expect(body).not.toContain('/topics/alcohol/removal');
    expect(body).not.toContain('name="reason"');
  });

  it('nothing is written even by somebody who was on the way while it opened', async () => {
    const wave = await newWave();
    const id = wave.split('/').at(-1)!;
    const topics = createWaveTopics(house.services.database);
    await switchOn(wave, 'alcohol');
    await reviewAgain(house, wave);
    await house.post('administrator', `${wave}/opening`, {});
    const drugs = { topic: 'drugs', reason: REASON } as const;
    expect(await topics.switchOn(id, drugs, house.accounts.administrator, house.clock.now)).toBe('wave-open');
    expect(await topics.switchOff(id, 'alcohol')).toBe('wave-open');
    expect((await onIn(wave)).map(({ topic }) => topic)).toEqual(['alcohol']);
  });
});

describe('topics of a wave', () => {
  it('are for administrators of its authority', async () => {
    const wave = await newWave();
    for (const role of ['planner', 'youth-worker', 'analyst', 'approver', 'text-reader'] as const) {
      expect((await house.post(role, `${wave}/topics`, { topic: 'drugs', reason: REASON })).statusCode, role).toBe(403);
    }
    expect((await switchOn('/fieldwork/waves/none', 'drugs')).statusCode).toBe(404);
    expect((await switchOff('/fieldwork/waves/none', 'drugs')).statusCode).toBe(404);
  });
});
