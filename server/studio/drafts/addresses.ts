import { proposalHref } from '../proposals/addresses.ts';

/** The drafts of a proposal. */
export const draftsHref = (id: string) => `${proposalHref(id)}/drafts`;
/** One of them, which never changes. */
export const draftHref = (id: string, number: number | string) => `${draftsHref(id)}/${number}`;

/** Where a proposal goes into another one. */
export const mergersHref = (id: string) => `${proposalHref(id)}/mergers`;
