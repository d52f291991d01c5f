import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Release } from '../core/disclosure/release.ts';
import type { ReleaseInput } from '../core/disclosure/make-release.ts';
import { toColumns, type CountedResponse } from '../core/tally/columns.ts';
import { createAuthorities } from '../storage/authorities.ts';
import type { Database } from '../storage/database.ts';
import { sha256 } from '../storage/releases.ts';
import { createResponses } from '../storage/responses.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createWaves, type Wave } from '../storage/waves.ts';

/**
 * Makes the release of a closed wave: reads its answers in parts, hands them to a worker thread that
 * counts and protects, and gives back the sealed cube. Pupils of other waves are served meanwhile.
 */
export async function runReleaseJob(database: Database, wave: Wave): Promise<Release> {
  const input = await gatherInput(database, wave);
  const { text, hash } = await inWorker(input);
  return Release.read(text, hash, sha256);
}

/** Everything that a release is made from. Exact answers: they go to the worker and nowhere else. */
async function gatherInput(database: Database, wave: Wave): Promise<ReleaseInput> {
  const waves = createWaves(database);
  const schools = await waves.schools(wave.id);
  const schoolIndex = new Map(schools.map((school, index) => [school.id, index]));
  const bandIndex = new Map(wave.bands.map((band, index) => [band.id, index]));
  const cellOf = (schoolId: string, bandId: string) =>
    known(schoolIndex, schoolId) * wave.bands.length + known(bandIndex, bandId);

  const roll = new Int32Array(schools.length * wave.bands.length);
  for (const row of await waves.roll(wave.id)) {
    const band = wave.bands.find((candidate) => candidate.stages.includes(row.stage));
    if (band) roll[cellOf(row.schoolId, band.id)]! += row.pupils;
  }
  const responses = createResponses(database);
  const answers = await gather(responses.ofWave(wave.id), ({ versionId, schoolId, bandId }) => ({
    key: versionId,
    cell: cellOf(schoolId, bandId),
  }));
  const records = await gather(responses.unlinkedOfWave(wave.id), ({ versionId, section, bandId }) => ({
    key: recordsKey(versionId, section),
    cell: known(bandIndex, bandId),
  }));
  const authority = await createAuthorities(database).find(wave.authorityId);
  const versions = await versionsOf(database, wave);
  return {
    authority: { id: wave.authorityId, name: authority?.name ?? wave.authorityId },
    wave: { id: wave.id, name: wave.name, startsOn: wave.startsOn, endsOn: wave.endsOn },
    bands: wave.bands,
    schools: schools.map(({ code, agreedToBeShown }) => ({ code, agreedToBeShown })),
    clusters: await waves.memberships(wave.id),
    roll,
    way: wave.way,
    versions: versions.map(({ id, definition, layout, unlinkedLayouts }) => ({
      id,
      survey: definition,
      columns: toColumns(layout, answers.get(id) ?? []),
      unlinked: Object.fromEntries(
        Object.entries(unlinkedLayouts).map(([section, own]) => [
          section,
          toColumns(own, records.get(recordsKey(id, section)) ?? []),
        ]),
      ),
    })),
  };
}

const recordsKey = (versionId: string, section: string) => `${versionId} ${section}`;

/** Stored answers by layout, each with its cell; between parts everybody else has a turn. */
async function gather<Row extends { answers: Uint8Array }>(
  parts: AsyncIterable<Row[]>,
  place: (row: Row) => { key: string; cell: number },
): Promise<Map<string, CountedResponse[]>> {
  const byKey = new Map<string, CountedResponse[]>();
  for await (const part of parts) {
    for (const row of part) {
      const { key, cell } = place(row);
      const before = byKey.get(key);
      if (before) before.push({ cell, answers: row.answers });
      else byKey.set(key, [{ cell, answers: row.answers }]);
    }
    await nextTurn();
  }
  return byKey;
}

async function versionsOf(database: Database, wave: Wave): Promise<SurveyVersion[]> {
  const surveys = createSurveys(database);
  const versions = await Promise.all(wave.versionIds.map((id) => surveys.find(id)));
  return versions.filter((version) => version !== undefined);
}

function known(index: ReadonlyMap<string, number>, id: string): number {
  const found = index.get(id);
  if (found === undefined) {
    throw new Error(`A response names "${id}", which its wave does not have: expected one of its schools and bands.`);
  }
  return found;
}

function inWorker(input: ReleaseInput): Promise<{ text: string; hash: string }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (status) => reject(new Error(`The release worker ended with ${status} before it was done.`)));
  });
}
