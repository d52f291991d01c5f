import { childWords, mayPublish, SUITS_AGE } from '../../core/loop/annual/checklist.ts';
import { SECTIONS } from '../../core/loop/annual/sections.ts';
import { readingLevel } from '../../core/loop/reading-level.ts';
import { newestTexts } from '../../core/loop/annual/texts.ts';
import { stands, type EditionEntry, type Withdrawal } from '../../storage/annual-reports.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { CODES, inWords } from '../reply-form.ts';
import {
  ANNUAL,
  draftHref,
  editionsHref,
  publicReportHref,
  readingsHref,
  reportHref,
  sectionHref,
  withdrawalsHref,
} from './addresses.ts';
import { checklistView, type LackView } from './checklist-words.ts';
import type { OpenedReport } from './desk.ts';
import { editionState } from './list-page.ts';
import type { PublishView } from './report-page.ts';
import { languageName, periodWords, sectionName } from './section-names.ts';

/** Things that somebody has just done here. */
export const REPORT_DONE = ['made', 'there', 'written', 'read', 'published', 'withdrawn'] as const;
export type ReportDone = (typeof REPORT_DONE)[number];

/** Characters of the reason why an edition is withdrawn. */
export const REASON_LENGTH = 300;

interface EditionView {
  number: string;
  /** Its public page; empty where it was withdrawn. */
  href: string;
  words: string;
  hash: string;
  /** When it was withdrawn, by whom and why; empty while it stands. */
  withdrawn: string;
  /** Where it is withdrawn; empty where it was. */
  withdrawHref: string;
  /** What is wrong with the reason; empty if nothing is. */
  fault: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/annual/desk': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      done: string;
      state: string;
      backHref: string;
      drafts: { href: string; words: string }[];
      sections: { href: string; title: string; states: string[] }[];
      levels: string[];
      suits: string;
      blocking: LackView[];
      told: LackView[];
      languages: { words: string; code: string; readHref: string; read: string }[];
      ownWords: boolean;
      /** How much is written, sent along with what was read. */
      versions: string;
      gate: string;
      /** The draft's end, where it is published; empty while something keeps it back. */
      publishHref: string;
      /** What a published edition quotes and was corrected since; empty where nothing was. */
      corrected: string;
      editions: EditionView[];
      reasonLength: string;
    };
    'replies/annual/lacks': { lacks: LackView[] };
  }
}

export interface DeskShown {
  /** Whoever looks, who cannot read their own words a second time. */
  me: string;
  done: ReportDone | '';
  /** Why what somebody asked for was not done; empty where nothing was refused. */
  refused: 'blocked' | 'changed' | 'rewritten' | 'no-reason' | '';
  /** The edition whose withdrawal had no reason. */
  edition?: number;
}

export function reportDeskPage(
  language: Language,
  opened: OpenedReport,
  { me, done, refused, edition: asked }: DeskShown,
): Views['replies/annual/desk'] {
  const { annual, loop } = language.words;
  const { report, authority, items, editions, correctedSince } = opened;
  const { blocking, told } = checklistView(language, report.id, items);
  const newest = editions.find(stands);
  const texts = new Map([...newestTexts(opened.versions)].map(([section, version]) => [section, version.texts]));
  return {
    title: language.say('annual', 'deskTitle', { period: periodWords(language, report.period) }),
    wide: true,
    faults: refused ? [{ field: asked ? `reason-${asked}` : 'checklist', message: annual[`refused-${refused}`] }] : [],
    done: done ? annual[`done-${done}`] : '',
    state: editionState(language, newest),
    backHref: ANNUAL,
    drafts: [
      { href: draftHref(report.id), words: annual.draftAdult },
      { href: `${draftHref(report.id)}?for=child`, words: annual.draftChild },
    ],
    sections: SECTIONS.map(({ id, readers, needed }) => ({
      href: sectionHref(report.id, id),
      title: sectionName(language, id),
      states: readers.map((reader) => {
        const written = CODES.filter((code) => texts.get(id)?.[reader][code]).map((code) =>
          languageName(language, code),
        );
        const list = new Intl.ListFormat(language.code).format(written);
        const nothing = needed.includes(reader) ? annual.stillNeeded : annual.notNeeded;
        return `${loop[`for-${reader}`]}: ${list || nothing}`;
      }),
    })),
    levels: CODES.map((code) =>
      inWords(language, languageName(language, code), readingLevel(childWords(texts, code), code)),
    ),
    suits: language.say('loop', 'levelSuits', { age: language.number(SUITS_AGE) }),
    ...{ blocking, told },
    languages: languageViews(language, opened, me),
    ownWords: opened.unread.some(({ writtenBy }) => writtenBy === me),
    versions: String(opened.versions.length),
    gate: authority.kind === 'demonstration' ? loop.demonstrationGate : '',
    publishHref: mayPublish(items) ? `${draftHref(report.id)}#publish` : '',
    corrected:
      correctedSince.length > 0
        ? language.say('annual', 'correctedSince', { waves: correctedSince.map((wave) => isolated(language, wave)).join(annual.listComma) }) // prettier-ignore
        : '',
    editions: editions.map((edition) =>
      editionView(language, opened, edition, asked === edition.number ? annual['refused-no-reason'] : ''),
    ),
    reasonLength: String(REASON_LENGTH),
  };
}

function editionView(
  language: Language,
  { authority, report }: OpenedReport,
  edition: EditionEntry,
  fault: string,
): EditionView {
  const { number, withdrawal } = edition;
  return {
    number: String(number),
    href: withdrawal ? '' : `${publicReportHref(authority.id, report.id)}?edition=${number}`,
    words: editionState(language, edition),
    hash: edition.sha256,
    withdrawn: withdrawal ? withdrawnWords(language, withdrawal) : '',
    withdrawHref: withdrawal ? '' : withdrawalsHref(report.id, number),
    fault: withdrawal ? '' : fault,
  };
}

function withdrawnWords(language: Language, { at, by, reason }: Withdrawal): string {
  const [date, who] = [language.date(at), isolated(language, by || language.words.annual.somebody)];
  return language.say('annual', 'withdrawnBy', { date, who, reason: isolated(language, reason) });
}

/** What whoever has read a draft publishes: exactly what stands on the page, for all readers and in all languages. */
export function publishView({ words: { annual } }: Language, opened: OpenedReport): PublishView {
  const { report, items, editions, fingerprint } = opened;
  return {
    href: mayPublish(items) ? editionsHref(report.id) : '',
    after: String(editions[0]?.number ?? 0),
    fingerprint,
    words: editions.length > 0 ? annual.publishAgain : annual.publish,
    childHref: `${draftHref(report.id)}?for=child`,
    checklistHref: `${reportHref(report.id)}#checklist`,
  };
}

function languageViews(
  language: Language,
  { report, unread, versions }: OpenedReport,
  me: string,
): Views['replies/annual/desk']['languages'] {
  return CODES.map((code) => {
    const values = { language: languageName(language, code) };
    const open = unread.filter((one) => one.language === code);
    const isWritten = versions.length > 0;
    return {
      words: language.say('loop', isWritten && open.length === 0 ? 'languageRead' : 'languageDrafted', values),
      code,
      readHref: open.some(({ writtenBy }) => writtenBy !== me) ? readingsHref(report.id) : '',
      read: language.say('loop', 'readIt', values),
    };
  });
}
