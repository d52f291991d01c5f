import type { FieldworkCount } from '../storage/fieldwork-counters.ts';
import type { Wave, WaveSchool } from '../storage/waves.ts';
import { bandName, DEFAULT_BANDS } from '../core/survey/stage.ts';
import type { Missing } from '../core/fieldwork/opening.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import type { Slip } from './slip-sheet.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/waves': { title: string; waves: { href: string; name: string; dates: string; state: string }[] };
    'fieldwork/new-wave': {
      title: string;
      faults: FieldFault[];
      form: { name: string; startsOn: string; endsOn: string };
      families: { value: string; chosen: boolean }[];
      bands: { value: string; words: string; checked: boolean }[];
      schools: {
        id: string;
        name: string;
        asked: boolean;
        askedWords: string;
        agreed: boolean;
        agreedWords: string;
      }[];
    };
    'fieldwork/wave': {
      title: string;
      faults: FieldFault[];
      href: string;
      state: Wave['state'];
      stateWords: string;
      dates: string;
      bands: string;
      surveys: string;
      missing: string[];
      declined: string;
      schools: {
        name: string;
        roll: string;
        started: string;
        sent: string;
        unspent: string;
        codesHref: string;
        codesWords: string;
      }[];
    };
    'fieldwork/slips': {
      title: string;
      count: string;
      address: string;
      fileHref: string;
      fileName: string;
      backHref: string;
      slips: { number: string; code: string; group: string }[];
    };
  }
}

export const waveHref = (waveId: string) => `/fieldwork/waves/${waveId}`;

function datesOf(language: Language, wave: { startsOn: string; endsOn: string }): string {
  return language.say('fieldwork', 'between', { from: language.date(wave.startsOn), to: language.date(wave.endsOn) });
}

export function wavesPage(language: Language, waves: readonly Wave[]): Views['fieldwork/waves'] {
  return {
    title: language.words.fieldwork.wavesTitle,
    waves: waves.map((wave) => ({
      href: waveHref(wave.id),
      name: wave.name,
      dates: datesOf(language, wave),
      state: language.words.fieldwork[`state-${wave.state}`],
    })),
  };
}

/** What somebody has put into the form of a new wave so far. */
export interface WaveForm {
  name: string;
  family: string;
  startsOn: string;
  endsOn: string;
  bands: readonly string[];
  schools: readonly string[];
  agreed: readonly string[];
}

export function newWavePage(
  language: Language,
  form: WaveForm,
  families: readonly string[],
  schools: readonly { id: string; name: string }[],
  faults: FieldFault[],
): Views['fieldwork/new-wave'] {
  return {
    title: language.words.fieldwork.newTitle,
    faults,
    form: { name: form.name, startsOn: form.startsOn, endsOn: form.endsOn },
    families: families.map((value) => ({ value, chosen: value === form.family })),
    bands: DEFAULT_BANDS.map((band) => ({
      value: band.id,
      words: bandName(band),
      checked: form.bands.includes(band.id),
    })),
    schools: schools.map((school) => ({
      id: school.id,
      name: school.name,
      asked: form.schools.includes(school.id),
      askedWords: language.say('fieldwork', 'askedOf', { school: school.name }),
      agreed: form.agreed.includes(school.id),
      agreedWords: language.say('fieldwork', 'agreedOf', { school: school.name }),
    })),
  };
}

/** Everything the page of a wave tells. */
export interface WaveFacts {
  wave: Wave;
  surveys: readonly { surveyId: string; number: number }[];
  missing: readonly Missing[];
  schoolsWithoutRoll: readonly string[];
  stagesWithoutSurvey: readonly string[];
  schools: readonly WaveSchool[];
  roll: ReadonlyMap<string, number>;
  unspent: ReadonlyMap<string, number>;
  counts: readonly FieldworkCount[];
}

export function wavePage(language: Language, facts: WaveFacts, faults: FieldFault[]): Views['fieldwork/wave'] {
  const { wave } = facts;
  const words = language.words.fieldwork;
  const opened = wave.state !== 'made';
  const countOf = (schoolId: string, counter: 'started' | 'sent') =>
    sum(facts.counts.filter((count) => count.schoolId === schoolId).map((count) => count[counter]));
  return {
    title: wave.name,
    faults,
    href: waveHref(wave.id),
    state: wave.state,
    stateWords: words[`state-${wave.state}`],
    dates: datesOf(language, wave),
    bands: wave.bands.map(bandName).join(' · '),
    surveys: facts.surveys
      .map(({ surveyId, number }) => language.say('fieldwork', 'surveyVersion', { survey: surveyId, number }))
      .join(' · '),
    missing: facts.missing.map((missing) => missingWords(language, missing, facts)),
    declined: rounded(language, sum(facts.counts.map((count) => count.declined))),
    schools: opened
      ? facts.schools.map((school) => ({
          name: school.name,
          roll: language.number(facts.roll.get(school.id) ?? 0),
          started: rounded(language, countOf(school.id, 'started')),
          sent: rounded(language, countOf(school.id, 'sent')),
          unspent: facts.unspent.has(school.id) ? rounded(language, facts.unspent.get(school.id) ?? 0) : '',
          codesHref: `${waveHref(wave.id)}/schools/${school.id}/codes`,
          codesWords: language.say('fieldwork', 'makeCodesOf', { school: school.name }),
        }))
      : [],
  };
}

function missingWords(language: Language, missing: Missing, facts: WaveFacts): string {
  const words = language.words.fieldwork;
  if (missing === 'roll') {
    return language.say('fieldwork', 'missing-roll', { schools: facts.schoolsWithoutRoll.join(' · ') });
  }
  if (missing === 'survey') {
    return language.say('fieldwork', 'missing-survey', { stages: facts.stagesWithoutSurvey.join(' · ') });
  }
  return words[`missing-${missing}`];
}

/** A count for those who chase: rounded to 5, and under 10 only "under 10". */
function rounded(language: Language, count: number): string {
  return count < 10 ? language.words.fieldwork.few : language.number(Math.round(count / 5) * 5);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function slipsPage(
  language: Language,
  sheet: {
    waveId: string;
    school: { name: string; code: string };
    address: string;
    slips: readonly Slip[];
    csv: string;
  },
): Views['fieldwork/slips'] {
  return {
    title: language.say('fieldwork', 'slipsTitle', { school: sheet.school.name }),
    count: language.say('fieldwork', 'slipsCount', { count: sheet.slips.length }),
    address: sheet.address,
    // The file lies in the page itself: there is no second request, so nothing keeps the codes.
    fileHref: `data:text/csv;charset=utf-8,${encodeURIComponent(sheet.csv)}`,
    fileName: `codes-${sheet.school.code}.csv`,
    backHref: waveHref(sheet.waveId),
    slips: sheet.slips.map((slip) => ({
      number: language.say('fieldwork', 'slipNumber', { number: slip.number }),
      code: slip.code,
      group: groupWords(language, slip),
    })),
  };
}

function groupWords(language: Language, slip: Slip): string {
  const words = language.words.fieldwork;
  const sex = slip.sex === 'female' || slip.sex === 'male' ? words[`sex-${slip.sex}`] : slip.sex;
  const known = [
    sex,
    slip.quintile === null ? null : `${words.quintileLabel} ${slip.quintile}`,
    slip.asn === null ? null : `${words.asnLabel} ${slip.asn}`,
  ].filter((part) => part !== null);
  const place = slip.class ?? slip.stage;
  return `${place}: ${known.length > 0 ? known.join(' · ') : words.anyone}`;
}
