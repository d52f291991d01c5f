import { asksForWords } from '../core/survey/kinds.ts';
import type { Surveys } from '../storage/surveys.ts';
import type { Wave } from '../storage/waves.ts';
import type { Language } from '../web/language.ts';

/** The words of a question, and the language they are in: a reader's own where the survey has it. */
export interface QuestionWords {
  words: string;
  lang: string;
}

/** The questions of a wave that are answered in one's own words, by id. */
export async function questionWords(
  surveys: Surveys,
  { versionIds }: Wave,
  language: Language,
): Promise<Map<string, QuestionWords>> {
  const questions = new Map<string, QuestionWords>();
  for (const versionId of versionIds) {
    const [version, texts] = [await surveys.find(versionId), await surveys.texts(versionId)];
    const text = texts.get(language.code) ?? texts.get('en');
    for (const { id } of version?.definition.items.filter(asksForWords) ?? []) {
      const words = text?.items[id]?.text;
      if (text && words && !questions.has(id)) questions.set(id, { words, lang: text.language });
    }
  }
  return questions;
}
