import { pathToFileURL } from 'node:url';
import { ROLES, type Role } from '../core/roles.ts';
import { releasedFigure, type FindingPlace } from '../core/loop/finding.ts';
import { writeCode } from '../core/fieldwork/code.ts';
import { hashPassword } from '../web/passwords.ts';
import { gatherInput } from '../release/gather.ts';
import { makeOfInput } from '../release/job.ts';
import { readSettings } from '../settings.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createActions } from '../storage/actions.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createFindings } from '../storage/findings.ts';
import { createReleases } from '../storage/releases.ts';
import { createReplies } from '../storage/replies.ts';
import { createReplyAddresses } from '../storage/reply-addresses.ts';
import { readSurveyFolders } from '../storage/survey-folders.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaves } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { demonstrationAuthority, type SeededAuthority } from './seed/authority.ts';
import { addEngagement } from './seed/engagement.ts';
import { addForum } from './seed/forum.ts';
import { addOpenWaves, type Seeded } from './seed/open-waves.ts';
import { addPast, PAST, type Past } from './seed/past.ts';
import { SEED } from './seed/past-waves.ts';
import { readKeptPieces } from './seed/kept-pieces.ts';
import { addPlaces } from './seed/places.ts';
import { addPlan } from './seed/plan.ts';
import { daysFrom } from './seed/days.ts';
import replyWords from './seed/reply.json' with { type: 'json' };
import { openServices } from './services.ts';

/*
 * Fills a new database with the demonstration: an authority of real size, an earlier and a current
 * released wave and one of parents, a published reply, an open wave with codes, and one account a role. Places come in
 * through the importer and releases through the release job; only answers are written straight.
 */

/** The same for everybody who tries the demonstration; it opens nothing else. */
export const DEMONSTRATION_PASSWORD = 'demonstration-only';

/** @returns codes to try, or undefined if the database holds an authority already */
export async function seedDemonstration(services: Services): Promise<Seeded | undefined> {
  const { database, clock } = services;
  if ((await createAuthorities(database).list()).length > 0) return undefined;
  const authority = demonstrationAuthority(SEED);
  await addPlaces(services, authority);
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  const accounts = await addAccounts(services, authority.id, passwordHash);
  const surveys = createSurveys(database);
  for (const content of readSurveyFolders()) await surveys.publish(content, accounts.analyst, clock());
  // All at once: making a release safe takes most of the time, and each has a thread of its own.
  const [latest] = await Promise.all(PAST.map((past) => addReleasedWave(services, authority, accounts, past)));
  const findingId = await addReply(services, authority.id, latest!, accounts.planner);
  await addPlan(services, authority.id, findingId, accounts.planner);
  await addEngagement(services, authority.id, findingId, accounts.planner);
  await addForum(services, {
    authorityId: authority.id,
    workers: [
      { accountId: accounts['youth-worker'], shownAs: 'Youth worker in green' },
      { accountId: await addSecondWorker(services, authority.id, passwordHash), shownAs: 'Youth worker in blue' },
    ],
    administrator: accounts.administrator,
    passwordHash,
  });
  return addOpenWaves(services, authority.id, {
    administrator: accounts.administrator,
    reader: accounts['text-reader'],
  });
}

/** Ids of accounts, by role; the forum's member is among its members. */
type SeededAccounts = Record<Exclude<Role, 'forum-member'>, string>;

/** One account a role; the forum's member joins the forum as members do. */
async function addAccounts(
  { database, clock }: Services,
  authorityId: string,
  passwordHash: string,
): Promise<SeededAccounts> {
  const accounts = createAccounts(database);
  const ids: Partial<Record<Role, string>> = {};
  for (const role of ROLES) {
    if (role === 'forum-member') continue;
    const outcome = await accounts.add({ authorityId, signInName: role, passwordHash, roles: [role] }, clock());
    if (outcome !== 'name-taken') ids[role] = outcome.id;
  }
  return ids as Record<Role, string>;
}

/** A forum has two youth workers. */
async function addSecondWorker({ database, clock }: Services, authorityId: string, passwordHash: string) {
  const account = { authorityId, signInName: 'second-youth-worker', passwordHash, roles: ['youth-worker'] } as const;
  const outcome = await createAccounts(database).add(account, clock());
  if (outcome === 'name-taken') throw new Error('Expected a new database, found one with a second youth worker.');
  return outcome.id;
}

/** @returns the id of the published release */
async function addReleasedWave(
  services: Services,
  authority: SeededAuthority,
  accounts: SeededAccounts,
  past: Past,
): Promise<string> {
  const { database } = services;
  const waveId = await addPast(services, authority, accounts.administrator, past);
  const releases = createReleases(database);
  const input = await gatherInput(database, (await createWaves(database).find(waveId))!);
  const memory = { done: readKeptPieces(input), keep: () => undefined };
  const { release, audit } = await makeOfInput(input, { memory });
  const releaseId = await releases.add(waveId, release, accounts.analyst, `${past.endsOn}T17:00:00.000Z`, { audit });
  await releases.approve(releaseId, accounts.approver, `${past.endsOn}T18:00:00.000Z`);
  return releaseId;
}

/** Answers the cluster in which the fewest younger pupils feel safe. @returns the id of the finding */
async function addReply(
  { database, clock }: Services,
  authorityId: string,
  releaseId: string,
  planner: string,
): Promise<string> {
  const found = await createReleases(database).openPublished(releaseId);
  if (!found) throw new Error('The release of the demonstration is not published.');
  const places = found.release.nodes
    .filter((node) => node.kind === 'cluster')
    .map((node): FindingPlace => ({ node: node.id, band: 'p5-p7', item: 'feels-safe', option: 'yes' }));
  const figures = places.flatMap((place) => {
    const figure = releasedFigure(found.release, place);
    return figure ? [{ place, share: figure.share }] : [];
  });
  const lowest = figures.toSorted((one, other) => one.share - other.share)[0];
  if (!lowest) throw new Error('The release of the demonstration shows no cluster.');
  const { whyItMatters, task, lead, owner, texts } = replyWords;
  const findingId = await createFindings(database).make(
    { authorityId, releaseId, place: lowest.place, whyItMatters },
    planner,
    clock(),
  );
  const dueOn = daysFrom(clock(), 60);
  const actionId = await createActions(database).make(findingId, { task, lead, dueOn }, planner, clock());
  const replies = createReplies(database);
  const dates = { dueOn: daysFrom(clock(), 90), nextUpdateOn: daysFrom(clock(), 120) };
  const reply = { decision: 'part' as const, owner, ...dates, texts };
  const replyId = await replies.write(actionId, reply, planner, clock());
  await replies.publish(replyId, planner, clock());
  await createReplyAddresses(database).give(replyId);
  return findingId;
}

/** What a person who tries the demonstration needs to know. */
export function demonstrationLines(address: string, seeded: Seeded | undefined): string[] {
  return [
    `  Answer a survey   ${address}/`,
    ...(seeded?.codes ?? []).map(({ code, stage, school }) => `                    ${code}  (${stage}, ${school})`),
    ...(seeded
      ? [`  Parents           ${address}${seeded.parentPath}`]
      : ['                    (new codes: sign in as administrator, open the wave, make codes)']),
    `  Public replies    ${address}/replies`,
    `  Sign in           ${address}/people/sign-in   password of all: ${DEMONSTRATION_PASSWORD}`,
    `                    ${ROLES.join('  ')}`,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const services = await openServices(readSettings(process.env));
  const seeded = await seedDemonstration(services);
  console.log(
    seeded ? 'The demonstration is in the database.' : 'The database holds an authority already; nothing was changed.',
  );
  for (const { code, stage, school } of seeded?.codes ?? [])
    console.log(`${writeCode(code.replace('-', ''))}  ${stage}  ${school}`);
  await services.database.close();
}
