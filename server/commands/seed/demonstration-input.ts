import { gatherInput } from '../../release/gather.ts';
import type { ReleaseInput } from '../../core/disclosure/release-input.ts';
import { readSettings } from '../../settings.ts';
import { readSurveyFolders } from '../../storage/survey-folders.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createWaves } from '../../storage/waves.ts';
import { openServices } from '../services.ts';
import { demonstrationAuthority } from './authority.ts';
import { addPast, type Past } from './past.ts';
import { SEED } from './past-waves.ts';
import { addPlaces } from './places.ts';

/** What the release of a wave of the demonstration is made from, in a database of its own that is gone afterwards. */
export async function demonstrationInput(folder: string, past: Past): Promise<ReleaseInput> {
  const settings = readSettings({ DATABASE_URL: ':memory:', HEARD_SECRETS: folder });
  const services = await openServices(settings);
  const { database, clock } = services;
  try {
    const authority = demonstrationAuthority(SEED);
    await addPlaces(services, authority);
    for (const content of readSurveyFolders()) await createSurveys(database).publish(content, null, clock());
    const waveId = await addPast(services, authority, null, past);
    return await gatherInput(database, (await createWaves(database).find(waveId))!);
  } finally {
    await database.close();
  }
}
