import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETUP_STEPS } from '../../server/core/fieldwork/setup.ts';
import type { Role } from '../../server/core/roles.ts';
import { FRAMEWORKS } from '../../server/core/survey/frameworks.ts';
import { FAMILY_LETTERS } from '../../server/fieldwork/family-letter-page.ts';
import { FORMATS } from '../../server/results/files/formats.ts';
import { createPlan } from '../../server/storage/plan.ts';
import { createInvitations } from '../../server/storage/invitations.ts';
import { HEADER_SETS } from '../../server/web/headers.ts';
import { boardVisits } from '../support/board-visits.ts';
import { Pupil } from '../support/fieldwork.ts';
import { form } from '../support/house.ts';
import { sentTable } from '../support/upload.ts';
import { addTextRelease, openParents, openWithText, readyToSort } from '../support/other-waves.ts';
import { forumVisits } from '../support/forum.ts';
import { sheetsOn, teacherOf } from '../support/teacher.ts';
import { FRAMED, isNoFeed, OPENED_ELSEWHERE, replyVisits, SHARED } from '../support/reply-visits.ts';
import { openReleasedHouse, type ReleasedHouse } from '../support/released-house.ts';
import { Somebody } from '../support/somebody.ts';
import { textOf, type Visit } from '../support/visit.ts';
import { pageRoutes } from '../../server/commands/registered-routes.ts';

/* Every page of a house in which the whole loop was gone through once. */

const PASSWORD = 'nine quiet otters';

let loop: ReleasedHouse;
let visits: Visit[];
let pupil: Pupil;
/** A wave that is ready to open. */
let made: string;

beforeAll(async () => {
  loop = await openReleasedHouse();
  const { house } = loop;
  const next = await house.openWave();
  made = await house.makeWave();
  const [code, other] = await house.codes(next, 'burnside');
  pupil = await (await new Pupil(house).start(code!)).answer();
  const atTheEnd = await (await new Pupil(house).start(other!)).answerAll();
  const somewhere = await house.codes(next, 'hillview');
  const beforePicture = await (await new Pupil(house).post('/respond/sessions', { code: somewhere[0]! })).assent();
  const withPicture = await new Pupil(house).post('/respond/sessions', { code: somewhere[1]! });
  await (await withPicture.assent()).choosePicture('kite');
  visits = [
    ...(await addresses(pupil.cookie, atTheEnd.cookie)),
    { route: '/respond/picture', url: '/respond/picture', cookie: withPicture.cookie },
    { route: '/respond/picture-choice', url: '/respond/picture-choice', cookie: beforePicture.cookie },
    ...(await classVisits(next)),
    ...(await otherWaves()),
    ...(await forumVisits(loop.house, loop.proposalId)),
    ...(await boardVisits(house)),
    ...(await replyVisits(house, loop.findingId, loop.replyId)),
  ];
}, 120_000);
afterAll(() => loop.house.close());

async function open({ url, role, cookie }: Visit, language: 'en' | 'ar' = 'en') {
  const { house } = loop;
  const headers = role ? await house.as(role, language) : { cookie: `heard-language=${language}; ${cookie ?? ''}` };
  return house.app.inject({ url, headers });
}

/** An address or more for each route that shows something. A new route needs its line here. */
async function addresses(answering: string, atTheEnd: string): Promise<Visit[]> {
  const [inPlan] = await createPlan(loop.house.services.database).list(loop.house.authorityId);
  const planned = `/replies/plan/actions/${inPlan?.id}`;
  const { wave, releaseId, findingId, replyId, proposalId, versionId } = loop;
  const of = (role: Role | undefined, lines: [route: string, url?: string][]): Visit[] =>
    lines.map(([route, url = route]) => ({ route, url, ...(role && { role }) }));
  const results = `/results/${releaseId}`;
  const items = await itemsOf(results);
  const cell = { release: releaseId, node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };
  return [
    ...of(undefined, [
      ['/'],
      ['/help'],
      ['/studio/kinds'],
      ['/fieldwork/script'],
      ['/fieldwork/script/supporter'],
      ['/fieldwork/notices/:wave', `/fieldwork/notices/${made.split('/').at(-1)}`],
      ...(['p5-p7', 's1-s3', 's4-s6', 'parents'] as const).map((reader): [string, string] => [
        '/fieldwork/notices/:wave/:reader',
        `/fieldwork/notices/${made.split('/').at(-1)}/${reader}`,
      ]),
      ['/respond/offline'],
      ['/respond/codes/:code', '/respond/codes/ACDE-4679'],
      ['/respond/quiet/:number', '/respond/quiet/2'],
      ['/people/sign-in'],
      ['/respond/finished', '/respond/finished?reference=ACD-EFG'],
      ['/replies'],
      ['/replies/:authority', '/replies/strathlorn'],
      ['/replies/:authority/clusters/:code', '/replies/strathlorn/clusters/loch'],
      ['/replies/:authority/:reply', `/replies/strathlorn/${replyId}`],
    ]),
    ...of('administrator', [
      ['/people'],
      ['/people/accounts'],
      ['/people/accounts/:id', `/people/accounts/${loop.house.accounts.planner}`],
      ['/people/second-factor'],
      ['/fieldwork'],
      ['/fieldwork/waves/new'],
      ['/fieldwork/waves/:wave', wave],
      ['/fieldwork/waves/:wave', made],
      ...SETUP_STEPS.filter((step) => step !== 'reply').map((step): [string, string] => [
        '/fieldwork/waves/:wave/setup/:step',
        `${made}/setup/${step}`,
      ]),
      ['/fieldwork/waves/:wave/file', `${wave}/file`],
      ['/fieldwork/waves/:wave/file', `${made}/file`],
      ['/fieldwork/waves/:wave/facts', `${wave}/facts`],
      ['/fieldwork/waves/:wave/proof', `${wave}/proof`],
      ['/fieldwork/waves/:wave/facts', `${made}/facts`],
      ...FAMILY_LETTERS.map((letter): [string, string] => [
        '/fieldwork/waves/:wave/letters/:letter',
        `${made}/letters/${letter}`,
      ]),
      ['/admin/help'],
      ['/admin/help-contacts/new'],
    ]),
    ...of('approver', [
      ['/release'],
      ['/release/releases/:release', `/release/releases/${releaseId}`],
      ['/release/releases/:release/audit', `/release/releases/${releaseId}/audit`],
      ['/release/releases/:release/events', `/release/releases/${releaseId}/events`],
    ]),
    ...of('planner', [
      ['/results'],
      ['/results/method'],
      ['/results/:release', results],
      ...items.map((item): [string, string] => ['/results/:release/items/:item', `${results}/items/${item}`]),
      ...items.map((item): [string, string] => [
        '/results/:release/items/:item/file.csv',
        `${results}/items/${item}/file.csv`,
      ]),
      ['/results/:release/items/:item/funnel', `${results}/items/feels-safe/funnel`],
      ...FRAMEWORKS.map((framework): [string, string] => [
        '/results/:release/frameworks/:framework',
        `${results}/frameworks/${framework}`,
      ]),
      ['/results/:release/village', `${results}/village`],
      ['/results/:release/wheel', `${results}/wheel`],
      ['/results/:release/gaps', `${results}/gaps`],
      ['/results/:release/several', `${results}/several`],
      ['/results/:release/scores', `${results}/scores`],
      ['/results/:release/items/:item/groups', `${results}/items/feels-safe/groups`],
      ['/results/:release/hidden', `${results}/hidden`],
      ['/results/:release/not-asked', `${results}/not-asked`],
      ['/results/:release/files', `${results}/files`],
      ...FORMATS.map((format): [string, string] => ['/results/:release/files/:format', `${results}/files/${format}`]),
      ['/results/:release/reports', `${results}/reports`],
      ...['adults', 'children'].map((audience): [string, string] => [
        '/results/:release/reports/:node',
        `${results}/reports/authority?for=${audience}`,
      ]),
      ['/replies/findings'],
      ['/replies/findings/new', `/replies/findings/new?${new URLSearchParams(cell).toString()}`],
      ['/replies/findings/:id', `/replies/findings/${findingId}`],
      ['/replies/suggestions'],
      ['/replies/dashboard'],
      ['/replies/dashboard/meeting'],
      ['/replies/plan'],
      ['/replies/plan/actions/new'],
      ['/replies/plan/actions/:action', planned],
      ['/replies/plan/actions/:action/change', `${planned}/change`],
      ['/replies/plan/file.csv'],
      ['/replies/plan/file.xlsx'],
      ['/replies/plan/imports/new'],
      ['/replies/plan/imports/:import', `/replies/plan/imports/${await sentTable(loop.house)}`],
    ]),
    ...of('forum-member', [
      ['/studio'],
      ['/studio/proposals/new'],
      ['/studio/proposals/:id', `/studio/proposals/${proposalId}`],
      ['/studio/proposals/:id/drafts/new', `/studio/proposals/${proposalId}/drafts/new`],
      ['/studio/proposals/:id/drafts/:number', `/studio/proposals/${proposalId}/drafts/1`],
      ['/studio/proposals/:id/drafts/:number/changes', `/studio/proposals/${proposalId}/drafts/2/changes`],
      ['/studio/versions/:id', `/studio/versions/${versionId}`],
      ['/studio/versions/:id/spreadsheet', `/studio/versions/${versionId}/spreadsheet`],
      ['/studio/surveys/:survey', '/studio/surveys/primary'],
      ['/studio/tries', '/studio/tries?survey=primary&stage=P6'],
    ]),
    ...of('analyst', [
      ['/studio/publications/new', '/studio/publications/new?survey=primary'],
      ['/release/releases/:release/correction', `/release/releases/${releaseId}/correction`],
    ]),
    ...of('auditor', [['/admin/record'], ['/admin/record/entries.csv']]),
    ...(await comingIn()),
    { route: '/respond/assent', url: '/respond/assent', cookie: answering },
    { route: '/respond/pages/:number', url: '/respond/pages/1', cookie: answering },
    { route: '/respond/stop', url: '/respond/stop', cookie: answering },
    { route: '/respond/break', url: '/respond/break', cookie: answering },
    { route: '/respond/ways', url: '/respond/ways', cookie: answering },
    { route: '/respond/reading', url: '/respond/reading', cookie: answering },

    { route: '/respond/check', url: '/respond/check', cookie: atTheEnd },
  ];
}

/** Pages of somebody who was invited, who has a password, and who has still to take the second step. */
async function comingIn(): Promise<Visit[]> {
  const { house } = loop;
  const invitations = createInvitations(house.services.database);
  const invite = async () => {
    const asked = { authorityId: house.authorityId, roles: ['planner' as const], invitedBy: null };
    return `/people/invitations/${(await invitations.make(asked, house.services.clock())).token}`;
  };
  const me = new Somebody(house);
  await me.post(`${await invite()}/account`, { name: 'second.step', password: PASSWORD });
  await me.setUpFactor();
  await me.signIn('second.step', PASSWORD);
  return [
    { route: '/people/invitations/:id', url: await invite() },
    { route: '/people/password', url: '/people/password', role: 'planner' },
    { route: '/people/second-step', url: '/people/second-step', cookie: me.cookie },
  ];
}

/** Pages of parents, of the readers of texts and of the help that an authority names. */
async function otherWaves(): Promise<Visit[]> {
  const { house } = loop;
  const { linkPath, letterPath } = await openParents(house);
  // The new code is shown as long as its cookie is there, which the page takes away.
  const begun = await house.app.inject({ method: 'POST', url: `${linkPath}/sessions`, ...form({}) });
  const parent = begun.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const text = await openWithText(house, 'A quieter corner');
  const desk = await readyToSort(house, text);
  const textRelease = await addTextRelease(house, loop.releaseId);
  const words = { 'name-en': 'Talk', 'about-en': 'Always open.', 'name-ar': 'حديث', 'about-ar': 'مفتوح دائمًا.' };
  await house.post('administrator', '/admin/help-contacts', {
    level: 's1-s3',
    phone: '0131 496 0000',
    web: '',
    ...words,
  });
  const { query } = house.services.database;
  const { id } = await query.selectFrom('help_contacts').select('id').executeTakeFirstOrThrow();
  const aboutReply = { name: 'What do you think?', family: 'feedback-check', reply: loop.replyId };
  const asking = await house.post('administrator', '/fieldwork/waves', aboutReply);
  const step = `${String(asking.headers.location)}/setup/reply`;
  return [
    { route: '/fieldwork/waves/new', url: `/fieldwork/waves/new?reply=${loop.replyId}`, role: 'administrator' },
    { route: '/fieldwork/waves/:wave/setup/:step', url: step, role: 'administrator' },
    { route: '/respond/links/:token', url: linkPath },
    { route: '/respond/new-code', url: '/respond/new-code', cookie: parent },
    { route: '/respond/texts', url: '/respond/texts', role: 'text-reader' },
    { route: '/respond/texts/:id', url: text, role: 'text-reader' },
    { route: '/respond/texts/:id/coding', url: `${text}/coding`, role: 'text-reader' },
    { route: '/respond/texts/waves/:wave', url: desk, role: 'text-reader' },
    { route: '/release/texts', url: '/release/texts', role: 'approver' },
    { route: '/release/texts/:wave', url: desk.replace('/respond/texts/waves', '/release/texts'), role: 'approver' },
    { route: '/release/text-releases/:release', url: `/release/text-releases/${textRelease}`, role: 'approver' },
    { route: '/results/:release/texts', url: `/results/${loop.releaseId}/texts`, role: 'planner' },
    { route: '/fieldwork/waves/:wave/links/:token/letter', url: letterPath, role: 'administrator' },
    { route: '/admin/help-contacts/:id', url: `/admin/help-contacts/${id}`, role: 'administrator' },
  ];
}

/** The pages of an open wave: of a class, for those who run it and those who join it, and of those who chase. */
async function classVisits(wave: string): Promise<Visit[]> {
  const { house } = loop;
  const school = `${wave.replace('/fieldwork', '/class')}/schools/burnside`;
  const [sheet] = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
  const teacher = await teacherOf(house, sheet!);
  await teacher.post('/class/openings');
  const code = teacher.found(/data-join-code="([^"]+)"/).replace(' ', '');
  const { cookie } = teacher;
  return [
    { route: '/class', url: '/class' },
    { route: '/class', url: '/class', cookie },
    { route: '/class/links/:link', url: sheet!.path },
    { route: '/class/board', url: '/class/board', cookie },
    { route: '/class/pages/:number', url: '/class/pages/2?stage=P5', cookie },
    { route: '/class/waves/:wave/schools/:school', url: school, role: 'administrator' },
    { route: '/fieldwork/rates', url: '/fieldwork/rates', role: 'planner' },
    { route: '/fieldwork/waves/:wave/rates', url: `${wave}/rates`, role: 'planner' },
    { route: '/fieldwork/waves/:wave/rates.csv', url: `${wave}/rates.csv?by=stage`, role: 'planner' },
    { route: '/class/join', url: '/class/join' },
    { route: '/class/join/:code', url: `/class/join/${code}` },
  ];
}

/** Every question and indicator of the release that its first page leads to. */
async function itemsOf(results: string): Promise<string[]> {
  const { body } = await open({ route: '', url: results, role: 'planner' });
  const links = [...body.matchAll(/href="\/results\/[^"/]+\/items\/([a-z0-9.-]+)[^"]*"/g)];
  return [...new Set(links.map((match) => match[1]!))];
}

/** Addresses that only lead on to another page. */
const LEADING_ON = [
  '/languages/:code',
  '/respond/next',
  '/respond/leave',
  '/join',
  '/respond/turn',
  ...['/class/sessions', '/class/openings', '/class/attendance', '/class/places', '/class/spares', '/class/opt-outs'],
];
/** What never ends: a stream of events, which tests/class reads. */
const STREAMS = ['/class/events'];
/** Pages of the council’s own sign-in, which this house has not (tests/people/council.test.ts). */
const OF_THE_COUNCIL = ['/people/council', '/people/council/callback', '/people/council/account'];
/** Files, of which none ships or none is a page. */
const FILES = ['/respond/recordings/:survey/:language/:file', '/service-worker.js'];
/** Where everything that is shown comes out of a release; the dashboard shows rates of open waves, as fieldwork does. */
const OF_A_RELEASE = /^\/(results|replies(?!\/dashboard)|release)\b/;

describe('every page', () => {
  it('is visited by these tests', () => {
    const routes = pageRoutes(loop.routes).filter(({ method }) => method === 'GET');
    const visited = new Set([
      ...visits.map(({ route }) => route),
      ...[LEADING_ON, STREAMS, FILES, OPENED_ELSEWHERE, OF_THE_COUNCIL].flat(),
    ]);
    expect(routes.map(({ url }) => url).filter((url) => !visited.has(url))).toEqual([]);
    expect([...visited].filter((route) => !routes.some(({ url }) => url === route))).toEqual([]);
    expect(visits.length).toBeGreaterThan(routes.length);
  });

  it('opens, in both languages', async () => {
    for (const visit of visits) {
      for (const language of ['en', 'ar'] as const) {
        const reply = await open(visit, language);
        expect(reply.statusCode, visit.url).toBe(200);
        if (!String(reply.headers['content-type']).startsWith('text/html')) continue;
        expect(reply.body, visit.url).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
        expect(reply.body.match(/<h1[\s>]/g), visit.url).toHaveLength(1);
        expect(reply.body, visit.url).not.toMatch(/undefined|\[object|NaN|\{\{/);
      }
    }
  });

  it('sends one of the constant header sets, whole', async () => {
    for (const visit of visits) {
      const { headers } = await open(visit);
      const sent = Object.values(HEADER_SETS).filter((set) =>
        Object.entries(set).every(([name, value]) => String(headers[name]).includes(value)),
      );
      expect(sent.length, visit.url).toBeGreaterThan(0);
      if (FRAMED.test(visit.route)) continue;
      expect(headers['content-security-policy']).toBe(HEADER_SETS.pages['content-security-policy']);
      // What belongs to one person stays on no shared device.
      expect(headers['cache-control'], visit.url).toBe(SHARED.test(visit.route) ? 'private, no-cache' : 'no-store');
    }
  });

  it('allows nothing inline, nothing from elsewhere and no frame around it', () => {
    const policy = HEADER_SETS.pages['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('holds no script and no style of its own, and asks nothing of another site', async () => {
    for (const visit of visits.filter(isNoFeed)) {
      const { body } = await open(visit);
      expect(body, visit.url).not.toMatch(
        /<style\b|\sstyle\s*=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*["']|javascript:/i,
      );
      const sources = [...body.matchAll(/<(?:script|img|link|iframe|source|use)\b[^>]*\s(?:src|href)="([^"]*)"/g)];
      for (const [, address] of sources) expect(address, visit.url).toMatch(/^\/(?!\/)|^#/);
    }
  });

  it('that fails sends the same headers, in the reader’s language and with a reference', async () => {
    for (const [url, status] of [
      ['/no/such/page', 404],
      ['/respond/pages/1', 403],
      ['/respond/pages/nonsense', 400],
      ['/replies/nowhere', 404],
    ] as const) {
      const reply = await open({ route: '', url }, 'ar');
      expect(reply.statusCode, url).toBe(status);
      expect(reply.body).toContain('<html lang="ar" dir="rtl">');
      for (const [name, value] of Object.entries(HEADER_SETS.pages)) {
        if (name !== 'cache-control') expect(reply.headers[name], `${url} ${name}`).toBe(value);
      }
    }
  });
});

describe('titles and addresses of answering', () => {
  it('never carry the question or its topic', async () => {
    const answering = visits.filter(
      ({ route, cookie }) =>
        (cookie !== undefined && route.startsWith('/respond')) || /finished|quiet|join/.test(route),
    );
    expect(answering.length).toBeGreaterThan(10);
    for (const visit of answering) {
      const { body } = await open(visit);
      expect(/<title>([^<]*)<\/title>/.exec(body)?.[1]?.replace('&#183;', '·')).toBe('Survey · Heard');
    }
  });
});

describe('over HTTPS', () => {
  it('browsers are told to stay there', async () => {
    const { openHouse } = await import('../support/house.ts');
    const plain = await openHouse();
    const reply = await plain.app.inject('/');
    expect(reply.headers['strict-transport-security']).toBeUndefined();
    await plain.close();
    const { buildApp } = await import('../../server/app.ts');
    const { house } = loop;
    const settings = { ...house.services.settings, behindHttps: true };
    const app = await buildApp({ ...house.services, settings });
    expect((await app.inject('/')).headers['strict-transport-security']).toContain('max-age=31536000');
    const chosen = await app.inject('/languages/ar');
    expect(String(chosen.headers['set-cookie'])).toMatch(/Secure/);
    await app.close();
  });
});

// The last test: it takes the tables away.
describe('what is shown of a wave', () => {
  it('comes out of its release: everything answers the same when drafts and answers are gone', async () => {
    const shown = visits.filter(({ route }) => OF_A_RELEASE.test(route));
    expect(shown.length).toBeGreaterThan(40);
    const answersOf = async () => {
      const replies: { url: string; status: number; type: unknown; body: string }[] = [];
      for (const visit of shown) {
        const reply = await open(visit);
        replies.push({
          url: visit.url,
          status: reply.statusCode,
          type: reply.headers['content-type'],
          // A form carries an id for what it will make.
          body: textOf(reply).replace(/name="id" value="[\w-]+"/g, ''),
        });
      }
      return replies;
    };
    const before = await answersOf();
    const figures = before.filter(({ body }) => body.includes('data-share') || /\d%/.test(body));
    expect(figures.length, 'pages and files with a figure').toBeGreaterThan(5);
    const { schema } = loop.house.services.database.query;
    for (const table of ['respondent_sessions', 'attempts', 'drafts', 'responses', 'codes', 'fieldwork_counters']) {
      await schema.dropTable(table).execute();
    }
    expect(await answersOf()).toEqual(before);
    // The tables are really gone.
    const answering = await open({ route: '', url: '/respond/next', cookie: 'heard-answering=not-in-memory' });
    expect(answering.statusCode).toBe(500);
  });
});
