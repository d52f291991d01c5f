import { Type, type Static } from 'typebox';
import type { AuditFilter } from '../storage/audit.ts';

/** What the address of a page of the record may ask for; an empty field asks for everything. */
export const RecordQuerySchema = Type.Object(
  {
    action: Type.Optional(Type.String({ maxLength: 60 })),
    person: Type.Optional(Type.String({ maxLength: 40 })),
    from: Type.Optional(Type.String({ maxLength: 20 })),
    to: Type.Optional(Type.String({ maxLength: 20 })),
    before: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  },
  { additionalProperties: false },
);
export type RecordQuery = Static<typeof RecordQuerySchema>;

const DAYS = ['from', 'to'] as const;

/** Which of its days are none. */
export function wrongDays(query: RecordQuery): ('from' | 'to')[] {
  return DAYS.filter((day) => query[day] && !isDay(query[day]));
}

/** What is asked of the record; days that are none are left out. */
export function filterOf(query: RecordQuery): AuditFilter {
  const { action, person, from, to } = query;
  return {
    ...(action && { action }),
    ...(person && { accountId: person }),
    ...(from && isDay(from) && { from }),
    ...(to && isDay(to) && { to }),
  };
}

/** The address of a page of the record, without what is empty. */
export function recordHref(query: RecordQuery, path = '/admin/record'): string {
  const asked = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}
