import {
  FLAGGED_BELOW,
  FLAGGED_RATE,
  LEAST_BASE,
  LEAST_BASE_ONE_SCHOOL,
  LEAST_NUMERATOR,
  LEAST_RATE,
} from '../core/disclosure/rules.ts';
import type { Language } from '../web/language.ts';

export interface MethodPage {
  title: string;
  sections: { id: string; title: string; paragraphs: string[] }[];
}

/** How figures are worked out and why some are hidden. Its numbers are those of the rules themselves. */
export function methodPage(language: Language): MethodPage {
  const { words } = language;
  const say = (key: Parameters<typeof language.say<'results'>>[1], values: Record<string, string> = {}) =>
    language.say('results', key, values);
  const hiddenWords = { hidden: words.results.hidden };
  return {
    title: words.results.methodTitle,
    sections: [
      {
        id: 'release',
        title: words.results.methodReleaseTitle,
        paragraphs: [words.results.methodRelease, words.results.methodRounded],
      },
      {
        id: 'hidden',
        title: words.results.methodHiddenTitle,
        paragraphs: [
          say('methodHidden', hiddenWords),
          say('methodHiddenBase', {
            base: language.number(LEAST_BASE),
            oneSchool: language.number(LEAST_BASE_ONE_SCHOOL),
            numerator: language.number(LEAST_NUMERATOR),
          }),
          say('methodHiddenRate', { rate: language.percent(LEAST_RATE) }),
          words.results.methodHiddenAttack,
          words.results.methodHiddenAlike,
        ],
      },
      {
        id: 'between',
        title: words.results.methodBetweenTitle,
        paragraphs: [words.results.methodBetween, words.results.methodBetweenOverlap],
      },
      {
        id: 'base',
        title: words.results.methodBaseTitle,
        paragraphs: [
          words.results.methodBase,
          say('methodCare', { base: language.number(FLAGGED_BELOW), rate: language.percent(FLAGGED_RATE) }),
        ],
      },
      {
        id: 'places',
        title: words.results.methodPlacesTitle,
        paragraphs: [
          words.results.noteShared,
          words.results.methodOneSchool,
          words.results.methodUnlinked,
          words.results.methodNoRanks,
        ],
      },
      { id: 'waves', title: words.results.methodWavesTitle, paragraphs: [words.results.methodWaves] },
    ],
  };
}
