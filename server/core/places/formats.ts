import * as column from './columns.ts';

/*
 * The five files of an import, as a table: which columns each has and what may stand in them.
 * docs/import.md shows this table to whoever makes the files; a test holds the two together.
 */
export const FORMATS = {
  localities: { code: column.code, name: column.placeName },
  schools: {
    code: column.code,
    name: column.placeName,
    sector: column.oneOf('primary', 'secondary', 'special'),
    locality: column.orBlank(column.code, 'in no locality'),
  },
  clusters: { code: column.code, name: column.placeName },
  memberships: {
    cluster: column.code,
    school: column.code,
    from: column.civilDate,
    to: column.orBlank(column.civilDate, 'still a member'),
  },
  rolls: {
    school: column.code,
    date: column.civilDate,
    stage: column.stage,
    class: column.orBlank(column.className, 'not held'),
    sex: column.orBlank(column.oneOf('female', 'male'), 'not held'),
    quintile: column.orBlank(column.wholeNumber(1, 5), 'not held'),
    asn: column.orBlank(column.oneOf('yes', 'no'), 'not held'),
    pupils: column.wholeNumber(0, column.MOST_PUPILS_IN_A_ROW),
  },
} satisfies Record<string, Record<string, column.Column<unknown>>>;

export type FormatName = keyof typeof FORMATS;

/** In the order in which they depend on each other. */
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

type ValueOf<C> = C extends column.Column<infer Value> ? Value : never;

/** A row of a format: the values of its columns, by column name. */
export type Row<F extends FormatName> = {
  -readonly [C in keyof (typeof FORMATS)[F]]: ValueOf<(typeof FORMATS)[F][C]>;
};

export type LocalityRow = Row<'localities'>;
export type SchoolRow = Row<'schools'>;
export type ClusterRow = Row<'clusters'>;
export type MembershipRow = Row<'memberships'>;
export type RollRow = Row<'rolls'>;
export type Sector = SchoolRow['sector'];

/** Places and rolls of one authority as rows of the formats; codes stand for what they name. */
export type PlaceRows = { [F in FormatName]: Row<F>[] };

/** An authority without any places. */
export function noPlaces(): PlaceRows {
  return { localities: [], schools: [], clusters: [], memberships: [], rolls: [] };
}
