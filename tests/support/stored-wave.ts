import type { Selectable } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { createCodes } from '../../server/storage/codes.ts';
import type { Database } from '../../server/storage/database.ts';
import { newId } from '../../server/storage/identifiers.ts';
import { openSecrets, type Secrets } from '../../server/storage/secrets.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import type { Tables } from '../../server/storage/tables.ts';
import { createWaves, type Wave } from '../../server/storage/waves.ts';
import { DEFAULT_BANDS } from '../../server/core/survey/stage.ts';

/* What storage tests start from: an authority with schools, and an open wave with codes. */

export const AT = '2026-05-01T09:00:00.000Z';
export const AUTHORITY_ID = 'strathlorn';

/** A folder of secrets of one's own. */
export function testSecrets(): { secrets: Secrets; folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'heard-secrets-'));
  return { secrets: openSecrets(folder), folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An authority with two schools, `ash` (primary) and `dale` (secondary). */
export async function storePlaces(database: Database, authorityId = AUTHORITY_ID): Promise<void> {
  await createAuthorities(database).add({ id: authorityId, name: authorityId, kind: 'demonstration' }, AT);
  const school = { authority_id: authorityId, locality_id: null };
  await database.query
    .insertInto('schools')
    .values([
      { ...school, id: `${authorityId}-ash`, code: 'ash', name: 'Ash Primary', sector: 'primary' },
      { ...school, id: `${authorityId}-dale`, code: 'dale', name: 'Dale Academy', sector: 'secondary' },
    ])
    .execute();
}

export const ASH = `${AUTHORITY_ID}-ash`;
export const DALE = `${AUTHORITY_ID}-dale`;

/** Publishes the shipped surveys. */
export async function storeSurveys(database: Database): Promise<SurveyVersion[]> {
  const published: SurveyVersion[] = [];
  for (const content of readSurveyFolders()) published.push(await createSurveys(database).publish(content, null, AT));
  return published;
}

export interface StoredWave {
  wave: Wave;
  primary: SurveyVersion;
}

/** Opens a wave over both schools; its secret is there. */
export async function storeOpenWave(
  database: Database,
  secrets: Secrets,
  versions: readonly SurveyVersion[],
  name = 'Spring 2026',
): Promise<StoredWave> {
  const waves = createWaves(database);
  const id = await waves.make(
    {
      authorityId: AUTHORITY_ID,
      name,
      family: 'pupils',
      startsOn: '2026-05-01',
      endsOn: '2026-06-30',
      bands: DEFAULT_BANDS,
      versionIds: versions.filter((version) => version.family === 'pupils').map((version) => version.id),
      schools: [ASH, DALE].map((school) => ({ id: school, agreedToBeShown: school === DALE })),
    },
    null,
    AT,
  );
  secrets.createWaveSecret(id);
  await waves.open(id, null, AT);
  const wave = await waves.find(id);
  const primary = versions.find((version) => version.surveyId === 'primary');
  if (!wave || !primary) throw new Error('The stored wave or its primary survey is gone: expected both.');
  return { wave, primary };
}

/** Adds codes of one P6 class of `ash`. @returns their hashes */
export async function storeCodes(database: Database, waveId: string, count: number, className = 'P6A') {
  const codes = Array.from({ length: count }, () => ({
    hmac: newId(),
    stage: 'P6',
    class: className,
    sex: 'female',
    quintile: 2,
    asn: 'no',
  }));
  await createCodes(database).replaceUnspent(waveId, ASH, codes);
  return codes.map((code) => code.hmac);
}

/** Every row of a table, or those of one wave, in the order in which the database gives them. */
export async function rowsOf<Table extends keyof Tables>(
  database: Database,
  table: Table,
  waveId?: string,
): Promise<Selectable<Tables[Table]>[]> {
  const rows = await database.query
    .selectFrom(table as 'codes')
    .selectAll()
    .execute();
  return rows.filter((row) => waveId === undefined || row.wave_id === waveId) as unknown as Selectable<Tables[Table]>[];
}

/** Everything that is in a few tables, to see that nothing changed. */
export function contentOf(database: Database, ...tables: (keyof Tables)[]): Promise<unknown[]> {
  return Promise.all(tables.map((table) => rowsOf(database, table)));
}
