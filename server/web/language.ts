import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n } from 'i18next';
import type admin from '../../locales/en/admin.json';
import type annual from '../../locales/en/annual.json';
import type audits from '../../locales/en/audits.json';
import type boards from '../../locales/en/boards.json';
import type coach from '../../locales/en/coach.json';
import type classWords from '../../locales/en/class.json';
import type corrections from '../../locales/en/corrections.json';
import type dashboard from '../../locales/en/dashboard.json';
import type drafts from '../../locales/en/drafts.json';
import type engagement from '../../locales/en/engagement.json';
import type errors from '../../locales/en/errors.json';
import type feedback from '../../locales/en/feedback.json';
import type fieldwork from '../../locales/en/fieldwork.json';
import type files from '../../locales/en/files.json';
import type findings from '../../locales/en/findings.json';
import type groups from '../../locales/en/groups.json';
import type help from '../../locales/en/help.json';
import type languages from '../../locales/en/languages.json';
import type layout from '../../locales/en/layout.json';
import type loop from '../../locales/en/loop.json';
import type making from '../../locales/en/making.json';
import type notices from '../../locales/en/notices.json';
import type open from '../../locales/en/open.json';
import type people from '../../locales/en/people.json';
import type plan from '../../locales/en/plan.json';
import type privacy from '../../locales/en/privacy.json';
import type proposals from '../../locales/en/proposals.json';
import type publishing from '../../locales/en/publishing.json';
import type questions from '../../locales/en/questions.json';
import type quiet from '../../locales/en/quiet.json';
import type rates from '../../locales/en/rates.json';
import type reading from '../../locales/en/reading.json';
import type release from '../../locales/en/release.json';
import type replies from '../../locales/en/replies.json';
import type reports from '../../locales/en/reports.json';
import type respond from '../../locales/en/respond.json';
import type results from '../../locales/en/results.json';
import type setup from '../../locales/en/setup.json';
import type forum from '../../locales/en/forum.json';
import type spreadsheets from '../../locales/en/spreadsheets.json';
import type studio from '../../locales/en/studio.json';
import type texts from '../../locales/en/texts.json';
import type uploads from '../../locales/en/uploads.json';
import type views from '../../locales/en/views.json';
import type scores from '../../locales/en/scores.json';
import type several from '../../locales/en/several.json';
import type themes from '../../locales/en/themes.json';
import type trail from '../../locales/en/trail.json';
import type tries from '../../locales/en/tries.json';
import type waiting from '../../locales/en/waiting.json';

/** Fixed words by capability; English gives the keys and every other language is checked against it. */
export interface Words {
  admin: typeof admin;
  annual: typeof annual;
  audits: typeof audits;
  boards: typeof boards;
  class: typeof classWords;
  coach: typeof coach;
  corrections: typeof corrections;
  dashboard: typeof dashboard;
  drafts: typeof drafts;
  engagement: typeof engagement;
  errors: typeof errors;
  feedback: typeof feedback;
  fieldwork: typeof fieldwork;
  files: typeof files;
  findings: typeof findings;
  groups: typeof groups;
  help: typeof help;
  languages: typeof languages;
  layout: typeof layout;
  loop: typeof loop;
  making: typeof making;
  notices: typeof notices;
  open: typeof open;
  people: typeof people;
  plan: typeof plan;
  privacy: typeof privacy;
  proposals: typeof proposals;
  publishing: typeof publishing;
  questions: typeof questions;
  quiet: typeof quiet;
  rates: typeof rates;
  reading: typeof reading;
  release: typeof release;
  replies: typeof replies;
  reports: typeof reports;
  respond: typeof respond;
  results: typeof results;
  setup: typeof setup;
  forum: typeof forum;
  spreadsheets: typeof spreadsheets;
  studio: typeof studio;
  texts: typeof texts;
  uploads: typeof uploads;
  views: typeof views;
  scores: typeof scores;
  several: typeof several;
  themes: typeof themes;
  trail: typeof trail;
  tries: typeof tries;
  waiting: typeof waiting;
}

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutPlural<Key> = Key extends `${infer Stem}_${PluralForm}` ? Stem : Key;
/** A key of a capability's words; for counted phrases the key without its plural ending. */
export type PhraseKey<Capability extends keyof Words> = WithoutPlural<keyof Words[Capability]> & string;

/** Languages that the interface is complete in, with their own name and direction. */
export const LANGUAGES = [
  { code: 'en', name: 'English', direction: 'ltr', formats: 'en-GB' },
  // Digits are the ones that pupils in Scotland learn and that stand in the charts.
  { code: 'ar', name: 'العربية', direction: 'rtl', formats: 'ar-u-nu-latn' },
] as const;

const CODES = new Map<string, LanguageCode>(LANGUAGES.map(({ code }) => [code, code]));

export type LanguageCode = (typeof LANGUAGES)[number]['code'];

/** One language, ready to speak. It belongs to a request; nothing in the process has a current language. */
export interface Language {
  code: LanguageCode;
  name: string;
  direction: 'ltr' | 'rtl';
  /** Fixed words, resolved once at the start: looking one up costs nothing. */
  words: Words;
  /** A phrase with values in it, or counted (`count`). */
  say<Capability extends keyof Words>(
    capability: Capability,
    key: PhraseKey<Capability>,
    values?: Record<string, string | number>,
  ): string;
  number(value: number): string;
  /** A share from 0 to 1 as whole per cent. */
  percent(share: number): string;
  /** A date (or the date of a time) as people write it; wave dates are civil dates, so no zone shifts them. */
  date(iso: string): string;
  /** The time of day of a time, as clocks in Scottish schools show it. */
  time(iso: string): string;
}

const LOCALES = join(import.meta.dirname, '..', '..', 'locales');

/** Loads every language. @returns languages by code */
export function loadLanguages(): Map<LanguageCode, Language> {
  const resources: Record<string, Record<string, Record<string, string>>> = {};
  for (const { code } of LANGUAGES) resources[code] = readWords(code);
  const engine = i18next.createInstance();
  void engine.init({
    resources,
    lng: 'en',
    fallbackLng: false,
    initAsync: false,
    // Templates escape everything they print.
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  return new Map(
    LANGUAGES.map((entry) => [entry.code, speak(entry, engine, resources[entry.code] as unknown as Words)]),
  );
}

function readWords(code: string): Record<string, Record<string, string>> {
  const words: Record<string, Record<string, string>> = {};
  for (const file of readdirSync(join(LOCALES, code))) {
    words[file.replace('.json', '')] = JSON.parse(readFileSync(join(LOCALES, code, file), 'utf8')) as Record<
      string,
      string
    >;
  }
  return words;
}

function speak(entry: (typeof LANGUAGES)[number], engine: i18n, words: Words): Language {
  const translate = engine.getFixedT(entry.code);
  const numbers = new Intl.NumberFormat(entry.formats);
  const percents = new Intl.NumberFormat(entry.formats, { style: 'percent' });
  const times = new Intl.DateTimeFormat(entry.formats, { timeStyle: 'short', timeZone: 'Europe/London' });
  const dates = new Intl.DateTimeFormat(entry.formats, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    code: entry.code,
    name: entry.name,
    direction: entry.direction,
    words,
    say: (capability, key, values = {}) => translate(`${capability}:${key}`, values),
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    date: (iso) => dates.format(new Date(iso.slice(0, 10))),
    time: (iso) => times.format(new Date(iso)),
  };
}

/**
 * The language of a request: the one chosen before, else the first that the browser asks for and that
 * Heard has, else English.
 */
export function chooseLanguage(chosen: string | undefined, accepted: string | undefined): LanguageCode {
  const before = chosen ? CODES.get(chosen) : undefined;
  if (before) return before;
  if (!accepted) return 'en';
  for (const part of accepted.split(',')) {
    const code = CODES.get(part.trim().slice(0, 2).toLowerCase());
    if (code) return code;
  }
  return 'en';
}

const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff]/;

/**
 * A name inside a phrase of the other direction, kept apart from the words and numbers beside it
 * (first strong isolate, U+2068 to U+2069): without it "Calder، 19%" would read backwards.
 */
export function isolated(language: Language, name: string): string {
  const other = language.direction === 'rtl' || RIGHT_TO_LEFT_LETTER.test(name);
  return other ? `\u2068${name}\u2069` : name;
}
