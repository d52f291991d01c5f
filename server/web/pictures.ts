import type { Language } from './language.ts';

/** Pictures to remember and to be known by: easy to name, easy to tell apart without colour. Files of public/symbols. */
export const PICTURES = [
  'boat',
  'kite',
  'cat',
  'tree',
  'umbrella',
  'bicycle',
  'apple',
  'star',
  'fish',
  'guitar',
  'hat',
  'train',
] as const;

export type Picture = (typeof PICTURES)[number];

/** A picture as one of a group to choose from. */
export interface DrawnPicture {
  value: string;
  words: string;
  src: string;
  id: string;
}

/** All pictures, in their order; the first has the id `picture-0`. */
export function drawnPictures(language: Language): DrawnPicture[] {
  return PICTURES.map((value, index) => ({
    value,
    words: language.words.respond[`picture-${value}`],
    src: symbolSource(value),
    id: `picture-${index}`,
  }));
}

/** Where a symbol of public/symbols is. */
export const symbolSource = (name: string) => `/public/symbols/${name}.svg`;
