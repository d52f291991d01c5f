import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** Typefaces and pictures of one folder of public/, with the files that say whose they are. */
interface Origin {
  folder: string;
  licence: string;
  /** The licence, or where it can be read. */
  text: string;
  /** What has to stand in that text. */
  says: string;
  /** Names every file of the folder. */
  names: string;
}

const ORIGINS: Origin[] = [
  {
    folder: 'public/fonts',
    licence: 'OFL-1.1',
    text: 'public/fonts/OFL.txt',
    says: 'SIL Open Font License, Version 1.1',
    names: 'public/fonts/README.md',
  },
  {
    folder: 'public/symbols',
    licence: 'CC-BY-SA-4.0',
    text: 'public/symbols/CREDITS.md',
    says: 'CC BY-SA 4.0',
    names: 'public/symbols/CREDITS.md',
  },
];

/** What browsers show or play that is no code. */
const ENDINGS = [
  '.woff2',
  '.woff',
  '.ttf',
  '.otf',
  '.svg',
  '.png',
  '.jpg',
  '.jpeg',
  '.webp',
  '.gif',
  '.ico',
  '.mp3',
  '.ogg',
];

export interface Work {
  folder: string;
  licence: string;
  text: string;
  files: number;
}

/** The works in public/, and what is wrong with how they say whose they are. */
export function readWorks(root: string): { works: Work[]; faults: string[] } {
  const files = worksIn(root);
  const faults = files
    .filter((file) => !ORIGINS.some(({ folder }) => folder === dirname(file)))
    .map((file) => `${file}: nothing says whose it is. Put it beside the others, or add its folder with its licence.`);
  const works = ORIGINS.map(({ folder, licence, text }) => {
    const held = files.filter((file) => dirname(file) === folder);
    return { folder, licence, text, files: held.length };
  }).filter(({ files: count }) => count > 0);
  return { works, faults: [...faults, ...ORIGINS.flatMap((origin) => originFaults(root, origin, files))] };
}

function worksIn(root: string): string[] {
  if (!existsSync(join(root, 'public'))) return [];
  return readdirSync(join(root, 'public'), { recursive: true, encoding: 'utf8' })
    .filter((file) => ENDINGS.includes(extname(file).toLowerCase()))
    .map((file) => join('public', file).replaceAll('\\', '/'))
    .toSorted();
}

function originFaults(root: string, { folder, text, says, names }: Origin, files: readonly string[]): string[] {
  const held = files.filter((file) => dirname(file) === folder);
  if (held.length === 0) return [];
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
  const list = read(names);
  return [
    ...(read(text).includes(says) ? [] : [`${text}: expected the licence of ${folder}, with the words "${says}".`]),
    ...held
      .filter(
        (file) => !list.includes(`\`${basename(file)}\``) && !list.includes(`\`${basename(file, extname(file))}\``),
      )
      .map((file) => `${file}: ${names} does not say where it comes from.`),
  ];
}
