import { openBands } from '../../core/fieldwork/open-family.ts';
import { withoutStarted } from '../../core/fieldwork/slips.ts';
import type { TopicId } from '../../core/survey/topics.ts';
import { makeSlips } from '../../fieldwork/slip-sheet.ts';
import { createCodes } from '../../storage/codes.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createWaveLinks } from '../../storage/wave-links.ts';
import { createWaveReaders } from '../../storage/wave-readers.ts';
import { createWaveTopics } from '../../storage/wave-topics.ts';
import { createWaves } from '../../storage/waves.ts';
import type { Services } from '../../web/services.ts';
import { daysFrom } from './days.ts';
import { allSchools, BANDS, makeWave, openWave } from './waves.ts';

/*
 * The waves of the demonstration that are open now: pupils, with topics that a named adult switched on; the place
 * survey in a few schools, with a reader for what is written; and parents, who come by a link.
 */

/** What there is to try. */
export interface Seeded {
  codes: { school: string; stage: string; code: string }[];
  /** The path of the link for parents. */
  parentPath: string;
}

interface Staff {
  administrator: string;
  reader: string;
}

const TOPICS_ON: TopicId[] = ['alcohol', 'tobacco', 'drugs'];
const WHY_ON = 'Agreed with the head teachers and the health board for the demonstration.';
/** Schools of the place survey: few, so that its texts can be read. */
const SCHOOLS_OF_PLACE = 3;

export async function addOpenWaves(services: Services, authorityId: string, staff: Staff): Promise<Seeded> {
  const codes = await addPupils(services, authorityId, staff);
  return {
    codes: [...codes, ...(await addPlace(services, authorityId, staff))],
    parentPath: await addParents(services, authorityId, staff),
  };
}

async function addPupils(services: Services, authorityId: string, { administrator }: Staff): Promise<Seeded['codes']> {
  const { database, clock } = services;
  const schools = await allSchools(services, authorityId);
  const times = { startsOn: daysFrom(clock(), -7), endsOn: daysFrom(clock(), 42) };
  const wave = { authorityId, name: `Now open, ${year(clock)}`, family: 'pupils', ...times, bands: BANDS, schools };
  const waveId = await makeWave(services, wave, administrator, clock());
  const topics = createWaveTopics(database);
  for (const topic of TOPICS_ON) await topics.switchOn(waveId, { topic, reason: WHY_ON }, administrator, clock());
  await openWave(services, waveId, administrator, clock());
  return [
    ...(await dealCodes(services, waveId, 'primary', [0, 0.34, 0.67, 0.99])),
    ...(await dealCodes(services, waveId, 'secondary', [0, 0.34, 0.67, 0.99])),
  ];
}

async function addPlace(services: Services, authorityId: string, staff: Staff): Promise<Seeded['codes']> {
  const { database, clock } = services;
  const schools = (await allSchools(services, authorityId)).slice(0, SCHOOLS_OF_PLACE);
  const times = { startsOn: daysFrom(clock(), -14), endsOn: daysFrom(clock(), 28) };
  const wave = { authorityId, name: `Our place, ${year(clock)}`, family: 'place', ...times, bands: BANDS, schools };
  const waveId = await makeWave(services, wave, staff.administrator, clock());
  await createWaveReaders(database).name(waveId, staff.reader, staff.administrator, clock());
  await openWave(services, waveId, staff.administrator, clock());
  return dealCodes(services, waveId, 'primary', [0.5]);
}

/** @returns the path of the link in the letters */
async function addParents(services: Services, authorityId: string, { administrator }: Staff): Promise<string> {
  const { database, clock } = services;
  const versions = await createSurveys(database).newestOfFamily('parents');
  const bands = openBands(versions.map(({ definition }) => definition));
  const times = { startsOn: daysFrom(clock(), -14), endsOn: daysFrom(clock(), 28) };
  const wave = { authorityId, name: `Parents, ${year(clock)}`, family: 'parents', ...times, bands, schools: [] };
  const waveId = await makeWave(services, wave, administrator, clock());
  await openWave(services, waveId, administrator, clock());
  const link = await createWaveLinks(database).make(waveId, null, administrator, clock());
  return link === 'done-already' ? '' : `/respond/links/${link.token}`;
}

/** Makes the codes of the first school of a sector that the wave asks. @returns those at the given shares of its slips */
async function dealCodes(
  { database, secrets }: Services,
  waveId: string,
  sector: string,
  shares: readonly number[],
): Promise<Seeded['codes']> {
  const waves = createWaves(database);
  const school = (await waves.schools(waveId)).find((candidate) => candidate.sector === sector);
  if (!school) return [];
  const roll = (await waves.roll(waveId)).filter((row) => row.schoolId === school.id);
  const { slips, codes } = makeSlips(withoutStarted(roll, []), secrets);
  await createCodes(database).replaceUnspent(waveId, school.id, codes);
  return shares.map((share) => {
    const slip = slips[Math.floor(share * slips.length)]!;
    return { school: school.name, stage: slip.stage, code: slip.code };
  });
}

function year(clock: Services['clock']): string {
  return clock().slice(0, 4);
}
