import { readFileSync } from 'node:fs';
import { StartError } from '../errors.ts';
import { answerCalls } from './stats/answer.ts';

/*
 * `npm run stats -- FILE.json`: the statistics of the product, asked from outside. FILE holds a list of
 * {call, args}; a list of answers in the same order goes to standard output as JSON, and nothing else does.
 */

const USAGE = 'npm run stats -- FILE.json, where FILE.json holds a list of {"call": …, "args": {…}}.';

/** @throws StartError with one sentence when there is no list of calls in the file */
function readCalls(options: readonly string[]): unknown[] {
  const [path, ...others] = options;
  if (path === undefined || others.length > 0) {
    throw new StartError(`Expected one file of calls, found ${options.length}: ${USAGE}`);
  }
  const calls = parsed(path, readText(path));
  if (!Array.isArray(calls)) throw new StartError(`The file ${path}: expected a list of calls, found ${typeof calls}.`);
  return calls;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new StartError(`The file ${path} cannot be read (${code}): check its path.`);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartError(`The file ${path}: expected JSON, found ${(error as Error).message.replaceAll('\n', ' ')}.`);
  }
}

try {
  console.log(JSON.stringify(await answerCalls(readCalls(process.argv.slice(2)))));
} catch (error) {
  if (error instanceof StartError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
