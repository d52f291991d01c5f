import {
  figuresOf,
  type ContentBlock,
  type ContentSection,
  type ReportContent,
} from '../../core/loop/annual/content.ts';
import { piecesOf } from '../../core/loop/annual/placeholders.ts';
import { REPORT_READERS, sectionOf, type ReportReader } from '../../core/loop/annual/sections.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { draftHref, publicReportHref, reportHref, sectionHref } from './addresses.ts';
import { languageName, periodWords, sectionName } from './section-names.ts';

/** A note: its number on the page, and where it stands. */
interface NoteLink {
  number: string;
  href: string;
  label: string;
}

/** Words, or a figure that they quote with where it comes from. */
interface PieceView {
  words: string;
  /** Set of a figure that is quoted. */
  isFigure: boolean;
  /** Set where a draft quotes a figure that is not there any more. */
  isGone: boolean;
  notes: NoteLink[];
}

export interface LineView {
  kind: string;
  words: string;
  /** What somebody typed in one language, after the words. */
  typed: string;
  /** A colour to mark; empty where there is none. */
  colour: string;
  notes: NoteLink[];
}

export interface BlockView {
  heading: string;
  lines: LineView[];
}

export interface SectionView {
  id: string;
  title: string;
  /** What was written, by paragraph. */
  paragraphs: PieceView[][];
  blocks: BlockView[];
  notes: { id: string; number: string; words: string; href: string }[];
  /** Where a draft's section is written; empty of what is published. */
  writeHref: string;
  /** Set where a draft still needs words. */
  isEmpty: boolean;
}

/** What is sent along when what stands on the page is published. */
export interface PublishView {
  /** Empty while something keeps the report back. */
  href: string;
  after: string;
  fingerprint: string;
  words: string;
  childHref: string;
  checklistHref: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/annual/report': {
      title: string;
      reader: ReportReader;
      unreal: boolean;
      /** Set while it is a draft. */
      isDraft: boolean;
      period: string;
      readers: { href: string; words: string; current: boolean }[];
      /** Said of the words in this language; empty where they were read twice. */
      drafted: string;
      sections: SectionView[];
      /** Which edition, when it was published and its hash; empty of a draft. */
      edition: string;
      hash: string;
      editions: { href: string; words: string; current: boolean }[];
      back: { href: string; words: string };
      /** Where a draft is published by whoever has read it to its end; null of anything else. */
      publish: PublishView | null;
    };
    'replies/annual/section-body': { section: SectionView };
    'replies/annual/notes': { notes: NoteLink[] };
  }
}

/** What is published, or a draft where there is no edition. */
export interface ShownReport {
  reportId: string;
  content: ReportContent;
  reader: ReportReader;
  /** Null of a draft. */
  edition: { number: number; publishedAt: string; sha256: string } | null;
  /** Numbers of all editions that stand, the newest first. */
  editions: readonly number[];
  publish: PublishView | null;
}

export function reportPage(language: Language, shown: ShownReport): Views['replies/annual/report'] {
  const { reportId, content, reader, edition } = shown;
  const { authority, period } = content;
  const { annual } = language.words;
  const isDraft = edition === null;
  const notes = createNotes(language, content);
  const sections = content.sections
    .filter(({ id }) => sectionOf(id).readers.includes(reader))
    .map((section) => sectionView(language, shown, section, notes))
    .filter(({ paragraphs, blocks }) => isDraft || paragraphs.length > 0 || blocks.length > 0);
  const place = isolated(language, authority.name);
  return {
    title: language.say('annual', reader === 'child' ? 'childTitle' : 'reportTitle', { place }),
    ...{ reader, isDraft, sections, publish: shown.publish },
    unreal: authority.isDemonstration,
    period: periodWords(language, period),
    readers: REPORT_READERS.map((one) => ({
      href: hrefOf(shown, one),
      words: language.words.loop[`for-${one}`],
      current: one === reader,
    })),
    drafted: content.unread.includes(language.code)
      ? language.say('annual', 'drafted', { language: languageName(language, language.code) })
      : '',
    edition: edition
      ? language.say('annual', 'editionOn', { number: language.number(edition.number), date: language.date(edition.publishedAt) }) // prettier-ignore
      : '',
    hash: edition?.sha256 ?? '',
    editions: isDraft || shown.editions.length < 2 ? [] : shown.editions.map((number) => editionLink(language, shown, number)), // prettier-ignore
    back: isDraft
      ? { href: reportHref(reportId), words: annual.backToDesk }
      : {
          href: `/replies/${encodeURIComponent(authority.id)}`,
          words: language.say('replies', 'allRepliesOf', { place }),
        },
  };
}

/** Adults unless an address says otherwise, and the newest edition. */
function hrefOf({ reportId, content, edition, editions }: ShownReport, reader: ReportReader): string {
  const asked = new URLSearchParams(reader === 'child' ? { for: 'child' } : {});
  if (edition && edition.number !== editions[0]) asked.set('edition', String(edition.number));
  const page = edition ? publicReportHref(content.authority.id, reportId) : draftHref(reportId);
  return asked.size > 0 ? `${page}?${asked.toString()}` : page;
}

function editionLink(language: Language, shown: ShownReport, number: number) {
  const edition = { number, publishedAt: '', sha256: '' };
  return {
    href: hrefOf({ ...shown, edition }, shown.reader),
    words: language.say('annual', 'editionNumber', { number: language.number(number) }),
    current: number === shown.edition?.number,
  };
}

/** Numbers notes over a page in the order in which they come up. */
export interface Notes {
  /** @param section the section whose list the link leads to */
  link(section: string, sources: readonly number[]): NoteLink[];
  list(section: string): SectionView['notes'];
}

export function createNotes(language: Language, { sources }: ReportContent): Notes {
  const numbers = new Map<number, number>();
  const used = new Map<string, Set<number>>();
  const idOf = (section: string, number: number) => `note-${section}-${number}`;
  return {
    link: (section, list) =>
      list.map((source) => {
        const number = numbers.get(source) ?? numbers.size + 1;
        numbers.set(source, number);
        used.set(section, (used.get(section) ?? new Set()).add(source));
        const said = language.number(number);
        return {
          ...{ number: said, href: `#${idOf(section, number)}` },
          label: language.say('annual', 'noteLabel', { number: said }),
        };
      }),
    list: (section) =>
      [...(used.get(section) ?? [])].map((source) => {
        const number = numbers.get(source)!;
        const { words, href } = sources[source]!;
        return { id: idOf(section, number), number: language.number(number), words: inLanguage(language, words), href };
      }),
  };
}

function sectionView(language: Language, shown: ShownReport, section: ContentSection, notes: Notes): SectionView {
  const { reader, edition, reportId, content } = shown;
  const { id, texts } = section;
  const text = texts[reader][language.code] ?? '';
  const paragraphs = paragraphsOf(language, text, content, (sources) => notes.link(id, sources));
  const blocks = section.blocks.flatMap((block) => blockView(language, block, reader, id, notes));
  return {
    ...{ id, paragraphs, blocks },
    title: sectionName(language, id, reader),
    notes: notes.list(id),
    writeHref: edition ? '' : sectionHref(reportId, id),
    isEmpty: !edition && text === '' && sectionOf(id).needed.includes(reader),
  };
}

/** What is drawn for a reader; nothing where none of it is for them. */
export function blockView(
  language: Language,
  { heading, typed, lines }: ContentBlock,
  reader: ReportReader,
  section: string,
  notes: Notes,
): BlockView[] {
  const own = lines.flatMap((line): LineView[] => {
    const words = line.words[reader];
    if (!words) return [];
    const { kind, colour } = line;
    const linked = notes.link(section, line.sources);
    return [{ kind, colour, typed: line.typed, words: inLanguage(language, words), notes: linked }];
  });
  if (own.length === 0) return [];
  return [{ heading: typed || inLanguage(language, heading), lines: own }];
}

/** A text by paragraph, with the figures that it quotes as they stand. */
function paragraphsOf(
  language: Language,
  text: string,
  content: ReportContent,
  link: (sources: readonly number[]) => NoteLink[],
): PieceView[][] {
  const figures = figuresOf(content);
  const piece = (words: string, more: Partial<PieceView> = {}): PieceView => {
    return { words, isFigure: false, isGone: false, notes: [], ...more };
  };
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) =>
      piecesOf(paragraph).map((one) => {
        if (one.kind === 'words') return piece(one.words);
        const figure = figures.get(one.number);
        if (!figure)
          return piece(language.say('annual', 'figureGone', { number: one.number }), { isFigure: true, isGone: true });
        return piece(inLanguage(language, figure.value), { isFigure: true, notes: link(figure.sources) });
      }),
    );
}

export function inLanguage(language: Language, words: Readonly<Record<string, string>>): string {
  return words[language.code] ?? words['en'] ?? '';
}
