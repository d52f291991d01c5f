import type { Release } from '../../core/disclosure/release.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { METHOD, releaseAddress, releaseFileAddress, reportsAddress } from '../addresses.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { FORMATS, type Format } from './formats.ts';
import { tableNotes, type Note } from './notes.ts';
import type { FileSet } from './shelf.ts';

export interface FilesPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  files: { href: string; name: string; about: string; size: string }[];
  /** How to read the table; the page about the method says the rest. */
  notes: readonly Note[];
  methodHref: string;
  reportsHref: string;
  backHref: string;
}

const BYTES = 1000;

/** What there is to take along, with what each file is good for. */
export function filesPage(language: Language, entry: ReleaseEntry, release: Release, files: FileSet): FilesPage {
  return {
    title: language.say('files', 'pageTitle', { wave: isolated(language, release.wave.name) }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    files: FORMATS.map((format) => ({
      href: releaseFileAddress(entry.id, format),
      ...formatWords(language, format, release),
      size: sizeWords(language, files.size(format)),
    })),
    notes: tableNotes(language, release),
    methodHref: METHOD,
    reportsHref: reportsAddress(entry.id),
    backHref: releaseAddress(entry.id),
  };
}

function sizeWords(language: Language, size: number | undefined): string {
  if (size === undefined) return language.words.files.sizeLater;
  return language.say('files', 'size', { size: language.number(Math.ceil(size / BYTES)) });
}

function formatWords({ words }: Language, format: Format, { reached }: Release): { name: string; about: string } {
  const isOpenGroups = reached === 'open' && format === 'groups';
  const about = isOpenGroups ? words.open.filesGroups : words.files[`good-for-${format}`];
  return { name: words.files[`format-${format}`], about };
}
