// Plain JavaScript without dependencies: it runs on whatever Node is there, before anything is installed.
// Installs packages when they are missing or when package-lock.json has changed since, and does nothing else.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const oldest = 20;
const found = Number(process.versions.node.split('.')[0]);
if (found < oldest) {
  console.error(
    `Heard needs Node ${oldest} or newer to begin with (it brings its own newer one), and found Node ${process.versions.node}. Install a newer Node and run the same command again.`,
  );
  process.exit(1);
}

const installed = join(root, 'node_modules', '.package-lock.json');
const wanted = join(root, 'package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs) {
  console.log('Installing what is missing (about half a minute) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(
      'npm ci could not install the packages; what it said stands above. Check the connection to the npm registry and run the same command again.',
    );
    process.exit(1);
  }
}
