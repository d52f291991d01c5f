import type { FoundFault, Typed } from '../core/fieldwork/setup-parts.ts';
import { bandName, DEFAULT_BANDS } from '../core/survey/stage.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { stepHref, waveHref } from './addresses.ts';
import { formFields, summaryOf, type FormField } from './setup-form-page.ts';
import { missingWords, notingWords, stepName } from './setup-words.ts';
import { languagesOf, type WaveFacts } from './wave-facts.ts';
import { readersPart, topicsPart, type TypedReason } from './wave-parts.ts';

/** What the page of every step has: its name, its wave, the way back, what was wrong. */
export interface StepPage {
  title: string;
  wave: string;
  backHref: string;
  action: string;
  faults: FieldFault[];
}

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/setup-stages': StepPage & {
      /** That the form stands filled with what suits the wave's reply; empty where it holds what was saved. */
      offered: string;
      bands: { value: string; words: string; checked: boolean }[];
      fault: string;
    };
    'fieldwork/setup-schools': StepPage & {
      /** As for stages. */
      offered: string;
      schools: { id: string; name: string; asked: boolean; askedWords: string; agreed: boolean; agreedWords: string }[];
      fault: string;
    };
    'fieldwork/setup-dates': StepPage & { fields: FormField[] };
    'fieldwork/setup-languages': StepPage & {
      languages: { code: string; name: string; state: string; chosen: boolean; always: boolean; there: boolean }[];
      noted: string;
    };
    'fieldwork/setup-topics': StepPage & { topics: Views['fieldwork/wave-topics'] };
    'fieldwork/setup-readers': StepPage & { readers: Views['fieldwork/wave-readers'] };
    'fieldwork/setup-rehearsal': StepPage & {
      state: string;
      /** The wave of the rehearsal that is under way, empty if there is none. */
      rehearsalHref: string;
      endHref: string;
      earlier: string[];
      missing: string[];
      beginHref: string;
      fields: FormField[];
      noted: string;
    };
  }
}

export function stepPage(
  language: Language,
  step: 'reply' | 'stages' | 'schools' | 'dates' | 'languages' | 'topics' | 'readers' | 'rehearsal',
  { wave }: WaveFacts,
  faults: FieldFault[],
): StepPage {
  return {
    title: stepName(language, step),
    wave: wave.name,
    backHref: waveHref(wave.id),
    action: stepHref(wave.id, step),
    faults,
  };
}

const faultOn = (faults: readonly FieldFault[], field: string) =>
  faults.find((fault) => fault.field === field)?.message ?? '';

/** What a form is offered with before anybody has saved anything, and words that say so. */
export interface Offered {
  chosen: readonly string[];
  words: string;
}

export function stagesPage(
  language: Language,
  facts: WaveFacts,
  faults: FieldFault[] = [],
  offered?: Offered,
): Views['fieldwork/setup-stages'] {
  const chosen = offered?.chosen ?? facts.wave.bands.map(({ id }) => id);
  return {
    ...stepPage(language, 'stages', facts, faults),
    offered: offered?.words ?? '',
    fault: faultOn(faults, 'bands'),
    bands: DEFAULT_BANDS.map((band) => ({
      value: band.id,
      words: bandName(band),
      checked: chosen.includes(band.id),
    })),
  };
}

/** @param all the schools of the authority */
export function schoolsPage(
  language: Language,
  facts: WaveFacts,
  all: readonly { id: string; name: string }[],
  faults: FieldFault[] = [],
  offered?: Offered,
): Views['fieldwork/setup-schools'] {
  const chosen = new Map(facts.schools.map((school) => [school.id, school]));
  return {
    ...stepPage(language, 'schools', facts, faults),
    offered: offered?.words ?? '',
    fault: faultOn(faults, 'schools'),
    schools: all.map(({ id, name }) => ({
      id,
      name,
      asked: offered ? offered.chosen.includes(id) : chosen.has(id),
      askedWords: language.say('fieldwork', 'askedOf', { school: name }),
      agreed: chosen.get(id)?.agreedToBeShown ?? false,
      agreedWords: language.say('fieldwork', 'agreedOf', { school: name }),
    })),
  };
}

/** What was typed as dates of a wave. */
export interface TypedDates {
  startsOn: string;
  endsOn: string;
}

export function datesPage(
  language: Language,
  facts: WaveFacts,
  typed: TypedDates = facts.wave,
  faults: FieldFault[] = [],
): Views['fieldwork/setup-dates'] {
  const words = language.words;
  const field = (id: keyof TypedDates): FormField => ({
    id,
    kind: 'day',
    label: words.fieldwork[id],
    hint: id === 'endsOn' ? words.setup['hint-endsOn'] : words.setup['hint-day'],
    value: typed[id],
    fault: faultOn(faults, id),
    choices: [],
  });
  return { ...stepPage(language, 'dates', facts, faults), fields: [field('startsOn'), field('endsOn')] };
}

export function languagesPage(language: Language, facts: WaveFacts): Views['fieldwork/setup-languages'] {
  const { contents, setup } = facts;
  const chosen = setup.parts.languages?.languages ?? [];
  const there = languagesOf(contents);
  return {
    ...stepPage(language, 'languages', facts, []),
    noted: notingWords(language, setup.notings.languages),
    languages: LANGUAGES.map(({ code, name }) => ({
      code,
      name,
      state: languageState(language, facts, code),
      // Whoever has chosen another language on the page, and none of the wave's, reads English.
      always: code === 'en',
      chosen: code === 'en' || chosen.includes(code),
      there: there.includes(code),
    })),
  };
}

/** How far the words of a wave's surveys are in a language. */
function languageState(language: Language, { contents }: WaveFacts, code: string): string {
  const words = language.words.setup;
  const texts = contents.map(({ texts: byLanguage }) => byLanguage.get(code));
  const lacking = contents.filter((_, index) => texts[index] === undefined);
  if (lacking.length > 0)
    return language.say('setup', 'languageLacks', {
      surveys: lacking.map(({ version }) => version.surveyId).join(' · '),
    });
  const drafted = texts.filter((text) => text?.status === 'drafted').length;
  if (drafted === 0) return words.languageReviewed;
  return drafted === texts.length
    ? words.languageDrafted
    : language.say('setup', 'languagePartDrafted', { drafted, all: texts.length });
}

export function topicsPage(
  language: Language,
  facts: WaveFacts,
  faults: FieldFault[] = [],
  typed?: TypedReason,
): Views['fieldwork/setup-topics'] | null {
  const topics = topicsPart(language, facts, faults, typed);
  return topics && { ...stepPage(language, 'topics', facts, faults), topics };
}

export function readersPage(
  language: Language,
  facts: WaveFacts,
  faults: FieldFault[] = [],
): Views['fieldwork/setup-readers'] | null {
  const readers = readersPart(language, facts, faults);
  return readers && { ...stepPage(language, 'readers', facts, faults), readers };
}

export function rehearsalPage(
  language: Language,
  facts: WaveFacts,
  found: readonly FoundFault[] = [],
  typed?: Typed,
): Views['fieldwork/setup-rehearsal'] {
  const words = language.words.setup;
  const fields = formFields(language, 'rehearsal', facts, found, typed);
  const [newest] = facts.rehearsals;
  const underWay = newest?.endedAt === null ? newest : undefined;
  const { wave } = facts;
  return {
    ...stepPage(language, 'rehearsal', facts, summaryOf(fields)),
    state: underWay
      ? language.say('setup', facts.rehearsalSent > 0 ? 'rehearsalSent' : 'rehearsalNobody', {
          date: language.date(underWay.begunAt),
        })
      : words.rehearsalNone,
    rehearsalHref: underWay ? waveHref(underWay.id) : '',
    endHref: underWay ? `${waveHref(wave.id)}/rehearsals/${underWay.id}/removal` : '',
    earlier: facts.rehearsals.flatMap(({ begunAt, endedAt, sent }) =>
      endedAt === null
        ? []
        : [
            language.say('setup', (sent ?? 0) > 0 ? 'rehearsalOver' : 'rehearsalOverNobody', {
              begun: language.date(begunAt),
              ended: language.date(endedAt),
            }),
          ],
    ),
    missing: facts.missingForRehearsal.map((missing) => missingWords(language, missing, facts)),
    beginHref: `${waveHref(wave.id)}/rehearsals`,
    fields,
    noted: notingWords(language, facts.setup.notings.rehearsal),
  };
}
