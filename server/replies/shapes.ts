import { Type } from 'typebox';
import type { FindingPlace } from '../core/loop/finding.ts';

/*
 * Shapes that several routes share. Lengths here only keep nonsense out; what is too long for a reader
 * is said beside the field.
 */
export const Typed = Type.String({ maxLength: 5000 });
export const Id = Type.String({ maxLength: 40 });
export const Name = Type.String({ maxLength: 100 });

/** A cell of a release, as a form or an address names it. */
export const Place = { release: Id, node: Name, band: Name, item: Name, option: Name };

export function placeOf({ node, band, item, option }: FindingPlace): FindingPlace {
  return { node, band, item, option };
}

/** Typed text without what nobody meant to type: blanks around it, and the line ends of forms. */
export function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}
