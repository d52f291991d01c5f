import { randomBytes } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { brailleAscii } from '../core/fieldwork/braille.ts';
import { makeCode, writeCode } from '../core/fieldwork/code.ts';
import { coarsen, type RollGroup } from '../core/fieldwork/slips.ts';
import type { NewCode } from '../storage/codes.ts';
import type { Secrets } from '../storage/secrets.ts';

/** One slip of paper: a code and what it knows of its pupil. */
export interface Slip {
  number: number;
  code: string;
  stage: string;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
}

/** Slips for everybody on a school's roll, class by class, and the same codes as they are stored. */
export function makeSlips(groups: readonly RollGroup[], secrets: Secrets): { slips: Slip[]; codes: NewCode[] } {
  const slips: Slip[] = [];
  const codes: NewCode[] = [];
  for (const group of coarsen(groups).toSorted(byClass)) {
    const { stage, sex, quintile, asn } = group;
    for (let index = 0; index < group.pupils; index += 1) {
      const code = makeCode(() => randomBytes(1)[0]!);
      slips.push({ number: slips.length + 1, code: writeCode(code), stage, class: group.class, sex, quintile, asn });
      codes.push({ hmac: secrets.hashCode(code), stage, class: group.class, sex, quintile, asn });
    }
  }
  return { slips, codes };
}

function byClass(one: RollGroup, other: RollGroup): number {
  const key = (group: RollGroup) => `${group.stage} ${group.class ?? ''} ${group.sex ?? '~'} ${group.quintile ?? '~'}`;
  return key(one).localeCompare(key(other), 'en');
}

/** The same slips as CSV, with a mark that makes spreadsheets read it as Unicode. */
export function slipsCsv(slips: readonly Slip[]): string {
  const columns = ['number', 'code', 'stage', 'class', 'sex', 'quintile', 'asn'];
  return stringify([...slips], { header: true, columns, bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}

/** The same codes as plain text, one a line, for programs that turn text into braille or speech. */
export function textFile(slips: readonly Slip[]): string {
  return slips.map(({ number, code }) => `${number} ${code}\r\n`).join('');
}

/** The same codes ready for an embosser: uncontracted braille, one a line, behind the number of the slip. */
export function brailleFile(slips: readonly Slip[]): string {
  return slips.map(({ number, code }) => `${brailleAscii(`${number} ${code}`)}\r\n`).join('');
}
