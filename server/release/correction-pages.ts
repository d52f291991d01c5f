import type { Counting } from '../core/disclosure/counting.ts';
import { bandName } from '../core/survey/stage.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { correctionHref, releaseHref } from './addresses.ts';
import {
  changesOf,
  REASON_LENGTH,
  tickOf,
  type Change,
  type CorrectionChoices,
  type CorrectionFault,
  type CorrectionForm,
} from './correction-form.ts';

interface Tick {
  value: string;
  words: string;
  checked: boolean;
}

declare module '../web/views.ts' {
  interface Views {
    'release/correction': {
      title: string;
      wide: true;
      faults: FieldFault[];
      action: string;
      backHref: string;
      reason: { value: string; longest: number; fault: string };
      schools: {
        name: string;
        /** Whether anything about it differs from the opening: such a school stands open. */
        changed: boolean;
        left: Tick[];
        withdrawn: Tick[];
        clusters: Tick[];
        localities: Tick[];
      }[];
    };
    'release/correction-review': {
      title: string;
      action: string;
      reason: string;
      changes: string[];
      hidden: { name: string; value: string }[];
    };
    'release/correction-facts': { correction: CorrectionFacts };
  }
}

/** What a release corrects, as its page shows it. */
export interface CorrectionFacts {
  reason: string;
  changes: string[];
  correctsHref: string;
}

const FIELDS = ['left', 'withdrawn', 'cluster', 'locality'] as const;

/** Where a fault is mended. */
const FIELD_OF: Record<CorrectionFault, string> = {
  'no-reason': 'reason',
  'long-reason': 'reason',
  unknown: 'schools',
  'nothing-changed': 'schools',
  'nobody-left': 'schools',
  'no-such-agreement': 'schools',
};

export function correctionPage(
  language: Language,
  entry: ReleaseEntry,
  choices: CorrectionChoices,
  form: CorrectionForm,
  faults: readonly CorrectionFault[] = [],
): Views['release/correction'] {
  const words = language.words.corrections;
  const messages = faults.map((fault) => ({
    field: FIELD_OF[fault],
    message: language.say('corrections', `fault-${fault}`, { longest: language.number(REASON_LENGTH) }),
  }));
  return {
    title: language.say('corrections', 'title', { wave: entry.waveName }),
    wide: true,
    faults: messages,
    action: correctionHref(entry.id),
    backHref: releaseHref(entry.id),
    reason: {
      value: form.reason,
      longest: REASON_LENGTH,
      fault: messages.find(({ field }) => field === 'reason')?.message ?? '',
    },
    schools: choices.schools.map((school) => {
      const { code } = school;
      const left = school.bands.map((band) => ({ value: tickOf(code, band.id), words: bandName(band) }));
      const clusters = choices.clusters.map((one) => ({ value: tickOf(code, one.code), words: one.name }));
      const localities = [{ code: '', name: words.noLocality }, ...choices.localities];
      const ticks = (all: { value: string; words: string }[], values: readonly string[]): Tick[] =>
        all.map((one) => ({ ...one, checked: values.includes(one.value) }));
      const view = {
        left: ticks(left, form.left),
        // Agreement can be taken back where it was given.
        withdrawn: school.agreed ? ticks([{ value: code, words: words.withdrawn }], form.withdrawn) : [],
        clusters: ticks(clusters, form.cluster),
        localities:
          choices.localities.length === 0
            ? []
            : ticks(
                localities.map((one) => ({ value: tickOf(code, one.code), words: one.name })),
                form.locality,
              ),
      };
      const isMoved =
        view.clusters.some(
          ({ value, checked }) => checked !== school.clusters.some((one) => tickOf(code, one) === value),
        ) || view.localities.some(({ value, checked }) => checked && value !== tickOf(code, school.locality ?? ''));
      const changed = isMoved || [...view.left, ...view.withdrawn].some(({ checked }) => checked);
      return { name: school.name, changed, ...view };
    }),
  };
}

export function correctionReview(
  language: Language,
  entry: ReleaseEntry,
  choices: CorrectionChoices,
  form: CorrectionForm,
  [before, after]: [Counting, Counting],
): Views['release/correction-review'] {
  return {
    title: language.say('corrections', 'reviewTitle', { wave: entry.waveName }),
    action: correctionHref(entry.id),
    reason: form.reason,
    changes: changeWords(language, choices, before, after),
    hidden: [
      { name: 'reason', value: form.reason },
      ...FIELDS.flatMap((name) => form[name].map((value) => ({ name, value }))),
    ],
  };
}

/** What a correction changes, in one sentence each. */
export function changeWords(
  language: Language,
  choices: CorrectionChoices,
  before: Counting,
  after: Counting,
): string[] {
  const none = language.words.corrections.nowhere;
  const named = (all: readonly { code: string; name: string }[], codes: readonly string[]) =>
    codes.length === 0 ? none : codes.map((code) => isolated(language, nameOf(all, code))).join(', ');
  const valuesOf = (change: Change): Record<string, string> => {
    if ('bands' in change) return { bands: change.bands.map((band) => isolated(language, bandName(band))).join(', ') };
    if (change.kind === 'clusters')
      return { from: named(choices.clusters, change.from), to: named(choices.clusters, change.to) };
    if (change.kind !== 'locality') return {};
    const codes = (code: string | null) => (code === null ? [] : [code]);
    return { from: named(choices.localities, codes(change.from)), to: named(choices.localities, codes(change.to)) };
  };
  return changesOf(choices, before, after).map((change) =>
    language.say('corrections', `change-${change.kind}`, {
      school: isolated(language, change.school.name),
      ...valuesOf(change),
    }),
  );
}

function nameOf(all: readonly { code: string; name: string }[], code: string): string {
  return all.find((one) => one.code === code)?.name ?? code;
}
