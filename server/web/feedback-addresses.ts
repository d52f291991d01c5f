/*
 * Addresses between a reply and the wave in which pupils say what they think of it. Replies, fieldwork and results lead
 * to each other by them.
 */

const escaped = (part: string) => encodeURIComponent(part);

/** The public page of a reply. */
export const publicReplyHref = (authorityId: string, replyId: string) => `/replies/${escaped(authorityId)}/${replyId}`;

/** Where a reply's page says what children think of it. */
export const ANSWERED_BACK = 'answered-back';

export const answeredBackHref = (authorityId: string, replyId: string) =>
  `${publicReplyHref(authorityId, replyId)}#${ANSWERED_BACK}`;

/** The form of a new wave that asks about a reply. */
export const newFeedbackWaveHref = (replyId: string) => `/fieldwork/waves/new?reply=${escaped(replyId)}`;

/** The results of a release. */
export const resultsHref = (releaseId: string) => `/results/${escaped(releaseId)}`;
