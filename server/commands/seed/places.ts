import type { Services } from '../../web/services.ts';
import { importPlaces } from '../import/run.ts';
import { asCsv, type SeededAuthority } from './authority.ts';

/** Brings the demonstration's places and rolls in through the importer, as an authority would. */
export async function addPlaces({ database, clock }: Services, authority: SeededAuthority): Promise<void> {
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
