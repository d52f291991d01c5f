import type { Generated } from 'kysely';

/*
 * The rows of the tables that running a class needs; as in tables.ts. All but the opt-outs are gone when the wave has
 * closed, and those have no class then.
 */

/** A class of a wave, as its rows are found. */
export interface ClassColumns {
  wave_id: string;
  school_id: string;
  /** The name of the class; where the roll names none, its stage. */
  class_name: string;
}

/** What opens the page of a class: keyed hashes of its link and its PIN. */
export interface ClassSheetsTable extends ClassColumns {
  link_hmac: string;
  pin_hmac: string;
  made_at: string;
}

/** A teacher's device that is signed in to a class. */
export interface ClassSessionsTable extends ClassColumns {
  token_hash: string;
  expires_at: string;
}

/** Until when a class is held open for joining, and how much of that is extra time. */
export interface ClassOpeningsTable extends ClassColumns {
  id: string;
  join_hmac: string;
  open_until: string;
  extra_minutes: number;
}

/** How many may answer in a class beyond those expected. */
export interface ClassSparesTable extends ClassColumns {
  spares: number;
}

/** How many pupils of a stage and class do not take part; `class` is empty where the roll names none or the wave has closed. */
export interface OptOutsTable {
  wave_id: string;
  school_id: string;
  stage: string;
  class: string;
  /** As it is counted: those who had started when it was entered do take part. */
  pupils: number;
  /** As it was entered. */
  entered: Generated<number>;
}
