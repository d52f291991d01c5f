import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { FOR_CODE, FOR_WORKS, isAllowed } from './licences/allowed.ts';
import { readPackages, type Package } from './licences/packages.ts';
import { readWorks, type Work } from './licences/works.ts';

/*
 * `npm run licences -- [--json]`: every package with its version and licence, those that ship apart from those that only
 * develop with, and the typefaces and pictures in public/. Read from package-lock.json and node_modules, without any
 * network. It ends with 1 if something ships under a licence that is not on the list, or under none.
 */

const USAGE = 'npm run licences -- [--json]';

interface Report {
  shipped: Package[];
  development: Package[];
  works: Work[];
  faults: string[];
}

function report(root: string): Report {
  const packages = readPackages(root);
  const { works, faults } = readWorks(root);
  return { ...packages, works, faults: [...packages.shipped.flatMap(faultOf), ...works.flatMap(workFault), ...faults] };
}

function faultOf({ name, version, licence }: Package): string[] {
  if (isAllowed(licence, FOR_CODE)) return [];
  return [
    `${name} ${version}: expected ${FOR_CODE.join(', ')}, found ${licence ?? 'no licence'}. Take another package, or decide on that licence (docs/decisions/0062).`,
  ];
}

function workFault({ folder, licence }: Work): string[] {
  if (isAllowed(licence, FOR_WORKS)) return [];
  return [`${folder}: expected ${FOR_WORKS.join(', ')}, found ${licence}.`];
}

function inWords({ shipped, development, works, faults }: Report): string[] {
  const line = ({ name, version, licence }: Package) => `  ${name} ${version}  ${licence ?? '(none)'}`;
  return [
    `Ships (${shipped.length}):`,
    ...shipped.map(line),
    `For development only (${development.length}):`,
    ...development.map(line),
    'Typefaces and pictures:',
    ...works.map(({ folder, licence, text, files }) => `  ${folder}: ${files} files  ${licence}  ${text}`),
    ...(faults.length === 0 ? ['Everything that ships may.'] : faults.map((fault) => `✗ ${fault}`)),
  ];
}

function wantsJson(options: string[]): boolean {
  try {
    return parseArgs({ args: options, options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch (error) {
    throw new StartError(`${(error as Error).message} Expected: ${USAGE}.`);
  }
}

try {
  const asJson = wantsJson(process.argv.slice(2));
  const found = report(process.cwd());
  console.log(asJson ? JSON.stringify(found, null, 2) : inWords(found).join('\n'));
  process.exitCode = found.faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
