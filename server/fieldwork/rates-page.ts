import { stringify } from 'csv-stringify/sync';
import { catchUpList, shownRate, type ShownRate } from '../core/fieldwork/rates.ts';
import type { Wave } from '../storage/waves.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { waveHref } from './addresses.ts';
import { RATES_BY, type RatesBy, type WaveRates } from '../web/wave-rates.ts';
import { datesOf } from './wave-words.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/rates': {
      wide: true;
      title: string;
      dates: string;
      waveHref: string;
      lead: string;
      /** Where it can be read by what else. */
      choices: { href: string; words: string; current: boolean }[];
      caption: string;
      placeHead: string;
      lastHead: string;
      rows: {
        name: string;
        expected: string;
        answered: string;
        percent: string;
        target: string;
        last: string;
        wanting: string;
      }[];
      /** Why clusters are never added up; empty for everything else. */
      note: string;
      catchUp: { name: string; wanting: string; absent: string }[];
      fileHref: string;
    };
    'fieldwork/rate-waves': { title: string; waves: { href: string; name: string; dates: string }[] };
  }
}

export const ratesHref = (waveId: string, by?: RatesBy) =>
  `${waveHref(waveId)}/rates${by === undefined ? '' : `?by=${by}`}`;

/** The waves whose rates somebody can chase. */
export function rateWavesPage(language: Language, waves: readonly Wave[]): Views['fieldwork/rate-waves'] {
  return {
    title: language.words.rates.title,
    waves: waves.map((wave) => ({ href: ratesHref(wave.id), name: wave.name, dates: datesOf(language, wave) })),
  };
}

/** Rates of an open wave by one thing, and the schools that are short of the target. */
export function ratesPage(language: Language, rates: WaveRates, by: RatesBy): Views['fieldwork/rates'] {
  const { wave, target, lastWave } = rates;
  const words = language.words.rates;
  const all = ratesBy(rates, 'authority')[0]!.rate;
  return {
    wide: true,
    title: language.say('rates', 'titleOf', { wave: isolated(language, wave.name) }),
    dates: datesOf(language, wave),
    waveHref: waveHref(wave.id),
    lead: leadOf(language, all, target),
    choices: RATES_BY.map((each) => ({
      href: ratesHref(wave.id, each),
      words: words[`by-${each}`],
      current: each === by,
    })),
    caption: words[`caption-${by}`],
    placeHead: words[`head-${by}`],
    lastHead: lastWave === null ? '' : language.say('rates', 'lastTime', { wave: isolated(language, lastWave) }),
    rows: ratesBy(rates, by).map(({ name, rate, lastTime }) => ({
      name,
      expected: countWords(language, rate.expected),
      answered: countWords(language, rate.expected === null ? null : rate.answered),
      percent: percentWords(language, rate.percent),
      target: targetWords(language, rate, target),
      last: percentWords(language, lastTime),
      wanting: wantingWords(language, rate),
    })),
    note: by === 'cluster' ? words.clusterNote : '',
    catchUp: catchUpList(ratesBy(rates, 'school')).map(({ name, rate }) => ({
      name,
      wanting: rate.wanting ? language.say('rates', 'about', { number: language.number(rate.wanting) }) : '',
      absent: rate.absent === null ? '' : language.say('rates', 'absent', { number: language.number(rate.absent) }),
    })),
    fileHref: `${waveHref(wave.id)}/rates.csv?by=${by}`,
  };
}

/** The same rows as CSV, with a mark that makes spreadsheets read it as Unicode; what is hidden is empty. */
export function ratesCsv(rates: WaveRates, by: RatesBy): string {
  const columns = ['place', 'expected', 'answered', 'percent', 'target', 'last_time', 'wanting', 'absent'];
  const rows = ratesBy(rates, by).map(({ name, rate, lastTime }) => ({
    ...{ place: name, ...rate, target: rates.target, last_time: lastTime },
  }));
  return stringify(rows, { header: true, columns, bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}

function ratesBy({ input, places, target }: WaveRates, by: RatesBy) {
  return places[by].map((place) => ({ ...place, rate: shownRate(input, place, target) }));
}

function leadOf(language: Language, { expected, answered, percent }: ShownRate, target: number | null): string {
  if (expected === null || answered === null || percent === null) return language.words.rates.leadFew;
  const said = language.say('rates', 'lead', {
    answered: language.number(answered),
    expected: language.number(expected),
    percent: language.percent(percent / 100),
  });
  if (target === null) return said;
  return `${said} ${language.say('rates', percent >= target ? 'leadReached' : 'leadTarget', { target: language.percent(target / 100) })}`;
}

function countWords(language: Language, count: number | null): string {
  return count === null ? language.words.fieldwork.few : language.number(count);
}

function percentWords(language: Language, percent: number | null): string {
  return percent === null ? '–' : language.percent(percent / 100);
}

function targetWords(language: Language, { percent }: ShownRate, target: number | null): string {
  if (target === null || percent === null) return '–';
  return language.words.rates[percent >= target ? 'reached' : 'short'];
}

function wantingWords(language: Language, { wanting }: ShownRate): string {
  if (wanting === null) return '–';
  return wanting === 0 ? language.words.rates.none : language.number(wanting);
}
