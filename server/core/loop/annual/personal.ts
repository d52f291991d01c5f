import { personalWords } from '../engagement/personal-words.ts';
import type { AnnualFacts } from './facts.ts';
import { everyText, type SectionTexts } from './texts.ts';
import { SECTIONS, type ReportReader, type SectionId } from './sections.ts';

/*
 * Words that people typed elsewhere are printed in a report for everybody. What looks like a name or a way to reach somebody
 * is listed with where it was written, for planners to look at; whether it is one only they can say.
 */

export type WrittenIn =
  | { in: 'action'; id: string; reference: string }
  | { in: 'entry'; id: string; title: string }
  | { in: 'text'; section: SectionId; reader: ReportReader; language: string };

export interface PersonalHit {
  where: WrittenIn;
  found: string[];
}

/** @param known names of places, groups and projects that are none of persons */
export function personalHits(
  { actions, involvement }: Pick<AnnualFacts, 'actions' | 'involvement'>,
  texts: ReadonlyMap<SectionId, SectionTexts>,
  languages: readonly string[],
  known: readonly string[],
): PersonalHit[] {
  const places = everyText(
    SECTIONS.map(({ id }) => id),
    languages,
  );
  const looked = [
    // An action without an aim stands in no section.
    ...actions
      .filter(({ aims }) => aims.length > 0)
      .map((action) => ({ where: inAction(action), typed: ofAction(action) })),
    ...involvement.map(({ id, title, said, change }) => ({
      where: { in: 'entry', id, title } as const,
      typed: [title, said, change],
    })),
    ...places.map((place) => ({
      where: { in: 'text', ...place } as const,
      typed: [texts.get(place.section)?.[place.reader][place.language] ?? ''],
    })),
  ];
  return looked
    .map(({ where, typed }) => ({ where, found: personalWords(typed, known) }))
    .filter(({ found }) => found.length > 0);
}

type Action = AnnualFacts['actions'][number];

const inAction = ({ id, reference }: Action): WrittenIn => ({ in: 'action', id, reference });

/** What people typed of an action and a report draws. */
function ofAction({ task, lead, judgement, progress, measures }: Action): string[] {
  return [
    ...[task, lead, judgement?.reason ?? ''],
    ...progress.map(({ words }) => words),
    ...measures.flatMap(({ words: { name, unit } }) => [name, unit]),
  ];
}
