import { describe, expect, it } from 'vitest';
import type { SurveyItem } from '../../server/core/survey/definition.ts';
import { itemView, type ItemView } from '../../server/studio/words.ts';
import { loadLanguages, type LanguageCode } from '../../server/web/language.ts';
import { EVERY_KIND, wordsFor } from '../support/arbitrary-surveys.ts';

const languages = loadLanguages();

function view(id: string, language: LanguageCode = 'en'): ItemView {
  const item = EVERY_KIND.items.find((one) => one.id === id);
  if (!item) throw new Error(`The survey with every kind has no ${id}.`);
  return itemView(languages.get(language)!, item, wordsFor(EVERY_KIND, language).items[id]!, language);
}

/** Without the marks that keep names apart from the phrase around them. */
const notes = (id: string) => view(id).notes.map((note) => note.replace(/[\u2068\u2069]/g, ''));

describe('an item in the studio', () => {
  it('has a kind in words, in every language', () => {
    const kinds = new Map<SurveyItem['kind'], string>(EVERY_KIND.items.map(({ kind, id }) => [kind, id]));
    for (const language of ['en', 'ar'] as const) {
      const words = [...kinds.values()].map((id) => view(id, language).kind);
      expect(words.every((word) => word.length > 2)).toBe(true);
      expect(new Set(words).size).toBe(kinds.size);
    }
  });

  it('lists its options in their order, whatever the kind', () => {
    expect(view('mood').options).toEqual(['en mood option.good', 'en mood option.bad']);
    expect(view('wishes').options).toHaveLength(4);
    expect(view('minutes').options).toEqual(['none', 'some', 'many'].map((group) => `en minutes option.${group}`));
    expect(view('place').options).toHaveLength(3);
    expect(view('steps')).toMatchObject({ options: [], ends: { low: 'en steps low', high: 'en steps high' } });
    expect(view('few-words').options).toEqual([]);
  });

  it('says what it asks about in rows, and how it is answered', () => {
    expect(notes('school')).toContain('Asked about each of these: en school row.lessons · en school row.breaks');
    expect(notes('place-older')).toContain('From 1 (en place-older low) to 7 (en place-older high)');
    expect(notes('wishes')).toContain('Places to give: 3');
    expect(notes('minutes')).toContain('A whole number from 0 to 1,000');
  });

  it('says who is asked: the stage of its topic, and that an adult switches it on', () => {
    expect(notes('hungry')).toContain('Only from P7 on');
    expect(notes('drink')).toContain('Only from S2 on, and only where an adult has switched this topic on');
    expect(notes('mood').join()).not.toContain('Only from');
  });
});
