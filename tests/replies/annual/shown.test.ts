import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyWords, type PlanWords } from '../../../server/core/loop/plan/words.ts';
import { createPlan } from '../../../server/storage/plan.ts';
import { createReleases } from '../../../server/storage/releases.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { createSurveys } from '../../../server/storage/surveys.ts';
import { createWaveReplies } from '../../../server/storage/wave-replies.ts';
import { createWaves } from '../../../server/storage/waves.ts';
import { post } from '../../support/annual-report.ts';
import { AUTHORITY, type House, type TestClock } from '../../support/house.ts';
import { get, publishReply } from '../chain.ts';
import { makeEntry } from '../engagement/visits.ts';
import { FEEDBACK_BANDS, feedbackRelease } from '../feedback-release.ts';
import { cellOf, releaseWave, smallRelease, type ReleasedWave } from '../released.ts';
import { AFTER_IT, correct, IN_THE_YEAR, openYear, plain } from './year.ts';

/* What of a year may stand in a report that everybody reads, and of whom it is said. */

let house: House;
let wave: ReleasedWave;
let planner: Record<string, string>;
let clock: TestClock;
let finding: string;
let report: string;

beforeEach(async () => {
  ({ house, wave, planner, clock, finding, report } = await openYear());
});
afterEach(() => house.close());

const idOf = (href: string) => href.split('/').at(-1)!;
const draft = async (asked = '', as = planner) => (await get(house, `${report}/draft${asked}`, as)).body;

/** The id of an action of the plan. */
async function actionOf(task: string): Promise<string> {
  const found = (await createPlan(house.services.database).list(AUTHORITY.id)).find(({ words }) => words.task === task);
  return found!.id;
}

/** Asks the primaries of one cluster what they think of a reply, and publishes what they said. */
async function askOneCluster(replyId: string): Promise<void> {
  const { database } = house.services;
  const survey = readSurveyFolders().find(({ definition }) => definition.id === 'feedback-check')!;
  const version = await createSurveys(database).publish(survey, null, clock.now);
  const named = { name: 'What do you think?', startsOn: '2026-05-04', endsOn: '2026-05-28' };
  const asked = { bands: FEEDBACK_BANDS, versionIds: [version.id], schools: [] };
  const made = { authorityId: AUTHORITY.id, family: 'feedback-check', ...named, ...asked };
  const waveId = await createWaves(database).make(made, null, clock.now);
  await createWaveReplies(database).choose(waveId, replyId, null, clock.now);
  const releases = createReleases(database);
  const release = feedbackRelease(AUTHORITY, { id: waveId, ...named }, version, ['n1', 'n2']);
  await releases.approve(await releases.add(waveId, release, null, clock.now), null, clock.now);
}

describe('what a report shows', () => {
  it.each([
    ['beside that of the wave before where several schools answered then', {}, true],
    ['without it where one school answered then', { es: [] }, false],
  ])('is a share %s', async (_, answers, isThere) => {
    const cell = cellOf(wave.releaseId, { node: 'authority', band: 's1-s2' });
    clock.now = IN_THE_YEAR;
    const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'It does.' }, planner);
    clock.now = AFTER_IT;
    await post(house, `${String(made.headers.location).split('?')[0]!}/priority`, {}, planner);
    const asked = { name: 'Autumn 2025', startsOn: '2025-10-06', endsOn: '2025-10-24' };
    await releaseWave(house.services.database, AUTHORITY, { asked, answers });
    const said = /Strathlorn, pupils in S1–S2: About (?:(?!Northmuir)[^])*? It was \d+% in Autumn 2025 and is \d+% now/;
    expect(said.test(plain(await draft()))).toBe(isThere);
  });

  it('holds nothing about an action of one school that was made after the period', async () => {
    const secondary = cellOf(wave.releaseId, { band: 's1-s2' });
    const made = await post(house, '/replies/findings', { ...secondary, whyItMatters: 'It does.' }, planner);
    const finding = String(made.headers.location).split('?')[0]!;
    await post(house, `${finding}/actions`, { task: 'Talks at the academy', lead: 'Education', dueOn: '2027-01-01' }, planner); // prettier-ignore
    await makeEntry(house, planner, { title: 'Asked at the academy', links: `action:${await actionOf('Talks at the academy')}` }); // prettier-ignore
    expect(await draft()).not.toContain('Asked at the academy');
    expect(plain((await get(house, report, planner)).body)).toContain('“Asked at the academy”: it is about something that may not be shown'); // prettier-ignore
  });

  it('says of whom it is what children said about a reply, and how many answered', async () => {
    clock.now = IN_THE_YEAR;
    await askOneCluster((await publishReply(house, planner, cellOf(wave.releaseId, { node: 'authority' }))).replyId);
    clock.now = AFTER_IT;
    const said = 'Strathlorn, pupils in P5–P7, of those who were asked: About 6 in 10 pupils (58%) say';
    const [adults, children] = [plain(await draft()), plain(await draft('?for=child'))];
    expect(adults).toContain(said);
    expect(adults).toMatch(/what they meant\. \(likely between [^)]+, about 60 asked\) About 60 of 80 pupils answered \(75%\)\./); // prettier-ignore
    expect(children).toContain(said);
    expect(plain(await draft('', await house.as('planner', 'ar')))).toContain('ممن سُئلوا: ');
  });

  it('takes what follows from its findings out where their figure is not shown any more', async () => {
    const lights = await actionOf('New lights on the canal path');
    const words: PlanWords = { ...emptyWords(), task: 'New lights', lead: 'Roads', dueOn: '2026-09-01', aims: ['resources'] }; // prettier-ignore
    const { database } = house.services;
    await createPlan(database).write(AUTHORITY.id, [{ kind: 'reword', action: lights, words }], null, clock.now);
    await makeEntry(house, planner, { title: 'Asked about lights', links: `finding:${idOf(finding)}` });
    expect(plain(await draft())).toMatch(/New lights[^]*Asked about lights/);
    const [opened, entry] = [(await createReleases(database).open(wave.releaseId))!, (await createReleases(database).entry(wave.releaseId))!]; // prettier-ignore
    const waveOf = { ...opened.wave, id: entry.waveId, name: entry.waveName };
    const surveys = createSurveys(database);
    const ids = [...new Set(opened.items.flatMap((item) => Object.values(item.versions)))];
    const versions = await Promise.all(ids.map(async (id) => (await surveys.find(id))!));
    await correct(house, wave, smallRelease(AUTHORITY, waveOf, versions, { answers: { n2: [] } }));
    expect(plain(await draft())).not.toMatch(/New lights|Asked about lights/);
    expect(plain((await get(house, report, planner)).body)).toContain('“Asked about lights”: it is about something that may not be shown'); // prettier-ignore
  });
});
