import type { Answered } from './public-answered.ts';
import type { Quoted } from './released.ts';
import type { PlaceKind, PublicPlace } from './public-addresses.ts';

/** The page on which a reply stands: its cluster's, its locality's, else the authority's. */
export function placeOfReply(authorityId: string, { figure }: Pick<Quoted, 'figure'>): PublicPlace {
  const { kind, code } = figure.node;
  if (kind === 'cluster' || kind === 'locality') return { authorityId, kind, code };
  return { authorityId, kind: 'authority', code: '' };
}

/** Replies that stand on the page of a place. */
export function repliesAt(all: readonly Answered[], place: PublicPlace): Answered[] {
  return all.filter(({ quoted }) => {
    const own = placeOfReply(place.authorityId, quoted);
    return own.kind === place.kind && own.code === place.code;
  });
}

/** Places of a kind that have replies, with how many. */
export function placesWithReplies(
  all: readonly Answered[],
  kind: PlaceKind,
): { code: string; name: string; count: number }[] {
  const found = all.filter(({ quoted }) => quoted.figure.node.kind === kind);
  return [...Map.groupBy(found, ({ quoted }) => quoted.figure.node.code)].map(([code, answered]) => ({
    code,
    name: answered[0]?.quoted.figure.node.name ?? code,
    count: answered.length,
  }));
}
