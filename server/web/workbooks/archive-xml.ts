/*
 * What is looked at in the XML of a workbook before a reader of workbooks is let at it: a reader fills every gap up to
 * the last cell, so that one cell far outside could cost all the memory there is.
 */

/** The largest part of a sheet that may hold something: more than 120 items with all their choices could need. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 300;
/** The last row that a spreadsheet has. Programs leave empty rows with a style down to here. */
const LAST_ROW = 1_048_576;

/** A row or a cell, with its attributes; quotes may hold any sign. */
const TAG = /<(?:\w+:)?(row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>(\s*<\/)?/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export type XmlFault = 'own-definitions' | 'comments' | 'sheet-too-large';

/** What is wrong with one part of a workbook, and what to do about it; undefined if nothing is. */
export function faultOfXml(name: string, xml: string): { fault: XmlFault; words: string } | undefined {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    return { fault: 'own-definitions', words: `definitions of its own in "${name}": save it again as .xlsx` };
  if (!xml.includes('sheetData')) return undefined;
  // Behind a comment a row could hide from the looking that follows.
  if (/<!|<\?(?!xml\s)/.test(xml))
    return { fault: 'comments', words: `comments inside "${name}": save it again as .xlsx` };
  return isTooLarge(xml)
    ? {
        fault: 'sheet-too-large',
        words: `a sheet that holds something beyond ${MOST_ROWS} rows or ${MOST_COLUMNS} columns ("${name}"): delete what lies outside the form`,
      }
    : undefined;
}

function isTooLarge(xml: string): boolean {
  let row = 0;
  let unnumbered = 0;
  for (const [, tag, attributes = '', end] of xml.matchAll(TAG)) {
    const place = placeIn(attributes);
    if (tag === 'row') {
      if (place === undefined) unnumbered += 1;
      row = place === undefined ? 0 : numberOf(place);
      if (row > LAST_ROW || unnumbered > MOST_ROWS) return true;
      continue;
    }
    const isEmpty = attributes.endsWith('/') || end !== undefined;
    if (!isEmpty && (row > MOST_ROWS || isOutside(place ?? ''))) return true;
  }
  return false;
}

function placeIn(attributes: string): string | undefined {
  const found = [...attributes.matchAll(ATTRIBUTE)].find(([, name]) => name === 'r');
  return found && (found[2] ?? found[3]);
}

/** The number of a row; beyond all rows where it is none. */
const numberOf = (place: string) => (/^\d{1,7}$/.test(place) ? Number(place) : Infinity);

function isOutside(place: string): boolean {
  const [, letters = '', number = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(place) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return letters === '' || Number(number) > MOST_ROWS || column > MOST_COLUMNS;
}
