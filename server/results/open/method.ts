import { FLAGGED_BELOW, LEAST_BASE, LEAST_NUMERATOR } from '../../core/disclosure/rules.ts';
import type { Language } from '../../web/language.ts';
import type { MethodPage } from '../method-page.ts';

type Section = MethodPage['sections'][number];

/** How figures of an open release are worked out and why some are hidden. Its numbers are those of the rules themselves. */
export function openMethod(language: Language): Section[] {
  const { results, open } = language.words;
  return [
    { id: 'release', title: results.methodReleaseTitle, paragraphs: [results.methodRelease, open.methodRounded] },
    openSection(language),
    {
      id: 'hidden',
      title: results.methodHiddenTitle,
      paragraphs: [
        language.say('results', 'methodHidden', { hidden: results.hidden }),
        language.say('open', 'methodHiddenBase', {
          base: language.number(LEAST_BASE),
          numerator: language.number(LEAST_NUMERATOR),
        }),
        open.methodHiddenAttack,
        results.methodHiddenAlike,
      ],
    },
    {
      id: 'base',
      title: open.methodBaseTitle,
      paragraphs: [open.methodBase, language.say('open', 'methodCare', { base: language.number(FLAGGED_BELOW) })],
    },
    { id: 'places', title: results.methodPlacesTitle, paragraphs: [open.withoutLocality, results.methodNoRanks] },
  ];
}

/** What is different about surveys that are open to whoever comes; on the page about the method too. */
export function openSection({ words: { open } }: Language): Section {
  return {
    id: 'open',
    title: open.methodTitle,
    paragraphs: [`${open.howTheyCame} ${open.noSample}`, open.methodLeftOut],
  };
}
