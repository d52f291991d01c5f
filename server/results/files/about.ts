import type { Release } from '../../core/disclosure/release.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { FileContent } from './content.ts';

/** What every file says about itself: where its figures come from and on what terms they may be used. */
export interface AboutFiles {
  title: string;
  authority: string;
  wave: string;
  startsOn: string;
  endsOn: string;
  /** How its people were reached, in words. */
  reached: string;
  released: string;
  releaseId: string;
  sha256: string;
  protection: string;
  terms: string;
}

export function aboutFiles({ language, entry, release }: FileContent): AboutFiles {
  const { authority, wave } = release;
  const name = isolated(language, authority.name);
  const title = language.say('files', 'title', { wave: isolated(language, wave.name), authority: name });
  const isOpen = release.reached === 'open';
  const rounded = isOpen ? language.words.open.methodRounded : language.words.results.methodRounded;
  return {
    title: isOpen ? `${title} (${language.words.files['reached-open']})` : title,
    authority: authority.name,
    wave: wave.name,
    startsOn: wave.startsOn,
    endsOn: wave.endsOn,
    reached: language.words.files[`reached-${release.reached}`],
    released: (entry.approvedAt ?? entry.madeAt).slice(0, 10),
    releaseId: entry.id,
    sha256: release.sha256,
    protection: `${rounded} ${language.words.files.noteHidden}`,
    terms: language.say('files', 'terms', { authority: name }),
  };
}

/** Digits of the release number that pages show, and that stands in the names of its files. */
const NUMBER_DIGITS = 12;

/** The number of a release, by which pages and files call it: the first digits of its hash. */
export function releaseNumber(sha256: string): string {
  return sha256.slice(0, NUMBER_DIGITS);
}

/** The name of a file without its ending: the files of a release in one language belong together; those that an area sees are called a part. */
export function fileStem(language: Language, { sha256, isNarrowed }: Pick<Release, 'sha256' | 'isNarrowed'>): string {
  return `release-${releaseNumber(sha256)}-${language.code}${isNarrowed ? '-part' : ''}`;
}
