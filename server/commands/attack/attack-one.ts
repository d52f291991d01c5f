import type { Highs } from 'highs';
import { attack } from '../../core/disclosure/attack/attack.ts';
import { wholeNumbersIn } from '../../core/disclosure/attack/problem.ts';
import { openProgramme } from '../../core/disclosure/attack/programme.ts';
import { findTable } from '../../core/disclosure/attack/start.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { OutsideProblem } from './knowledge.ts';

/** What the attack on a problem came to. */
export interface Outcome {
  id: string;
  targets: number;
  /** Targets that passed without a programme of their own. */
  certified: number;
  programmes: number;
  /** Targets that fail, and how many whole numbers are left of each. */
  failing: { target: string; left: number }[];
  /** Set where the facts contradict each other, or where no table was found to start from. */
  without?: 'impossible' | 'not-found';
}

/** Attacks one problem from a table that agrees with all that was read: any will do, the true one is not known. */
export function attackOne(solver: Highs, problem: OutsideProblem): Outcome {
  const { id, facts, most, targets, categories } = problem;
  const chance = seededRandom(`outside ${id}`);
  const start = findTable(solver, problem, chance);
  if (start.kind !== 'found') {
    return { id, targets: targets.length, certified: 0, programmes: 0, failing: [], without: start.kind };
  }
  const own = { facts, most, targets, categories, truth: start.table };
  const programme = openProgramme(solver, own);
  try {
    const { certified, failing, whole, real } = attack(programme, own, chance);
    const left = (target: number) =>
      Math.min(
        wholeNumbersIn({ low: real.low[target]!, high: real.high[target]! }),
        Math.max(1, wholeNumbersIn({ low: whole.low[target]!, high: whole.high[target]! })),
      );
    const { programmes, wholeProgrammes } = programme.work;
    return {
      id,
      targets: targets.length,
      certified,
      programmes: programmes + wholeProgrammes,
      failing: [...failing.keys()].map((target) => ({ target: targets[target]!.id, left: left(target) })),
    };
  } finally {
    programme.dispose();
  }
}
