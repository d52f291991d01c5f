import type { Role } from '../../server/core/roles.ts';
import { REPLY } from '../replies/chain.ts';
import { engagementVisits } from '../replies/engagement/visits.ts';
import type { FieldworkHouse } from './fieldwork.ts';
import { beginReport, publishReport, writeAll } from './annual-report.ts';
import type { Visit } from './visit.ts';

/** Pages of localities, which the house of these visits has not, and the short address: see tests/replies. */
export const OPENED_ELSEWHERE = [
  ...['', '/feed', '/embed'].map((rest) => `/replies/:authority/localities/:code${rest}`),
  '/r/:number',
];
/** Pages that are the same for everybody and may be kept by a browser. */
export const SHARED =
  /^\/replies(?!\/(findings|suggestions|replies|plan|dashboard|annual|engagement))|^\/respond\/offline/;
/** What other websites may put into a frame; tests/replies/public-pages.test.ts says what it may hold. */
export const FRAMED = /^\/replies\/.*\/embed$/;
/** A feed is read elsewhere, so its addresses are whole. */
export const isNoFeed = ({ route }: Visit) => !route.endsWith('/feed');

/** The pages of a published reply with who was involved, and of a further one that waits and that the forum was asked to read. */
export async function replyVisits(house: FieldworkHouse, findingId: string, replyId: string): Promise<Visit[]> {
  const { waiting, check } = await checkedReply(house, findingId, replyId);
  const of = (role: Role | undefined, lines: [route: string, url: string][]): Visit[] =>
    lines.map(([route, url]) => ({ route, url, ...(role && { role }) }));
  const cluster = (rest: string): [string, string] => [
    `/replies/:authority/clusters/:code${rest}`,
    `/replies/strathlorn/clusters/loch${rest}`,
  ];
  const reply = (rest: string, asked = ''): [string, string] => [
    `/replies/:authority/:reply${rest}`,
    `/replies/strathlorn/${replyId}${rest}${asked}`,
  ];
  return [
    ...of(undefined, [
      cluster('/feed'),
      cluster('/embed'),
      ['/replies/:authority/feed', '/replies/strathlorn/feed'],
      ['/replies/:authority/embed', '/replies/strathlorn/embed'],
      ...['?words=adult', '?words=easy-read', '?pressed=yes'].map((asked) => reply('', asked)),
      ...['/poster', '/slide', '/embed'].map((rest) => reply(rest)),
    ]),
    ...of('planner', [
      ['/replies/replies/:id', `/replies/replies/${replyId}`],
      ['/replies/replies/:id', `/replies/replies/${waiting}`],
    ]),
    ...(await annualVisits(house)),
    ...of('forum-member', [
      ['/studio/forum/replies', '/studio/forum/replies'],
      ['/studio/forum/replies/:check', `/studio/forum/replies/${check}`],
    ]),
    ...(await engagementVisits(house)),
  ];
}

/** A report of a year that is over, published, and what planners see of it. */
async function annualVisits(house: FieldworkHouse): Promise<Visit[]> {
  const planner = await house.as('planner');
  const report = await beginReport(house, planner, { from: '2024-08-01', to: '2025-07-31' });
  await writeAll(house, planner, report);
  await publishReport(house, planner, report);
  const id = report.split('/').at(-1)!;
  const of = (route: string, url: string): Visit => ({ route: `/replies/annual${route}`, url, role: 'planner' });
  const everybody = ['', '?for=child', '?edition=1'].map((asked): Visit => {
    return { route: '/replies/:authority/annual/:report', url: `/replies/strathlorn/annual/${id}${asked}` };
  });
  return [
    of('', '/replies/annual'),
    of('/:report', report),
    ...['', '?for=child'].map((asked) => of('/:report/draft', `${report}/draft${asked}`)),
    ...['opening', 'asked', 'did'].map((section) => of('/:report/sections/:section', `${report}/sections/${section}`)),
    ...everybody,
  ];
}

async function checkedReply(house: FieldworkHouse, findingId: string, replyId: string) {
  const finding = `/replies/findings/${findingId}`;
  const page = async (url: string, role: Role) => (await house.app.inject({ url, headers: await house.as(role) })).body;
  const action = /next=([\w-]{22})#reply-form/.exec(await page(finding, 'planner'))![1]!;
  await house.post('planner', `/replies/actions/${action}/replies`, REPLY);
  const written = [...(await page(finding, 'planner')).matchAll(/data-written-reply="([^"]+)"/g)];
  const waiting = written.map(([, id]) => id!).find((id) => id !== replyId)!;
  await house.post('planner', `/replies/replies/${waiting}/checks`, {});
  const list = await page('/studio/forum/replies', 'forum-member');
  return { waiting, check: /\/studio\/forum\/replies\/([\w-]{22})/.exec(list)![1]! };
}
