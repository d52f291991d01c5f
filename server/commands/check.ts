import { spawn } from 'node:child_process';
import { localeFaults } from './check-locales.ts';
import { inTemplate, writeTypedViews } from './check-views.ts';

/*
 * `npm run check`: lint, format, types, templates, locales and import rules, in one go. What was found to be in order is
 * known again by its content. Lint forgets: what a line means by its types hangs on other files.
 */
const KNOWN = 'node_modules/.cache/check';
const TYPES = ['--pretty', 'false', '--incremental', '--tsBuildInfoFile', `${KNOWN}/types.tsbuildinfo`];
const FORMAT = ['--check', '--log-level', 'warn', '--cache', '--cache-strategy', 'content'];

interface Outcome {
  name: string;
  faults: string;
}

function run(name: string, command: string, ...options: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${command}`, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => resolve({ name, faults: error.message }));
    child.on('close', (status) =>
      resolve({ name, faults: status === 0 ? '' : output.trim() || `ended with ${status}` }),
    );
  });
}

async function types(): Promise<Outcome> {
  const outcome = await run('types and templates', 'tsc', ...TYPES);
  return { ...outcome, faults: outcome.faults.split('\n').map(inTemplate).join('\n') };
}

const viewFaults = writeTypedViews();
const outcomes = [
  { name: 'templates', faults: viewFaults.join('\n') },
  { name: 'locales', faults: localeFaults().join('\n') },
  ...(await Promise.all([
    types(),
    run('format', 'prettier', ...FORMAT, '--cache-location', `${KNOWN}/format`, '.'),
    run('lint', 'eslint', '.', '--max-warnings', '0'),
    run('import rules', 'depcruise', 'server', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'),
  ])),
];
for (const { name, faults } of outcomes) {
  console.log(faults ? `✗ ${name}\n${faults}\n` : `✓ ${name}`);
}
process.exitCode = outcomes.some((outcome) => outcome.faults) ? 1 : 0;
