/*
 * A zip archive holds the time at which each of its files was packed. Files of a release are a function of the
 * release alone, so these times are set to the first day that the format knows.
 */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** 1 January 1980, midnight, as time and date of MS-DOS. */
const FIRST_DAY = 0x00210000;
/** Bytes of the fixed parts. */
const END_SIZE = 22;
const ENTRY_SIZE = 46;

/**
 * The same archive with every file packed on the first day of 1980.
 * @throws if it is no archive as the library for workbooks writes it
 */
export function withoutTimes(archive: Buffer): Buffer {
  const changed = Buffer.from(archive);
  const end = changed.length - END_SIZE;
  expectAt(changed, end, END_OF_DIRECTORY);
  const entries = changed.readUInt16LE(end + 10);
  let entry = changed.readUInt32LE(end + 16);
  for (let number = 0; number < entries; number += 1) {
    expectAt(changed, entry, DIRECTORY_ENTRY);
    const header = changed.readUInt32LE(entry + 42);
    expectAt(changed, header, LOCAL_HEADER);
    changed.writeUInt32LE(FIRST_DAY, entry + 12);
    changed.writeUInt32LE(FIRST_DAY, header + 10);
    entry += ENTRY_SIZE + [28, 30, 32].reduce((sum, length) => sum + changed.readUInt16LE(entry + length), 0);
  }
  return changed;
}

function expectAt(archive: Buffer, offset: number, signature: number): void {
  if (offset >= 0 && archive.readUInt32LE(offset) === signature) return;
  throw new Error(
    `A workbook is no zip archive as expected at byte ${offset}. See whether write-excel-file packs in another way now.`,
  );
}
