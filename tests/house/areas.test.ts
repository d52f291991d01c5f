import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAMEWORKS } from '../../server/core/survey/frameworks.ts';
import { FORMATS } from '../../server/results/files/formats.ts';
import { createPlan } from '../../server/storage/plan.ts';
import { boardVisits } from '../support/board-visits.ts';
import { ENTRY, makeEntry, plain } from '../replies/engagement/visits.ts';
import { sentTable } from '../support/upload.ts';
import { textOf } from '../support/visit.ts';
import { openAreaHouse, schoolName, type AreaHouse } from '../support/area-house.ts';

/*
 * What somebody bound to an area gets of every address that a planner may use. Addresses are those of the server, so a
 * new one has to be added here before it is served.
 */
let area: AreaHouse;
let bound: Record<string, string>;
let unbound: Record<string, string>;
/** Where adults sign what a forum asks for; boards are of no place. */
let undertakings: string;
/** Actions of the plan: one of Alder, one of Birchwood. */
let planned: string[];
/** An annual report that is being written. */
let report: string;
/** Entries of the engagement record: of Alder, of Birchwood, and of the whole authority about Birchwood's finding. */
let entries: Record<'inside' | 'outside' | 'whole', string>;
/** A table that was sent for the plan. */
let sent: string;

beforeAll(async () => {
  area = await openAreaHouse();
  bound = (await area.planner(['locality:east', 'locality:north'])).headers;
  unbound = await area.house.as('planner');
  planned = (await createPlan(area.house.services.database).list(area.house.authorityId)).map(({ id }) => id);
  entries = {
    inside: await makeEntry(area.house, unbound, { title: 'Of Alder', place: 'cluster:ald' }),
    outside: await makeEntry(area.house, unbound, { title: 'Of the other', place: 'cluster:bir' }),
    whole: await makeEntry(area.house, unbound, { links: `finding:${area.findings.outside.id}` }),
  };
  sent = await sentTable(area.house, 'Birchwood');
  // An annual report names what was marked or answered.
  await area.post('planner', `/replies/findings/${area.findings.outside.id}/priority`, {});
  const year = { from: '2025-08-01', to: '2026-07-31' };
  const begun = await area.post('planner', '/replies/annual', year);
  report = String(begun.headers.location).split('?')[0]!;
  const visits = await boardVisits(area.house);
  undertakings = visits.find(({ route }) => route.endsWith('/undertakings'))!.url;
}, 240_000);
afterAll(() => area.house.close());

/** Places, schools and ids outside of East, as pages, sheets and programs would have them. */
const OUTSIDE = [
  ...['Westmark', 'Birchwood', 'Dunmore', 'It matters at cluster:bir'],
  ...['locality:west', 'cluster:bir', 'cluster:dun', 'once:bir'],
  ...['locality%3Awest', 'cluster%3Abir', 'cluster%3Adun'],
  ...['pb1', 'sb', 'pd1', 'pd2'].flatMap((code) => [schoolName(code), `"${code}"`]),
];
/** The same of the survey of parents, where North is theirs. */
const OUTSIDE_NORTH = ['South', 'Moor', 'locality:south', 'locality:moor'];

const get = (headers: Record<string, string>, url: string) => area.house.app.inject({ url, headers });
type Reply = Awaited<ReturnType<typeof get>>;

/** Every address of a route that leads to something that there is, for somebody who sees all. */
function addresses(): Record<string, string[]> {
  const { current, earlier, parents, wave, release, parentsRelease, findings } = area;
  const results = (of: string) => `/results/${of}`;
  const items = release.items.filter(({ id }) => id !== 'one-thing-better').map(({ id }) => id);
  const itemsOf = (rest: string, of = items) => of.map((item) => `${results(current)}/items/${item}${rest}`);
  const nodes = release.nodes.filter(({ kind }) => ['authority', 'locality', 'cluster'].includes(kind));
  const all = [current, earlier, parents].map(results);
  const cell = new URLSearchParams({ release: current, node: 'cluster:ald', band: 'p5-p7', item: 'feels-safe', option: 'yes' }); // prettier-ignore
  return {
    '/results': ['/results'],
    '/results/method': ['/results/method'],
    '/results/:release': all,
    '/results/:release/items/:item': [
      ...itemsOf(''),
      `${results(current)}/items/feels-safe?place=cluster:ald`,
      `${results(current)}/items/feels-safe?earlier=${earlier}`,
      ...parentsRelease.items.map(({ id }) => `${results(parents)}/items/${id}`),
    ],
    '/results/:release/items/:item/groups': itemsOf('/groups'),
    '/results/:release/items/:item/funnel': itemsOf('/funnel'),
    '/results/:release/items/:item/file.csv': itemsOf('/file.csv'),
    '/results/:release/files': all.map((one) => `${one}/files`),
    '/results/:release/files/:format': [current, parents].flatMap((one) =>
      FORMATS.map((format) => `${results(one)}/files/${format}`),
    ),
    '/results/:release/frameworks/:framework': FRAMEWORKS.map((one) => `${results(current)}/frameworks/${one}`),
    '/results/:release/village': [`${results(current)}/village`, `${results(current)}/village?place=cluster:ald`],
    '/results/:release/gaps': [`${results(current)}/gaps`],
    '/results/:release/wheel': [`${results(current)}/wheel`],
    '/results/:release/several': [`${results(current)}/several`],
    '/results/:release/scores': [`${results(current)}/scores`],
    '/results/:release/hidden': all.map((one) => `${one}/hidden`),
    '/results/:release/not-asked': [`${results(current)}/not-asked`],
    '/results/:release/texts': [`${results(current)}/texts`],
    '/results/:release/reports': all.map((one) => `${one}/reports`),
    '/results/:release/reports/:node': [
      ...nodes.flatMap(({ id }) => ['adults', 'children'].map((who) => `${results(current)}/reports/${id}?for=${who}`)),
      ...parentsRelease.nodes
        .filter(({ kind }) => kind === 'authority' || kind === 'locality')
        .map(({ id }) => `${results(parents)}/reports/${id}`),
    ],
    '/replies/findings': ['/replies/findings'],
    '/replies/findings/new': [`/replies/findings/new?${cell.toString()}`],
    '/replies/findings/:id': [`/replies/findings/${findings.inside.id}`, `/replies/findings/${findings.outside.id}`],
    '/replies/replies/:id': [findings.inside, findings.outside].map(({ reply }) => `/replies/replies/${reply}`),
    '/replies/dashboard': ['/replies/dashboard'],
    '/replies/dashboard/meeting': ['/replies/dashboard/meeting'],
    '/replies/annual': ['/replies/annual'],
    '/replies/annual/:report': [report],
    '/replies/annual/:report/draft': [`${report}/draft`, `${report}/draft?for=child`],
    '/replies/annual/:report/sections/:section': ['said', 'opening'].map((section) => `${report}/sections/${section}`),
    '/replies/engagement': ['/replies/engagement'],
    '/replies/engagement/file.csv': ['/replies/engagement/file.csv'],
    '/replies/engagement/file.xlsx': ['/replies/engagement/file.xlsx'],
    '/replies/engagement/entries/new': [
      '/replies/engagement/entries/new',
      `/replies/engagement/entries/new?about=finding:${findings.outside.id}`,
    ],
    '/replies/engagement/entries/:entry': Object.values(entries),
    '/replies/engagement/entries/:entry/history': Object.values(entries).map((one) => `${one}/history`),
    '/replies/engagement/entries/:entry/change': [`${entries.inside}/change`, `${entries.outside}/change`],
    '/replies/engagement/entries/:entry/check': [`${entries.inside}/check`, `${entries.outside}/check`],
    '/replies/plan': ['/replies/plan'],
    '/replies/plan/file.csv': ['/replies/plan/file.csv'],
    '/replies/plan/file.xlsx': ['/replies/plan/file.xlsx'],
    '/replies/plan/imports/new': ['/replies/plan/imports/new'],
    '/replies/plan/imports/:import': [`/replies/plan/imports/${sent}`],
    '/replies/plan/actions/new': ['/replies/plan/actions/new'],
    '/replies/plan/actions/:action': planned.map((id) => `/replies/plan/actions/${id}`),
    '/replies/plan/actions/:action/change': planned.map((id) => `/replies/plan/actions/${id}/change`),
    '/replies/suggestions': [current, earlier].flatMap((one) =>
      ['authority', 'locality:east', 'cluster:ald'].map(
        (place) => `/replies/suggestions?release=${one}&place=${place}`,
      ),
    ),
    '/fieldwork/rates': ['/fieldwork/rates'],
    '/fieldwork/waves/:wave/rates': ['school', 'stage', 'cluster', 'locality', 'authority'].map(
      (by) => `/fieldwork/waves/${wave}/rates?by=${by}`,
    ),
    '/fieldwork/waves/:wave/rates.csv': ['school', 'cluster', 'locality'].map(
      (by) => `/fieldwork/waves/${wave}/rates.csv?by=${by}`,
    ),
    '/studio/boards': ['/studio/boards'],
    '/studio/boards/:board/undertakings': [undertakings],
    '/people': ['/people'],
    '/people/password': ['/people/password'],
    '/studio/versions/:id': Object.values(release.items[0]!.versions).map((id) => `/studio/versions/${id}`),
    '/studio/versions/:id/spreadsheet': Object.values(release.items[0]!.versions).map(
      (id) => `/studio/versions/${id}/spreadsheet`,
    ),
  };
}

/** Routes whose pages name places outside for whoever sees all, so that their silence says something. */
const NAME_PLACES = [
  '/results',
  '/results/:release',
  '/results/:release/several',
  '/results/:release/scores',
  '/results/:release/items/:item',
  '/results/:release/items/:item/funnel',
  '/results/:release/items/:item/file.csv',
  '/results/:release/files/:format',
  '/results/:release/village',
  '/results/:release/gaps',
  '/results/:release/hidden',
  '/results/:release/reports',
  '/results/:release/reports/:node',
  '/replies/findings',
  '/replies/findings/:id',
  '/replies/replies/:id',
  '/replies/suggestions',
  '/replies/dashboard',
  '/replies/dashboard/meeting',
  '/replies/annual/:report/draft',
  '/replies/annual/:report/sections/:section',
  '/replies/engagement',
  '/replies/engagement/file.csv',
  '/replies/engagement/file.xlsx',
  '/replies/engagement/entries/new',
  '/replies/engagement/entries/:entry',
  '/replies/engagement/entries/:entry/change',
  '/replies/plan',
  '/replies/plan/file.csv',
  '/replies/plan/file.xlsx',
  '/replies/plan/imports/:import',
  '/replies/plan/actions/new',
  '/replies/plan/actions/:action',
  '/replies/plan/actions/:action/change',
  '/fieldwork/waves/:wave/rates',
  '/fieldwork/waves/:wave/rates.csv',
];

describe('published figures', () => {
  it('come to pages by one way, which asks who reads', () => {
    const server = join(import.meta.dirname, '..', '..', 'server');
    const readers = readdirSync(server, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(admin|class|fieldwork|people|replies|respond|results|studio|web)\/.*\.ts$/.test(file))
      .filter((file) => /(\breleases|createReleases\([^)]*\))\.open/.test(readFileSync(join(server, file), 'utf8')));
    expect(readers).toEqual(['web/readable-releases.ts']);
  });
});

describe('every address that a planner may use', () => {
  it('is tried here', () => {
    const used = area.routes
      .filter(({ method, access }) => method === 'GET' && (access === 'signed-in' || access?.includes('planner')))
      .map(({ url }) => url);
    expect(Object.keys(addresses()).toSorted()).toEqual([...new Set(used)].toSorted());
  });

  it('names no place outside to somebody who is bound, and names them to somebody who is not', async () => {
    const told = new Map<string, Set<string>>();
    for (const [route, urls] of Object.entries(addresses())) {
      const named = new Set<string>();
      let shown = 0;
      for (const url of urls) {
        const outside = url.includes(area.parents) ? OUTSIDE_NORTH : OUTSIDE;
        const [theirs, whole] = [await get(bound, url), await get(unbound, url)];
        // An item may have no funnel, say.
        if (whole.statusCode === 200) shown += 1;
        else expect(theirs.statusCode, url).toBe(404);
        // The address itself stands on a page in the links to its other languages, wherever it leads.
        const text = textOf(theirs).replaceAll(encodeURIComponent(url), '');
        expect(
          outside.filter((name) => text.includes(name)),
          url,
        ).toEqual([]);
        for (const name of outside) if (textOf(whole).includes(name)) named.add(name);
      }
      expect(shown, route).toBeGreaterThan(0);
      told.set(route, named);
    }
    const telling = [...told].flatMap(([route, names]) => (names.size > 0 ? [route] : []));
    expect(telling.toSorted()).toEqual(NAME_PLACES.toSorted());
    const everywhere = new Set([...told.values()].flatMap((names) => [...names]));
    const asPages = [...OUTSIDE, ...OUTSIDE_NORTH].filter((name) => !name.includes('%3A') && name !== 'once:bir');
    expect(asPages.filter((name) => !everywhere.has(name))).toEqual([]);
  }, 240_000);

  it('answers a place outside as a place that there never was', async () => {
    const { current, parents, findings } = area;
    const cell = (node: string) =>
      new URLSearchParams({ release: current, node, band: 'p5-p7', item: 'feels-safe', option: 'yes' }).toString();
    const pairs = [
      ...['cluster:bir', 'locality:west', 'rest:cluster:dun'].flatMap((node) => [
        [`/results/${current}/items/feels-safe?place=${node}`, `/results/${current}/items/feels-safe?place=cluster:no`],
        [`/results/${current}/items/feels-safe/groups?place=${node}`, `/results/${current}/items/feels-safe/groups?place=cluster:no`],
        [`/results/${current}/village?place=${node}`, `/results/${current}/village?place=cluster:no`],
        [`/results/${current}/gaps?place=${node}`, `/results/${current}/gaps?place=cluster:no`],
        [`/results/${current}/wheel?place=${node}`, `/results/${current}/wheel?place=cluster:no`],
        [`/results/${current}/reports/${node}`, `/results/${current}/reports/cluster:no`],
        [`/replies/suggestions?release=${current}&place=${node}`, `/replies/suggestions?release=${current}&place=cluster:no`],
        [`/replies/findings/new?${cell(node)}`, `/replies/findings/new?${cell('cluster:no')}`],
      ]),
      [`/results/${parents}/reports/locality:south`, `/results/${parents}/reports/locality:no`],
      [`/replies/findings/${findings.outside.id}`, '/replies/findings/nothing'],
      [`/replies/replies/${findings.outside.reply}`, '/replies/replies/nothing'],
      [entries.outside, '/replies/engagement/entries/nothing'],
    ] as [string, string][]; // prettier-ignore
    const said = (reply: Reply) => /<main[\s\S]*<\/main>/.exec(reply.body)![0].replace(/Reference: [\w-]+/, '');
    for (const [outside, nowhere] of pairs) {
      const [one, other] = [await get(bound, outside), await get(bound, nowhere)];
      expect([one.statusCode, said(one)], outside).toEqual([404, said(other)]);
    }
  });

  it('says in words which area it shows', async () => {
    const page = (await get(bound, `/results/${area.current}`)).body;
    expect(page.replace(/[\u2066-\u2069]/g, '')).toContain(
      'You see the results of Eastmark and North and of the whole authority.',
    );
    const arabic = { ...bound, cookie: bound['cookie']!.replace('language=en', 'language=ar') };
    expect((await get(arabic, '/replies/findings')).body).toContain('تظهر لك نتائج');
    expect((await get(bound, '/replies')).body).not.toContain('You see the results of');
    expect((await get(unbound, `/results/${area.current}`)).body).not.toContain('You see the results of');
  });
});

describe('somebody who is bound to an area', () => {
  it('reads the same figures of it as everybody', async () => {
    const rows = async (headers: Record<string, string>) =>
      (await get(headers, `/results/${area.current}/files/csv`)).body.split('\r\n');
    const [theirs, whole] = [await rows(bound), await rows(unbound)];
    expect(theirs.filter((row) => !whole.includes(row))).toEqual([]);
    expect(theirs.filter((row) => row.includes('cluster:ald')).length).toBe(
      whole.filter((row) => row.includes('cluster:ald')).length,
    );
    expect(theirs.length).toBeLessThan(whole.length);
    expect(theirs.some((row) => row.includes('cluster:cal'))).toBe(true);
  });

  it('gets files under a name of their own, with a note of what they leave out', async () => {
    const reply = await get(bound, `/results/${area.current}/files/json`);
    expect(reply.headers['content-disposition']).toMatch(/-en-part\.json"$/);
    expect(reply.body).toContain('bound to some places');
    expect(reply.json<{ release: { sha256: string } }>().release.sha256).toBe(area.release.sha256);
    const whole = await get(unbound, `/results/${area.current}/files/json`);
    expect(whole.body).not.toContain('bound to some places');
  });

  it('makes findings inside, and no finding, action or reply outside', async () => {
    const { post, findings, current, house } = area;
    const cell = (node: string) => ({ release: current, node, band: 'p5-p7', item: 'feels-safe', option: 'yes' });
    const make = (node: string) => post(bound, '/replies/findings', { ...cell(node), whyItMatters: 'It does.' });
    const stored = async () =>
      (await house.services.database.query.selectFrom('findings').selectAll().execute()).length;
    const before = await stored();
    expect([(await make('cluster:bir')).statusCode, (await make('locality:west')).statusCode]).toEqual([404, 404]);
    expect(await stored()).toBe(before);
    expect((await make('cluster:ald')).statusCode).toBe(303);
    const action = { task: 'New lights', lead: 'Roads', dueOn: '2026-09-01' };
    const tried = [
      await post(bound, `/replies/findings/${findings.outside.id}/actions`, action),
      await post(bound, `/replies/findings/${findings.outside.id}/priority`, {}),
      await post(bound, `/replies/findings/${findings.outside.id}/priority/removal`, {}),
      await post(bound, `/replies/findings/${findings.outside.id}/group`, { group: 'x' }),
      await post(bound, `/replies/actions/${findings.outside.action}/replies`, { owner: 'x', nextUpdateOn: '' }),
      await post(bound, `/replies/replies/${findings.outside.reply}/publication`, {}),
      await post(bound, `/replies/replies/${findings.outside.reply}/reviews`, { language: 'en', wordsAt: 'x' }),
      await post(bound, `/replies/replies/${findings.outside.reply}/checks`, {}),
      await post(bound, `/replies/replies/${findings.outside.reply}/updates`, { 'words-en': 'x', 'words-ar': 'x' }),
    ];
    expect(tried.map(({ statusCode }) => statusCode)).toEqual(tried.map(() => 404));
    expect((await post(bound, `/replies/findings/${findings.inside.id}/actions`, action)).statusCode).toBe(303);
  });

  it('neither sees nor writes annual reports, which are of the whole authority', async () => {
    const urls = ['/replies/annual', report, `${report}/draft`, `${report}/sections/said`];
    const seen = await Promise.all(urls.map((url) => get(bound, url)));
    const written = await Promise.all([
      area.post(bound, '/replies/annual', { from: '2024-08-01', to: '2025-07-31' }),
      area.post(bound, `${report}/sections/said`, { 'adult-en': 'Mine.', basedOn: '0' }),
      area.post(bound, `${report}/readings`, { language: 'en', versions: '0' }),
      area.post(bound, `${report}/editions`, { after: '0', fingerprint: 'x' }),
      area.post(bound, `${report}/editions/1/withdrawals`, { reason: 'x' }),
    ]);
    expect([...seen, ...written].map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 9 }, () => 403));
    expect((await get(bound, '/replies/dashboard')).body).not.toContain('/replies/annual');
    expect((await get(unbound, '/replies/dashboard')).body).toContain('href="/replies/annual"');
  });

  it('writes who was involved inside, reads what is of all, and keeps what an entry is about outside', async () => {
    const { post } = area;
    const change = { ...ENTRY, title: 'Of Alder again', place: 'cluster:ald', basedOn: '1' };
    expect((await post(bound, entries.inside, change)).statusCode).toBe(303);
    expect((await post(bound, entries.inside, { ...change, place: 'cluster:bir', basedOn: '2' })).statusCode).toBe(422);
    expect((await post(bound, entries.outside, change)).statusCode).toBe(404);
    const shown = plain((await get(bound, entries.whole)).body);
    expect(shown).toMatch(/<li>A finding<\/li>/);
    expect(shown).not.toContain(`${entries.whole}/change`);
    expect((await post(bound, entries.whole, { ...ENTRY, basedOn: '1' })).statusCode).toBe(403);
    expect((await post(bound, `${entries.whole}/check`, {})).statusCode).toBe(400);
    expect((await get(bound, `${entries.whole}/check`)).statusCode).toBe(403);
    expect((await get(bound, `/replies/findings/${area.findings.inside.id}`)).body).toContain('Who was involved');
  });

  it('of a cluster sees that cluster and its schools, not the locality', async () => {
    const { headers } = await area.planner(['cluster:bir']);
    const schools = (await get(headers, `/fieldwork/waves/${area.wave}/rates.csv?by=school`)).body;
    expect(['shared', 'pb1', 'sb', 'pa1', 'pd1'].map((code) => schools.includes(schoolName(code)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    const page = (await get(headers, `/results/${area.current}/items/feels-safe`)).body;
    expect(['Birchwood', 'Alder', 'Westmark'].map((name) => page.includes(name))).toEqual([true, false, false]);
    expect((await get(headers, `/results/${area.earlier}/reports/cluster:bir`)).statusCode).toBe(200);
  });

  it.each(['analyst', 'approver', 'administrator', 'auditor'] as const)('sees all as %s besides', async (role) => {
    const { headers } = await area.planner(['cluster:cal'], ['planner', role]);
    const page = (await get(headers, `/results/${area.current}/items/feels-safe`)).body;
    expect(['Birchwood', 'Westmark'].map((name) => page.includes(name))).toEqual([true, true]);
  });

  it.each(['text-reader', 'forum-member', 'youth-worker'] as const)('stays bound as %s besides', async (role) => {
    const { headers } = await area.planner(['cluster:cal'], ['planner', role]);
    const page = (await get(headers, `/results/${area.current}/items/feels-safe`)).body;
    expect(['Calder', 'Birchwood'].map((name) => page.includes(name))).toEqual([true, false]);
  });
});
