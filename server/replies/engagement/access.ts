import { Type } from 'typebox';

/* Who may use the engagement record: those who write it, and whoever looks over what was done. */

export const WRITERS = { config: { access: ['planner', 'youth-worker'] } } as const;
export const READERS = { config: { access: ['planner', 'youth-worker', 'auditor'] } } as const;
export const WithEntry = Type.Object({ entry: Type.String({ maxLength: 40 }) });
/** Ids are made by the page that asks, so that sending a form twice makes one entry. */
export const FreshEntryId = Type.String({ pattern: '^[\\w-]{20,40}$' });
/** The version that somebody changed, as its form said. */
export const BasedOn = Type.Integer({ minimum: 0, maximum: 1_000_000 });
export const ENTRY_DONE = ['made', 'changed', 'checked'] as const;
