import type { answeringDay, AnsweringDays } from '../core/fieldwork/answering-days.ts';
import { writeJoinCode } from '../core/fieldwork/class-codes.ts';
import { stillAbsent } from '../core/fieldwork/class-attendance.ts';
import { mostSpares, rollOf } from '../core/fieldwork/class-numbers.ts';
import { shownProgress, type ClassState, type ShownProgress } from '../core/fieldwork/class-shown.ts';
import { EXTRA_MINUTES, MOST_EXTRA_MINUTES, type ClassProgress } from '../core/fieldwork/class-state.ts';
import { levelOf } from '../core/survey/stage.ts';
import type { DayOfClass } from '../storage/class-attendance.ts';
import type { ClassFacts } from '../web/class-facts.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { isRehearsal } from '../web/wave-content.ts';
import { CLASS_HREF, JOIN_HREF } from './addresses.ts';
import { optOutFields, type OptOutField, type TypedOptOuts } from './opt-out-form.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/here': HereField;
    'class/class': {
      title: string;
      /** Whether answers are thrown away. */
      rehearsal: boolean;
      wide: true;
      /** Seconds after which the page asks for itself anew without a script; absent unless somebody wants that. */
      renewAfter?: number;
      isRenewed: boolean;
      faults: FieldFault[];
      saved: boolean;
      wave: string;
      until: string;
      numbers: ClassNumbers;
      /** When joining can be opened, where today is no such day; empty otherwise. */
      outsideDays: string;
      opening: { code: string; long: string; until: string; extra: string; mayExtend: boolean } | null;
      extraWords: string;
      joinAddress: string;
      places: string;
      /** Empty once the teacher has added as many as a class may have. */
      mayAddPlaces: boolean;
      placesNote: string;
      here: HereField;
      scripts: { href: string; words: string }[];
      together: { href: string; words: string }[];
      stages: { value: string; id: string; words: string; checked: boolean }[];
      optOuts: OptOutField[];
    };
  }
}

/** The field for how many are here today. */
export interface HereField {
  value: string;
  fault: string;
  /** Who is left for another day; empty until it is said how many are here. */
  absentWords: string;
}

/** What is told while the class answers, ready to be shown. */
export interface ClassNumbers {
  state: ClassState;
  stateWords: string;
  /** Those here today, or those expected: what the numbers are compared with. */
  awaitedLabel: string;
  awaited: string;
  started: string;
  finished: string;
  answering: string;
  /** Empty while too few devices have gone quiet to tell of them. */
  quietWords: string;
  /** Empty unless something about today has to be said. */
  todayWords: string;
  /** What "end" means just now. */
  endWords: string;
}

/** Seconds between two looks of a page without a script. */
const RENEW_SECONDS = 20;

/** A class that is held open, with its code. */
export interface ShownOpening {
  code: string;
  /** Taken where the short one is not, because somebody guessed too much. */
  long: string;
  openUntil: string;
  extraMinutes: number;
}

export interface ClassPageState {
  progress: ClassProgress;
  opening: ShownOpening | undefined;
  host: string;
  renewed?: boolean;
  saved?: boolean;
  /** Whether today is a day of the wave. */
  answering: ReturnType<typeof answeringDay>;
  /** What is known of today; undefined if the class was not opened today. */
  day: DayOfClass | undefined;
  /** What was sent of the opt-outs just now and could not be taken. */
  typed?: TypedOptOuts | undefined;
  /** The same of how many are here. */
  typedHere?: { value: string; fault: FieldFault } | undefined;
  /** Whether a place was asked for just now that this page cannot add. */
  placesRefused?: boolean;
}

/** When joining can be opened, where today is no such day; empty otherwise. */
function outsideDays(
  language: Language,
  { startsOn, endsOn }: AnsweringDays,
  day: ClassPageState['answering'],
): string {
  if (day === 'early') return language.say('class', 'daysEarly', { date: language.date(startsOn) });
  return day === 'late' ? language.say('class', 'daysLate', { date: language.date(endsOn) }) : '';
}

/** The page from which a class is run. */
export function classPage(language: Language, facts: ClassFacts, state: ClassPageState): Views['class/class'] {
  const { school, wave, schoolClass, stages, optOuts, spares, expected } = facts;
  const { progress, opening, host, renewed = false, saved = false, typed, typedHere, placesRefused = false } = state;
  const most = mostSpares(rollOf(schoolClass.parts));
  const placesNote = language.say('class', 'placesTaken', { most: language.number(most) });
  return {
    title: classTitle(language, facts),
    rehearsal: isRehearsal(wave),
    wide: true,
    ...(renewed && { renewAfter: RENEW_SECONDS }),
    isRenewed: renewed,
    faults: [
      ...(typed?.faults ?? []),
      ...(typedHere ? [typedHere.fault] : []),
      ...(placesRefused ? [{ field: 'places', message: placesNote }] : []),
    ],
    saved,
    wave: `${school.name} · ${wave.name}`,
    until: language.say('class', 'classUntil', { date: language.date(wave.endsOn) }),
    numbers: classNumbers(language, progress),
    outsideDays: outsideDays(language, wave, state.answering),
    opening: opening ? openingPart(language, opening) : null,
    extraWords: language.say('class', 'extraTime', { minutes: language.number(EXTRA_MINUTES) }),
    joinAddress: `${host}${JOIN_HREF}`,
    places: language.say('class', 'places', {
      expected: language.number(expected),
      spares: language.number(spares),
      started: language.number(progress.started),
    }),
    mayAddPlaces: spares < most,
    placesNote: spares < most ? language.say('class', 'placesMost', { most: language.number(most) }) : placesNote,
    here: hereField(language, state),
    scripts: scriptLinks(language, facts),
    together: stages.map((stage) => ({
      href: `${CLASS_HREF}/pages/1?stage=${stage}`,
      words: language.say('class', 'togetherStage', { stage }),
    })),
    stages: stages.map((stage, index) => ({
      value: stage,
      id: `spare-stage-${index}`,
      words: stage,
      checked: index === 0,
    })),
    optOuts: optOutFields(language, schoolClass, optOuts, { typed }),
  };
}

function hereField(language: Language, { day, progress, typedHere }: ClassPageState): HereField {
  const absent = day?.here ? stillAbsent(day, progress.started) : 0;
  return {
    value: typedHere?.value ?? String(day?.here ?? ''),
    fault: typedHere?.fault.message ?? '',
    absentWords: absent ? language.say('class', 'absent', { number: language.number(absent) }) : '',
  };
}

/** What a class is called on its own pages. */
export function classTitle(language: Language, { key }: Pick<ClassFacts, 'key'>): string {
  return language.say('class', 'classTitle', { class: key.className });
}

function openingPart(language: Language, { code, long, openUntil, extraMinutes }: ShownOpening) {
  return {
    code: writeJoinCode(code),
    long: writeJoinCode(long),
    until: language.say('class', 'joinUntil', { time: language.time(openUntil) }),
    mayExtend: extraMinutes + EXTRA_MINUTES <= MOST_EXTRA_MINUTES,
    extra: extraMinutes > 0 ? language.say('class', 'extraGiven', { minutes: language.number(extraMinutes) }) : '',
  };
}

/** One script a level: a composite class may hold two. */
function scriptLinks(language: Language, { stages }: ClassFacts): { href: string; words: string }[] {
  const levels = [...new Set(stages.map(levelOf))];
  return levels.map((level) => ({
    href: `/fieldwork/script?level=${level}`,
    words:
      levels.length === 1
        ? language.words.class.scriptLink
        : language.say('class', 'scriptLinkOf', { stages: level.toUpperCase().replace('-', '–') }),
  }));
}

/** The numbers of a class in words, for the page and for whoever watches it live: nothing that moves by one person. */
export function classNumbers(language: Language, progress: ClassProgress): ClassNumbers {
  const shown = shownProgress(progress);
  const { state, expected, started, finished, answering, quiet, today } = shown;
  const words = language.words.class;
  const bound = (key: 'orMore' | 'orFewer', count: number | null) =>
    count === null ? words.notToldYet : language.say('class', key, { count: language.number(count) });
  const ofHere = (key: 'ofHere' | 'orMoreOfHere', count: number, here: number) =>
    language.say('class', key, { count: language.number(count), here: language.number(here) });
  return {
    state,
    stateWords: words[`state-${state}`],
    awaitedLabel: words[today ? 'hereToday' : 'expected'],
    awaited: language.number(today ? today.here : expected),
    started: today ? ofHere('ofHere', today.started, today.here) : language.number(started),
    finished:
      finished !== null && today?.isFirstDay ? ofHere('orMoreOfHere', finished, today.here) : bound('orMore', finished),
    answering: bound('orFewer', answering),
    quietWords: quiet > 0 ? language.say('class', 'quietDevices', { number: language.number(quiet) }) : '',
    todayWords: todayWords(language, shown),
    endWords: words[state === 'waiting' ? 'endNow' : 'endStopsNobody'],
  };
}

function todayWords({ words }: Language, { today }: ShownProgress): string {
  if (!today) return '';
  if (today.started > today.here) return words.class.moreThanHere;
  return today.isFirstDay ? '' : words.class.otherDays;
}
