import { statisticalTotals } from '../../server/core/disclosure/guessing.ts';
import type { ItemAudit } from '../../server/core/disclosure/safe-item.ts';

/** What readers of cluster × band cells get, where there are children enough. */
export interface Usefulness {
  wanted: number;
  shown: number;
  /** How far shown shares are from the true ones, in points. */
  errors: number[];
}

/** Cells that somebody would miss: enough children, and enough on either side. */
export function isWanted(count: number, base: number): boolean {
  return base >= 50 && count >= 10 && count <= base - 10;
}

export type BenchFigures = ReturnType<typeof figuresOf>;

/** What making a wave safe took and came to: one flat object of numbers. */
export function figuresOf(seconds: number, audits: readonly ItemAudit[], usefulness: readonly Usefulness[]) {
  const sum = (of: (audit: ItemAudit) => number) => audits.reduce((total, audit) => total + of(audit), 0);
  const failing = failingOf(audits);
  const statistical = statisticalTotals(audits);
  const errors = usefulness.flatMap((one) => one.errors).toSorted((one, other) => one - other);
  const wanted = usefulness.reduce((total, one) => total + one.wanted, 0);
  const shown = usefulness.reduce((total, one) => total + one.shown, 0);
  return {
    seconds: rounded(seconds, 1),
    items: audits.length,
    targets: sum(({ targets }) => targets),
    certified: sum(({ certified }) => certified),
    lps: sum(({ work }) => work.programmes + work.wholeProgrammes),
    retried: sum(({ work }) => work.retried),
    // Of real numbers there is none: one without an optimum even at the third try ends the command with an error.
    nonOptimal: sum(({ work }) => work.givenUp),
    failingTargets: failing.length,
    exactRecoveries: failing.filter(({ left }) => left <= 1).length,
    narrowest: Math.min(...audits.map((audit) => audit.narrowest)),
    shownShare: rounded(shown / wanted, 4),
    withheldShare: rounded(sum(({ withheld }) => withheld) / sum(({ shownByRule }) => shownByRule), 4),
    medianErrorPoints: rounded(errors[Math.floor(errors.length / 2)] ?? NaN, 2),
    statisticalHits: rounded(statistical.hits / statistical.hidden, 4),
    statisticalGuesses: rounded(statistical.guesses / statistical.hidden, 4),
  };
}

export function failingOf(audits: readonly ItemAudit[]): ItemAudit['failing'] {
  return audits.flatMap(({ failing }) => failing);
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
