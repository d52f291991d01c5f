import type { DecisionLink } from '../../core/loop/engagement/entry.ts';

/* Addresses of the engagement record. */

export const ENGAGEMENT = '/replies/engagement';
export const entryHref = (id: string) => `${ENGAGEMENT}/entries/${id}`;
export const checkHref = (id: string) => `${entryHref(id)}/check`;
export const historyHref = (id: string) => `${entryHref(id)}/history`;
/** An empty form for an entry about something. */
export const newEntryHref = (link: DecisionLink) => `${ENGAGEMENT}/entries/new?about=${linkValue(link)}`;

/** A finding, an action or a reply as forms and addresses name it. */
export const linkValue = ({ kind, id }: DecisionLink) => `${kind}:${id}`;
