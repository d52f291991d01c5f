import { placeholderFaults, type PlaceholderFault } from './placeholders.ts';
import { sectionOf, SECTIONS, type ReportReader, type SectionId } from './sections.ts';

/*
 * What planners write around what is drawn: for each section, reader and language a text; versions are kept whole.
 */

/** Characters of one text. */
export const REPORT_TEXT_LENGTH = 3000;

export type SectionTexts = Readonly<Record<ReportReader, Readonly<Record<string, string>>>>;

export const NO_SECTION_TEXTS: SectionTexts = { adult: {}, child: {} };

/** A version of a section's texts, as it was written. */
export interface TextVersion {
  section: SectionId;
  /** From 1. */
  number: number;
  texts: SectionTexts;
  writtenAt: string;
  /** The account's id; null where nobody is known. */
  writtenBy: string | null;
}

export interface TextFault {
  reader: ReportReader;
  language: string;
  problem: 'too-long' | PlaceholderFault['problem'];
  /** What was found, of a placeholder. */
  found: string;
}

/** What keeps a section's texts from being kept. Empty ones may be: the checklist tells of them. */
export function textFaults(
  section: SectionId,
  texts: SectionTexts,
  languages: readonly string[],
  figures: ReadonlySet<number>,
): TextFault[] {
  return everyText([section], languages).flatMap(({ reader, language }): TextFault[] => {
    const text = texts[reader][language] ?? '';
    const long =
      text.length > REPORT_TEXT_LENGTH ? [{ reader, language, problem: 'too-long' as const, found: '' }] : [];
    return [...long, ...placeholderFaults(text, figures).map((fault) => ({ reader, language, ...fault }))];
  });
}

/** Where a text may stand: in the order of sections, readers and languages. */
export function everyText(
  sections: readonly SectionId[],
  languages: readonly string[],
): { section: SectionId; reader: ReportReader; language: string }[] {
  return sections.flatMap((section) =>
    sectionOf(section).readers.flatMap((reader) => languages.map((language) => ({ section, reader, language }))),
  );
}

/** The newest version of each section. @param versions the oldest first */
export function newestTexts(versions: readonly TextVersion[]): Map<SectionId, TextVersion> {
  return new Map(versions.map((version) => [version.section, version]));
}

/** That somebody read a language of a version of a section. */
export interface TextReading {
  section: SectionId;
  language: string;
  number: number;
  by: string;
}

/** A language of a section that nobody but whoever wrote it has read as it stands. */
export interface Unread {
  section: SectionId;
  language: string;
  /** The newest version, which is what is read. */
  number: number;
  writtenBy: string | null;
}

/**
 * What still has to be read by a second person. Words that were read stay so when another language of their section is
 * rewritten, and when the same words are sent again.
 */
export function unreadTexts(
  versions: readonly TextVersion[],
  readings: readonly TextReading[],
  languages: readonly string[],
): Unread[] {
  return SECTIONS.flatMap(({ id }) => {
    const own = versions.filter(({ section }) => section === id);
    const newest = own.at(-1);
    if (!newest) return [];
    return languages.flatMap((language): Unread[] => {
      if (wordsIn(newest, language).every((text) => text === '')) return [];
      const writer = own[sameSince(own, language)]!;
      const read = readings.some(
        (one) => one.section === id && one.language === language && one.number >= writer.number && one.by !== writer.writtenBy, // prettier-ignore
      );
      return read ? [] : [{ section: id, language, number: newest.number, writtenBy: writer.writtenBy }];
    });
  });
}

/** The index of the version since which a language says what it says now. */
function sameSince(versions: readonly TextVersion[], language: string): number {
  const now = JSON.stringify(wordsIn(versions.at(-1)!, language));
  const other = versions.findLastIndex((version) => JSON.stringify(wordsIn(version, language)) !== now);
  return other + 1;
}

function wordsIn({ section, texts }: TextVersion, language: string): string[] {
  return sectionOf(section).readers.map((reader) => texts[reader][language] ?? '');
}
