import { createFieldworkCounters } from '../../storage/fieldwork-counters.ts';
import { openDatabase } from '../../storage/database.ts';
import { createWaves } from '../../storage/waves.ts';
import { countStoredResponses } from '../loop/stored-responses.ts';
import type { Simulated } from './wave.ts';

/**
 * Whether the database holds what the pupils' devices saw, once the server has stopped.
 * @param path the wave's page, which ends in its id
 * @returns a sentence for each number that differs
 */
export async function differencesFromStored(url: string, path: string, simulated: Simulated): Promise<string[]> {
  const waveId = path.split('/').at(-1)!;
  const database = openDatabase(url);
  try {
    const wave = await createWaves(database).find(waveId);
    const counts = await createFieldworkCounters(database).ofWave(waveId);
    const sum = (of: 'started' | 'declined' | 'sent') => counts.reduce((total, count) => total + count[of], 0);
    const responses = await countStoredResponses(database, waveId);
    const kept = counts.reduce((total, { brokenOffKept }) => total + brokenOffKept, 0);
    const expected = {
      started: [simulated.pupils, sum('started')],
      declined: [simulated.declined, sum('declined')],
      sent: [simulated.sent, sum('sent')],
      'responses stored': [simulated.sent + kept, responses],
    };
    const differences = Object.entries(expected).filter(([, [seen, stored]]) => seen !== stored);
    return [
      ...differences.map(([what, [seen, stored]]) => `Expected ${seen} ${what}, found ${stored}.`),
      ...(wave === undefined ? [`Expected the wave ${waveId} in the database, found none.`] : []),
    ];
  } finally {
    await database.close();
  }
}
