import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

/** Files that somebody might write one day, what they import, and the rule that has to stop them. */
const PLANTED: [file: string, imports: string, rule: string][] = [
  ['server/results/planted-1.ts', '../storage/responses.ts', 'only-release-reads-responses'],
  ['server/replies/planted-1.ts', '../storage/responses.ts', 'only-release-reads-responses'],
  ['server/web/planted-1.ts', '../storage/responses.ts', 'only-release-reads-responses'],
  ['server/commands/planted-1.ts', '../storage/responses.ts', 'only-release-reads-responses'],
  ['server/storage/planted-1.ts', './responses.ts', 'only-release-reads-responses'],
  ['server/results/planted-2.ts', '../core/tally/count.ts', 'only-release-counts'],
  ['server/core/loop/planted-2.ts', '../tally/count.ts', 'only-release-counts'],
  ['server/results/planted-3.ts', '../core/disclosure/make-release.ts', 'only-disclosure-makes-a-release'],
  ['server/storage/planted-3.ts', '../core/disclosure/make-release.ts', 'only-disclosure-makes-a-release'],
  ['server/commands/planted-3.ts', '../core/disclosure/make-release.ts', 'only-disclosure-makes-a-release'],
  ['server/fieldwork/planted-4.ts', '../storage/drafts.ts', 'only-respond-reads-drafts'],
  ['server/release/planted-4.ts', '../storage/drafts.ts', 'only-respond-reads-drafts'],
  ['server/fieldwork/planted-5.ts', '../storage/sendings.ts', 'only-respond-and-seed-send'],
  ['server/release/planted-5.ts', '../storage/text-readings.ts', 'only-respond-reads-texts'],
  ['server/results/planted-5.ts', '../storage/coded-texts.ts', 'only-release-counts-texts'],
  ['server/respond/planted-6.ts', '../storage/closings.ts', 'only-fieldwork-closes'],
  ['server/core/planted-7.ts', '../storage/surveys.ts', 'core-is-pure'],
  ['server/core/survey/planted-7.ts', '../../errors.ts', 'core-is-pure'],
  ['server/core/survey/planted-8.ts', 'kysely', 'core-is-pure'],
  ['server/core/survey/planted-9.ts', 'node:fs', 'core-is-pure'],
  ['server/results/planted-7.ts', '../release/job.ts', 'no-capability-to-capability'],
  ['server/people/planted-7.ts', '../admin/record-page.ts', 'no-capability-to-capability'],
  ['server/people/planted-8.ts', '../app.ts', 'no-capability-to-capability'],
  ['server/storage/planted-7.ts', '../web/language.ts', 'storage-imports-core-only'],
  ['server/web/planted-7.ts', '../people/pages.ts', 'web-imports-core-and-storage-only'],
  ['server/commands/planted-7.ts', '../main.ts', 'no-orphan-main'],
];

let folder: string;
let violations: Violation[];

/** The import rules, run on a copy of the server in which every file of PLANTED lies. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heard-imports-'));
  for (const name of ['server', 'locales', 'tsconfig.json', '.dependency-cruiser.cjs', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, imports] of PLANTED) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import * as planted from '${imports}';\nexport default planted;\n`);
  }
  const cruiser = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const options = ['server', '--config', '.dependency-cruiser.cjs', '--preserve-symlinks', '--output-type', 'json'];
  const run = spawnSync(process.execPath, [cruiser, ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!run.stdout.startsWith('{')) throw new Error(`The import rules did not run: ${run.stderr}`);
  violations = (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}, 90_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an import that the house forbids', () => {
  it.each(PLANTED)('%s importing %s is stopped by the rule %s', (file, _imports, rule) => {
    const found = violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name);
    expect(found).toContain(rule);
  });

  it('is nowhere in the house itself', () => {
    const planted = new Set(PLANTED.map(([file]) => file));
    expect(violations.filter((violation) => !planted.has(violation.from))).toEqual([]);
  });
});

describe('a release', () => {
  const sources = ['server', 'migrations', 'bench', 'public'].flatMap((name) =>
    readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|js|cjs|mjs)$/.test(path))
      .map((path) => join(ROOT, name, path)),
  );
  const holding = (pattern: RegExp) =>
    sources.filter((path) => pattern.test(readFileSync(path, 'utf8'))).map((path) => relative(ROOT, path));

  it('is sealed in one place only', () => {
    expect(holding(/\bseal\s*\(\s*cube|Release\s*\.\s*seal\b|\bRelease\s*\[/)).toEqual([
      'server/core/disclosure/make-release.ts',
      'server/core/disclosure/release.ts',
    ]);
    // In release.ts it is the method itself.
    expect(readFileSync(join(ROOT, 'server/core/disclosure/release.ts'), 'utf8')).not.toMatch(/Release\s*\.\s*seal\b/);
  });

  it('cannot be put together by hand: its maker is private', () => {
    expect(readFileSync(join(ROOT, 'server/core/disclosure/release.ts'), 'utf8')).toContain('private constructor(');
  });

  it.each(['responses', 'open_responses'])(
    'and answers: the table %s is named in storage only, and read there by two',
    (table) => {
      const naming = holding(new RegExp(`(From|Into|Table|Join)\\(\\s*['"\`]${table}\\b`));
      // The loop looks in from outside, as a tester does: it counts what its own made-up pupils left.
      const inside = naming.filter((path) => !path.startsWith('server/commands/loop/'));
      expect(inside.filter((path) => !path.startsWith('server/storage/'))).toEqual([]);
      const reading = holding(new RegExp(`(selectFrom|Join)\\(\\s*['"\`]${table}\\b`));
      expect(reading.filter((path) => inside.includes(path))).toEqual([
        'server/storage/closings.ts',
        'server/storage/responses.ts',
      ]);
    },
  );
});
