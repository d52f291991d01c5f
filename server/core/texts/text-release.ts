import { protect, type ProtectedCount } from '../disclosure/protection.ts';
import type { Release, Sha256 } from '../disclosure/release.ts';
import { LEAST_BASE, mayShowNumerator } from '../disclosure/rules.ts';
import type { Band } from '../survey/stage.ts';

/*
 * A text release: what young people wrote about, as shares of themes, and some of their words. Everything that is shown
 * of it is a function of it and of the release of the same wave, whose bases it is read against. Counts are those of
 * the whole authority by band, protected, and hidden by the rules of releases; the words are quotes that were approved.
 */

/** The words of a title, by the languages that staff type it in. */
export interface ThemeTitle {
  en: string;
  ar: string;
}

/** Words of a young person with everything taken out that may tell who it was; band and language, nothing else. */
export interface ReleasedQuote {
  band: string;
  language: string;
  words: string;
}

export interface ReleasedTheme {
  title: ThemeTitle;
  /** How many raised it, by band; null where hidden, whatever the reason. */
  counts: Record<string, ProtectedCount | null>;
  quotes: ReleasedQuote[];
}

export interface TextReleaseContent {
  format: 1;
  /** The release of the same wave, by its hash. */
  release: string;
  questions: { id: string; themes: ReleasedTheme[] }[];
}

/** A theme as people read the texts of a question with it in mind. */
export interface CodingTheme {
  id: string;
  question: string;
  title: ThemeTitle;
}

/** What one person wrote and sent, as two people sorted it. Exact: it goes into a text release and nowhere else. */
export interface CodedText {
  question: string;
  band: string;
  themes: readonly string[];
}

/** Words that somebody other than their proposer approved, of a text that was sorted. */
export interface ApprovedQuote extends ReleasedQuote {
  theme: string;
}

export interface TextReleaseInput {
  release: Release;
  /** In the order in which they are to be shown. */
  themes: readonly CodingTheme[];
  coded: readonly CodedText[];
  quotes: readonly ApprovedQuote[];
}

/**
 * Makes themes and quotes safe. A theme that is hidden for every band is left out whole: its title alone would tell
 * that somebody raised it.
 */
export function makeTextRelease({ release, themes, coded, quotes }: TextReleaseInput): TextReleaseContent {
  const questions = [...new Set(themes.map(({ question }) => question))];
  return {
    format: 1,
    release: release.sha256,
    questions: questions
      .map((id) => ({
        id,
        themes: themes
          .filter(({ question }) => question === id)
          .map((theme) => releasedTheme(release, theme, coded, quotes))
          .filter(({ counts }) => Object.values(counts).some((count) => count !== null)),
      }))
      .filter((question) => question.themes.length > 0),
  };
}

function releasedTheme(
  release: Release,
  { id, question, title }: CodingTheme,
  coded: readonly CodedText[],
  quotes: readonly ApprovedQuote[],
): ReleasedTheme {
  const countOf = (band: Band) => {
    const raised = coded.filter((text) => text.question === question && text.band === band.id).filter(hasTheme(id));
    return shownCount(release, question, band, raised.length);
  };
  const counts = Object.fromEntries(release.bands.map((band) => [band.id, countOf(band)]));
  return {
    title,
    counts,
    quotes: quotes
      .filter((quote) => quote.theme === id && mayQuote(release, question, quote.band, counts[quote.band] ?? null))
      .map(({ band, language, words }) => ({ band, language, words }))
      // By band and by their letters, so that the order in which they came is kept nowhere.
      .toSorted((one, other) => bandOrder(release, one, other) || (one.words < other.words ? -1 : 1)),
  };
}

const hasTheme = (id: string) => (text: CodedText) => text.themes.includes(id);

const bandOrder = ({ bands }: Release, one: ReleasedQuote, other: ReleasedQuote) =>
  bands.findIndex(({ id }) => id === one.band) - bands.findIndex(({ id }) => id === other.band);

/**
 * How many of a band raised a theme, or null. The release itself must show how many wrote, in more schools than one,
 * and neither those who raised the theme nor those who wrote about something else may be few: the base of all who were
 * asked is larger still.
 */
function shownCount(release: Release, question: string, band: Band, count: number): ProtectedCount | null {
  const wrote = release.cell('authority', band.id, question, WROTE);
  const raised = protect(count);
  if (!wrote || wrote.base < LEAST_BASE || wrote.table.oneSchool) return null;
  return mayShowNumerator(raised, wrote.count) ? raised : null;
}

/** The code of a question in words: that something was written. */
const WROTE = 'written';

/** Whether a quote may stand under a theme: ten or more were asked, and ten or more raised it. */
function mayQuote(release: Release, question: string, band: string, raised: ProtectedCount | null): boolean {
  const base = release.table('authority', band, question)?.base ?? null;
  return base !== null && base >= LEAST_BASE && raised !== null && raised >= LEAST_BASE;
}

/** A text release as it is stored, with the hash over it. */
export interface SealedTextRelease {
  text: string;
  sha256: string;
}

export function sealTextRelease(content: TextReleaseContent, sha256: Sha256): SealedTextRelease {
  const text = JSON.stringify(content);
  return { text, sha256: sha256(text) };
}

/**
 * Opens a stored text release.
 * @throws if the text is not the one that was sealed
 */
export function openTextRelease(sealed: SealedTextRelease, sha256: Sha256): TextReleaseContent {
  const found = sha256(sealed.text);
  if (found !== sealed.sha256) {
    throw new Error(
      `A stored text release has the hash ${found}, expected ${sealed.sha256}: it was changed. Restore it from a backup.`,
    );
  }
  return JSON.parse(sealed.text) as TextReleaseContent;
}
