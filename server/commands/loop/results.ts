import { parse } from 'csv-parse/sync';
import type { Browser } from './browser.ts';
import type { MadeWave } from './fieldwork.ts';
import { attribute, rowsOf } from './markup.ts';
import type { MadeRelease } from './release.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* The planner's reading: an index, an item for every band, its file; then the question that the forum asked. */

/** An indicator that every band was asked. */
const ITEM = 'feels-safe';
/** Only the younger pupils' survey has the forum's question. */
const BAND = 'p5-p7';

/** A figure of the results as their file gives it. */
export interface Cell {
  /** The cluster's code. */
  place: string;
  placeName: string;
  band: string;
  item: string;
  /** Whole per cent; null where it is hidden. */
  share: number | null;
  oneSchool: boolean;
}

/** Reads the results of an indicator for every band, and sees hidden what has to be. @returns how many figures were read */
export async function readResults(planner: Browser, town: Town, wave: MadeWave, release: MadeRelease): Promise<number> {
  await planner.visit('/results');
  const itemHref = `/results/${release.id}/items/${ITEM}`;
  await planner.follow(itemHref);
  const bands = [BAND, 's1-s2', 's3-s4'];
  const cells: Cell[] = [];
  for (const band of bands) {
    await planner.visit(itemHref);
    await planner.follow(new RegExp(`/items/${ITEM}\\?(.*&)?band=${band}(&|$)`));
    cells.push(...(await readBand(planner, town, band)));
  }
  demandHiddenSchools(town, wave, cells);
  return cells.filter(({ share }) => share !== null).length;
}

/**
 * Reads what was said to the forum's question and gives the figure that a finding is made of: the cluster where fewest
 * pupils gave its first answer.
 */
export async function readQuestion(planner: Browser, town: Town, release: MadeRelease, item: string): Promise<Cell> {
  await planner.visit(`/results/${release.id}`);
  await planner.follow(`/results/${release.id}/items/${item}`);
  const { href } = planner.link(new RegExp(`/items/${item}\\?(.*&)?option=`));
  const option = the(new URLSearchParams(href.split('?')[1]).get('option') ?? undefined, `the first answer in ${href}`);
  const cells = await readBand(planner, town, BAND, option);
  const shown = cells.filter(({ share, place }) => share !== null && place !== town.authority.id);
  const [lowest] = shown.toSorted((one, other) => (one.share ?? 0) - (other.share ?? 0));
  return the(lowest, `a cluster that is shown for P5–P7 in ${item}`);
}

/** The figures of the page in hand from its file, which has to say the same; of one answer where there are several. */
async function readBand(planner: Browser, town: Town, band: string, option?: string): Promise<Cell[]> {
  const { path, body } = planner.page;
  const printed = new Map(
    rowsOf(/<table id="shares">[\s\S]*?<\/table>/.exec(body)?.[0] ?? '').map(({ tag, cells }) => [
      cells[0] ?? '',
      attribute(tag, 'data-share'),
    ]),
  );
  const file = await planner.follow(/\/file\.csv\?/);
  const all = parse<Record<string, string>>(file.body, { columns: true, bom: true, record_delimiter: '\r\n' });
  // Localities, and clusters without the schools that they share, are places too.
  const rows = all.filter(
    ({ place_kind: kind, option: answer }) =>
      (kind === 'authority' || kind === 'cluster') && (option === undefined || answer === option),
  );
  const cells = rows.map((row): Cell => {
    const { place_code: place = '', place_name: placeName = '', item = '', share_percent: share = '' } = row;
    return {
      place,
      placeName,
      band,
      item,
      share: share === '' ? null : Number(share),
      oneSchool: row['one_school'] === '1',
    };
  });
  const places = town.authority.clusters.length + 1;
  demand(cells.length === places, `a figure for each of ${places} places in the file of ${band}`, cells.length);
  for (const { place, placeName, share } of cells.filter(({ place }) => place !== town.authority.id)) {
    const onPage = printed.get(placeName);
    const expected = share === null ? 'hidden' : String(share);
    demand((onPage ?? 'hidden') === expected, `${place}: ${expected} on ${path}, as in its file`, onPage ?? 'hidden');
  }
  return cells;
}

/** A cluster's secondary pupils are those of one school: shown only where that school agreed. */
function demandHiddenSchools({ authority }: Town, wave: MadeWave, cells: readonly Cell[]): void {
  const secondaries = authority.schools.filter(({ sector }) => sector === 'secondary').map(({ code }) => code);
  const schoolOf = (cluster: string) =>
    authority.memberships.find((member) => member.cluster === cluster && secondaries.includes(member.school))?.school;
  for (const { place, band, share, oneSchool } of cells.filter((cell) => cell.band !== 'p5-p7')) {
    const school = schoolOf(place);
    if (school === undefined) continue;
    const hidden = share === null;
    if (wave.notAgreed.includes(school))
      demand(hidden, `${band} of ${place} hidden, whose school did not agree`, 'shown');
    else if (!hidden) demand(oneSchool, `${band} of ${place} marked as one school`, 'no mark');
  }
}

/** Opens the page of one figure and from there the form of a new finding. */
export async function openNewFinding(planner: Browser, release: MadeRelease, cell: Cell): Promise<void> {
  await planner.visit(`/results/${release.id}/items/${cell.item}`);
  await planner.follow(new RegExp(`[?&]band=${cell.band}(&|$)`));
  const place = encodeURIComponent(`cluster:${cell.place}`);
  await planner.follow(new RegExp(`[?&]place=${place}(&|$)`));
  await planner.follow(/^\/replies\/findings\/new\?/);
}
