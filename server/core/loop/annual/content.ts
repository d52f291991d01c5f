import { canonical } from '../../canonical.ts';
import { figureKey, type Drawn, type Quotable, type Said, type Statement } from './draw.ts';
import type { ByLanguage, Source } from './facts.ts';
import type { Period } from './period.ts';
import { SECTIONS, type ReportReader, type SectionId } from './sections.ts';
import { NO_SECTION_TEXTS, type SectionTexts } from './texts.ts';

/*
 * A report as a document: everything that a page prints, in every language, with nothing left to be looked up. A draft is
 * made anew whenever it is looked at; what is published is kept as it is, with its hash.
 */

/** A sentence that was drawn. */
export interface ContentLine {
  key: string;
  kind: Said['is'];
  words: Readonly<Partial<Record<ReportReader, ByLanguage>>>;
  /** What somebody typed in one language, such as a word of progress; empty where nothing is. */
  typed: string;
  /** A colour to be marked beside its word; empty where there is none. */
  colour: string;
  /** Figures of it that texts may quote. */
  figures: readonly ContentFigure[];
  /** Where it comes from: places in the report's sources. */
  sources: readonly number[];
}

export interface ContentFigure {
  number: number;
  /** What of its sentence it is, in words. */
  name: ByLanguage;
  value: ByLanguage;
}

export interface ContentBlock {
  /** Empty where it has no heading. */
  heading: ByLanguage;
  /** A heading that was typed in one language. */
  typed: string;
  lines: readonly ContentLine[];
}

export interface ContentSection {
  id: SectionId;
  texts: SectionTexts;
  blocks: readonly ContentBlock[];
}

/** Where figures come from. */
export interface ContentSource {
  words: ByLanguage;
  /** The address of a page that everybody may open; empty where there is none. */
  href: string;
  /** The id of the release that it is; empty of anything else. */
  release: string;
}

export interface ReportContent {
  format: 1;
  authority: { id: string; name: string; isDemonstration: boolean };
  period: Period;
  /** The day on which its figures were drawn. */
  drawnOn: string;
  languages: readonly string[];
  /** Languages of which nobody but the writers read all words. */
  unread: readonly string[];
  sections: readonly ContentSection[];
  sources: readonly ContentSource[];
}

/** What turns facts into words, in every language of the report. */
export interface ReportWords {
  statement(said: Said, reader: ReportReader): ByLanguage;
  quote(value: Quotable): ByLanguage;
  part(statement: Statement, index: number): ByLanguage;
  source(source: Source): { words: ByLanguage; href: string };
}

export interface Numbering {
  /** The number of each figure, by its key. */
  numbers: ReadonlyMap<string, number>;
  /** What is written, by section. */
  texts: ReadonlyMap<SectionId, SectionTexts>;
}

type Head = Pick<ReportContent, 'authority' | 'period' | 'drawnOn' | 'languages' | 'unread'>;

/** Puts a report together from what was drawn and what was written. */
export function makeContent(
  head: Head,
  drawn: Drawn,
  { numbers, texts }: Numbering,
  words: ReportWords,
): ReportContent {
  const places = new Map<string, number>();
  const sources: ContentSource[] = [];
  const placeOf = (source: Source): number => {
    const key = canonical(source);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, sources.length);
    sources.push({ ...words.source(source), release: source.is === 'release' ? source.id : '' });
    return sources.length - 1;
  };
  const lineOf = (statement: Statement): ContentLine => ({
    key: statement.key,
    kind: statement.said.is,
    words: Object.fromEntries(statement.readers.map((reader) => [reader, words.statement(statement.said, reader)])),
    typed: statement.said.is === 'progress' ? statement.said.words : '',
    colour: colourOf(statement),
    figures: statement.quotes.map(({ part, value }, index) => ({
      number: numbers.get(figureKey(statement, part)) ?? 0,
      name: words.part(statement, index),
      value: words.quote(value),
    })),
    sources: statement.sources.map(placeOf),
  });
  const sections = SECTIONS.map(({ id }): ContentSection => {
    const blocks = drawn[id].map(({ heading, statements }) => ({
      heading: typeof heading === 'string' ? {} : heading,
      typed: typeof heading === 'string' ? heading : '',
      lines: statements.map(lineOf),
    }));
    return { id, texts: texts.get(id) ?? NO_SECTION_TEXTS, blocks };
  });
  return { format: 1, ...head, sections, sources };
}

function colourOf({ quotes }: Statement): string {
  const found = quotes.find(({ value }) => value.is === 'colour')?.value;
  return found?.is === 'colour' ? found.colour : '';
}

/** All figures of a report, by their number. */
export function figuresOf(content: ReportContent): Map<number, ContentFigure & { sources: readonly number[] }> {
  const lines = content.sections.flatMap(({ blocks }) => blocks.flatMap((block) => block.lines));
  return new Map(
    lines.flatMap(({ figures, sources }) => figures.map((figure) => [figure.number, { ...figure, sources }] as const)),
  );
}

/** A report as the text that is kept; the same content is always the same text. */
export function contentText(content: ReportContent): string {
  return canonical(content);
}

/**
 * A report that was kept. @param sha256 makes the hash of a text
 * @throws if the text is not the one that was published
 */
export function readContent(text: string, expected: string, sha256: (text: string) => string): ReportContent {
  const found = sha256(text);
  if (found !== expected)
    throw new Error(
      `A published report has the hash ${found}, expected ${expected}: it was changed. Restore it from a backup.`,
    );
  return JSON.parse(text) as ReportContent;
}
