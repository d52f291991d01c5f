import { publicReplyHref } from '../web/feedback-addresses.ts';

/* Where published replies stand. */

const escaped = (part: string) => encodeURIComponent(part);

/** Kinds of places that have a page of their own, besides the authority. */
export const PLACE_KINDS = ['locality', 'cluster'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];
const FOLDERS: Record<PlaceKind, string> = { locality: 'localities', cluster: 'clusters' };

/** Addresses of one reply. */
export interface ReplyAddressesView {
  page: string;
  poster: string;
  slide: string;
  embed: string;
  presses: string;
}

export function addressesOf(authorityId: string, replyId: string): ReplyAddressesView {
  const page = publicReplyHref(authorityId, replyId);
  return { page, poster: `${page}/poster`, slide: `${page}/slide`, embed: `${page}/embed`, presses: `${page}/presses` };
}

/** A place as addresses name it: the whole authority without a kind. */
export interface PublicPlace {
  authorityId: string;
  kind: 'authority' | PlaceKind;
  code: string;
}

export function placeHref({ authorityId, kind, code }: PublicPlace): string {
  const authority = `/replies/${escaped(authorityId)}`;
  return kind === 'authority' ? authority : `${authority}/${FOLDERS[kind]}/${escaped(code)}`;
}

export const feedHref = (place: PublicPlace) => `${placeHref(place)}/feed`;
export const placeEmbedHref = (place: PublicPlace) => `${placeHref(place)}/embed`;
