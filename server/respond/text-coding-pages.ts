import { bandName } from '../core/survey/stage.ts';
import type { Flag } from '../core/texts/flag.ts';
import { markedLines } from '../core/texts/flags.ts';
import type { TextCoding } from '../storage/text-codings.ts';
import type { TextTheme } from '../storage/text-themes.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { questionOf, sortingHref, textHref, type QuestionWords } from './text-room-pages.ts';
import type { WaveContent } from '../web/wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/text-coding': {
      title: string;
      faults: FieldFault[];
      backHref: string;
      question: QuestionWords;
      band: string;
      lang: string;
      lines: MarkedPiece[][];
      flagged: boolean;
      /** What can be done now, in words. */
      state: string;
      /** The themes that the text has, once nothing more can be changed; empty before. */
      themes: QuestionWords[];
      /** Empty where nothing can be changed. */
      action: string;
      button: string;
      version: number;
      choices: { id: string; value: string; words: QuestionWords; checked: boolean }[];
      noneChecked: boolean;
      quote: QuoteForm | null;
    };
  }
}

/** A part of a text, with what it may be in words; empty where nothing was flagged. */
interface MarkedPiece {
  words: string;
  kind: string;
}

interface QuoteForm {
  action: string;
  words: string;
  fault: string;
  themes: { value: string; words: QuestionWords }[];
}

export const codingHref = (textId: string) => `${textHref(textId)}/coding`;

/** What a page of one text is drawn from. */
export interface CodingView {
  text: { id: string; words: string; language: string };
  coding: TextCoding;
  themes: readonly TextTheme[];
  flags: readonly Flag[];
  content: WaveContent;
  accountId: string;
  /** Undefined while nobody has proposed one. */
  quote: { approved: boolean } | undefined;
  /** The words that a quote begins with: what was typed, or the text without what was flagged. */
  quoteWords: string;
  quoteFault?: string;
  /** What is ticked: what was just sent, or what is kept. */
  ticked: readonly string[];
  noneTicked: boolean;
  fault?: FieldFault;
}

export function codingPage(language: Language, view: CodingView): Views['respond/text-coding'] {
  const words = language.words.themes;
  const { text, coding, flags, content, ticked } = view;
  const step = stepOf(view);
  const quoteFault = view.quoteFault ? [{ field: 'quote', message: view.quoteFault }] : [];
  const own = view.themes.filter(({ id }) => coding.themes.includes(id));
  return {
    title: words.codingTitle,
    faults: [...(view.fault ? [view.fault] : []), ...quoteFault],
    backHref: sortingHref(coding.waveId),
    question: questionOf(language, content, { questionId: coding.questionId, stage: null }),
    band: bandWords(content, coding.bandId),
    lang: text.language,
    lines: markedLines(text.words, flags).map((line) =>
      line.map(({ words: part, kind }) => ({ words: part, kind: kind ? words[`kind-${kind}`] : '' })),
    ),
    flagged: flags.length > 0,
    state: stateWords(language, step, view),
    themes: step === 'done' ? own.map((theme) => themeWords(language, theme)) : [],
    action: step === 'done' ? '' : `${textHref(text.id)}/${step === 'confirm' ? 'confirmation' : 'coding'}`,
    button: step === 'confirm' ? words.confirm : words.save,
    version: coding.version,
    choices: view.themes.map((theme) => ({
      id: `theme-${theme.id}`,
      value: theme.id,
      words: themeWords(language, theme),
      checked: ticked.includes(theme.id),
    })),
    noneChecked: view.noneTicked,
    quote:
      step === 'done' && !view.quote && own.length > 0
        ? {
            action: `${textHref(text.id)}/quotes`,
            words: view.quoteWords,
            fault: view.quoteFault ?? '',
            themes: own.map((theme) => ({ value: theme.id, words: themeWords(language, theme) })),
          }
        : null,
  };
}

type Step = 'code' | 'recode' | 'confirm' | 'done';

function stepOf({ coding, accountId }: CodingView): Step {
  if (coding.confirmedBy) return 'done';
  if (!coding.codedBy) return 'code';
  return coding.codedBy === accountId ? 'recode' : 'confirm';
}

function stateWords({ words }: Language, step: Step, { quote }: CodingView): string {
  if (step !== 'done') return words.themes[`step-${step}`];
  if (!quote) return words.themes['step-done'];
  return quote.approved ? words.themes.quoteApproved : words.themes.quoteWaits;
}

const themeWords = ({ code }: Language, { title }: TextTheme): QuestionWords => ({ words: title[code], lang: code });

function bandWords({ bands }: WaveContent, bandId: string): string {
  const band = bands.find(({ id }) => id === bandId);
  return band ? bandName(band) : bandId;
}
