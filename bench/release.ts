import { failingOf, figuresOf, rounded } from './release/figures.ts';
import { readOptions, type Options } from './release/options.ts';
import { runDemonstration } from './release/run-demonstration.ts';
import { runEightClusters } from './release/run-eight-clusters.ts';

/*
 * `npm run bench:release`: makes a made-up wave of eight clusters and forty items safe on two threads, and says how
 * long that took, what withstood the attack, and what is left for readers. --demonstration does the same with the
 * P5–P7 part of the demonstration's newest wave. --mutate rounding, withheld or export plants a mistake in the eight
 * clusters: then the attack must name what it gives away, and the command fails. --json prints one object.
 */
function options(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

const { demonstration, mutation, json } = options();
const tell = (line: string) => (json ? console.error(line) : console.log(line));
const made = demonstration ? await runDemonstration(tell) : await runEightClusters(mutation, tell);
const figures = {
  ...figuresOf(made.seconds, made.audits, made.usefulness),
  ...('gatherSeconds' in made && { gatherSeconds: rounded(made.gatherSeconds, 1) }),
};
if (json) console.log(JSON.stringify(figures));
else console.table(figures);
const failing = failingOf(made.audits);
for (const { target, left } of failing.slice(0, 20))
  console.error(`Given away: ${target} (${left} whole numbers left)`);
if ('isMutated' in made && mutation && !made.isMutated) console.error(`Nothing to mutate by ${mutation}.`);
if (failing.length > 0) process.exitCode = 1;
