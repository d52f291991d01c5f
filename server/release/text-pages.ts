import { bandName } from '../core/survey/stage.ts';
import type { Release } from '../core/disclosure/release.ts';
import type { TextReleaseContent } from '../core/texts/text-release.ts';
import { themeFigures } from '../core/texts/theme-figures.ts';
import type { SortingProgress } from '../storage/coded-texts.ts';
import type { TextQuote } from '../storage/text-quotes.ts';
import type { TextReleaseEntry } from '../storage/text-releases.ts';
import type { TextTheme } from '../storage/text-themes.ts';
import type { Wave } from '../storage/waves.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import type { Approval } from './approval.ts';
import { approvalWays } from './pages.ts';
import type { QuestionWords } from './question-words.ts';

declare module '../web/views.ts' {
  interface Views {
    'release/texts': { title: string; waves: { href: string; name: string; state: string }[] };
    'release/wave-texts': {
      title: string;
      stateWords: string;
      /** What is done and what is still missing. */
      steps: { words: string; done: boolean; answer: string }[];
      mayMake: boolean;
      makeHref: string;
      /** Null for whoever does not approve quotes, or when they are frozen. */
      quotes: ShownQuote[] | null;
      textRelease: { href: string; words: string } | null;
    };
    'release/text-release': {
      title: string;
      state: 'waiting' | 'published';
      stateWords: string;
      madeOn: string;
      sha256: string;
      questions: {
        question: QuestionWords;
        bands: string[];
        themes: { title: string; shares: (string | null)[]; quotes: { band: string; lang: string; words: string }[] }[];
      }[];
      mayApprove: boolean;
      cannotApprove: string;
      approveHref: string;
      removeHref: string;
      resultsHref: string;
    };
  }
}

interface ShownQuote {
  id: string;
  words: string;
  lang: string;
  theme: string;
  question: QuestionWords;
  band: string;
  /** That few may have answered in its language; empty for English. */
  languageNote: string;
  approved: boolean;
  mayApprove: boolean;
  /** Why whoever looks may not approve it, and who may; empty where that is no question. */
  cannotApprove: string;
  approveHref: string;
  removeHref: string;
}

/** A quote, and whether whoever looks may approve it. */
export type JudgedQuote = TextQuote & { approval: Approval };

/** How far the texts of a wave have come. */
export interface WaveTexts {
  wave: Wave;
  progress: SortingProgress;
  /** Whether the release of the wave is published. */
  released: boolean;
  /** Whether that release leaves out schools: texts hold no school, so theirs cannot be told apart. */
  leavesOut: boolean;
  textRelease: TextReleaseEntry | undefined;
}

export const textsHref = '/release/texts';
export const waveTextsHref = (waveId: string) => `${textsHref}/${waveId}`;
export const textReleaseHref = (id: string) => `/release/text-releases/${id}`;

/** Whether everything is there that a text release is made from. */
export function isReady({ wave, progress, released, leavesOut, textRelease }: WaveTexts): boolean {
  const isSorted = progress.read && progress.coded && !progress.ended;
  return wave.state === 'closed' && released && !leavesOut && isSorted && !textRelease;
}

export function textsPage(language: Language, waves: readonly WaveTexts[]): Views['release/texts'] {
  return {
    title: language.words.themes.releaseTitle,
    waves: waves.map((texts) => ({
      href: waveTextsHref(texts.wave.id),
      name: texts.wave.name,
      state: stateWords(language, texts),
    })),
  };
}

function stateWords({ words }: Language, texts: WaveTexts): string {
  const { textRelease, progress } = texts;
  if (textRelease) return textRelease.approvedAt ? words.release.published : words.release.waiting;
  if (progress.ended) return words.themes.ended;
  return isReady(texts) ? words.themes.ready : words.themes.underWay;
}

/** @param quotes null for whoever does not approve them */
export function waveTextsPage(
  language: Language,
  texts: WaveTexts,
  viewer: { mayMake: boolean },
  quotes: readonly JudgedQuote[] | null,
  { themes, questions }: { themes: readonly TextTheme[]; questions: ReadonlyMap<string, QuestionWords> },
): Views['release/wave-texts'] {
  const words = language.words.themes;
  const { wave, progress, released, leavesOut, textRelease } = texts;
  const step = (name: string, done: boolean) => ({ words: name, done, answer: done ? words.yes : words.notYet });
  return {
    title: language.say('themes', 'textsOf', { wave: wave.name }),
    stateWords: stateWords(language, texts),
    steps: [
      step(words.stepClosed, wave.state === 'closed'),
      step(words.stepReleased, released),
      ...(leavesOut ? [step(words.stepAllSchools, false)] : []),
      step(words.stepRead, progress.read),
      step(words.stepCoded, progress.coded),
    ],
    mayMake: viewer.mayMake && isReady(texts),
    makeHref: `${waveTextsHref(wave.id)}/releases`,
    quotes:
      quotes &&
      quotes.map((quote) => {
        const theme = themes.find(({ id }) => id === quote.theme);
        const href = `/release/quotes/${quote.id}`;
        return {
          id: quote.id,
          words: quote.words,
          lang: quote.language,
          theme: theme?.title[language.code] ?? '',
          question: questions.get(theme?.question ?? '') ?? { words: theme?.question ?? '', lang: 'en' },
          band: bandWords(wave.bands, quote.band),
          languageNote: quote.language === 'en' ? '' : words.quoteLanguage,
          approved: quote.approvedBy !== null,
          ...approvalWays(
            language,
            { mayApprove: true, approval: quote.approval },
            quote.approvedBy === null,
            words.quoteOwn,
          ),
          approveHref: `${href}/approval`,
          removeHref: `${href}/removal`,
        };
      }),
    textRelease: textRelease
      ? { href: textReleaseHref(textRelease.id), words: language.say('themes', 'releaseOf', { wave: wave.name }) }
      : null,
  };
}

function bandWords(bands: Wave['bands'], bandId: string): string {
  const band = bands.find(({ id }) => id === bandId);
  return band ? bandName(band) : bandId;
}

/** A text release as it will be shown, for whoever approves it. */
export function textReleasePage(
  language: Language,
  entry: TextReleaseEntry,
  { release, content }: { release: Release; content: TextReleaseContent },
  questions: ReadonlyMap<string, QuestionWords>,
  viewer: { mayApprove: boolean; approval: Approval },
): Views['release/text-release'] {
  const { words } = language;
  const waits = entry.approvedAt === null;
  return {
    title: language.say('themes', 'releaseOf', { wave: entry.waveName }),
    state: waits ? 'waiting' : 'published',
    stateWords: waits ? words.release.waiting : words.release.published,
    madeOn: language.date(entry.madeAt),
    sha256: entry.sha256,
    questions: themeFigures(release, content).map(({ id, bands, themes }) => ({
      question: questions.get(id) ?? { words: id, lang: 'en' },
      bands: bands.map(({ band }) => bandName(band)),
      themes: themes.map(({ title, figures, quotes }) => ({
        title: title[language.code],
        shares: figures.map((figure) => (figure ? language.percent(figure.share / 100) : null)),
        quotes: quotes.map(({ band, language: lang, words: said }) => ({ band: bandName(band), lang, words: said })),
      })),
    })),
    ...approvalWays(language, viewer, waits),
    approveHref: `${textReleaseHref(entry.id)}/approval`,
    removeHref: `${textReleaseHref(entry.id)}/removal`,
    resultsHref: waits ? '' : `/results/${entry.releaseId}/texts`,
  };
}
