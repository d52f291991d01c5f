import { pathToFileURL } from 'node:url';
import { ROLES, type Role } from '../core/roles.ts';
import { releasedFigure, type FindingPlace } from '../core/loop/finding.ts';
import { writeCode } from '../core/fieldwork/code.ts';
import { encodeAnswers, encodeUnlinked } from '../core/survey/slots.ts';
import { walk, type Traveller } from '../core/survey/journey.ts';
import type { Stage } from '../core/survey/stage.ts';
import { closeWave } from '../fieldwork/close-wave.ts';
import { hashPassword } from '../people/passwords.ts';
import { runReleaseJob } from '../release/job.ts';
import { readSettings } from '../settings.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createActions } from '../storage/actions.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createFindings } from '../storage/findings.ts';
import { createPlaces } from '../storage/places.ts';
import { createReleases } from '../storage/releases.ts';
import { createReplies } from '../storage/replies.ts';
import { createSendings, type SeededResponse } from '../storage/sendings.ts';
import { readSurveyFolders } from '../storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createWaves } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { importPlaces } from './import/run.ts';
import { answerSurvey } from './seed/answers.ts';
import { asCsv, demonstrationAuthority, FIELDWORK, type SeededAuthority } from './seed/authority.ts';
import { addOpenWaves, type Seeded } from './seed/open-waves.ts';
import { seededRandom } from '../core/seeded-random.ts';
import { respondents } from './seed/respondents.ts';
import { allSchools, BANDS, daysFrom, makeWave, openWave } from './seed/waves.ts';
import replyWords from './seed/reply.json' with { type: 'json' };
import { openServices } from './services.ts';

/*
 * Fills a new database with the demonstration: an authority of real size, an earlier and a current
 * released wave, a published reply, an open wave with codes, and one account a role. Places come in
 * through the importer and releases through the release job; only answers are written straight.
 */

/** The same for everybody who tries the demonstration; it opens nothing else. */
export const DEMONSTRATION_PASSWORD = 'demonstration-only';

const SEED = 'strathlorn-2026';
/** Pupils who sent their answers in Arabic, about as many as might. */
const ARABIC_SHARE = 0.01;

/** @returns codes to try, or undefined if the database holds an authority already */
export async function seedDemonstration(services: Services): Promise<Seeded | undefined> {
  const { database, clock } = services;
  if ((await createAuthorities(database).list()).length > 0) return undefined;
  const authority = demonstrationAuthority(SEED);
  await addPlaces(services, authority);
  const accounts = await addAccounts(services, authority.id);
  const surveys = createSurveys(database);
  for (const content of readSurveyFolders()) await surveys.publish(content, accounts.analyst, clock());
  // Both at once: making a release safe takes most of the time, and each has a thread of its own.
  const [latest] = await Promise.all(
    [LATEST, EARLIER].map((past) => addReleasedWave(services, authority, accounts, past)),
  );
  await addReply(services, authority.id, latest!, accounts.planner);
  return addOpenWaves(services, authority.id, {
    administrator: accounts.administrator,
    reader: accounts['text-reader'],
  });
}

/** A wave whose fieldwork is over. Drift sets how far its answers lie from the model. */
interface PastWave {
  name: string;
  startsOn: string;
  endsOn: string;
  drift: number;
}

const EARLIER: PastWave = { name: 'Autumn 2023', startsOn: '2023-10-30', endsOn: '2023-12-08', drift: 1 };
const LATEST: PastWave = { name: 'Autumn 2025', startsOn: '2025-11-03', endsOn: '2025-12-12', drift: 0 };

async function addPlaces({ database, clock }: Services, authority: SeededAuthority): Promise<void> {
  const files = Object.fromEntries(
    Object.entries(asCsv(authority)).map(([format, text]) => [format, { name: format, bytes: Buffer.from(text) }]),
  );
  const { id: authorityId, name, kind } = authority;
  const outcome = await importPlaces(database, { authorityId, name, kind, files, write: true, at: clock() });
  if ('faults' in outcome) {
    throw new Error(
      `The demonstration does not import: ${JSON.stringify([...outcome.troubles, ...outcome.faults.slice(0, 3)])}`,
    );
  }
}

async function addAccounts({ database, clock }: Services, authorityId: string): Promise<Record<Role, string>> {
  const accounts = createAccounts(database);
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  const ids: Partial<Record<Role, string>> = {};
  for (const role of ROLES) {
    const outcome = await accounts.add({ authorityId, signInName: role, passwordHash, roles: [role] }, clock());
    if (outcome !== 'name-taken') ids[role] = outcome.id;
  }
  return ids as Record<Role, string>;
}

/** @returns the id of the published release */
async function addReleasedWave(
  services: Services,
  authority: SeededAuthority,
  accounts: Record<Role, string>,
  past: PastWave,
): Promise<string> {
  const { database } = services;
  const waves = createWaves(database);
  const { name, startsOn, endsOn } = past;
  const schools = await allSchools(services, authority.id);
  const planned = { authorityId: authority.id, family: 'pupils', name, startsOn, endsOn, bands: BANDS, schools };
  const waveId = await makeWave(services, planned, accounts.administrator, `${startsOn}T07:00:00.000Z`);
  // Clusters are frozen as they are today, which is how the demonstration's earlier wave stays comparable.
  await openWave(services, waveId, accounts.administrator, services.clock());
  const wave = (await waves.find(waveId))!;
  await closeWave({ ...services, clock: () => `${endsOn}T16:00:00.000Z` }, wave, accounts.administrator);
  await createSendings(database, services.secrets).writeMany(await pastResponses(services, authority, waveId, past));
  const releases = createReleases(database);
  const release = await runReleaseJob(database, (await waves.find(waveId))!);
  const releaseId = await releases.add(waveId, release, accounts.analyst, `${endsOn}T17:00:00.000Z`);
  await releases.approve(releaseId, accounts.approver, `${endsOn}T18:00:00.000Z`);
  return releaseId;
}

/** Exactly as many answers as North Lanarkshire's pupils gave in 2017. */
async function pastResponses(
  { database }: Services,
  authority: SeededAuthority,
  waveId: string,
  past: PastWave,
): Promise<SeededResponse[]> {
  const schoolIds = new Map(
    (await createPlaces(database).schools(authority.id)).map((school) => [school.code, school.id]),
  );
  const versions = await createSurveys(database).newestOfFamily('pupils');
  const random = seededRandom(`${SEED}/${past.name}/answers`);
  const allowed: Omit<Traveller, 'stage'> = { textAllowed: false, topics: [] };
  const responses: SeededResponse[] = [];
  for (const { stages, answers } of [FIELDWORK.primary, FIELDWORK.secondary]) {
    for (const pupil of respondents(authority, { stages: [...stages], answers, seed: `${SEED}/${past.name}` })) {
      const version = versionFor(versions, pupil.stage);
      const given = answerSurvey(version.definition, pupil, random, { ...allowed, drift: past.drift });
      const path = walk(version.definition, { ...allowed, stage: pupil.stage }, given);
      responses.push({
        waveId,
        versionId: version.id,
        schoolId: schoolIds.get(pupil.schoolCode)!,
        stage: pupil.stage,
        bandId: BANDS.find((band) => band.stages.includes(pupil.stage))!.id,
        sex: pupil.sex,
        quintile: pupil.quintile,
        asn: pupil.asn,
        language: random.chance(ARABIC_SHARE) ? 'ar' : 'en',
        answers: encodeAnswers(version.definition, path, given),
        unlinked: encodeUnlinked(version.definition, path, given),
      });
    }
  }
  return responses;
}

/** The usual version of a stage; what is easy to read is chosen by whoever answers. */
function versionFor(versions: readonly SurveyVersion[], stage: Stage): SurveyVersion {
  const usual = versions.filter(({ definition }) => !definition.easyRead);
  const version = usual.find(({ definition }) => definition.stages.includes(stage));
  if (!version)
    throw new Error(`No shipped survey is for ${stage}: expected primary and secondary. Look into surveys/.`);
  return version;
}

/** Answers the cluster in which the fewest younger pupils feel safe. */
async function addReply(
  { database, clock }: Services,
  authorityId: string,
  releaseId: string,
  planner: string,
): Promise<void> {
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
  const reply = { decision: 'part' as const, owner, nextUpdateOn: daysFrom(clock(), 120), texts };
  const replyId = await replies.write(actionId, reply, planner, clock());
  await replies.publish(replyId, planner, clock());
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
