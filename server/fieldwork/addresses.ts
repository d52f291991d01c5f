import type { SetupStep } from '../core/fieldwork/setup.ts';

export { originOf } from '../web/origin.ts';

/* Addresses that stand on paper, so they are whole: with the name of the server as whoever prints reached it. */

export const waveHref = (waveId: string) => `/fieldwork/waves/${waveId}`;

/** The page of a step that a wave is set up in. */
export const stepHref = (waveId: string, step: SetupStep) => `${waveHref(waveId)}/setup/${step}`;

/** The data-protection file of a wave, with whatever else was settled before it opened. */
export const fileHref = (waveId: string) => `${waveHref(waveId)}/file`;

/** Where the link of a letter leads. */
export const linkAddress = (origin: string, token: string) => `${origin}/respond/links/${token}`;

/** Where a code leads that is followed on a device of one's own; a code is written there without its hyphen. */
export const codeAddress = (origin: string, code: string) => `${origin}/respond/codes/${code.replace('-', '')}`;
