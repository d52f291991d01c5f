import { DIMENSIONS, type Dimension } from '../../core/disclosure/units.ts';
import type { Language } from '../../web/language.ts';
import { wordsOr } from '../words.ts';

/** The dimensions of a group and their values: `sex=female&quintile=1`. */
export function partsOfGroup(group: string): [Dimension, string][] {
  return DIMENSIONS.flatMap((dimension): [Dimension, string][] => {
    const value = new URLSearchParams(group).get(dimension);
    return value === null ? [] : [[dimension, value]];
  });
}

/** The dimensions of a group alone, by which groups lie in one table: `sex`, `sex and quintile`. */
export function dimensionsOf(group: string): string {
  return partsOfGroup(group)
    .map(([dimension]) => dimension)
    .join('+');
}

/** A group in words: "Girls, most deprived fifth". A value that has no words yet stands as it is. */
export function groupWords(language: Language, group: string): string {
  const parts = partsOfGroup(group).map(([dimension, value]) => valueWords(language, dimension, value));
  return new Intl.ListFormat(language.code, { type: 'unit', style: 'short' }).format(parts);
}

export function dimensionWords({ words }: Language, dimension: Dimension): string {
  return words.groups[`dimension-${dimension}`];
}

function valueWords({ code, words: { groups } }: Language, dimension: Dimension, value: string): string {
  if (value === 'not-held') return groups.notHeld;
  const known: Partial<Record<Dimension, string>> = {
    sex: `sex-${value}`,
    gender: `gender-${value}`,
    quintile: `quintile-${value}`,
    asn: `asn-${value}`,
  };
  // Languages have their names from the platform; what has no words yet stands as it is.
  if (dimension === 'language') return new Intl.DisplayNames([code], { type: 'language' }).of(value) ?? value;
  return wordsOr(groups, known[dimension] ?? '', value);
}
