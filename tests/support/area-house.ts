import { REPLY } from '../replies/chain.ts';
import { withRoutes, type RegisteredRoute } from '../../server/commands/registered-routes.ts';
import { gatherInput } from '../../server/release/gather.ts';
import { makeOfInput } from '../../server/release/job.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import type { Role } from '../../server/core/roles.ts';
import { createAccountAreas } from '../../server/storage/account-areas.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { addRelease, addWave, CLUSTERS, EARLIER_CLUSTERS, publishSurveys, pupilsOf, releaseOf, SCHOOLS } from '../results/wave.ts'; // prettier-ignore
import { form, openHouse, type House } from './house.ts';
import { addOpenWave } from './open-wave.ts';
import { settleWave } from './settled-wave.ts';

/*
 * An authority of two localities with everything that shows places: a release and an earlier one, a release of parents,
 * a finding inside and outside of East, and an open wave with its rates. Names are such that no page has them by chance.
 */

/** Alder and Calder lie in East, the schools of Birchwood in both, Dunmore in West. */
export const LOCALITIES = [
  { code: 'east', name: 'Eastmark', schools: ['pa1', 'pa2', 'shared', 'sa', 'pc1', 'sc'] },
  { code: 'west', name: 'Westmark', schools: ['pb1', 'sb', 'pd1', 'pd2'] },
];

/** What every view of results needs: questions of some kinds, poor outcomes that are counted together, a scale. */
const ASKED = [
  ...['feel-safe', 'club', 'place-better', 'one-thing-better', 'feel-school', 'listened-to-school'],
  ...['listened-to-home', 'friend-count-on', 'sleep', 'bullied'],
  ...['wb-cheerful', 'wb-calm', 'wb-proud', 'wb-fun', 'wb-sleep-easy', 'wb-worried'],
];

export const schoolName = (code: string) => `Quaich ${code}`;

export interface AreaHouse {
  house: House;
  routes: RegisteredRoute[];
  release: Release;
  /** Ids of releases. */
  current: string;
  earlier: string;
  parents: string;
  parentsRelease: Release;
  /** The wave that is open, by its id. */
  wave: string;
  /** Findings of Alder and of Birchwood, with the action that followed from each. */
  findings: Record<'inside' | 'outside', { id: string; action: string; reply: string }>;
  post: (as: Role | Headers, url: string, fields: Record<string, string | string[]>) => Promise<Reply>;
  /** Adds a planner who is bound to these places. @returns headers and the account's id */
  planner(areas: readonly string[], roles?: readonly Role[]): Promise<{ headers: Headers; id: string }>;
}

type Headers = Record<string, string>;
type Reply = Awaited<ReturnType<House['app']['inject']>>;

export async function openAreaHouse(): Promise<AreaHouse> {
  const { built: house, routes } = await withRoutes(() => openHouse());
  await addRegister(house);
  const versions = await publishSurveys(house, ASKED);
  const surveys = versions.map(({ definition }) => definition);
  const before = await addWave(house, 'Spring 2024', '2024-03-01');
  const localities = LOCALITIES;
  const earlier = await addRelease(
    house,
    before,
    releaseOf(versions, before, pupilsOf(surveys, 1), EARLIER_CLUSTERS, { localities }),
  );
  const now = await addWave(house, 'Autumn 2025', '2025-10-01');
  const release = releaseOf(versions, now, pupilsOf(surveys), CLUSTERS, { localities, bySex: true });
  const current = await addRelease(house, now, release);
  const { parents, parentsRelease } = await addParents(house);
  const post: AreaHouse['post'] = async (as, url, fields) => {
    const { payload, headers } = form(fields);
    const own = typeof as === 'string' ? await house.as(as) : as;
    return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...own } });
  };
  const found = async (node: string) => {
    const cell = { release: current, node, band: 'p5-p7', item: 'feels-safe', option: 'yes' };
    const made = await post('planner', '/replies/findings', { ...cell, whyItMatters: `It matters at ${node}.` });
    const id = lastPart(made.headers.location);
    const action = { task: 'New lights', lead: 'Roads and Transport', dueOn: '2026-09-01' };
    await post('planner', `/replies/findings/${id}/actions`, action);
    const page = await house.app.inject({ url: `/replies/findings/${id}`, headers: await house.as('planner') });
    const actionId = /\/replies\/actions\/([^/"]+)\/replies/.exec(page.body)?.[1] ?? '';
    await post('planner', `/replies/actions/${actionId}/replies`, REPLY);
    const written = await house.app.inject({ url: `/replies/findings/${id}`, headers: await house.as('planner') });
    return { id, action: actionId, reply: /data-written-reply="([^"]+)"/.exec(written.body)?.[1] ?? '' };
  };
  return {
    house,
    routes,
    release,
    current,
    earlier,
    parents,
    parentsRelease,
    wave: await openWave(post),
    findings: { inside: await found('cluster:ald'), outside: await found('cluster:bir') },
    post,
    planner: (areas, roles = ['planner']) => addPlanner(house, areas, roles),
  };
}

const lastPart = (location: string | undefined) => (location ?? '').split('?')[0]!.split('/').at(-1)!;

async function addRegister(house: House): Promise<void> {
  const { query } = house.services.database;
  const authority_id = house.authorityId;
  const places = (all: readonly { code: string; name: string }[]) =>
    all.map(({ code, name }) => ({ id: `id-${code}`, authority_id, code, name }));
  await query.insertInto('localities').values(places(LOCALITIES)).execute();
  await query.insertInto('clusters').values(places(CLUSTERS)).execute();
  for (const { code, band } of SCHOOLS) {
    const locality_id = `id-${LOCALITIES.find(({ schools }) => schools.includes(code))!.code}`;
    const sector = band === 0 ? 'primary' : 'secondary';
    const id = `id-${code}`;
    await query
      .insertInto('schools')
      .values({ id, authority_id, locality_id, code, name: schoolName(code), sector })
      .execute();
    for (const stage of band === 0 ? ['P5', 'P6', 'P7'] : ['S1', 'S2']) {
      const row = { id: `${code}-${stage}`, school_id: id, counted_on: '2026-01-10', stage, class: `${stage}A` };
      await query
        .insertInto('roll_counts')
        .values({ ...row, sex: 'female', quintile: 2, asn: null, pupils: 24 })
        .execute();
    }
  }
  const members = CLUSTERS.flatMap(({ code, schools }) =>
    schools.map((school) => ({ cluster_id: `id-${code}`, school_id: `id-${school}` })),
  );
  await query
    .insertInto('cluster_memberships')
    .values(members.map((member) => ({ ...member, from_date: '2020-08-01', to_date: null })))
    .execute();
}

async function addParents(house: House): Promise<{ parents: string; parentsRelease: Release }> {
  const { wave } = await addOpenWave(house);
  const { release } = await makeOfInput(await gatherInput(house.services.database, wave));
  const releases = createReleases(house.services.database);
  const parents = await releases.add(wave.id, release, null, '2026-05-02T09:00:00.000Z');
  await releases.approve(parents, null, '2026-05-03T09:00:00.000Z');
  return { parents, parentsRelease: release };
}

async function openWave(post: AreaHouse['post']): Promise<string> {
  const made = await post('administrator', '/fieldwork/waves', { name: 'Spring 2026', family: 'pupils' });
  const wave = String(made.headers.location);
  await settleWave({ post: post }, wave, {
    stages: { bands: ['p5-p7', 's1-s2'] },
    schools: { schools: SCHOOLS.map(({ code }) => `id-${code}`), agreed: [] },
  });
  const opened = await post('administrator', `${wave}/opening`, {});
  if (opened.statusCode !== 303) throw new Error(`Opening ${wave} answers ${opened.statusCode}: expected 303.`);
  return lastPart(wave);
}

/** Somebody with these roles, who is bound to these places; to none means to no place in particular. */
export async function addPlanner(
  { services, authorityId, accounts }: House,
  areas: readonly string[],
  roles: readonly Role[],
) {
  const { database, clock } = services;
  const signInName = `of-${areas.join('-').replaceAll(':', '.') || 'all'}-${roles.join('-')}`;
  const added = await createAccounts(database).add({ authorityId, signInName, passwordHash: 'x', roles }, clock());
  if (added === 'name-taken') throw new Error(`There is an account ${signInName} already.`);
  await createAccountAreas(database).set(added.id, areas, accounts.administrator, clock());
  const token = await createStaffSessions(database).start(added.id, clock(), '2999-01-01T00:00:00.000Z', clock());
  return { headers: { cookie: `heard-staff=${token}; heard-language=en` }, id: added.id };
}
