import { ANSWERED_BACK, resultsHref } from '../web/feedback-addresses.ts';
import { isolated, type Language } from '../web/language.ts';
import { bandName } from '../core/survey/stage.ts';
import { firstFigures, type AskedWave, type QuotedAnswers } from './answered-back.ts';
import { figureSentence, shareWords, type ShareSentence } from './sentences.ts';

/** What one wave says of a reply. */
interface AskedWaveView {
  id: string;
  name: string;
  dates: string;
  /** Why there is nothing to show yet; empty where there is. */
  state: string;
  sentences: { band: string; sentence: ShareSentence }[];
  /** How many answered, a line each. */
  answered: string[];
  bands: string[];
  /** One row an indicator, one cell a band; null where it is not shown. */
  rows: { name: string; cells: ({ words: string; percent: string } | null)[] }[];
  /** For people who plan; empty for everybody else. */
  resultsHref: string;
  resultsWords: string;
}

export interface AnsweredBackView {
  id: string;
  /** That nobody was asked yet; empty where somebody was. */
  notAsked: string;
  waves: AskedWaveView[];
  /** What has to be known of the figures that stand there. */
  notes: string[];
}

declare module '../web/views.ts' {
  interface Views {
    'replies/answered-back': { answeredBack: AnsweredBackView };
  }
}

/** What children say of a reply. @param onlookers planners are led to all results and told of waves still to come */
export function answeredBackView(
  language: Language,
  asked: readonly AskedWave[],
  onlookers: 'public' | 'planners',
): AnsweredBackView {
  // A wave that is not open may still never come: everybody is told of it once children are asked.
  const told = asked.filter(({ wave }) => onlookers === 'planners' || wave.state !== 'made');
  const waves = told.map((one) => waveView(language, one, onlookers));
  return {
    id: ANSWERED_BACK,
    notAsked: waves.length === 0 ? language.words.feedback.notAsked : '',
    waves,
    notes: notesOn(language, waves),
  };
}

function notesOn({ words: { feedback } }: Language, waves: readonly AskedWaveView[]): string[] {
  const cells = waves.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  if (cells.length === 0) return [];
  return [...(cells.includes(null) ? [feedback.hiddenNote] : []), feedback.roundedNote];
}

function waveView(language: Language, { wave, answers }: AskedWave, onlookers: 'public' | 'planners'): AskedWaveView {
  const isReleased = wave.releaseId !== null;
  const bands = answers?.bands ?? [];
  return {
    id: wave.waveId,
    // What an administrator called a wave is not written for everybody, and may name a school.
    name: onlookers === 'public' ? betweenWords(language, wave) : wave.waveName,
    dates: onlookers === 'planners' && wave.startsOn && wave.state !== 'made' ? betweenWords(language, wave) : '',
    state: isReleased ? (answers ? '' : language.words.feedback.noPlace) : stateWords(language, wave.state),
    sentences: (answers ? firstFigures(answers) : []).map((quoted) => ({
      band: isolated(language, bandName(quoted.figure.band)),
      sentence: figureSentence(language, quoted),
    })),
    answered: bands.map((band) => answeredWords(language, band)),
    bands: bands.map(({ band }) => bandName(band)),
    rows: (answers?.items ?? []).map((item, index) => ({
      name: language.words.feedback[`item-${item}`],
      cells: bands.map(({ figures }) => cellOf(language, figures[index] ?? null)),
    })),
    resultsHref: isReleased && onlookers === 'planners' ? resultsHref(wave.releaseId!) : '',
    resultsWords: language.say('feedback', 'resultsOf', { wave: isolated(language, wave.waveName) }),
  };
}

function betweenWords(language: Language, { startsOn, endsOn }: AskedWave['wave']): string {
  return language.say('feedback', 'askedBetween', { from: language.date(startsOn), to: language.date(endsOn) });
}

function stateWords({ words: { feedback } }: Language, state: AskedWave['wave']['state']): string {
  if (state === 'made') return feedback.planned;
  return state === 'open' ? feedback.asking : feedback.asked;
}

/** "P5–P7: about 120 of 150 pupils answered (80%)." */
function answeredWords(language: Language, { band, rate }: QuotedAnswers): string {
  const words = rate
    ? language.say('feedback', 'answered', {
        answered: language.number(rate.answered),
        roll: language.number(rate.roll),
        rate: language.percent(rate.share / 100),
      })
    : language.words.feedback.answeredHidden;
  return `${isolated(language, bandName(band))}: ${words}`;
}

function cellOf(language: Language, quoted: QuotedAnswers['figures'][number]) {
  return quoted && { words: shareWords(language, quoted.figure), percent: String(quoted.figure.share) };
}

/** About how many of these replies children have answered back; empty where there is no reply. */
export function answeredBackWords(language: Language, answered: number, all: number): string {
  if (all === 0) return '';
  if (answered === 0) return language.words.feedback.answeredBackNone;
  const values = { answered: language.number(answered), all: language.number(all) };
  return language.say('feedback', 'answeredBackOf', values);
}
