import { deleteDueAnswers, deleteRestoredAnswers, type DeletionOutcome } from '../fieldwork/retention.ts';
import { StartError } from '../errors.ts';
import { readSettings } from '../settings.ts';
import { openServices } from './services.ts';

/*
 * `npm run retention -- [--json]`: deletes the answers of closed waves whose retention date has come, as the server
 * does by itself at its start and while it runs, and says what was deleted and that nothing is left. It deletes in
 * small transactions, so it can run beside the server; a wave that is still open is left to the server.
 */

/** What the command says as JSON. */
export interface RetentionSummary {
  waves: number;
  rowsDeleted: number;
  rowsLeft: number;
  outcomes: DeletionOutcome[];
}

/** What became of the waves whose time was over, summed up. */
export function summaryOf(outcomes: DeletionOutcome[]): RetentionSummary {
  const reports = outcomes.flatMap((outcome) => (outcome.outcome === 'deleted' ? [outcome.report] : []));
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
  return {
    waves: reports.length,
    rowsDeleted: reports.reduce((total, { deleted }) => total + sum(deleted), 0),
    rowsLeft: reports.reduce((total, { left }) => total + sum(left), 0),
    outcomes,
  };
}

function lineOf(outcome: DeletionOutcome): string {
  const { waveId, dueOn } = outcome;
  if (outcome.outcome === 'still-open')
    return `${waveId}: due since ${dueOn}, still open. The server closes it and deletes.`;
  if (outcome.outcome === 'being-released')
    return `${waveId}: due since ${dueOn}, a release is being made of it. Run this again later.`;
  const { rowsDeleted, rowsLeft } = summaryOf([outcome]);
  return `${waveId}: due since ${dueOn}, ${rowsDeleted} rows deleted, ${rowsLeft} left.`;
}

async function run(flags: readonly string[]): Promise<number> {
  const unknown = flags.find((flag) => flag !== '--json');
  if (unknown !== undefined) {
    console.error(`Expected --json or nothing, found "${unknown}". Run: npm run retention -- --json`);
    return 2;
  }
  const services = await openServices(readSettings(process.env));
  const restored = await deleteRestoredAnswers(services);
  const summary = summaryOf([...restored, ...(await deleteDueAnswers(services, { mayClose: false }))]);
  await services.database.close();
  if (flags.includes('--json')) console.log(JSON.stringify(summary));
  else console.log(summary.outcomes.map(lineOf).join('\n') || 'No answers are due to be deleted.');
  return summary.rowsLeft === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof StartError) && (error as Error).name !== 'SettingsError') throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
