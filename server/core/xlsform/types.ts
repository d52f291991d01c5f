/*
 * What stands in the column "type": a type of XLSForm, in the spellings that are about, and its list of choices.
 */

export type TypeName =
  'select_one' | 'select_multiple' | 'rank' | 'integer' | 'range' | 'text' | 'note' | 'begin group' | 'end group';

export type RowType =
  | { name: TypeName; list: string; /** What the type says besides, which Heard lacks. */ besides: string }
  | { name: 'begin repeat' | 'end repeat' }
  | { name: 'comment' }
  | { name: 'lacking'; reason: string };

const SELECTS: [RegExp, TypeName][] = [
  [/^(?:select[ _]one|select1)(?:[ _]from)? +(\S+)(.*)$/i, 'select_one'],
  [/^(?:select[ _]multiple|select[ _]all[ _]that[ _]apply)(?:[ _]from)? +(\S+)(.*)$/i, 'select_multiple'],
  [/^(?:rank|odk:rank) +(\S+)(.*)$/i, 'rank'],
];

const PLAIN: Record<string, TypeName> = {
  integer: 'integer',
  int: 'integer',
  range: 'range',
  text: 'text',
  string: 'text',
  note: 'note',
  'begin group': 'begin group',
  'end group': 'end group',
};

const OF_DEVICES = 'Heard notes no times, devices, numbers or names of those who answer.';
const OF_PLACES = 'Heard asks nobody where they are.';
const OF_FILES = 'Heard takes no pictures, sounds or files from those who answer.';
const OF_DATES = 'Heard asks for no dates and times.';
const LACKING: Record<string, string> = {
  ...sameFor(OF_DEVICES, 'start end today deviceid subscriberid simserial phonenumber username email audit'),
  ...sameFor(OF_PLACES, 'geopoint geotrace geoshape location start-geopoint gps'),
  ...sameFor(OF_FILES, 'image photo audio video file background-audio barcode'),
  ...sameFor(OF_DATES, 'date time datetime'),
  ...sameFor('Heard calculates nothing while somebody answers.', 'calculate hidden csv-external xml-external'),
  decimal: 'Heard asks for whole numbers only.',
  acknowledge: 'Heard has no box to agree with alone: give it the type select_one with two choices.',
  trigger: 'Heard has no box to agree with alone: give it the type select_one with two choices.',
};

function sameFor(reason: string, types: string): Record<string, string> {
  return Object.fromEntries(types.split(' ').map((type) => [type, reason]));
}

/** @param text what the cell holds, without spaces at its ends */
export function readType(text: string): RowType {
  if (text === '') return { name: 'lacking', reason: 'The row has no type.' };
  if (text.startsWith('#')) return { name: 'comment' };
  const spaced = text.toLowerCase().replaceAll(/[\s_]+/g, ' ');
  if (spaced === 'begin repeat' || spaced === 'end repeat') return { name: spaced };
  const plain = PLAIN[spaced];
  if (plain) return { name: plain, list: '', besides: '' };
  if (/^select (one|multiple) (from file|external)/.test(spaced))
    return { name: 'lacking', reason: 'Heard takes choices from the sheet "choices" only, and from no other file.' };
  for (const [pattern, name] of SELECTS) {
    const found = pattern.exec(text);
    if (found) return { name, list: found[1] ?? '', besides: (found[2] ?? '').trim() };
  }
  return { name: 'lacking', reason: LACKING[spaced] ?? `Heard has no questions of the type "${text}".` };
}
