import type { Release } from '../../server/core/disclosure/release.ts';
import { openHouse, type House } from '../support/house.ts';
import { addRelease, addWave, EARLIER_CLUSTERS, publishSurveys, pupilsOf, releaseOf } from './wave.ts';

/** A house with two released waves, whose reports are read over HTTP. */
export interface ReportHouse {
  house: House;
  release: Release;
  /** Ids of the releases. */
  current: string;
  earlier: string;
  get(
    url: string,
    role?: Parameters<House['as']>[0],
    language?: 'en' | 'ar',
  ): Promise<{ statusCode: number; body: string }>;
  /** A page that has to open. */
  page(url: string, language?: 'en' | 'ar'): Promise<string>;
  /** The report of a place of the newest release. */
  report(node: string, audience: 'adults' | 'children', language?: 'en' | 'ar'): Promise<string>;
}

/** Places of the release: Birchwood's secondary did not agree, Calder has one primary, Dunmore no secondary. */
export const NODES = ['authority', 'cluster:ald', 'cluster:bir', 'cluster:cal', 'cluster:dun'];

export async function openReportHouse(): Promise<ReportHouse> {
  const house = await openHouse();
  const versions = await publishSurveys(house);
  const surveys = versions.map(({ definition }) => definition);
  const before = await addWave(house, 'Spring 2024', '2024-03-01');
  const earlier = await addRelease(house, before, releaseOf(versions, before, pupilsOf(surveys, 1), EARLIER_CLUSTERS));
  const wave = await addWave(house, 'Spring 2026', '2026-03-01');
  const release = releaseOf(versions, wave, pupilsOf(surveys));
  const current = await addRelease(house, wave, release);

  async function get(url: string, role: Parameters<House['as']>[0] = 'planner', language: 'en' | 'ar' = 'en') {
    return house.app.inject({ url, headers: await house.as(role, language) });
  }
  async function page(url: string, language: 'en' | 'ar' = 'en') {
    const { statusCode, body } = await get(url, 'planner', language);
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: expected 200.`);
    return body;
  }
  const seen = new Map<string, Promise<string>>();
  /** Each is drawn once: a release never changes. */
  function report(node: string, audience: 'adults' | 'children', language: 'en' | 'ar' = 'en') {
    const url = `/results/${current}/reports/${encodeURIComponent(node)}?for=${audience}`;
    const drawn = seen.get(`${language} ${url}`) ?? page(url, language);
    seen.set(`${language} ${url}`, drawn);
    return drawn;
  }
  return {
    house,
    release,
    current,
    earlier,
    get,
    page,
    report,
  };
}
