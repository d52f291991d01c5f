import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Eta } from 'eta';

/*
 * Holds every template against what its page says it may read. Each template becomes one typed function
 * in .cache/views/, made from Eta's own parser; `tsc` then finds misspelt fields, values that would print
 * "undefined", unescaped output and missing partials. What a type cannot say is looked for here.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const VIEWS = join(ROOT, 'views');
export const GENERATED = join(ROOT, '.cache', 'views');

interface Piece {
  t: string;
  val: string;
  lineNo: number;
}

const PRELUDE = `import type { Frame, Html, Views } from '../../server/web/views.ts';
declare function include<Name extends keyof Views>(name: \`/\${Name}\`, data: Views[Name]): Html;
declare function layout(name: string): void;
declare function print(value: string | number): void;
declare function printRaw(value: Html): void;
`;

/** Writes the typed functions. @returns faults that need no types, each with its place */
export function writeTypedViews(): string[] {
  rmSync(GENERATED, { recursive: true, force: true });
  mkdirSync(GENERATED, { recursive: true });
  const eta = new Eta({ debug: true, autoTrim: false });
  const faults: string[] = [];
  for (const name of templateNames()) {
    const source = readFileSync(join(VIEWS, `${name}.eta`), 'utf8');
    faults.push(...textFaults(name, source));
    const pieces = eta.parse(source) as (string | Piece)[];
    writeFileSync(join(GENERATED, `${name.replaceAll('/', '--')}.ts`), typedFunction(name, pieces));
  }
  faults.push(...missingTemplates());
  return faults;
}

function templateNames(): string[] {
  return readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.eta'))
    .map((file) => file.replaceAll('\\', '/').replace(/\.eta$/, ''));
}

function typedFunction(name: string, pieces: (string | Piece)[]): string {
  const lines = [`${PRELUDE}export function view(it: Views['${name}'] & Frame): void {`];
  for (const piece of pieces) {
    if (typeof piece === 'string') continue;
    const code = piece.val.trim();
    const layout = /^layout\('\/([^']+)'\)$/.exec(code)?.[1];
    lines.push(`// @line ${piece.lineNo}`);
    if (layout) lines.push(`const forLayout: Omit<Views['${layout}'], 'body'> = it; void forLayout;`);
    else if (piece.t === 'i') lines.push(`print(${code});`);
    else if (piece.t === 'r') lines.push(`printRaw(${code});`);
    else lines.push(code);
  }
  return [...lines, 'void it;', '}', ''].join('\n');
}

/** Words written into a template, and attributes without quotes. */
function textFaults(name: string, source: string): string[] {
  const faults: string[] = [];
  source.split('\n').forEach((line, index) => {
    if (/\s[a-z-]+=<%/.test(line))
      faults.push(`views/${name}.eta:${index + 1} an attribute's value has no quotes: add them`);
  });
  const visible = source.replace(/<%[\s\S]*?%>/g, '').replace(/<[^>]*>/g, ' ');
  const words = /\p{L}{2,}/u.exec(visible)?.[0];
  if (words) faults.push(`views/${name}.eta holds the word "${words}": words belong into locales/`);
  return faults;
}

/** Pages that code renders and no template draws. */
function missingTemplates(): string[] {
  const known = new Set(templateNames());
  const faults: string[] = [];
  for (const file of readdirSync(join(ROOT, 'server'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = readFileSync(join(ROOT, 'server', file), 'utf8');
    for (const [, page] of source.matchAll(/\.page\(\s*'([^']+)'/g)) {
      if (page && !known.has(page))
        faults.push(`server/${file} renders "${page}", but views/${page}.eta does not exist`);
    }
  }
  return faults;
}

/** Turns a place that `tsc` named in a generated function back into the template and its line. */
export function inTemplate(line: string): string {
  const match = /^\.cache\/views\/([^(]+)\.ts\((\d+),\d+\): (.*)$/.exec(line);
  if (!match) return line;
  const [, file = '', lineNumber = '0', message = ''] = match;
  const before = readFileSync(join(GENERATED, `${file}.ts`), 'utf8')
    .split('\n')
    .slice(0, Number(lineNumber));
  const marker = before.findLast((text) => text.startsWith('// @line '));
  return `${relative(ROOT, join(VIEWS, `${file.replaceAll('--', '/')}.eta`))}:${marker?.slice(9) ?? '1'} ${message}`;
}
