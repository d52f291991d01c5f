/*
 * Addresses of results. Everything that decides what a page shows stands in its address, so that any
 * view can be bookmarked, shared and printed.
 */

/** What somebody looks at. */
export interface Choice {
  release: string;
  item: string;
  band: string;
  option: string;
  /** A cluster's node id; undefined for all clusters. */
  place: string | undefined;
  /** The earlier release beside it, or 'none'; undefined where there is no earlier one to choose. */
  earlier: string | undefined;
}

/** Stands in an address for "beside no earlier wave". */
export const NO_EARLIER = 'none';

export const METHOD = '/results/method';
/** The part of the method page that says why figures are hidden. */
export const WHY_HIDDEN = `${METHOD}#hidden`;

export function releaseAddress(release: string): string {
  return `/results/${encodeURIComponent(release)}`;
}

/** The page of an item with its defaults. */
export function plainItemAddress(release: string, item: string): string {
  return `${releaseAddress(release)}/items/${encodeURIComponent(item)}`;
}

export function itemAddress(choice: Choice): string {
  const { band, option, place, earlier } = choice;
  return `${plainItemAddress(choice.release, choice.item)}?${query({ band, option, place, earlier })}`;
}

/** One answer for every group of a place and band. */
export function groupsAddress(choice: Choice): string {
  const { band, option, place } = choice;
  return `${plainItemAddress(choice.release, choice.item)}/groups?${query({ band, option, place })}`;
}

export function fileAddress(choice: Choice): string {
  return `${plainItemAddress(choice.release, choice.item)}/file.csv?${query({ band: choice.band })}`;
}

/** What young people wrote about, of the wave of a release. */
export function textsAddress(release: string): string {
  return `${releaseAddress(release)}/texts`;
}

/** The page with all files of a release. */
export function filesAddress(release: string): string {
  return `${releaseAddress(release)}/files`;
}

/** One file of a release, by its format. */
export function releaseFileAddress(release: string, format: string): string {
  return `${filesAddress(release)}/${format}`;
}

/** The page with all reports of a release. */
export function reportsAddress(release: string): string {
  return `${releaseAddress(release)}/reports`;
}

/** The report of one place, in either version. */
export function reportAddress(release: string, node: string): string {
  return `${reportsAddress(release)}/${encodeURIComponent(node)}`;
}

/** Where a shown figure becomes a finding. */
export function newFindingAddress(choice: Choice, node: string): string {
  const { release, band, item, option } = choice;
  return `/replies/findings/new?${query({ release, node, band, item, option })}`;
}

/** What stands behind the question mark of an address. */
export function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}
