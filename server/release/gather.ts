import { cellsOfSchools, type ReleaseInput } from '../core/disclosure/release-input.ts';
import { GENDER_QUESTION, groupId, type BaseCell, type Dimension } from '../core/disclosure/units.ts';
import { isOpenFamily } from '../core/fieldwork/open-family.ts';
import { createOptOuts } from '../storage/class-opt-outs.ts';
import { createAnswerDeletions } from '../storage/answer-deletions.ts';
import type { Database } from '../storage/database.ts';
import { createResponses, type StoredResponse } from '../storage/responses.ts';
import type { SurveyVersion } from '../storage/surveys.ts';
import { createWaves, type RollRow, type Wave } from '../storage/waves.ts';
import { gatherOpen } from './gather-open.ts';
import {
  countedVersions,
  gatherParts,
  gatherRecords,
  headOf,
  known,
  NOT_HELD,
  positionsOf,
  versionsOf,
} from './gather-parts.ts';

/**
 * Everything that the release of a wave is made from, read in parts. Exact answers: they go to the workers of the
 * release job and nowhere else.
 */
export async function gatherInput(database: Database, wave: Wave): Promise<ReleaseInput> {
  if (wave.rehearsalOf !== null)
    throw new Error(`Wave ${wave.id} is a rehearsal: expected one that counts. Nothing of a rehearsal is released.`);
  if (await createAnswerDeletions(database).isDeleted(wave.id))
    throw new Error(`The answers of wave ${wave.id} are deleted: expected all of them. Nothing can be made any more.`);
  const versions = await versionsOf(database, wave);
  const isOpen = isOpenFamily(versions.map(({ definition }) => definition));
  return isOpen ? gatherOpen(database, wave, versions) : gatherRoll(database, wave, versions);
}

async function gatherRoll(database: Database, wave: Wave, versions: readonly SurveyVersion[]): Promise<ReleaseInput> {
  const waves = createWaves(database);
  const schools = await waves.schools(wave.id);
  const schoolIndex = positionsOf(schools);
  const bandIndex = positionsOf(wave.bands);
  const rollRows = await waves.roll(wave.id);
  const roll = withoutOptOuts(
    sumsOf(wave, schoolIndex, rollRows),
    sumsOf(wave, schoolIndex, await createOptOuts(database).ofWave(wave.id)),
  );
  const found = createCells(schools.length, wave.bands.length);
  const responses = createResponses(database);
  // Sex and gender are never crossed: the few whose two descriptions differ could be worked out.
  const genderOf = (await responses.carrySex(wave.id)) ? () => ({}) : gendersOf(versions);
  const answers = await gatherParts(responses.ofWave(wave.id), (response) => {
    const groups = { ...groupsOf(response), ...genderOf(response) };
    return {
      key: response.versionId,
      cell: found.of(known(schoolIndex, response.schoolId), known(bandIndex, response.bandId), groups),
    };
  });
  const records = await gatherRecords(database, wave, bandIndex);
  const { cells, placeOf } = found.inOrder();
  for (const counted of answers.values()) for (const one of counted) one.cell = placeOf[one.cell]!;
  const { authority, wave: of, bands, way } = await headOf(database, wave);
  // In this order: the demonstration's pieces are named by what is written here.
  return {
    authority,
    wave: of,
    reached: 'roll',
    bands,
    schools: schools.map(({ code, agreedToBeShown, sector }) => ({
      code,
      agreedToBeShown,
      special: sector === 'special',
    })),
    clusters: await waves.memberships(wave.id),
    localities: await waves.localities(wave.id),
    cells,
    dimensions: heldIn(cells),
    roll,
    rollByGroup: rollByGroup(wave, rollRows),
    way,
    versions: countedVersions(versions, answers, records),
  };
}

/** Pupils of each school and band, at `school * bands + band`. */
function sumsOf(
  { bands }: Wave,
  schoolIndex: ReadonlyMap<string, number>,
  rows: readonly { schoolId: string; stage: string; pupils: number }[],
): Int32Array {
  const sums = new Int32Array(schoolIndex.size * bands.length);
  for (const { schoolId, stage, pupils } of rows) {
    const band = bands.findIndex((candidate) => (candidate.stages as readonly string[]).includes(stage));
    if (band >= 0) sums[known(schoolIndex, schoolId) * bands.length + band]! += pupils;
  }
  return sums;
}

/**
 * The denominator of rates: the roll less the opt-outs. One pupil stays where all have opted out, since a school without
 * anybody is in no place of a band, and somebody may have answered before the number was entered. How many answered
 * does not decide it: a denominator must not tell that.
 */
function withoutOptOuts(roll: Int32Array, optOuts: Int32Array): Int32Array {
  return roll.map((pupils, index) => Math.max(pupils - optOuts[index]!, Math.min(pupils, 1)));
}

/** A dimension of a band is there only where the roll holds it of everybody. */
function rollByGroup({ bands }: Wave, rows: readonly RollRow[]): ReleaseInput['rollByGroup'] {
  const by = (dimension: 'sex' | 'quintile') =>
    bands.map(({ stages }) => {
      const own = rows.filter(({ stage }) => stages.includes(stage));
      if (own.length === 0 || own.some((row) => row[dimension] === null)) return undefined;
      const groups: Record<string, number> = {};
      for (const row of own) groups[String(row[dimension])] = (groups[String(row[dimension])] ?? 0) + row.pupils;
      // In an order of their own: rows come in that of their ids, which are chance.
      return Object.fromEntries(Object.entries(groups).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    });
  return { sex: by('sex'), quintile: by('quintile') };
}

/** The groups that a response carries. */
function groupsOf({ sex, quintile, asn, language }: StoredResponse): BaseCell['groups'] {
  return {
    sex: sex ?? NOT_HELD,
    quintile: quintile === null ? NOT_HELD : String(quintile),
    asn: asn ?? NOT_HELD,
    language,
  };
}

/** Gender as a pupil describes it, from the answers themselves; none where no version asks. */
function gendersOf(versions: readonly SurveyVersion[]): (response: StoredResponse) => BaseCell['groups'] {
  const places = new Map(
    versions.map(({ id, layout }) => [id, layout.findIndex(({ question }) => question === GENDER_QUESTION)]),
  );
  if ([...places.values()].every((place) => place < 0)) return () => ({});
  const codes = new Map(versions.map(({ id, layout }) => [id, layout[places.get(id)!]?.codes ?? []]));
  return ({ versionId, answers }) => {
    const byte = answers[places.get(versionId) ?? -1];
    return { gender: (byte === undefined ? undefined : codes.get(versionId)?.[byte]) ?? NOT_HELD };
  };
}

/** Cells, numbered as somebody is found in them; and one without groups for each school and band on the roll. */
function createCells(schools: number, bands: number) {
  const cells: BaseCell[] = cellsOfSchools(schools, bands);
  const positions = new Map<string, number>();
  function of(school: number, band: number, groups: BaseCell['groups']): number {
    const key = [school, band, groupId(groups)].join();
    const before = positions.get(key);
    if (before !== undefined) return before;
    positions.set(key, cells.length);
    return cells.push({ school, band, groups }) - 1;
  }
  return {
    of,
    /** The cells in an order that tells nothing of who answered first, and where each of them stands there. */
    inOrder(): { cells: BaseCell[]; placeOf: Int32Array } {
      const keys = cells.map(({ groups }) => JSON.stringify(groups));
      const order = [...cells.keys()].toSorted(
        (one, other) =>
          cells[one]!.school - cells[other]!.school ||
          cells[one]!.band - cells[other]!.band ||
          (keys[one]! < keys[other]! ? -1 : 1),
      );
      const placeOf = new Int32Array(cells.length);
      order.forEach((cell, place) => (placeOf[cell] = place));
      return { cells: order.map((cell) => cells[cell]!), placeOf };
    },
  };
}

/** A dimension is held where it tells children apart at all. */
function heldIn(cells: readonly BaseCell[]): ReleaseInput['dimensions'] {
  const carried = ['sex', 'gender', 'quintile', 'asn', 'language'] as const;
  const asked: readonly Dimension[] = ['gender', 'language'];
  const held = carried.filter((dimension) => new Set(cells.flatMap(({ groups }) => groups[dimension] ?? [])).size > 1);
  // Gender is an answer, and the language is the one that the answers were sent in; the code carries the rest.
  return Object.fromEntries(held.map((dimension) => [dimension, asked.includes(dimension) ? 'asked' : 'code']));
}
