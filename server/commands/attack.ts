import { Agent } from 'node:http';
import { StartError } from '../errors.ts';
import { attackAll } from './attack/attack-all.ts';
import type { Outcome } from './attack/attack-one.ts';
import type { Answer } from './attack/crawl.ts';
import type { OutsideProblem } from './attack/knowledge.ts';
import { readOptions, type Options } from './attack/options.ts';
import { problemsOf } from './attack/problems.ts';
import { readAll, type Library } from './attack/read-all.ts';
import { Browser } from './loop/browser.ts';
import { demand, Trouble } from './loop/trouble.ts';

/*
 * `npm run attack`: somebody from outside. Signs in to a running demonstration, reads every page and file of its
 * results over HTTP, rebuilds the facts from what was read and attacks them. Nothing is known but what was read, which
 * is less than the attack inside the release job knows (see attack/knowledge.ts). Ends with status 0 only if nothing
 * can be worked out, nothing contradicts anything, and next to everything was read.
 */

const LEAST_COVERAGE = 0.99;
const PAGES_BETWEEN_LINES = 1000;
const PROBLEMS_BETWEEN_LINES = 10;
const MOST_NAMED = 10;

/** @throws Trouble if they do not arrive on their own page */
async function signIn({ url, signIn: name, password }: Options, agent: Agent): Promise<Browser> {
  const browser = new Browser(url, agent);
  await browser.visit('/people/sign-in');
  const { path } = await browser.send(browser.form('/people/sign-in').fill('name', name).fill('password', password));
  demand(path === '/people', `${name} to arrive at /people`, path);
  return browser;
}

async function run(options: Options): Promise<boolean> {
  const began = performance.now();
  const elapsed = () => Math.round((performance.now() - began) / 100) / 10;
  const say = (line: string) => console.error(`${elapsed()} s  ${line}`);
  const agent = new Agent({ keepAlive: true });
  const browser = await signIn(options, agent);
  const open = (path: string): Promise<Answer> => browser.open(path);
  const library = await readAll(open, options.release, ({ pagesRead, filesRead }, waiting) => {
    if ((pagesRead + filesRead) % PAGES_BETWEEN_LINES === 0)
      say(`${pagesRead} pages and ${filesRead} files read, ${waiting} wait`);
  });
  agent.destroy();
  say(`${library.crawl.pagesRead} pages and ${library.crawl.filesRead} files read`);
  const outcomes: Outcome[] = [];
  await attackAll(limited(library, options.limit), (outcome) => {
    outcomes.push(outcome);
    if (outcomes.length % PROBLEMS_BETWEEN_LINES === 0) say(`${outcomes.length} attacked, last ${outcome.id}`);
  });
  return report(options, library, outcomes, elapsed());
}

/** Problems of all releases, up to a limit. */
function* limited({ releases }: Library, limit: number): Generator<OutsideProblem, undefined> {
  let count = 0;
  for (const readings of releases) {
    for (const problem of problemsOf(readings)) {
      if (count >= limit) return;
      count += 1;
      yield problem;
    }
  }
}

/** @returns whether all is well */
function report(
  { json }: Options,
  { crawl, releases, coverage }: Library,
  outcomes: Outcome[],
  seconds: number,
): boolean {
  const failing = outcomes.flatMap((outcome) => outcome.failing);
  const impossible = outcomes.filter(({ without }) => without === 'impossible');
  const contradictions = [
    ...releases.flatMap((readings) => readings.contradictions),
    ...impossible.map(({ id }) => `No table of children gives the figures of ${id}`),
  ];
  const unfinished = outcomes.filter(({ without }) => without === 'not-found');
  const figures = {
    pagesRead: crawl.pagesRead,
    filesRead: crawl.filesRead,
    coverage: Math.floor(coverage * 10_000) / 10_000,
    variables: outcomes.length,
    targets: outcomes.reduce((sum, { targets }) => sum + targets, 0),
    programmes: outcomes.reduce((sum, { programmes }) => sum + programmes, 0),
    failingTargets: failing.length,
    exactRecoveries: failing.filter(({ left }) => left <= 1).length,
    contradictions: contradictions.length,
    errors: crawl.errors.length,
    unfinished: unfinished.length,
    seconds,
  };
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
  name(
    'Given away',
    failing.map(({ target, left }) => `${target} (${left} whole numbers left)`),
  );
  name('Contradiction', contradictions);
  name('Error', crawl.errors);
  name(
    'Not attacked, no table found to start from',
    unfinished.map(({ id }) => id),
  );
  const faults = failing.length + contradictions.length + crawl.errors.length + unfinished.length;
  if (coverage < LEAST_COVERAGE) console.error(`Coverage ${coverage}: expected at least ${LEAST_COVERAGE}.`);
  return faults === 0 && coverage >= LEAST_COVERAGE;
}

function name(kind: string, all: readonly string[]): void {
  for (const one of all.slice(0, MOST_NAMED)) console.error(`${kind}: ${one}`);
  if (all.length > MOST_NAMED) console.error(`${kind}: ${all.length - MOST_NAMED} more`);
}

try {
  if (!(await run(readOptions(process.argv.slice(2))))) process.exitCode = 1;
} catch (error) {
  if (error instanceof Trouble || error instanceof StartError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
