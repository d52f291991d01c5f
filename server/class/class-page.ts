import { writeJoinCode } from '../core/fieldwork/class-codes.ts';
import { shownProgress, type ClassState } from '../core/fieldwork/class-shown.ts';
import { EXTRA_MINUTES, MOST_EXTRA_MINUTES, type ClassProgress } from '../core/fieldwork/class-state.ts';
import { levelOf } from '../core/survey/stage.ts';
import type { ClassFacts } from '../web/class-facts.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { CLASS_HREF, JOIN_HREF } from './addresses.ts';
import { optOutFields, type OptOutField, type TypedOptOuts } from './opt-out-form.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/class': {
      title: string;
      wide: true;
      /** Seconds after which the page asks for itself anew without a script; absent unless somebody wants that. */
      renewAfter?: number;
      isRenewed: boolean;
      faults: FieldFault[];
      saved: boolean;
      wave: string;
      until: string;
      numbers: ClassNumbers;
      opening: { code: string; long: string; until: string; extra: string; mayExtend: boolean } | null;
      extraWords: string;
      joinAddress: string;
      places: string;
      scripts: { href: string; words: string }[];
      together: { href: string; words: string }[];
      stages: { value: string; id: string; words: string; checked: boolean }[];
      optOuts: OptOutField[];
    };
  }
}

/** What is told while the class answers, ready to be shown. */
export interface ClassNumbers {
  state: ClassState;
  stateWords: string;
  expected: string;
  started: string;
  finished: string;
  answering: string;
  /** Empty while too few devices have gone quiet to tell of them. */
  quietWords: string;
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
  /** What was sent of the opt-outs just now and could not be taken. */
  typed?: TypedOptOuts | undefined;
}

/** The page from which a class is run. */
export function classPage(language: Language, facts: ClassFacts, state: ClassPageState): Views['class/class'] {
  const { school, wave, schoolClass, stages, optOuts, spares, expected } = facts;
  const { progress, opening, host, renewed = false, saved = false, typed } = state;
  return {
    title: classTitle(language, facts),
    wide: true,
    ...(renewed && { renewAfter: RENEW_SECONDS }),
    isRenewed: renewed,
    faults: [...(typed?.faults ?? [])],
    saved,
    wave: `${school.name} · ${wave.name}`,
    until: language.say('class', 'classUntil', { date: language.date(wave.endsOn) }),
    numbers: classNumbers(language, progress),
    opening: opening ? openingPart(language, opening) : null,
    extraWords: language.say('class', 'extraTime', { minutes: language.number(EXTRA_MINUTES) }),
    joinAddress: `${host}${JOIN_HREF}`,
    places: language.say('class', 'places', {
      expected: language.number(expected),
      spares: language.number(spares),
      started: language.number(progress.started),
    }),
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
  const { state, expected, started, finished, answering, quiet } = shownProgress(progress);
  const words = language.words.class;
  const bound = (key: 'orMore' | 'orFewer', count: number | null) =>
    count === null ? words.notToldYet : language.say('class', key, { count: language.number(count) });
  return {
    state,
    stateWords: words[`state-${state}`],
    expected: language.number(expected),
    started: language.number(started),
    finished: bound('orMore', finished),
    answering: bound('orFewer', answering),
    quietWords: quiet > 0 ? language.say('class', 'quietDevices', { number: language.number(quiet) }) : '',
    endWords: words[state === 'waiting' ? 'endNow' : 'endStopsNobody'],
  };
}
