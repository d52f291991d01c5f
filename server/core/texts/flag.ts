/** What a part of a text may give away; the surest first. */
export const FLAG_KINDS = [
  'email',
  'web',
  'date',
  'phone',
  'postcode',
  'school',
  'address',
  'class',
  'name',
  'number',
] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

/** A part of a text that may tell who wrote it or name somebody: UTF-16 code units, the end not included. */
export interface Flag {
  start: number;
  end: number;
  kind: FlagKind;
}
