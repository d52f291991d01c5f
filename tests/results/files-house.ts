import type { Role } from '../../server/core/roles.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import type { Format } from '../../server/results/files/formats.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';
import { openHouse, type House } from '../support/house.ts';
import { addRelease, addWave, publishSurveys, pupilsOf, releaseOf } from './wave.ts';

/** A house with one published release, and its files as somebody gets them. */
export interface FilesHouse {
  house: House;
  release: Release;
  versions: SurveyVersion[];
  /** The id of the release. */
  current: string;
  get(url: string, language?: 'en' | 'ar', role?: Role): Promise<Awaited<ReturnType<House['app']['inject']>>>;
  /** A file of the release, which must be there. */
  file(format: Format, language?: 'en' | 'ar'): Promise<Buffer>;
  text(format: Format, language?: 'en' | 'ar'): Promise<string>;
}

export async function openFilesHouse({
  bySex = false,
  wanted,
}: { bySex?: boolean; wanted?: readonly string[] } = {}): Promise<FilesHouse> {
  const house = await openHouse();
  const versions = await publishSurveys(house, wanted);
  const wave = await addWave(house, 'Spring 2026', '2026-03-01');
  const release = releaseOf(versions, wave, pupilsOf(versions.map(({ definition }) => definition)), undefined, {
    bySex,
  });
  const current = await addRelease(house, wave, release);

  const get = async (url: string, language: 'en' | 'ar' = 'en', role: Role = 'planner') =>
    house.app.inject({ url, headers: await house.as(role, language) });
  const file = async (format: Format, language: 'en' | 'ar' = 'en') => {
    const reply = await get(`/results/${current}/files/${format}`, language);
    if (reply.statusCode !== 200) throw new Error(`The file ${format} is answered with ${reply.statusCode}.`);
    return reply.rawPayload;
  };
  const text = async (format: Format, language: 'en' | 'ar' = 'en') => (await file(format, language)).toString('utf8');
  return { house, release, versions, current, get, file, text };
}
