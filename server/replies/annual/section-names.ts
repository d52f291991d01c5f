import type { AimSection, ReportReader, SectionId } from '../../core/loop/annual/sections.ts';
import type { Period } from '../../core/loop/annual/period.ts';
import type { Language, LanguageCode } from '../../web/language.ts';

/* What reports and their parts are called. */

/** What a section is called, for whom. */
export function sectionName({ words }: Language, section: SectionId, reader: ReportReader = 'adult'): string {
  const { annual, plan } = words;
  if (isAim(section)) return plan[section];
  if (section === 'did' || reader === 'adult') return annual[`section-${section}`];
  return annual[`child-${section}`];
}

const isAim = (section: SectionId): section is AimSection => section.startsWith('aim-');

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
