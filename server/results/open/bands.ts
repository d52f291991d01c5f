import { bandName, type Band } from '../../core/survey/stage.ts';
import type { Language } from '../../web/language.ts';
import type { AskedVersionItem } from '../asked.ts';
import { itemWords } from '../words.ts';

/** The bands of an open release in words. */
export interface OpenBands {
  /** The question that they are answers to; empty where the survey has none. */
  question: string;
  nameOf: (band: Band) => string;
}

/** @param asked what the bands are read from, as it was asked */
export function openBands(language: Language, asked: AskedVersionItem | undefined): OpenBands {
  const words = asked && itemWords(language, asked);
  const names = new Map(words?.options.map(({ code, words: name }) => [code, name]));
  return { question: words?.question ?? '', nameOf: (band) => names.get(band.id) ?? bandName(band) };
}
