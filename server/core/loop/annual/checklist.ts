import { AIMS, type Aim } from '../plan/words.ts';
import { LIMITS } from '../../coach/limits.ts';
import { readingLevel } from '../reading-level.ts';
import type { AnnualFacts, ByLanguage, LeftOutOfReport } from './facts.ts';
import { personalHits, type PersonalHit } from './personal.ts';
import { quotedIn, typedNumbers } from './placeholders.ts';
import { SECTIONS, sectionOf, type ReportReader, type SectionId } from './sections.ts';
import { everyText, type SectionTexts, type Unread } from './texts.ts';

/*
 * What a report still lacks. Part of it keeps it from being published: words that every report needs, words that quote a
 * figure which is there no more, a period that is not over, and in a real authority words that nobody read twice. The rest is
 * told, because only people can say whether it is as it should be.
 */

interface TextPlace {
  section: SectionId;
  reader: ReportReader;
  language: string;
}

export type Lack =
  | ({ lack: 'empty'; isNeeded: boolean } & TextPlace)
  | ({ lack: 'gone'; number: number } & TextPlace)
  | ({ lack: 'without-source'; found: string[] } & TextPlace)
  | { lack: 'too-hard'; age: number; suits: number; language: string }
  | { lack: 'unread'; language: string; sections: SectionId[] }
  | { lack: 'period-runs'; to: string }
  | { lack: 'nothing-asked' }
  | { lack: 'aim-without-action'; aim: Aim }
  | { lack: 'no-aim'; id: string; reference: string }
  | { lack: 'no-progress'; id: string; reference: string }
  | { lack: 'no-value'; id: string; reference: string; measure: string }
  | { lack: 'priority-without-reply'; id: string; name: ByLanguage }
  | { lack: 'corrected'; id: string; name: ByLanguage; wave: string }
  | { lack: 'no-involvement' }
  | { lack: 'nothing-changed'; id: string; title: string }
  | { lack: 'no-feedback' }
  | ({ lack: 'personal' } & PersonalHit)
  | { lack: 'left-out'; what: LeftOutOfReport };

export interface ChecklistItem {
  what: Lack;
  /** Whether nothing is published while it is so. */
  blocks: boolean;
}

export interface Checked {
  facts: AnnualFacts;
  texts: ReadonlyMap<SectionId, SectionTexts>;
  languages: readonly string[];
  /** Numbers of figures that are drawn now. */
  figures: ReadonlySet<number>;
  unread: readonly Unread[];
  /** Names of places and groups, which are none of persons. */
  knownNames: readonly string[];
  /** A demonstration may publish what nobody read twice, and says so. */
  isDemonstration: boolean;
}

/** Everything that is still open: what keeps a report back first, then in the order of its sections. */
export function checklist(checked: Checked): ChecklistItem[] {
  const { facts } = checked;
  const items: ChecklistItem[] = [
    ...periodItems(facts),
    ...textItems(checked),
    ...unreadItems(checked),
    ...told(hardWords(checked)),
    ...told(personalLacks(checked)),
    ...told(factLacks(facts)),
  ];
  return items.toSorted((one, other) => Number(other.blocks) - Number(one.blocks));
}

export function mayPublish(items: readonly ChecklistItem[]): boolean {
  return !items.some(({ blocks }) => blocks);
}

const told = (lacks: readonly Lack[]): ChecklistItem[] => lacks.map((what) => ({ what, blocks: false }));

/** A year is reported when it is over. */
function periodItems({ period: { to }, today }: AnnualFacts): ChecklistItem[] {
  return to < today ? [] : [{ what: { lack: 'period-runs', to }, blocks: true }];
}

function textItems({ texts, languages, figures }: Checked): ChecklistItem[] {
  const places = everyText(
    SECTIONS.map(({ id }) => id),
    languages,
  );
  return places.flatMap((place): ChecklistItem[] => {
    const text = texts.get(place.section)?.[place.reader][place.language] ?? '';
    const isNeeded = sectionOf(place.section).needed.includes(place.reader);
    if (text.trim() === '') return [{ what: { lack: 'empty', isNeeded, ...place }, blocks: isNeeded }];
    const gone = [...new Set(quotedIn(text))].filter((number) => !figures.has(number));
    const found = typedNumbers(text);
    return [
      ...gone.map((number): ChecklistItem => ({ what: { lack: 'gone', number, ...place }, blocks: true })),
      ...told(found.length > 0 ? [{ lack: 'without-source', found, ...place }] : []),
    ];
  });
}

function unreadItems({ unread, isDemonstration }: Checked): ChecklistItem[] {
  const byLanguage = Map.groupBy(unread, ({ language }) => language);
  return [...byLanguage].map(([language, list]) => ({
    what: { lack: 'unread', language, sections: list.map(({ section }) => section) },
    blocks: !isDemonstration,
  }));
}

/** The words for children of a language, all sections together, as the youngest who are asked would read them. */
export function childWords(texts: Checked['texts'], language: string): string[] {
  return [...texts.values()].map(({ child }) => child[language] ?? '').filter((text) => text !== '');
}

/** The age that the words for children should suit: that of the youngest who are asked. */
export const SUITS_AGE = LIMITS['p5-p7'].readingAge;

function hardWords({ texts, languages }: Checked): Lack[] {
  return languages.flatMap((language): Lack[] => {
    const { age } = readingLevel(childWords(texts, language), language);
    return age !== null && age > SUITS_AGE ? [{ lack: 'too-hard', age, suits: SUITS_AGE, language }] : [];
  });
}

/** Whatever may name somebody, in all words that were typed and are printed. */
function personalLacks({ facts, texts, languages, knownNames }: Checked): Lack[] {
  return personalHits(facts, texts, languages, knownNames).map((hit) => ({ lack: 'personal', ...hit }));
}

function factLacks(facts: AnnualFacts): Lack[] {
  const { waves, findings, actions, involvement, feedback, leftOut } = facts;
  const lacks: Lack[] = [
    ...(waves.length === 0 ? [{ lack: 'nothing-asked' } as const] : []),
    ...findings.flatMap(({ id, name, before, source }): Lack[] =>
      before ? [{ lack: 'corrected', id, name, wave: source.wave }] : [],
    ),
    ...findings
      .filter(({ isPriority, isAnswered }) => isPriority && !isAnswered)
      .map(({ id, name }): Lack => ({ lack: 'priority-without-reply', id, name })),
    ...AIMS.filter((aim) => !actions.some(({ aims }) => aims.includes(aim))).map((aim): Lack => ({
      lack: 'aim-without-action',
      aim,
    })),
    ...actions.flatMap(actionLacks),
    ...(feedback.length === 0 ? [{ lack: 'no-feedback' } as const] : []),
    ...(involvement.length === 0 ? [{ lack: 'no-involvement' } as const] : []),
    ...leftOut.flatMap((one): Lack[] =>
      one.why === 'entry-unfinished' && one.missing.includes('change')
        ? [{ lack: 'nothing-changed', id: one.id, title: one.title }]
        : [],
    ),
    ...leftOut.map((what): Lack => ({ lack: 'left-out', what })),
  ];
  return lacks;
}

function actionLacks({ id, reference, aims, state, progress, measures }: AnnualFacts['actions'][number]): Lack[] {
  // An action without an aim stands in no section, whatever else it lacks.
  if (aims.length === 0) return [{ lack: 'no-aim', id, reference }];
  const quiet: Lack[] = state === 'open' && progress.length === 0 ? [{ lack: 'no-progress', id, reference }] : [];
  const empty = measures.filter((measure) => measure.state.latest === undefined);
  return [...quiet, ...empty.map(({ words }): Lack => ({ lack: 'no-value', id, reference, measure: words.name }))];
}
