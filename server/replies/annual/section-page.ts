import { figuresOf } from '../../core/loop/annual/content.ts';
import { placeholder } from '../../core/loop/annual/placeholders.ts';
import { SECTION_IDS, sectionOf, type ReportReader, type SectionId } from '../../core/loop/annual/sections.ts';
import { REPORT_TEXT_LENGTH, type SectionTexts, type TextFault } from '../../core/loop/annual/texts.ts';
import { readingLevel } from '../../core/loop/reading-level.ts';
import type { WrittenVersion } from '../../storage/annual-reports.ts';
import { isolated, LANGUAGES, type Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { faultOf, type TextField } from '../fields.ts';
import { inWords } from '../reply-form.ts';
import { reportHref, sectionHref } from './addresses.ts';
import type { OpenedReport } from './desk.ts';
import { blockView, createNotes, inLanguage, type SectionView } from './report-page.ts';
import { languageName, placeWords, sectionName } from './section-names.ts';

interface FigureGroup {
  title: string;
  figures: { placeholder: string; value: string; words: string }[];
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/annual/section': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      backHref: string;
      /** To the sections before and after. */
      ways: { href: string; words: string }[];
      drawn: SectionView;
      form: { href: string; basedOn: string; fields: (TextField & { level: string; theirs: string })[] };
      /** Set where somebody else wrote meanwhile: who and when. */
      changed: string;
      figures: FigureGroup[];
      versions: { words: string; texts: { label: string; words: string; lang: string }[] }[];
    };
  }
}

/** What was typed, and what is wrong with it. */
export interface TypedSection {
  texts: SectionTexts;
  faults: readonly TextFault[];
  /** The version that somebody else wrote meanwhile; undefined where nobody did. */
  meanwhile: WrittenVersion | undefined;
}

export const fieldOf = (reader: ReportReader, language: string) => `${reader}-${language}`;

export function sectionPage(
  language: Language,
  opened: OpenedReport,
  section: SectionId,
  typed: TypedSection | undefined,
): Views['replies/annual/section'] {
  const { report, content } = opened;
  const versions = opened.versions.filter((version) => version.section === section);
  const newest = versions.at(-1);
  const faults = (typed?.faults ?? []).map((fault) => faultView(language, section, fault));
  const meanwhile = typed?.meanwhile;
  const notes = createNotes(language, content);
  const blocks = content.sections
    .find(({ id }) => id === section)!
    .blocks.flatMap((block) => {
      const [reader] = sectionOf(section).readers;
      return blockView(language, block, reader!, section, notes);
    });
  return {
    title: sectionName(language, section),
    wide: true,
    faults: meanwhile ? [{ field: 'changed', message: changedWords(language, meanwhile) }, ...faults] : faults,
    backHref: reportHref(report.id),
    ways: waysOf(language, report.id, section),
    drawn: {
      id: 'drawn',
      title: '',
      paragraphs: [],
      blocks,
      notes: notes.list(section),
      writeHref: '',
      isEmpty: false,
    },
    form: {
      href: sectionHref(report.id, section),
      basedOn: String(newest?.number ?? 0),
      fields: fieldsOf(language, section, typed?.texts ?? newest?.texts, faults, meanwhile?.texts),
    },
    changed: meanwhile ? changedWords(language, meanwhile) : '',
    figures: figureGroups(language, opened, section),
    versions: versions.toReversed().map((version) => versionView(language, version)),
  };
}

function waysOf(language: Language, report: string, section: SectionId) {
  const place = SECTION_IDS.indexOf(section);
  const near = { previous: SECTION_IDS[place - 1], next: SECTION_IDS[place + 1] };
  return (['previous', 'next'] as const).flatMap((way) => {
    const id = near[way];
    if (!id) return [];
    const words = language.say('annual', way, { section: sectionName(language, id) });
    return [{ href: sectionHref(report, id), words }];
  });
}

const changedWords = (language: Language, { writtenAt, by }: WrittenVersion) =>
  language.say('annual', 'changedMeanwhile', {
    who: isolated(language, by || language.words.findings.somebody),
    date: language.date(writtenAt),
    time: language.time(writtenAt),
  });

function fieldsOf(
  language: Language,
  section: SectionId,
  texts: SectionTexts | undefined,
  faults: readonly FieldFault[],
  theirs: SectionTexts | undefined,
) {
  return sectionOf(section).readers.flatMap((reader) =>
    LANGUAGES.map(({ code, direction }) => {
      const name = fieldOf(reader, code);
      const value = texts?.[reader][code] ?? '';
      const label = `${language.words.loop[`for-${reader}`]} · ${languageName(language, code)}`;
      const other = theirs?.[reader][code] ?? '';
      const isChild = reader === 'child' && value !== '';
      return {
        ...{ name, label, value, direction, lang: code, kind: 'lines' as const, isOptional: true },
        ...{ hint: '', longest: String(REPORT_TEXT_LENGTH), fault: faultOf(faults, name) },
        level: isChild ? inWords(language, language.words.loop['for-child'], readingLevel([value], code)) : '',
        theirs: theirs && other !== value ? other || language.words.annual.nothingWritten : '',
      };
    }),
  );
}

function faultView(language: Language, section: SectionId, { reader, language: code, problem, found }: TextFault) {
  const message = language.say('annual', `fault-${problem}`, {
    label: placeWords(language, { section, reader, language: code }),
    longest: language.number(REPORT_TEXT_LENGTH),
    found: `\u2068${found}\u2069`,
  });
  return { field: fieldOf(reader, code), message };
}

/** Every figure of the report that a text may quote: those of this section first. */
function figureGroups(language: Language, { content }: OpenedReport, section: SectionId): FigureGroup[] {
  const known = figuresOf(content);
  const seen = new Set<number>();
  const own = content.sections.toSorted((one, other) => Number(other.id === section) - Number(one.id === section));
  return own.flatMap(({ id, blocks }) => {
    const figures = blocks.flatMap(({ heading, typed, lines }) =>
      lines.flatMap((line) =>
        line.figures.flatMap(({ number, name, value }) => {
          if (!known.has(number) || seen.has(number) || number === 0) return [];
          seen.add(number);
          const about = typed || inLanguage(language, heading);
          const words = [inLanguage(language, name), about && isolated(language, about)].filter(Boolean);
          return [{ placeholder: placeholder(number), value: inLanguage(language, value), words: words.join(' · ') }];
        }),
      ),
    );
    return figures.length > 0 ? [{ title: sectionName(language, id), figures }] : [];
  });
}

function versionView(language: Language, { section, number, texts, writtenAt, by }: WrittenVersion) {
  const who = isolated(language, by || language.words.findings.somebody);
  const values = { number: language.number(number), date: language.date(writtenAt), time: language.time(writtenAt), who }; // prettier-ignore
  return {
    words: language.say('annual', 'versionBy', values),
    texts: sectionOf(section).readers.flatMap((reader) =>
      LANGUAGES.flatMap(({ code }) => {
        const words = texts[reader][code] ?? '';
        const label = `${language.words.loop[`for-${reader}`]} · ${languageName(language, code)}`;
        return words === '' ? [] : [{ label, words, lang: code }];
      }),
    ),
  };
}
