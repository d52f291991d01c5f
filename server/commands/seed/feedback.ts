import { FEEDBACK_FAMILY, schoolsAt } from '../../core/fieldwork/reply-wave.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { walk } from '../../core/survey/journey.ts';
import { encodeAnswers, encodeUnlinked } from '../../core/survey/slots.ts';
import { closeWave } from '../../fieldwork/close-wave.ts';
import { gatherInput } from '../../release/gather.ts';
import { makeOfInput } from '../../release/job.ts';
import { createPlaces, type School } from '../../storage/places.ts';
import { createReleases } from '../../storage/releases.ts';
import { createReplies, type PublishedReply } from '../../storage/replies.ts';
import { createSendings, type SeededResponse } from '../../storage/sendings.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createWaveReplies } from '../../storage/wave-replies.ts';
import { createWaves } from '../../storage/waves.ts';
import type { Services } from '../../web/services.ts';
import { answerSurvey } from './answers.ts';
import type { SeededAuthority } from './authority.ts';
import { daysFrom } from './days.ts';
import { SEED } from './past-waves.ts';
import { respondents } from './respondents.ts';
import { settleWave } from './setup.ts';
import { BANDS, openWave } from './waves.ts';

/*
 * What children of the demonstration say of its reply: pupils of P5–P7 at the primaries of the place that it is about,
 * asked in a wave of their own, whose release is made at the first start, since it is small.
 */

const NAME = 'What do you think of the reply?';
const STAGES = ['P5', 'P6', 'P7'] as const;
/** Of the pupils on the roll. */
const RATE = 0.8;
/** Days that pupils had, as far as the reply has been there for so long. */
const OPEN_FOR = 14;

interface Staff {
  administrator: string;
  analyst: string;
  approver: string;
}

/** @returns the id of the published release; undefined where there is no reply to ask about */
export async function addFeedback(
  services: Services,
  authority: SeededAuthority,
  staff: Staff,
): Promise<string | undefined> {
  const { database, clock } = services;
  const [reply] = await createReplies(database).published(authority.id);
  if (!reply) return undefined;
  const schools = await primariesOf(services, authority, reply);
  const waveId = await addWave(services, authority.id, staff.administrator, { reply, schools });
  const wave = (await createWaves(database).find(waveId))!;
  await closeWave(services, wave, staff.administrator);
  await createSendings(database, services.secrets).writeMany(await answersOf(services, authority, waveId, schools));
  const { release, audit } = await makeOfInput(await gatherInput(database, wave));
  const releases = createReleases(database);
  const releaseId = await releases.add(waveId, release, staff.analyst, clock(), { audit });
  await releases.approve(releaseId, staff.approver, clock());
  return releaseId;
}

async function primariesOf({ database, clock }: Services, authority: SeededAuthority, reply: PublishedReply) {
  const all = await createPlaces(database).schools(authority.id);
  const there = schoolsAt(reply.finding.place.node, all, authority.memberships, clock().slice(0, 10));
  return there.filter(({ sector }) => sector === 'primary');
}

/** Makes the wave and opens it as soon as the reply was there, two weeks ago at the earliest. @returns its id */
async function addWave(
  services: Services,
  authorityId: string,
  administrator: string,
  { reply, schools }: { reply: PublishedReply; schools: readonly School[] },
): Promise<string> {
  const { database, clock } = services;
  const today = clock().slice(0, 10);
  const earliest = daysFrom(clock(), -OPEN_FOR);
  const published = reply.publishedAt.slice(0, 10);
  const startsOn = published > earliest ? published : earliest;
  const at = startsOn === published ? reply.publishedAt : `${startsOn}T08:00:00.000Z`;
  const versions = await createSurveys(database).newestOfFamily(FEEDBACK_FAMILY);
  const waveId = await createWaves(database).make(
    {
      ...{ authorityId, name: NAME, family: FEEDBACK_FAMILY, startsOn, endsOn: today },
      bands: BANDS.filter(({ stages }) => STAGES.some((stage) => stages.includes(stage))),
      versionIds: versions.map(({ id }) => id),
      schools: schools.map(({ id }) => ({ id, agreedToBeShown: true })),
    },
    administrator,
    at,
  );
  await createWaveReplies(database).choose(waveId, reply.id, administrator, at);
  await settleWave(services, waveId, administrator, at);
  await openWave(services, waveId, administrator, at);
  return waveId;
}

/** Answers by the model of the demonstration, from four in five pupils of each school or so. */
async function answersOf(
  { database }: Services,
  authority: SeededAuthority,
  waveId: string,
  schools: readonly School[],
): Promise<SeededResponse[]> {
  const [version] = await createSurveys(database).newestOfFamily(FEEDBACK_FAMILY);
  if (!version) throw new Error(`No survey of the family ${FEEDBACK_FAMILY} is published: look into surveys/.`);
  const idOf = new Map(schools.map(({ code, id }) => [code, id]));
  const rolls = authority.rolls.filter(
    ({ school, stage }) => idOf.has(school) && (STAGES as readonly string[]).includes(stage),
  );
  const pupils = rolls.reduce((sum, row) => sum + row.pupils, 0);
  const seed = `${SEED}/${FEEDBACK_FAMILY}`;
  const random = seededRandom(`${seed}/answers`);
  const allowed = { textAllowed: false, topics: [] };
  const asked = { stages: STAGES, answers: Math.round(RATE * pupils), seed };
  return respondents({ ...authority, rolls }, asked).map((pupil): SeededResponse => {
    const given = answerSurvey(version.definition, pupil, random, allowed);
    const path = walk(version.definition, { ...allowed, stage: pupil.stage }, given);
    return {
      ...{ waveId, versionId: version.id, schoolId: idOf.get(pupil.schoolCode)!, stage: pupil.stage },
      bandId: BANDS.find(({ stages }) => stages.includes(pupil.stage))!.id,
      ...{ sex: null, quintile: null, asn: null, language: 'en' },
      answers: encodeAnswers(version.definition, path, given),
      unlinked: encodeUnlinked(version.definition, path, given),
    };
  });
}
