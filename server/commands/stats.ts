import { StartError } from '../errors.ts';
import { answerCalls } from './stats/answer.ts';
import { readJsonFile } from './json-file.ts';

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
  const calls = readJsonFile(path);
  if (!Array.isArray(calls)) throw new StartError(`The file ${path}: expected a list of calls, found ${typeof calls}.`);
  return calls;
}

try {
  console.log(JSON.stringify(await answerCalls(readCalls(process.argv.slice(2)))));
} catch (error) {
  if (error instanceof StartError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
