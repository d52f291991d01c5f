import { proposalHref } from '../proposals/addresses.ts';

/** The drafts of a proposal. */
export const draftsHref = (id: string) => `${proposalHref(id)}/drafts`;
/** One of them, which never changes. */
export const draftHref = (id: string, number: number | string) => `${draftsHref(id)}/${number}`;
