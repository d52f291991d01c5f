import type { DraftContent, Purpose } from '../../core/drafts/draft.ts';
import type { SurveyItem } from '../../core/survey/definition.ts';
import { tidy } from '../../core/survey/proposal.ts';
import type { ItemText, SurveyText } from '../../core/survey/text.ts';
import { changesBetween, type VersionContent } from '../../core/survey/version-changes.ts';
import type { SurveyRead } from '../../core/xlsform/read-survey.ts';

/** What a spreadsheet would change in a survey: drafts that could be made of it. */
export interface SheetDrafts {
  drafts: SheetDraft[];
  /** How many items are as they were. */
  unchanged: number;
}

export interface SheetDraft {
  purpose: Purpose;
  content: Omit<DraftContent, 'whyAsk'>;
}

/**
 * Compares what was read of a spreadsheet with the newest version of the survey that it was sent for.
 * @param reader the language of the person who reads it: a draft with words in it is a draft in it
 */
export function sheetDrafts({ survey, texts }: SurveyRead, newest: VersionContent, reader: string): SheetDrafts {
  if (!survey) return { drafts: [], unchanged: 0 };
  // Spaces that nobody sees are no change.
  const { added, changed, removed, unchanged } = changesBetween(
    { ...newest, texts: newest.texts.map(tidyText) },
    { definition: survey, texts: texts.map(tidyText) },
  );
  const made = (purpose: Purpose, ids: readonly string[], items: readonly SurveyItem[], of: readonly SurveyText[]) =>
    ids.flatMap((id): SheetDraft[] => {
      const item = items.find((one) => one.id === id);
      const words = wordsOf(of, id);
      const language = Object.hasOwn(words, reader) ? reader : Object.keys(words)[0];
      if (!item || language === undefined) return [];
      const place = purpose === 'new' ? { after: placeOf(id, survey.items, newest.definition.items) } : {};
      return [{ purpose, content: { item, language, texts: words, ...place } }];
    });
  return {
    drafts: [
      ...made('new', added, survey.items, texts),
      ...made('change', changed, survey.items, texts),
      ...made('withdrawal', removed, newest.definition.items, newest.texts),
    ],
    unchanged: unchanged.length,
  };
}

function wordsOf(texts: readonly SurveyText[], id: string): Record<string, ItemText> {
  return Object.fromEntries(
    texts.flatMap(({ language, items }) => {
      const text = items[id];
      return text ? [[language, text] as const] : [];
    }),
  );
}

/** A text with all words of its items as a form would keep them. */
function tidyText(text: SurveyText): SurveyText {
  const items = Object.entries(text.items).map(([id, words]) => [id, tidyWords(words) as ItemText]);
  return { ...text, items: Object.fromEntries(items) as SurveyText['items'] };
}

function tidyWords(words: unknown): unknown {
  if (typeof words === 'string') return tidy(words);
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, tidyWords(value)]));
}

/** The nearest item before it in the spreadsheet that the survey has too; null where there is none. */
export function placeOf(id: string, inSheet: readonly SurveyItem[], inSurvey: readonly SurveyItem[]): string | null {
  const at = inSheet.findIndex((item) => item.id === id);
  const before = inSheet.slice(0, at);
  return before.findLast((item) => inSurvey.some((known) => known.id === item.id))?.id ?? null;
}
