import type { ReportReader, SectionId } from '../../core/loop/annual/sections.ts';
import type { Period } from '../../core/loop/annual/period.ts';
import type { Language, LanguageCode } from '../../web/language.ts';

/* What reports and their parts are called. */

/** What a section is called, for whom. */
export function sectionName({ words }: Language, section: SectionId, reader: ReportReader = 'adult'): string {
  const { annual, plan } = words;
  switch (section) {
    case 'aim-wellbeing':
    case 'aim-early-help':
    case 'aim-integrated':
    case 'aim-resources':
      return plan[section];
    case 'did':
      return annual['section-did'];
    default:
      return reader === 'child' ? annual[`child-${section}`] : annual[`section-${section}`];
  }
}

export function periodWords(language: Language, { from, to }: Period): string {
  return language.say('annual', 'fromTo', { from: language.date(from), to: language.date(to) });
}

/** "Opening (for children, Arabic)" */
export function placeWords(
  language: Language,
  { section, reader, language: code }: { section: SectionId; reader: ReportReader; language: string },
): string {
  return language.say('loop', 'labelOf', {
    part: sectionName(language, section, reader),
    reader: language.words.loop[`for-${reader}`],
    language: languageName(language, code),
  });
}

export function languageName({ words }: Language, code: string): string {
  return words.replies[`language-${code as LanguageCode}`];
}
