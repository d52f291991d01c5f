import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/core/disclosure/release.ts';
import { LEAST_POINTS, suggestionsAt, type Suggestion } from '../../server/core/loop/suggestions.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { createReleases } from '../../server/storage/releases.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';
import { addRelease, addWave, EARLIER_CLUSTERS, publishSurveys, pupilsOf, releaseOf } from '../results/wave.ts';
import { openHouse, type House } from '../support/house.ts';
import { get, post } from './chain.ts';

/*
 * Two waves. In the earlier one nine in ten feel safe, boys and girls alike. In the later one three in four girls feel safe
 * and one in four boys. The schools of Alder and Birchwood changed, those of the whole authority did not.
 */
let house: House;
let planner: Record<string, string>;
let versions: SurveyVersion[];
let then: Release;
let now: Release;
let current: string;

const feeling = (isSafe: (number: number) => boolean) =>
  pupilsOf(versions.map(({ definition }) => definition)).map((pupil, number) => ({
    ...pupil,
    answers: {
      ...pupil.answers,
      'feel-safe': { state: 'answered' as const, value: isSafe(number) ? 'mostly' : 'never' },
    },
  }));

beforeAll(async () => {
  house = await openHouse();
  planner = await house.as('planner');
  versions = await publishSurveys(house, ['feel-safe', 'club']);
  const before = await addWave(house, 'Spring 2024', '2024-03-01');
  then = releaseOf(
    versions,
    before,
    feeling((number) => number % 10 !== 0),
    EARLIER_CLUSTERS,
    { bySex: true },
  );
  await addRelease(house, before, then);
  const wave = await addWave(house, 'Autumn 2025', '2025-10-01');
  now = releaseOf(versions, wave, feeling((number) => (number >> 1) % 4 === 0 || (number % 2 === 0 && (number >> 1) % 4 !== 3)), undefined, { bySex: true }); // prettier-ignore
  current = await addRelease(house, wave, now);
}, 120_000);
afterAll(() => house.close());

const whole = () => now.nodes[0]!;
const of = (found: Suggestion[], rule: string) => found.filter(({ facts }) => facts.rule === rule);
const everything = { askedTheSame: () => true };

describe('suggestions', () => {
  it('find a large gap between groups, with the shares that are released', () => {
    const [gap] = of(suggestionsAt(now, whole(), undefined), 'gap');
    expect(gap).toMatchObject({ place: { node: 'authority', item: 'feels-safe', option: 'yes' } });
    const { groups, share, other, points, low, high } = gap!.facts;
    expect(groups).toEqual(['sex=female', 'sex=male']);
    const place = { node: 'authority', band: gap!.place.band, item: 'feels-safe' };
    expect(share).toBe(optionFigure(now, { ...place, group: 'sex=female' }, 'yes')!.share);
    expect(other).toBe(optionFigure(now, { ...place, group: 'sex=male' }, 'yes')!.share);
    expect(Math.abs(points)).toBeGreaterThanOrEqual(LEAST_POINTS.gap);
    expect(low).toBeLessThan(points);
    expect(high).toBeGreaterThan(points);
    expect(of(suggestionsAt(then, then.nodes[0]!, undefined), 'gap')).toEqual([]);
  });

  it('find a change only beside a wave that asked the same, and only where the schools are the same', () => {
    const changed = of(suggestionsAt(now, whole(), { release: then, ...everything }), 'change');
    expect(changed.map(({ place, facts }) => [place.item, facts.word, facts.wave])).toContainEqual([
      'feels-safe',
      'lower',
      'Spring 2024',
    ]);
    expect(of(suggestionsAt(now, whole(), { release: then, askedTheSame: () => false }), 'change')).toEqual([]);
    const alder = now.node('cluster:ald')!;
    expect(of(suggestionsAt(now, alder, { release: then, ...everything }), 'change')).toEqual([]);
  });

  it('never single out a school, never quote what is hidden, and stand in the order of the questions', () => {
    const order = now.items.map(({ id }) => id);
    for (const node of now.nodes) {
      const found = suggestionsAt(now, node, { release: then, ...everything });
      for (const { place } of found) expect(optionFigure(now, place, 'yes')?.oneSchool).toBe(false);
      for (const band of now.bands) {
        const places = found
          .filter(({ place }) => place.band === band.id)
          .map(({ place }) => order.indexOf(place.item));
        expect(places).toEqual(places.toSorted((one, other) => one - other));
      }
    }
  });
});

describe('the page of suggestions', () => {
  it('says which rule and figures made each, and one step makes it a finding that keeps them', async () => {
    const page = (await get(house, '/replies/suggestions', planner)).body;
    const [gap] = of(suggestionsAt(now, whole(), undefined), 'gap');
    const { share, other } = gap!.facts;
    expect(page).toContain(`A large gap between groups. Girls: ${share}%. Boys: ${other}%.`);
    expect(page).toMatch(/A clear change. It was \d+% in .{0,2}Spring 2024/);
    const fields = { release: current, ...gap!.place, rule: 'gap', groups: 'sex=female sex=male' };
    const made = await post(house, '/replies/findings', { ...fields, whyItMatters: 'Boys stay at home.' }, planner);
    expect(made.statusCode).toBe(303);
    const finding = (await get(house, String(made.headers.location), planner)).body;
    expect(finding).toContain(`Girls: ${share}%. Boys: ${other}%.`);
    expect(finding).toContain('Boys stay at home.');
    expect((await get(house, '/replies/suggestions', planner)).body).toContain('There is a finding about this figure');
  });

  it('keeps what was suggested while the reason is asked for again, and takes no suggestion that no rule made', async () => {
    const [gap] = of(suggestionsAt(now, whole(), undefined), 'gap');
    const fields = { release: current, ...gap!.place, rule: 'gap', groups: 'sex=female sex=male' };
    const again = await post(house, '/replies/findings', { ...fields, whyItMatters: ' ' }, planner);
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('name="rule" value="gap"');
    const invented = { ...fields, groups: 'sex=male sex=female', whyItMatters: 'No.' };
    expect((await post(house, '/replies/findings', invented, planner)).statusCode).toBe(400);
  });

  it('is for places of the release alone', async () => {
    const statuses = ['cluster:no', 'rest:cluster:ald'].map((place) =>
      get(house, `/replies/suggestions?release=${current}&place=${place}`, planner),
    );
    expect((await Promise.all(statuses)).map(({ statusCode }) => statusCode)).toEqual([404, 404]);
    expect((await get(house, '/replies/suggestions?release=none', planner)).statusCode).toBe(404);
  });
});

describe('a finding', () => {
  const cell = () => ({ release: current, node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' });
  const make = async (whyItMatters: string, forWhom = 'Younger pupils') => {
    const made = await post(house, '/replies/findings', { ...cell(), whyItMatters, forWhom }, planner);
    return String(made.headers.location).split('?')[0]!;
  };

  it('says for whom it matters', async () => {
    expect((await get(house, await make('Reason one.'), planner)).body).toContain('<bdi>Younger pupils</bdi>');
    const long = await post(
      house,
      '/replies/findings',
      { ...cell(), whyItMatters: 'x', forWhom: 'y'.repeat(121) },
      planner,
    );
    expect(long.body).toContain('<a href="#forWhom">For whom does it matter?: make this 120 characters or fewer.');
  });

  it('is marked as a priority, with who and when, and the history stays', async () => {
    const finding = await make('Reason two.');
    expect((await post(house, `${finding}/priority`, {}, planner)).headers.location).toBe(`${finding}?done=priority`);
    await post(house, `${finding}/priority`, {}, planner);
    expect((await get(house, '/replies/findings', planner)).body).toContain('Since 1 May 2026');
    await post(house, `${finding}/priority/removal`, {}, planner);
    const page = (await get(house, finding, planner)).body;
    expect(page.match(/1 May 2026: marked as a priority by .?planner/g)).toHaveLength(1);
    expect(page.match(/1 May 2026: mark taken away by .?planner/g)).toHaveLength(1);
    expect((await get(house, '/replies/findings', planner)).body).not.toContain('Since 1 May 2026');
  });

  it('goes into a group by its name, into another one, and out of it', async () => {
    const [one, other] = [await make('Reason three.'), await make('Reason four.')];
    for (const finding of [one, other]) await post(house, `${finding}/group`, { group: ' The way home ' }, planner);
    expect((await get(house, '/replies/findings', planner)).body.match(/<bdi>The way home<\/bdi>/g)).toHaveLength(2);
    expect((await get(house, one, planner)).body).toContain('<option value="The way home">');
    await post(house, `${one}/group`, { group: '' }, planner);
    expect((await get(house, '/replies/findings', planner)).body.match(/<bdi>The way home<\/bdi>/g)).toHaveLength(1);
  });

  it('of a corrected release says what it quotes and what the correction says, and is not changed', async () => {
    const finding = await make('Reason five.');
    const { query } = house.services.database;
    const quoted = optionFigure(now, cell(), 'yes')!.share;
    const { waveId } = (await createReleases(house.services.database).entry(current))!;
    const successor = await createReleases(house.services.database).add(waveId, then, null, '2026-04-30T09:00:00.000Z');
    await createReleases(house.services.database).approve(successor, null, '2026-04-30T10:00:00.000Z');
    await query.insertInto('release_successions').values({ superseded_id: current, successor_id: successor }).execute();
    const corrected = optionFigure(then, cell(), 'yes')!.share;
    expect(corrected).not.toBe(quoted);
    const page = (await get(house, finding, planner)).body;
    expect(page).toContain(`data-share="${quoted}"`);
    expect(page).toContain(`This finding quotes ${quoted}%; the correction says ${corrected}%.`);
    expect(page).toContain(`/replies/findings/new?release=${successor}&amp;node=authority`);
    const tooLate = await get(house, `/replies/findings/new?${new URLSearchParams(cell()).toString()}`, planner);
    expect(tooLate.statusCode).toBe(410);
    expect(tooLate.body).toContain(`/replies/findings/new?release=${successor}`);
  });
});
