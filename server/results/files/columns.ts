import type { Words } from '../../web/language.ts';

/*
 * The table of facts, described once. Every file is written from this list: the header of the CSV, the sheets,
 * the schema of the JSON, the syntax for SPSS and the codebook. Names are the same in every language and from
 * release to release, since programs read them; a column is added at the end of its group and never renamed.
 */

export interface Column {
  /** Lower-case letters, digits and underscores, as SPSS, R, Stata and SQL allow. */
  name: string;
  type: 'text' | 'number';
  /**
   * What it is for. 'figure': a number of the release; 'care': how a figure is to be read; 'key': which fact it
   * is; 'sort': what a key belongs to; 'words': a key in the language of the file; 'release': where it is from.
   */
  role: 'figure' | 'care' | 'key' | 'sort' | 'words' | 'release';
  /** Bytes of the longest code; a text without it is in words and as long as it needs to be. */
  width?: number;
  /** Of a number that is not whole. */
  decimals?: number;
}

export const COLUMNS = [
  { name: 'place_name', type: 'text', role: 'words' },
  { name: 'band_name', type: 'text', role: 'words' },
  { name: 'question', type: 'text', role: 'words' },
  { name: 'answer', type: 'text', role: 'words' },
  { name: 'share_percent', type: 'number', role: 'figure' },
  { name: 'low_percent', type: 'number', role: 'figure' },
  { name: 'high_percent', type: 'number', role: 'figure' },
  { name: 'count', type: 'number', role: 'figure' },
  { name: 'base', type: 'number', role: 'figure' },
  { name: 'caution', type: 'text', role: 'care', width: 12 },
  { name: 'low_response', type: 'number', role: 'care' },
  { name: 'one_school', type: 'number', role: 'care' },
  { name: 'response_percent', type: 'number', role: 'figure' },
  { name: 'responses', type: 'number', role: 'figure' },
  { name: 'on_roll', type: 'number', role: 'figure' },
  { name: 'schools', type: 'number', role: 'figure' },
  { name: 'mean_score', type: 'number', role: 'figure', decimals: 1 },
  { name: 'place', type: 'text', role: 'key', width: 160 },
  { name: 'place_kind', type: 'text', role: 'sort', width: 24 },
  { name: 'place_code', type: 'text', role: 'sort', width: 128 },
  { name: 'band', type: 'text', role: 'key', width: 64 },
  { name: 'item', type: 'text', role: 'key', width: 96 },
  { name: 'item_kind', type: 'text', role: 'sort', width: 16 },
  { name: 'domain', type: 'text', role: 'sort', width: 40 },
  { name: 'variable', type: 'text', role: 'sort', width: 64 },
  { name: 'wording', type: 'text', role: 'key', width: 64 },
  { name: 'state', type: 'text', role: 'key', width: 24 },
  { name: 'option', type: 'text', role: 'key', width: 48 },
  { name: 'wave', type: 'text', role: 'release' },
  { name: 'release', type: 'text', role: 'release', width: 40 },
  { name: 'release_sha256', type: 'text', role: 'release', width: 64 },
  { name: 'reached', type: 'text', role: 'release', width: 8 },
] as const satisfies readonly Column[];

type Described = (typeof COLUMNS)[number];
export type ColumnName = Described['name'];

/** One row of the table. What is hidden is null as a number and empty as text, whatever the reason. */
export type Fact = {
  readonly [Entry in Described as Entry['name']]: Entry['type'] extends 'number' ? number | null : string;
};

/** The columns that have one of these roles, in their order. */
export function columnsOf(...roles: readonly Column['role'][]): (Column & { name: ColumnName })[] {
  return COLUMNS.filter(({ role }) => roles.includes(role));
}

/** What a column is called, in a few words, and what stands in it. */
export function columnWords(words: Words, name: ColumnName): { label: string; about: string } {
  return { label: words.files[`label-${name}`], about: words.files[`about-${name}`] };
}
