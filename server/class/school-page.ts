import type { SchoolClass } from '../core/fieldwork/class-list.ts';
import { expectedOf, type OptOut } from '../core/fieldwork/class-numbers.ts';
import type { Wave, WaveSchool } from '../storage/waves.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { schoolHref } from './addresses.ts';
import { optOutFields, type OptOutField, type TypedOptOuts } from './opt-out-form.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/school': {
      title: string;
      wave: string;
      waveHref: string;
      faults: FieldFault[];
      saved: boolean;
      sheetsHref: string;
      sheetsWords: string;
      optOutsHref: string;
      codesHref: string;
      /** Empty where the school has no pupils of the wave's stages. */
      classes: {
        name: string;
        stages: string;
        roll: string;
        expected: string;
        hasSheet: boolean;
        optOuts: OptOutField[];
        saveWords: string;
        sheetWords: string;
        codesWords: string;
      }[];
    };
  }
}

/** What the page of a school in a wave tells. */
export interface SchoolFacts {
  wave: Wave;
  school: WaveSchool;
  classes: readonly SchoolClass[];
  optOuts: readonly OptOut[];
  /** Names of the classes that have a sheet. */
  withSheet: readonly string[];
}

/** The page of a school: the sheets, the opt-outs and the lost slips of its classes. */
export function schoolPage(
  language: Language,
  { wave, school, classes, optOuts, withSheet }: SchoolFacts,
  { typed, saved = false }: { typed?: TypedOptOuts; saved?: boolean } = {},
): Views['class/school'] {
  const href = schoolHref(wave.id, school.id);
  return {
    title: language.say('class', 'schoolTitle', { school: isolated(language, school.name) }),
    wave: wave.name,
    waveHref: `/fieldwork/waves/${wave.id}`,
    faults: [...(typed?.faults ?? [])],
    saved,
    sheetsHref: `${href}/sheets`,
    sheetsWords: language.words.class[withSheet.length > 0 ? 'makeSheetsAgain' : 'makeSheets'],
    optOutsHref: `${href}/opt-outs`,
    codesHref: `/fieldwork/waves/${wave.id}/schools/${school.id}/class-codes`,
    classes: classes.map((schoolClass, index) => {
      const { name, parts } = schoolClass;
      const ofClass = (key: 'saveOptOutsOf' | 'makeSheetOf' | 'replaceCodesOf') =>
        language.say('class', key, { class: name });
      return {
        name,
        stages: [...new Set(parts.map(({ stage }) => stage))].join(' · '),
        roll: language.number(parts.reduce((sum, { pupils }) => sum + pupils, 0)),
        expected: language.number(expectedOf(parts, optOuts)),
        hasSheet: withSheet.includes(name),
        optOuts: optOutFields(language, schoolClass, optOuts, {
          idPrefix: `class-${index}-`,
          typed: typed?.form.class === name ? typed : undefined,
        }),
        saveWords: ofClass('saveOptOutsOf'),
        sheetWords: ofClass('makeSheetOf'),
        codesWords: ofClass('replaceCodesOf'),
      };
    }),
  };
}
