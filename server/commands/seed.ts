import { pathToFileURL } from 'node:url';
import { ROLES, type Role } from '../core/roles.ts';
import { writeCode } from '../core/fieldwork/code.ts';
import { hashPassword } from '../web/passwords.ts';
import { gatherInput } from '../release/gather.ts';
import { makeOfInput } from '../release/job.ts';
import { readSettings } from '../settings.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createReleases } from '../storage/releases.ts';
import { readSurveyFolders } from '../storage/survey-folders.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaves } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { addAnnualReports } from './seed/annual.ts';
import { demonstrationAuthority, type SeededAuthority } from './seed/authority.ts';
import { addEngagement } from './seed/engagement.ts';
import { addFeedback } from './seed/feedback.ts';
import { addForum } from './seed/forum.ts';
import { addOpenWaves, type Seeded } from './seed/open-waves.ts';
import { addPast, PAST, type Past } from './seed/past.ts';
import { SEED } from './seed/past-waves.ts';
import { readKeptPieces } from './seed/kept-pieces.ts';
import { addPlaces } from './seed/places.ts';
import { addPlan } from './seed/plan.ts';
import { addReply } from './seed/reply.ts';
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
  const members = await addForum(services, {
    authorityId: authority.id,
    workers: [
      { accountId: accounts['youth-worker'], shownAs: 'Youth worker in green' },
      { accountId: await addSecondWorker(services, authority.id, passwordHash), shownAs: 'Youth worker in blue' },
    ],
    administrator: accounts.administrator,
    passwordHash,
  });
  const { findingId } = await addReply(services, {
    authorityId: authority.id,
    releaseId: latest!,
    planner: accounts.planner,
    members,
  });
  await addFeedback(services, authority, accounts);
  await addPlan(services, authority.id, findingId, accounts.planner);
  await addEngagement(services, authority.id, findingId, accounts.planner);
  await addAnnualReports(services, authority.id, accounts.planner);
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
