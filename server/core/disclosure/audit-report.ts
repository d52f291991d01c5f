import { statisticalTotals } from './guessing.ts';
import type { ItemAudit } from './safe-item.ts';

/*
 * How a release was made safe, for whoever answers for the data. Counts of figures and of attempts to work them out;
 * never a count of children.
 */

/** What came of the attack on a variable of a band, with its indicators. */
export interface VariableAudit {
  band: string;
  /** Id of the variable. */
  variable: string;
  /** Numbers of children that the attack tried to work out. */
  targets: number;
  /** Of these, certified as safe without a programme of their own. */
  certified: number;
  /** The fewest whole numbers that are left of any target; null without targets. */
  narrowest: number | null;
  /** Figures that rules show, and those of them that are withheld. */
  shownByRule: number;
  withheld: number;
  /** Linear programmes solved, of real and of whole numbers. */
  programmes: number;
  /** Hidden figures of few children; those of them that least squares named rightly, and that guessing would. */
  hidden: number;
  hits: number;
  guesses: number;
}

/** What a report says in all. */
export type AuditTotals = Omit<VariableAudit, 'band' | 'variable'>;

export interface AuditReport {
  format: 2;
  /** The hash of the release that it is about. */
  release: string;
  lattice: string;
  protection: string;
  attack: string;
  /** Hashes of the earlier releases that it was attacked together with; only of a correction. */
  auditedWith?: string[];
  variables: VariableAudit[];
}

/** @param audits of all attacks on the variable and its indicators */
export function variableAudit(band: string, variable: string, audits: readonly ItemAudit[]): VariableAudit {
  const parts = audits.map(({ targets, certified, narrowest, shownByRule, withheld, work, statistical }) => ({
    targets,
    certified,
    // Without targets nothing is narrow; a stored audit says so with null.
    narrowest: Number.isFinite(narrowest) ? narrowest : null,
    shownByRule,
    withheld,
    programmes: work.programmes + work.wholeProgrammes,
    ...statisticalTotals([{ statistical }]),
  }));
  return { band, variable, ...auditTotals(parts) };
}

export function auditTotals(parts: readonly AuditTotals[]): AuditTotals {
  const sum = (key: Exclude<keyof AuditTotals, 'narrowest'>) => parts.reduce((total, part) => total + part[key], 0);
  const lefts = parts.flatMap(({ narrowest }) => narrowest ?? []);
  return {
    targets: sum('targets'),
    certified: sum('certified'),
    narrowest: lefts.length === 0 ? null : Math.min(...lefts),
    shownByRule: sum('shownByRule'),
    withheld: sum('withheld'),
    programmes: sum('programmes'),
    hidden: sum('hidden'),
    hits: sum('hits'),
    guesses: sum('guesses'),
  };
}
