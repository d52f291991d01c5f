import type { Framework } from '../../core/survey/frameworks.ts';
import { plainItemAddress, query, releaseAddress } from '../addresses.ts';

/* Addresses of the views of a release beside its items. */

/** A place and a band; what is undefined is left to the page. */
export interface PlaceAndBand {
  place?: string | undefined;
  band?: string | undefined;
}

export function frameworkAddress(release: string, framework: Framework): string {
  return `${releaseAddress(release)}/frameworks/${framework}`;
}

export function villageAddress(release: string, wishes: PlaceAndBand = {}): string {
  return withQuery(`${releaseAddress(release)}/village`, { ...wishes });
}

export function gapsAddress(release: string, wishes: PlaceAndBand = {}): string {
  return withQuery(`${releaseAddress(release)}/gaps`, { ...wishes });
}

export function severalAddress(release: string): string {
  return `${releaseAddress(release)}/several`;
}

export function scoresAddress(release: string): string {
  return `${releaseAddress(release)}/scores`;
}

export function wheelAddress(release: string, wishes: PlaceAndBand = {}): string {
  return withQuery(`${releaseAddress(release)}/wheel`, { ...wishes });
}

export function plainFunnelAddress(release: string, item: string): string {
  return `${plainItemAddress(release, item)}/funnel`;
}

export function funnelAddress(release: string, item: string, wishes: { option: string; band: string }): string {
  return `${plainFunnelAddress(release, item)}?${query({ option: wishes.option, band: wishes.band })}`;
}

export function hiddenAddress(release: string): string {
  return `${releaseAddress(release)}/hidden`;
}

export function notAskedAddress(release: string): string {
  return `${releaseAddress(release)}/not-asked`;
}

function withQuery(path: string, wishes: Record<string, string | undefined>): string {
  const text = query(wishes);
  return text === '' ? path : `${path}?${text}`;
}
