import { parentPort, workerData } from 'node:worker_threads';
import { seededRandom } from '../../server/core/seeded-random.ts';
import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import { auditItem, makeItemSafe, withholdRows, type ItemAudit } from '../../server/core/disclosure/safe-item.ts';
import { openCase, usefulnessOf } from './case.ts';
import type { Usefulness } from './figures.ts';
import { mutate, type Mutation } from './mutation.ts';

/* Makes items of the made-up wave safe, one after the other, as the main thread asks for them. */
export interface WorkerInput {
  seed: string;
  mutation: Mutation | null;
}

export interface ItemOutcome {
  audit: ItemAudit;
  usefulness: Usefulness;
  /** Whether the mutation found something to change. */
  isMutated: boolean;
}

const { seed, mutation } = workerData as WorkerInput;
const solver = await loadSolver();
const made = openCase(seed);
const rows = withholdRows(solver, made.ground, made.asked, seededRandom(`${seed} bases`));

parentPort!.on('message', (number: number | null) => {
  if (number === null) return parentPort!.close();
  const item = made.item(number);
  const chance = seededRandom(`${seed} ${item.id}`);
  const { figures, audit } = makeItemSafe(solver, made.ground, item, chance, { rows, cells: new Set() });
  const isMutated = mutation !== null && mutate(mutation, made, item, figures);
  const outcome: ItemOutcome = {
    audit: isMutated ? auditItem(solver, made.ground, item, figures, chance) : audit,
    usefulness: usefulnessOf(made, item, figures),
    isMutated,
  };
  parentPort!.postMessage(outcome);
});
parentPort!.postMessage('ready');
