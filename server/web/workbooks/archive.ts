import { strFromU8, unzipSync, Unzip, UnzipInflate, zipSync } from 'fflate';
import { faultOfXml, type XmlFault } from './archive-xml.ts';

/*
 * What is looked at before a workbook is read: that it is one at all, that it does not unpack to more than a form
 * could hold, and that nothing in it makes a reader count without end.
 */

/** The largest file that is looked at, and the most that it may unpack to, in bytes. */
export const MOST_BYTES = 5 * 1024 * 1024;
export const MOST_UNPACKED = 50 * 1024 * 1024;
const MOST_ENTRIES = 1000;
const PIECE = 16 * 1024;

/** What was found where a workbook was expected; pages have words for each in `uploads.json`. */
export type WorkbookFault =
  | 'empty'
  | 'too-large'
  | 'old-excel'
  | 'pdf'
  | 'markup'
  | 'text'
  | 'other-kind'
  | 'word-document'
  | 'presentation'
  | 'open-document'
  | 'other-archive'
  | 'unpacks-too-large'
  | 'too-many-parts'
  | 'damaged'
  | XmlFault;

/** A file that cannot be read as a workbook: what was expected, what was found, what to do. */
export class WorkbookError extends Error {
  readonly fault: WorkbookFault;

  constructor(fault: WorkbookFault, found: string) {
    super(`Expected a workbook (.xlsx), found ${found}.`);
    this.fault = fault;
  }
}

const KINDS: [RegExp, WorkbookFault, string][] = [
  [
    /^\u00d0\u00cf.\u00e0/,
    'old-excel',
    'an old Excel file (.xls) or one with a password: save it as .xlsx without a password',
  ],
  [/^%PDF/, 'pdf', 'a PDF: export the form itself as .xlsx'],
  [/^\s*(\xef\xbb\xbf)?</, 'markup', 'a page in HTML or XML: export the form itself as .xlsx'],
  [/^[\t\r\n\x20-\x7e\x80-\xff]*$/, 'text', 'text, perhaps CSV: save it as a workbook (.xlsx)'],
];
const OTHER_KIND: (typeof KINDS)[number] = [/^/, 'other-kind', 'a file of another kind: save the form as .xlsx'];

/**
 * The same workbook, unpacked once within the limits and packed again: a reader sees what was measured, and no more.
 * @throws WorkbookError with one sentence
 */
export function checkedArchive(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw new WorkbookError('empty', 'an empty file: choose the form again');
  if (bytes.length > MOST_BYTES)
    throw new WorkbookError(
      'too-large',
      `${megabytes(bytes.length)}, more than ${megabytes(MOST_BYTES)}: leave out pictures and other sheets`,
    );
  if (strFromU8(bytes.subarray(0, 4), true) !== 'PK\x03\x04') throw kindOf(bytes);
  const entries = unpacked(bytes);
  if (!entries['xl/workbook.xml']) throw kindOfArchive(Object.keys(entries));
  for (const [name, content] of Object.entries(entries)) {
    const found = faultOfXml(name, strFromU8(content));
    if (found !== undefined) throw new WorkbookError(found.fault, found.words);
  }
  return zipSync(entries, { level: 0 });
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;

function kindOf(bytes: Uint8Array): WorkbookError {
  const start = strFromU8(bytes.subarray(0, 2000), true);
  const [, fault, words] = KINDS.find(([pattern]) => pattern.test(start)) ?? OTHER_KIND;
  return new WorkbookError(fault, words);
}

function kindOfArchive(names: readonly string[]): WorkbookError {
  const has = (folder: string) => names.some((name) => name.startsWith(folder));
  if (has('word/')) return new WorkbookError('word-document', 'a Word document: put the form into a workbook (.xlsx)');
  if (has('ppt/')) return new WorkbookError('presentation', 'a presentation: put the form into a workbook (.xlsx)');
  if (names.includes('content.xml'))
    return new WorkbookError('open-document', 'an OpenDocument file: save it as .xlsx');
  return new WorkbookError(
    'other-archive',
    'a packed archive without a workbook: unpack it and choose the .xlsx in it',
  );
}

/** The parts of the archive that are XML. What the archive says of its own sizes is believed nowhere. */
function unpacked(bytes: Uint8Array): Record<string, Uint8Array> {
  const listed = namesIn(bytes);
  const found: Record<string, Uint8Array> = {};
  let total = 0;
  const unzip = new Unzip((file) => {
    const pieces: Uint8Array[] = [];
    file.ondata = (error, piece, isLast) => {
      if (error) throw error;
      total += piece.length;
      if (total > MOST_UNPACKED)
        throw new WorkbookError(
          'unpacks-too-large',
          `an archive that unpacks to more than ${megabytes(MOST_UNPACKED)}: copy the form into a new workbook`,
        );
      if (/\.(xml|rels)$/i.test(file.name)) pieces.push(piece);
      if (isLast) found[file.name] = Buffer.concat(pieces);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  } catch (error) {
    if (error instanceof WorkbookError) throw error;
    throw broken(error);
  }
  const missing = listed.find((name) => !name.endsWith('/') && !found[name]);
  if (missing !== undefined) throw broken(new Error(`"${missing}" is not whole`));
  return Object.fromEntries(Object.entries(found).filter(([name]) => listed.includes(name)));
}

/** The names that the archive lists at its end; nothing is unpacked for it. */
function namesIn(bytes: Uint8Array): string[] {
  const names: string[] = [];
  try {
    unzipSync(bytes, { filter: ({ name }) => names.push(name) < 0 });
  } catch (error) {
    throw broken(error);
  }
  if (names.length > MOST_ENTRIES)
    throw new WorkbookError(
      'too-many-parts',
      `an archive of ${names.length} files, more than ${MOST_ENTRIES}: copy the form into a new workbook`,
    );
  return names;
}

/** @returns the sentence for a workbook that is damaged */
export function broken(error: unknown): WorkbookError {
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkbookError('damaged', `a damaged one (${reason}): open it in a spreadsheet program and save it again`);
}
