export { originOf } from '../web/origin.ts';

/* Addresses that stand on paper, so they are whole: with the name of the server as whoever prints reached it. */

export const waveHref = (waveId: string) => `/fieldwork/waves/${waveId}`;

/** Where the link of a letter leads. */
export const linkAddress = (origin: string, token: string) => `${origin}/respond/links/${token}`;

/** Where a code leads that is followed on a device of one's own; a code is written there without its hyphen. */
export const codeAddress = (origin: string, code: string) => `${origin}/respond/codes/${code.replace('-', '')}`;
