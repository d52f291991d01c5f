import type { CubeItem, Release } from '../../core/disclosure/release.ts';

/*
 * The bands of an open release are answers: how old the child is. The question that they are read from has nothing to
 * show (everybody of a band gave the same answer), but it says what the bands are called, and all of them came to it.
 */

/** The question that the bands of an open release are read from; undefined where everybody was on a roll. */
export function bandItem(release: Release): CubeItem | undefined {
  if (release.reached === 'roll') return undefined;
  return release.items.find(
    ({ kind, options }) => kind === 'question' && release.bands.every(({ id }) => options.includes(id)),
  );
}
