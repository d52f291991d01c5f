import { READING_CHOICES, type ReadingHelp } from '../storage/draft-body.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import type { Place } from './place.ts';
import { respondPage, type RespondPage } from './respond-page.ts';

export type ReadingName = keyof typeof READING_CHOICES;

/** What can be chosen, in the order in which it stands on the page. */
export const READING_NAMES = Object.keys(READING_CHOICES) as ReadingName[];

interface ReadingOption {
  value: string;
  words: string;
  checked: boolean;
  /** Letters that are drawn as this choice would draw them; empty where there is nothing to show. */
  sample: string;
  /** The same as the path of a drawing; empty where letters or nothing show it. */
  drawing: string;
}

interface ReadingGroup {
  name: ReadingName;
  title: string;
  options: ReadingOption[];
}

declare module '../web/views.ts' {
  interface Views {
    'respond/reading': RespondPage & { back: string; groups: ReadingGroup[] };
  }
}

/**
 * All that reading help offers, with what this person has chosen.
 * @param back where the form leads once it is kept
 */
export function readingPage(language: Language, place: Place, back: string): Views['respond/reading'] {
  return {
    ...respondPage(place, language.words.respond.title),
    back,
    groups: READING_NAMES.map((name) => groupOf(name, place.reading, language)),
  };
}

function groupOf(name: ReadingName, chosen: ReadingHelp, language: Language): ReadingGroup {
  const words: Record<string, string> = language.words.reading;
  const values: readonly string[] = READING_CHOICES[name];
  // A draft of before a choice came has none for it: the usual.
  const value = chosen[name] ?? values[0];
  return {
    name,
    title: words[`group-${name}`] ?? name,
    options: values.map((option) => ({
      value: option,
      words: words[`choice-${name}-${option}`] ?? option,
      checked: option === value,
      ...sampleOf(name, option, language.words.reading),
    })),
  };
}

function sampleOf(
  name: ReadingName,
  value: string,
  words: Language['words']['reading'],
): Pick<ReadingOption, 'sample' | 'drawing'> {
  if (value === 'lexend') return { sample: '', drawing: LEXEND };
  if (name === 'symbols') return { sample: '', drawing: value === 'on' ? HOUSE : '' };
  const samples: Partial<Record<ReadingName, string>> = {
    size: words.sampleLetters,
    spacing: words.sampleSentence,
    typeface: words.sampleTypeface,
    colours: words.sampleLetters,
  };
  return { sample: samples[name] ?? '', drawing: '' };
}

/**
 * "Aag" in Lexend as outlines, in a box of 198 by 100: the typeface itself is fetched only once it is chosen.
 * Drawn from public/fonts/lexend-latin-wght-normal.woff2 (SIL Open Font License 1.1).
 */
const LEXEND =
  'M2 75 30 5H41L68 75H56L40 33Q40 32 39 29Q38 27 37 23Q36 20 35 17Q34 15 34 14L36 14Q35 15 35 18Q34 21 33 23Q32 26 31 29Q30 32 29 33L14 75ZM14 58 18 47H50L55 58ZM97 76Q91 76 86 72Q80 69 77 63Q74 56 74 49Q74 41 77 35Q80 28 86 25Q91 21 98 21Q102 21 106 23Q109 24 112 26Q114 28 116 31Q118 34 118 37L116 36V22H126V75H116V62L118 62Q118 64 116 67Q114 70 111 72Q108 74 105 75Q101 76 97 76ZM100 66Q105 66 108 64Q112 62 114 58Q116 54 116 49Q116 44 114 40Q112 36 108 33Q105 31 100 31Q96 31 92 33Q88 36 86 40Q84 44 84 49Q84 54 86 58Q88 62 92 64Q96 66 100 66ZM164 98Q158 98 153 96Q147 94 144 92L148 84Q150 85 152 86Q155 88 158 88Q161 89 164 89Q170 89 173 87Q177 85 179 82Q181 78 181 73V63L182 64Q181 67 179 70Q176 72 172 74Q168 76 163 76Q156 76 150 72Q144 69 141 63Q137 57 137 49Q137 41 141 35Q144 28 150 25Q156 21 163 21Q166 21 169 22Q172 23 174 24Q176 26 178 27Q180 29 181 31Q183 32 183 34L181 35V22H191V72Q191 78 189 83Q187 88 184 91Q180 94 175 96Q170 98 164 98ZM164 66Q169 66 173 64Q177 62 179 58Q181 54 181 49Q181 44 179 39Q177 35 173 33Q169 31 164 31Q160 31 156 33Q152 36 150 40Q148 44 148 49Q148 54 150 58Q152 62 156 64Q160 66 164 66Z';

/** A house, in the same box. */
const HOUSE = 'M99 8 40 58H56V94H86V66H112V94H142V58H158Z';

/** Pages that a form ends or that need no way back; none of them is a place to return to. */
const NO_WAY_BACK = 'reading|recordings|leave|hiding|sessions|sending|stopping';
const OWN_PAGE = new RegExp(`^/respond/(?!(?:${NO_WAY_BACK})\\b)[a-z][a-z0-9/-]*(?:\\?[\\w=&-]*)?$`);

/** A page of answering to go back to, or where this person should be now: nobody is led anywhere else. */
export function wayBack(path: string): string {
  return OWN_PAGE.test(path) ? path : '/respond/next';
}

/** The page that somebody comes from, as far as it is one of answering. */
export function wayBackFrom(referer: string | undefined): string {
  const address = referer === undefined ? null : URL.parse(referer);
  return wayBack(address ? address.pathname + address.search : '');
}
