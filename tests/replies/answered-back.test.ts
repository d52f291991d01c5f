import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountAreas } from '../../server/storage/account-areas.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { createWaveReplies } from '../../server/storage/wave-replies.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { createWaveKin } from '../../server/web/wave-kin.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../support/house.ts';
import { get, post, publishReply } from './chain.ts';
import { FEEDBACK_BANDS, feedbackRelease } from './feedback-release.ts';
import { cellOf, releaseWave, type ReleasedWave } from './released.ts';

/* What children say of a reply, next to the reply: from a release, by the rules of every figure. */

let house: House;
let wave: ReleasedWave;
let reply: string;
let other: string;
let version: SurveyVersion;
const clock: TestClock = { now: '2026-05-01T09:00:00.000Z' };

beforeAll(async () => {
  house = await openHouse({ clock });
  const { database } = house.services;
  wave = await releaseWave(database, AUTHORITY);
  const survey = readSurveyFolders().find((content) => content.definition.id === 'feedback-check')!;
  version = await createSurveys(database).publish(survey, null, clock.now);
  const planner = await house.as('planner');
  reply = (await publishReply(house, planner, cellOf(wave.releaseId))).replyId;
  other = (await publishReply(house, planner, cellOf(wave.releaseId, { node: 'authority' }))).replyId;
  const clusters = ['nor', 'eas'].map((code) => ({ id: code, authority_id: house.authorityId, code, name: code }));
  await database.query.insertInto('clusters').values(clusters).execute();
});
afterAll(() => house.close());

/** Makes a wave about the reply. @returns its id */
async function askingWave(name: string, startsOn: string): Promise<string> {
  const { database } = house.services;
  const dates = { startsOn, endsOn: `${startsOn.slice(0, 8)}28` };
  const asked = { bands: FEEDBACK_BANDS, versionIds: [version.id], schools: [] };
  const made = { authorityId: AUTHORITY.id, name, family: 'feedback-check', ...dates, ...asked };
  const id = await createWaves(database).make(made, null, clock.now);
  await createWaveReplies(database).choose(id, reply, null, clock.now);
  return id;
}
const openWave = (id: string) => createWaves(house.services.database).open(id, null, clock.now);
const closeWave = (wave_id: string) =>
  house.services.database.query
    .insertInto('wave_closings')
    .values({ wave_id, started_at: clock.now, started_by: null, finished_at: clock.now })
    .execute();

/** Releases what the pupils of a wave said. @returns the id of the release */
async function release(waveId: string, codes?: readonly string[]): Promise<string> {
  const { database } = house.services;
  const { name, startsOn, endsOn } = (await createWaves(database).find(waveId))!;
  const made = feedbackRelease(AUTHORITY, { id: waveId, name, startsOn, endsOn }, version, codes);
  const releases = createReleases(database);
  const id = await releases.add(waveId, made, null, clock.now);
  await releases.approve(id, null, clock.now);
  return id;
}

/** The part of a page that says what children say. */
async function answeredBack(url: string, headers: Record<string, string> = {}): Promise<string> {
  const { body, statusCode } = await get(house, url, headers);
  expect(statusCode, url).toBe(200);
  const from = body.indexOf('<section class="stack" id="answered-back"');
  expect(from, url).toBeGreaterThan(0);
  // What follows: the facts of a public reply, the presses on a planner's page.
  return body.slice(from).split(/<dl class="facts">|id="presses-title"/)[0]!;
}
const publicPage = () => `/replies/strathlorn/${reply}`;
const deskPage = () => `/replies/replies/${reply}`;
const figuresIn = (page: string) => [...page.matchAll(/data-figure="(\d+)"/g)].map(([, figure]) => figure);

async function plannerOf(area: string): Promise<Record<string, string>> {
  const { database } = house.services;
  const account = { authorityId: house.authorityId, signInName: area, passwordHash: 'x', roles: ['planner' as const] };
  const added = await createAccounts(database).add(account, clock.now);
  if (added === 'name-taken') throw new Error('A planner of this area is there already.');
  await createAccountAreas(database).set(added.id, [area], house.accounts.administrator, clock.now);
  const token = await createStaffSessions(database).start(added.id, clock.now, '2999-01-01T00:00:00.000Z', clock.now);
  return { cookie: `heard-staff=${token}` };
}

describe('what children say about a reply', () => {
  let first: string;

  it('is that nobody has asked them yet, in both languages', async () => {
    expect(await answeredBack(publicPage())).toContain('Children have not been asked yet');
    const arabic = await answeredBack(publicPage(), { cookie: 'heard-language=ar' });
    expect(arabic).toContain('لم يُسأل الأطفال بعد');
    expect((await get(house, '/replies/strathlorn')).body).toContain('Nothing is released yet of what children think');
  });

  it('is not spoken of in public before they are asked, and then how far it is', async () => {
    first = await askingWave('What do you think?', '2026-05-04');
    expect(await answeredBack(publicPage())).toContain('Children have not been asked yet');
    expect(await answeredBack(deskPage(), await house.as('planner'))).toContain('Children will be asked');
    await openWave(first);
    expect(await answeredBack(publicPage())).toContain('Children are being asked now.');
    await closeWave(first);
    expect(await answeredBack(publicPage())).toContain('Children were asked. What they said will stand here');
    expect(figuresIn(await answeredBack(publicPage()))).toEqual([]);
  });

  it('stands on the public page as the release has it; one school and what is hidden look alike', async () => {
    await release(first);
    const page = await answeredBack(publicPage());
    expect(page).toContain('About 6 in 10 pupils (<b data-share="58">58%</b>) say that the reply is what they meant.');
    expect(figuresIn(page)).toEqual(['58']);
    const [meant, listened] = [...page.matchAll(/<tr><th scope="row">([^]*?)<\/tr>/g)].map(([row]) => row);
    const hidden = '<td class="hidden-figure">not shown</td>';
    expect(meant).toContain(`<td data-figure="58">58%</td>${hidden}`);
    expect(listened!.split(hidden)).toHaveLength(3);
    expect(page).toContain('about 60 of 80 pupils answered (75%).');
    expect(page).toContain('S1–S2: How many answered is not shown here.');
    expect(page).not.toContain('/results/');
    // Its name is an administrator's, and not for everybody.
    expect(page).not.toContain('What do you think?');
    expect(await answeredBack(publicPage(), { cookie: 'heard-language=ar' })).toContain('data-figure="58"');
  });

  it('leads planners to all results of the wave, and from there back', async () => {
    const page = await answeredBack(deskPage(), await house.as('planner'));
    expect(figuresIn(page)).toEqual(['58', '67', '50']);
    const results = /href="(\/results\/[^"]+)"/.exec(page)![1]!;
    const { body } = await get(house, results, await house.as('planner'));
    expect(body).toContain(`href="/replies/strathlorn/${reply}#answered-back"`);
    const ordinary = await get(house, `/results/${wave.releaseId}`, await house.as('planner'));
    expect(ordinary.body).not.toContain('#answered-back');
    expect((await get(house, '/results', await house.as('planner'))).body).toContain('Spring 2026');
  });

  it('is shown to planners of the area alone', async () => {
    const inside = await answeredBack(deskPage(), await plannerOf('cluster:nor'));
    expect(figuresIn(inside)).toEqual(['58', '67', '50']);
    expect((await get(house, deskPage(), await plannerOf('cluster:eas'))).statusCode).toBe(404);
  });

  it('never counts what is pressed on the public page', async () => {
    const before = await answeredBack(publicPage());
    for (let press = 0; press < 20; press += 1) await post(house, `${publicPage()}/presses`, { button: 'clear' }, {});
    expect(await answeredBack(publicPage())).toBe(before);
    expect((await get(house, publicPage())).body).toContain('It is never counted as what children think.');
  });

  it('counts replies that children answered back about, on the pages of place and authority', async () => {
    const line = (page: string) => /<p data-answered-back>([^<]*)</.exec(page)?.[1];
    const [whole, part] = ['/replies/strathlorn', '/replies/strathlorn/clusters/nor'];
    expect(line((await get(house, whole)).body)).toBe(
      'What children think of 1 of 2 replies is released, as far as it is safe to show.',
    );
    expect(line((await get(house, part)).body)).toBe(
      'What children think of 1 of 1 replies is released, as far as it is safe to show.',
    );
    expect(await answeredBack(`/replies/strathlorn/${other}`)).toContain('Children have not been asked yet');
  });

  it('of two replies is no change from one to the other', async () => {
    const { database } = house.services;
    const [again, aboutOther] = [
      await askingWave('Later', '2027-03-01'),
      await askingWave('Of the other', '2027-04-05'),
    ];
    await createWaveReplies(database).choose(aboutOther, other, null, clock.now);
    const kinOf = await createWaveKin(database).of(AUTHORITY.id);
    expect(kinOf(again)).toBe(kinOf(first));
    expect(kinOf(aboutOther)).not.toBe(kinOf(first));
    expect((await createWaveKin(database).of('elsewhere'))(first)).toBeUndefined();
  });

  it('is asked again after news: both waves stand there, the newest first', async () => {
    const again = await askingWave('And now?', '2026-09-07');
    await openWave(again);
    await closeWave(again);
    await release(again, ['n1', 'n2', 'e1', 'e2']);
    const { body } = await get(house, publicPage());
    const waves = [...body.matchAll(/data-asked-wave="([^"]+)"/g)].map(([, id]) => id);
    expect(waves).toEqual([again, first]);
    expect(figuresIn(body)).toEqual(['58', '58']);
  });

  it('says so where a wave asked nobody at the place of the reply', async () => {
    const elsewhere = await askingWave('Elsewhere', '2026-11-02');
    await openWave(elsewhere);
    await closeWave(elsewhere);
    await release(elsewhere, ['e1', 'e2']);
    expect(await answeredBack(publicPage())).toContain('This wave asked nobody at the place of the reply');
  });
});
