import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CountedVersion } from '../core/disclosure/counted-items.ts';
import type { ReleaseInput } from '../core/disclosure/release-input.ts';
import { toColumns, type CountedResponse } from '../core/tally/columns.ts';
import { createAuthorities } from '../storage/authorities.ts';
import type { Database } from '../storage/database.ts';
import { createResponses } from '../storage/responses.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import type { Wave } from '../storage/waves.ts';

/* What gathering is made of, whoever was asked and how. */

/** Stands for people of whom a group is not held: a group like any other, never spread over the rest. */
export const NOT_HELD = 'not-held';

/** Answers with their cells, by what they were answered to. */
export type Gathered = ReadonlyMap<string, CountedResponse[]>;

/** Stored answers by layout, each with its cell; between parts everybody else has a turn. */
export async function gatherParts<Row extends { answers: Uint8Array }>(
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

/** The records of unlinked sections, which know a band and nothing else. */
export function gatherRecords(
  database: Database,
  wave: Wave,
  bandIndex: ReadonlyMap<string, number>,
): Promise<Gathered> {
  return gatherParts(createResponses(database).unlinkedOfWave(wave.id), ({ versionId, section, bandId }) => ({
    key: recordsKey(versionId, section),
    cell: known(bandIndex, bandId),
  }));
}

const recordsKey = (versionId: string, section: string) => `${versionId} ${section}`;

/** The surveys of a wave with everything that was answered to them. */
export function countedVersions(
  versions: readonly SurveyVersion[],
  answers: Gathered,
  records: Gathered,
): CountedVersion[] {
  return versions.map(({ id, definition, layout, unlinkedLayouts }) => ({
    id,
    survey: definition,
    columns: toColumns(layout, answers.get(id) ?? []),
    unlinked: Object.fromEntries(
      Object.entries(unlinkedLayouts).map(([section, own]) => [
        section,
        toColumns(own, records.get(recordsKey(id, section)) ?? []),
      ]),
    ),
  }));
}

export async function versionsOf(database: Database, wave: Wave): Promise<SurveyVersion[]> {
  const surveys = createSurveys(database);
  const versions = await Promise.all(wave.versionIds.map((id) => surveys.find(id)));
  return versions.filter((version) => version !== undefined);
}

/** Languages that somebody could have answered in. */
export async function languagesOf(database: Database, versions: readonly SurveyVersion[]): Promise<string[]> {
  const surveys = createSurveys(database);
  const texts = await Promise.all(versions.map(({ id }) => surveys.texts(id)));
  return texts.flatMap((own) => [...own.keys()]);
}

/** What a release says of its wave before any answer. */
export async function headOf(
  database: Database,
  wave: Wave,
): Promise<Pick<ReleaseInput, 'authority' | 'wave' | 'bands' | 'way'>> {
  const authority = await createAuthorities(database).find(wave.authorityId);
  return {
    authority: { id: wave.authorityId, name: authority?.name ?? wave.authorityId },
    wave: { id: wave.id, name: wave.name, startsOn: wave.startsOn, endsOn: wave.endsOn },
    bands: wave.bands,
    way: wave.way,
  };
}

/** The place of an id. @throws if an answer names something that its wave does not have */
export function known(index: ReadonlyMap<string, number>, id: string): number {
  const found = index.get(id);
  if (found === undefined) {
    throw new Error(`An answer names "${id}", which its wave does not have: expected one of its places and bands.`);
  }
  return found;
}

export const positionsOf = (rows: readonly { id: string }[]) =>
  new Map(rows.map(({ id }, index): [string, number] => [id, index]));
