import { bandName, type Band } from '../core/survey/stage.ts';
import type { Language } from '../web/language.ts';
import type { AskedVersion } from './wave-facts.ts';

/* What every page about a wave says of it. */

/** From when to when; that nobody has settled it yet. */
export function datesOf(language: Language, wave: { startsOn: string; endsOn: string }): string {
  if (wave.startsOn === '') return language.words.setup.noDates;
  return language.say('fieldwork', 'between', { from: language.date(wave.startsOn), to: language.date(wave.endsOn) });
}

/** A band in words: its stages, or, where it has none, what the survey calls the answer that it is read from. */
export function bandWords(language: Language, band: Band, contents: readonly AskedVersion[]): string {
  if (band.stages.length > 0) return bandName(band);
  const named = contents.map(({ version, texts }) => {
    const text = texts.get(language.code) ?? texts.get('en');
    return text?.items[version.definition.bandQuestion ?? '']?.options?.[band.id];
  });
  return named.find((words) => words !== undefined) ?? band.id;
}
