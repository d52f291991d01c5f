import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../server/core/roles.ts';
import { createAudit } from '../../server/storage/audit.ts';
import { createStoredJobs } from '../../server/storage/release-jobs.ts';
import { createReleases, type Releases } from '../../server/storage/releases.ts';
import { plain } from '../results/page-reading.ts';
import { form, openHouse, type House } from '../support/house.ts';
import { whenMade } from '../support/released-house.ts';
import { addAnsweredWave } from './answered-wave.ts';

/* A release is corrected over HTTP: from the form to the address of the old figures. Each step goes on from the last. */

const REASON = 'Birch answered on the wrong day.';
let house: House;
let waveId: string;
let releases: Releases;
let old: string;
let corrected: string;
let finding: string;

beforeAll(async () => {
  house = await openHouse();
  ({ waveId } = await addAnsweredWave(house));
  releases = createReleases(house.services.database);
  await addClusters();
  old = lastPart(await post('/release/releases', { wave: waveId }));
  await whenMade(house, old);
  await post(`/release/releases/${old}/approval`, {}, 'approver');
}, 60_000);
afterAll(() => house.close());

/** North with both primaries, south with both secondaries. */
async function addClusters(): Promise<void> {
  const { query } = house.services.database;
  for (const [code, schools] of Object.entries({ north: ['ash', 'birch'], south: ['dale', 'elm'] })) {
    const cluster = { id: code, authority_id: house.authorityId, code, name: code.toUpperCase() };
    await query.insertInto('clusters').values(cluster).execute();
    const rows = schools.map((school_id) => ({ wave_id: waveId, cluster_id: code, school_id }));
    await query.insertInto('wave_memberships').values(rows).execute();
  }
}

const get = async (url: string, role: Role = 'analyst', language: 'en' | 'ar' = 'en') =>
  house.app.inject({ url, headers: await house.as(role, language) });

async function post(url: string, fields: Record<string, string | string[]>, role: Role = 'analyst') {
  const { payload, headers } = form(fields);
  return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...(await house.as(role)) } });
}

const lastPart = ({ headers }: Awaited<ReturnType<typeof post>>) =>
  String(headers.location).split('?')[0]!.split('/').at(-1)!;

const pageOf = (id: string) => `/release/releases/${id}`;
const formOf = (id: string) => `${pageOf(id)}/correction`;

/** The form as it stands untouched. */
const CLUSTERS = ['ash|north', 'birch|north', 'dale|south', 'elm|south'];
const fields = (changed: Record<string, string | string[]> = {}) => ({
  reason: REASON,
  cluster: CLUSTERS,
  step: 'review',
  ...changed,
});

/** What the record says was done to a release; a clock that stands still tells no order. */
const recorded = async (id: string) =>
  (await createAudit(house.services.database).newest(house.authorityId, 100))
    .filter(({ subject }) => subject === id)
    .map(({ action }) => action)
    .toSorted();

describe('the form of a correction', () => {
  it('is found by analysts on the page of a published release', async () => {
    expect((await get(pageOf(old))).body).toContain(`href="${formOf(old)}"`);
    expect((await get(pageOf(old), 'approver')).body).not.toContain(formOf(old));
    expect((await get(formOf(old), 'approver')).statusCode).toBe(403);
    const page = (await get(formOf(old))).body;
    expect(page).toContain('Correct the release of Spring');
    expect(page).toContain('<input type="checkbox" name="left" value="birch|p5-p7">');
    expect(page).toContain('<input type="checkbox" name="cluster" value="birch|north" checked>');
    // Birch has no pupils of secondary bands, and no school agreed to be shown.
    expect(page).not.toContain('birch|s3-s4');
    expect(page).not.toContain('name="withdrawn"');
    expect(page).not.toMatch(/<details[^>]* open/);
  });

  it('is Arabic in Arabic', async () => {
    const page = (await get(formOf(old), 'analyst', 'ar')).body;
    expect(page).toContain('تصحيح إصدار Spring');
    expect(page).toContain('dir="rtl"');
    expect(page).not.toContain('Leave these pupils out');
  });

  it.each<[string, Record<string, string | string[]>, string]>([
    ['without a reason', { reason: '  ', left: 'birch|p5-p7' }, 'Write why the release is corrected.'],
    ['with a long reason', { reason: 'x'.repeat(401), left: 'birch|p5-p7' }, 'Use at most 400 characters.'],
    ['that changes nothing', {}, 'Nothing is changed yet.'],
    ['of an unknown school', { left: 'nowhere|p5-p7' }, 'that this wave does not have'],
    ['of a band that a school has no pupils of', { left: 'birch|s3-s4' }, 'that this wave does not have'],
    [
      'that leaves nobody',
      { left: ['ash|p5-p7', 'birch|p5-p7', 'dale|s3-s4', 'elm|s3-s4'] },
      'Every school is left out.',
    ],
    ['that takes back what was never agreed', { withdrawn: 'ash' }, 'cannot take its agreement back'],
  ])('%s is shown again, and says so', async (_, changed, words) => {
    const answered = await post(formOf(old), fields(changed));
    expect(answered.statusCode).toBe(422);
    expect(answered.body).toContain(words);
    expect(answered.body).toContain('id="faults"');
    expect((await post(formOf(old), fields({ ...changed, step: 'make' }))).statusCode).toBe(422);
  });

  it('shows what will change before anything is made, and goes back to what was ticked', async () => {
    const ticked = { left: 'birch|p5-p7', cluster: ['ash|north', 'birch|south', 'dale|south', 'elm|south'] };
    const review = await post(formOf(old), fields(ticked));
    expect(review.statusCode).toBe(200);
    const words = plain(review.body).replace(/[\u2066-\u2069]/g, '');
    expect(words).toContain(REASON);
    expect(words).toContain('birch: pupils of P5–P7 are left out.');
    expect(words).toContain('birch: its clusters are SOUTH. They were NORTH.');
    expect(words).not.toContain('ash:');
    expect(review.body).toContain('<input type="hidden" name="left" value="birch|p5-p7">');
    const back = await post(formOf(old), fields({ ...ticked, step: 'change' }));
    expect(back.statusCode).toBe(200);
    expect(back.body).toContain('name="left" value="birch|p5-p7" checked');
    expect(back.body.match(/<details[^>]* open/g)).toHaveLength(1);
    expect(await createStoredJobs(house.services.database).underWay()).toEqual([]);
  });

  it('is of published releases of one’s own authority alone', async () => {
    expect((await get(formOf('none'))).statusCode).toBe(404);
  });
});

describe('a correction', () => {
  it('that could not be made says what can be done, and leads back to its form as it was', async () => {
    // Answers that went missing after the release: its figures can not be made again.
    const { query } = house.services.database;
    const rows = await query.selectFrom('responses').selectAll().where('school_id', '=', 'dale').execute();
    await query.deleteFrom('responses').where('school_id', '=', 'dale').execute();
    const begun = await post(formOf(old), fields({ left: 'birch|p5-p7', step: 'make' }));
    const id = lastPart(begun);
    await expect(whenMade(house, id)).rejects.toThrow(/is failed/);
    await query.insertInto('responses').values(rows).execute();
    const page = (await get(pageOf(id))).body;
    expect(page).toContain('could not be made again from its answers');
    expect(page).toContain(`${formOf(old)}?from=${id}`);
    expect(page).not.toContain('Try again</button>');
    const again = (await get(`${formOf(old)}?from=${id}`)).body;
    expect(again).toContain('name="left" value="birch|p5-p7" checked');
    expect(again).toContain(REASON);
    expect((await get('/release')).body).toContain(pageOf(id));
  }, 60_000);

  it('is made in the background, one at a time, and waits for somebody else', async () => {
    const begun = await post(formOf(old), fields({ left: 'birch|p5-p7', step: 'make' }));
    expect(begun.statusCode).toBe(303);
    corrected = lastPart(begun);
    const second = await post(formOf(old), fields({ left: 'ash|p5-p7', step: 'make' }));
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('Another correction of this release is being made');
    await whenMade(house, corrected);
    expect((await get(formOf(old))).statusCode).toBe(409);
    expect((await post(`${pageOf(corrected)}/approval`, {}, 'analyst')).statusCode).toBe(403);
    const page = plain((await get(pageOf(corrected), 'approver')).body).replace(/[\u2066-\u2069]/g, '');
    expect(page).toContain('Waits for approval');
    expect(page).toContain(REASON);
    expect(page).toContain('birch: pupils of P5–P7 are left out.');
    expect(page).toContain('Turn down the correction');
    // Nothing is replaced yet.
    expect((await get(`/results/${old}`, 'planner')).statusCode).toBe(200);
    expect((await get(`/results/${corrected}`, 'planner')).statusCode).toBe(404);
  }, 60_000);

  it('that is turned down is shown to nobody, and makes room for another one', async () => {
    expect((await post(`${pageOf(corrected)}/refusal`, {}, 'approver')).statusCode).toBe(303);
    expect(await recorded(corrected)).toEqual(['correction-begun', 'correction-refused', 'release-made']);
    expect((await post(`${pageOf(corrected)}/approval`, {}, 'approver')).statusCode).toBe(409);
    expect((await get(pageOf(corrected))).body).toContain('data-state="refused"');
    corrected = lastPart(await post(formOf(old), fields({ left: 'birch|p5-p7', step: 'make' })));
    await whenMade(house, corrected);
  }, 60_000);

  it('says which release it was attacked together with', async () => {
    const audit = await get(`${pageOf(corrected)}/audit`, 'auditor');
    expect(audit.body).toContain((await releases.entry(old))!.sha256);
    expect(audit.body).toContain('Together with earlier releases');
    expect((await get(`${pageOf(old)}/audit`, 'auditor')).body).not.toContain('Together with earlier releases');
  });

  it('takes the place of the earlier release once somebody else approved it', async () => {
    const cell = {
      release: old,
      node: 'authority',
      band: 's3-s4',
      item: 'mood',
      option: 'good',
      whyItMatters: 'Half.',
    };
    finding = String((await post('/replies/findings', cell, 'planner')).headers.location).split('?')[0]!;
    expect((await post(`${pageOf(corrected)}/approval`, {}, 'approver')).statusCode).toBe(303);
    expect(await recorded(corrected)).toEqual(['correction-approved', 'correction-begun', 'release-made']);
    expect((await releases.published(house.authorityId)).map(({ id }) => id)).toEqual([corrected]);
    const results = (await get('/results', 'planner')).body;
    expect(results).toContain(`/results/${corrected}/files`);
    expect(results).not.toContain(old);
    expect(plain(results).replace(/[\u2066-\u2069]/g, '')).toContain(`because: ${REASON}`);
    expect((await get(pageOf(corrected))).body).toContain(formOf(corrected));
    const ofOld = (await get(pageOf(old))).body;
    expect(ofOld).toContain('data-state="superseded"');
    expect(ofOld).toContain(`href="${pageOf(corrected)}"`);
    expect(ofOld).not.toContain('<table');
    expect((await get(formOf(old))).statusCode).toBe(409);
  });
});

describe('an old link to a release that was corrected', () => {
  it.each([
    '',
    '/items/mood?band=s3-s4',
    '/items/mood/groups?band=s3-s4',
    '/items/mood/file.csv?band=s3-s4',
    '/files',
    '/files/csv',
    '/files/codebook',
    '/reports',
    '/reports/authority',
    '/village',
    '/gaps',
    '/hidden',
    '/not-asked',
    '/texts',
  ])('answers %s with 410 and the way to the same page, and shows nothing', async (rest) => {
    const gone = await get(`/results/${old}${rest}`, 'planner');
    expect(gone.statusCode).toBe(410);
    expect(gone.headers['content-type']).toContain('text/html');
    expect(gone.body).toContain('These results were corrected');
    expect(gone.body).toContain(`href="/results/${corrected}${rest}"`);
    expect(plain(gone.body)).not.toContain('mood');
    expect(plain(gone.body)).not.toContain('Spring');
  });

  it('says so in Arabic too', async () => {
    const gone = await get(`/results/${old}`, 'planner', 'ar');
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain('صُحّحت هذه النتائج');
  });

  it('leads nowhere for another authority', async () => {
    expect((await get('/results/none', 'planner')).statusCode).toBe(404);
  });

  it('as an earlier wave beside another one is gone too', async () => {
    const gone = await get(`/results/${corrected}/items/mood?band=s3-s4&earlier=${old}`, 'planner');
    expect(gone.statusCode).toBe(410);
  });

  it('makes no new finding, and leads to the same figure as it is now', async () => {
    const cell = `release=${old}&node=authority&band=s3-s4&item=mood&option=good`;
    const gone = await get(`/replies/findings/new?${cell}`, 'planner');
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain(`href="/replies/findings/new?release=${corrected}&amp;node=authority`);
  });

  it('leaves findings their figures, and staff see that there is a correction', async () => {
    const page = await get(finding, 'planner');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('data-share=');
    expect(page.body).toContain('The release of this figure was corrected since.');
    expect(page.body).toContain(`href="/results/${corrected}"`);
    expect((await get('/replies/findings', 'planner')).body).toContain('was corrected since');
  });
});
