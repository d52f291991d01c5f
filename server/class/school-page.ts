import type { SchoolClass } from '../core/fieldwork/class-list.ts';
import { expectedOf } from '../core/fieldwork/class-numbers.ts';
import type { StoredOptOut } from '../storage/class-opt-outs.ts';
import type { Wave, WaveSchool } from '../storage/waves.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { isRehearsal } from '../web/wave-content.ts';
import { schoolHref } from './addresses.ts';
import { optOutFields, type OptOutField, type TypedOptOuts } from './opt-out-form.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/school': {
      title: string;
      /** Whether answers are thrown away. */
      rehearsal: boolean;
      wave: string;
      waveHref: string;
      faults: FieldFault[];
      saved: boolean;
      sheetsHref: string;
      sheetsWords: string;
      optOutsHref: string;
      codesHref: string;
      placesHref: string;
      /** Empty where the school has no pupils of the wave's stages. */
      classes: {
        name: string;
        stages: string;
        roll: string;
        expected: string;
        hasSheet: boolean;
        places: string;
        optOuts: OptOutField[];
        saveWords: string;
        sheetWords: string;
        codesWords: string;
        placeWords: string;
      }[];
    };
  }
}

/** What the page of a school in a wave tells. */
export interface SchoolFacts {
  wave: Wave;
  school: WaveSchool;
  classes: readonly SchoolClass[];
  optOuts: readonly StoredOptOut[];
  /** Names of the classes that have a sheet. */
  withSheet: readonly string[];
  /** Places added, of the classes that have any. */
  spares: readonly { className: string; spares: number }[];
}

/** The page of a school: the sheets, the opt-outs and the lost slips of its classes. */
export function schoolPage(
  language: Language,
  { wave, school, classes, optOuts, withSheet, spares }: SchoolFacts,
  { typed, saved = false }: { typed?: TypedOptOuts; saved?: boolean } = {},
): Views['class/school'] {
  const href = schoolHref(wave.id, school.id);
  // As the school entered them: who has started is not told here.
  const entered = optOuts.map((one) => ({ ...one, pupils: one.entered }));
  return {
    title: language.say('class', 'schoolTitle', { school: isolated(language, school.name) }),
    rehearsal: isRehearsal(wave),
    wave: wave.name,
    waveHref: `/fieldwork/waves/${wave.id}`,
    faults: [...(typed?.faults ?? [])],
    saved,
    sheetsHref: `${href}/sheets`,
    sheetsWords: language.words.class[withSheet.length > 0 ? 'makeSheetsAgain' : 'makeSheets'],
    optOutsHref: `${href}/opt-outs`,
    placesHref: `${href}/places`,
    codesHref: `/fieldwork/waves/${wave.id}/schools/${school.id}/class-codes`,
    classes: classes.map((schoolClass, index) => {
      const { name, parts } = schoolClass;
      const ofClass = (key: 'saveOptOutsOf' | 'makeSheetOf' | 'replaceCodesOf' | 'addPlaceOf') =>
        language.say('class', key, { class: name });
      return {
        name,
        stages: [...new Set(parts.map(({ stage }) => stage))].join(' · '),
        roll: language.number(parts.reduce((sum, { pupils }) => sum + pupils, 0)),
        expected: language.number(expectedOf(parts, entered)),
        hasSheet: withSheet.includes(name),
        places: language.number(spares.find(({ className }) => className === name)?.spares ?? 0),
        optOuts: optOutFields(language, schoolClass, optOuts, {
          idPrefix: `class-${index}-`,
          typed: typed?.form.class === name ? typed : undefined,
        }),
        saveWords: ofClass('saveOptOutsOf'),
        sheetWords: ofClass('makeSheetOf'),
        codesWords: ofClass('replaceCodesOf'),
        placeWords: ofClass('addPlaceOf'),
      };
    }),
  };
}
