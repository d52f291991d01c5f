import type { Changes, Roll, RowChanges } from '../../core/places/changes.ts';
import { STAGES } from '../../core/survey/stage.ts';
import type { ImportFault } from '../../core/places/read.ts';
import type { ImportOutcome } from './run.ts';

/* What an import says: every fault, or what it changes. For whoever runs the command, so in English. */

const number = (value: number) => value.toLocaleString('en-GB');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;

/** The report of an import, as lines. */
export function reportOf(outcome: ImportOutcome, write: boolean): string[] {
  if ('faults' in outcome) {
    const count = outcome.faults.length + outcome.troubles.length;
    const last = `${counted(count, 'fault', 'faults')}. Nothing was imported.`;
    return [...outcome.troubles, ...outcome.faults.map(faultLine), last];
  }
  const { authority, standing, changes, written } = outcome;
  return [
    `${authority.name} (${authority.id}, ${authority.kind}): ${standing}`,
    line('localities', changes.localities),
    ...renames(changes.localities),
    line('schools', changes.schools),
    ...renames(changes.schools),
    line('clusters', changes.clusters),
    ...renames(changes.clusters),
    line('memberships', changes.memberships),
    ...memberships(changes),
    ...rolls(changes),
    closing(written, write),
  ];
}

function closing(written: boolean, write: boolean): string {
  if (written) return 'Imported.';
  return write
    ? 'Everything is stored already; nothing was written.'
    : 'A dry run: nothing was written. Add --write to import this.';
}

/** One fault as a line: file, line, column, value and what was expected. */
export function faultLine({ file, line, column, value, expected }: ImportFault): string {
  const place = `${file} line ${line}${column === null ? '' : `, column ${column}`}`;
  return `${place}: ${value === '' ? 'blank' : JSON.stringify(value)}; expected ${expected}.`;
}

function line<R>(noun: string, { added, changed, removed, unchanged }: RowChanges<R>): string {
  const parts = [
    `${number(added.length)} new`,
    `${number(changed.length)} changed`,
    ...(removed.length > 0 ? [`${number(removed.length)} removed`] : []),
    `${number(unchanged)} as stored`,
  ];
  return `  ${noun.padEnd(12)} ${parts.join(', ')}`;
}

function renames<R extends { code: string; name: string; locality?: string | null }>({
  changed,
}: RowChanges<R>): string[] {
  const words = ({ name, locality }: R) => (locality ? `${name} (${locality})` : name);
  return changed.map(({ before, after }) => `    ${after.code}: ${words(before)} → ${words(after)}`);
}

function memberships({ memberships: { changed, removed } }: Changes): string[] {
  return [
    ...changed.map(
      ({ before, after }) =>
        `    ${after.school} in ${after.cluster} from ${after.from}: until ${before.to ?? 'now'} → until ${after.to ?? 'now'}`,
    ),
    ...removed.map(({ school, cluster, from }) => `    ${school} in ${cluster} from ${from}: removed`),
  ];
}

/** One line a day with pupils by stage, so that whoever imports sees a total that is twice too high. */
function rolls({ rolls: { added, changed, unchanged } }: Changes): string[] {
  const all = [
    ...added.map((roll) => ({ what: 'new', roll })),
    ...changed.map(({ after }) => ({ what: 'replaced', roll: after })),
  ];
  const days = Map.groupBy(all, ({ what, roll }) => `${what} roll of ${roll.date}`);
  const said = [...days].map(([title, rows]) => `  ${title}: ${rollWords(rows.map(({ roll }) => roll))}`);
  return unchanged > 0 ? [...said, `  ${counted(unchanged, 'roll', 'rolls')} of a school as stored`] : said;
}

function rollWords(found: readonly Roll[]): string {
  const rows = found.flatMap((roll) => roll.rows);
  const pupils = (stage: string) => rows.reduce((sum, row) => (row.stage === stage ? sum + row.pupils : sum), 0);
  const total = rows.reduce((sum, row) => sum + row.pupils, 0);
  const stages = STAGES.filter((stage) => pupils(stage) > 0).map((stage) => `${stage} ${number(pupils(stage))}`);
  return `${counted(found.length, 'school', 'schools')}, ${counted(total, 'pupil', 'pupils')} (${stages.join(', ')})`;
}
