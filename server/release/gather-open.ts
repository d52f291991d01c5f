import { ANY_LANGUAGE } from '../core/fieldwork/groups.ts';
import type { ReleaseInput } from '../core/disclosure/release-input.ts';
import type { BaseCell } from '../core/disclosure/units.ts';
import type { Database } from '../storage/database.ts';
import { createPlaces } from '../storage/places.ts';
import { createResponses } from '../storage/responses.ts';
import type { SurveyVersion } from '../storage/surveys.ts';
import type { Wave } from '../storage/waves.ts';
import {
  countedVersions,
  gatherParts,
  gatherRecords,
  headOf,
  known,
  languagesOf,
  NOT_HELD,
  positionsOf,
} from './gather-parts.ts';

/*
 * What the release of an open wave is made from: whoever came, by locality, band and language. Localities stand where
 * schools stand in other waves, with one place more for those without, who count for the authority alone.
 */

/** The place of answers without a locality; no code of the import has a blank in it. */
const NOWHERE = 'no locality';

/** Exact answers: they go to the workers of the release job and nowhere else. */
export async function gatherOpen(
  database: Database,
  wave: Wave,
  versions: readonly SurveyVersion[],
): Promise<ReleaseInput> {
  const localities = await createPlaces(database).localities(wave.authorityId);
  const localityIndex = positionsOf(localities);
  const bandIndex = positionsOf(wave.bands);
  const came = createComers(localities.length, wave.bands.length);
  const answers = await gatherParts(createResponses(database).openOfWave(wave.id), (row) => ({
    key: row.versionId,
    cell: came.of({
      place: row.localityId === null ? localities.length : known(localityIndex, row.localityId),
      band: known(bandIndex, row.bandId),
      // Whoever would stand out by a language gave it up at the close, and so did the others of the band.
      language: row.language === ANY_LANGUAGE ? NOT_HELD : row.language,
    }),
  }));
  const records = await gatherRecords(database, wave, bandIndex);
  const { cells, places, cellOf, byLanguage } = came.cells(await languagesOf(database, versions));
  for (const counted of answers.values()) for (const one of counted) one.cell = cellOf[one.cell]!;
  return {
    ...(await headOf(database, wave)),
    reached: 'open',
    schools: [...localities.map(({ code }) => code), NOWHERE]
      .slice(0, places)
      .map((code) => ({ code, agreedToBeShown: true })),
    clusters: [],
    localities: localities.map(({ code, name }) => ({ code, name, schools: [code] })),
    cells,
    dimensions: byLanguage ? { language: 'asked' } : {},
    roll: new Int32Array(places * wave.bands.length),
    versions: countedVersions(versions, answers, records),
  };
}

/** What an answer to an open survey knows. */
interface Comer {
  place: number;
  band: number;
  language: string;
}

/**
 * Those who came, numbered as somebody like them is found. Their cells are all that there could have been, in an order
 * of their own, so that neither a cell nor its place tells that anybody, or nobody, is in it.
 */
function createComers(localities: number, bands: number) {
  const found: Comer[] = [];
  const positions = new Map<string, number>();
  return {
    of(comer: Comer): number {
      const key = keyOf(comer);
      const before = positions.get(key);
      if (before !== undefined) return before;
      positions.set(key, found.length);
      return found.push(comer) - 1;
    },
    /** @param offered languages that anybody could have answered in */
    cells(offered: readonly string[]) {
      const spoken = new Set(found.map(({ language }) => language));
      const byLanguage = spoken.size > 1;
      const languages = [...new Set([...offered, ...spoken])].toSorted();
      const places = found.some(({ place }) => place === localities) ? localities + 1 : localities;
      const numbers = new Map<string, number>();
      const cells: BaseCell[] = [];
      for (let place = 0; place < places; place += 1) {
        for (let band = 0; band < bands; band += 1) {
          for (const language of byLanguage ? languages : ['']) {
            numbers.set(keyOf({ place, band, language }), cells.length);
            cells.push({ school: place, band, groups: byLanguage ? { language } : {} });
          }
        }
      }
      const cellOf = found.map((comer) => numbers.get(keyOf(byLanguage ? comer : { ...comer, language: '' }))!);
      return { cells, places, cellOf, byLanguage };
    },
  };
}

const keyOf = ({ place, band, language }: Comer) => `${place} ${band} ${language}`;
