import { flagsOf } from '../../texts/flags.ts';
import type { FlagKind } from '../../texts/flag.ts';

/*
 * The record is read by many and goes into reports, so it names nobody. What looks like a name or a way to reach somebody is
 * shown to whoever writes, who says that it is none: a machine knows no places and no projects.
 */

const PERSONAL: readonly FlagKind[] = ['email', 'web', 'phone', 'postcode', 'address', 'name'];

/**
 * Parts of texts that look like the name of a person or a way to reach somebody, each once, in their order.
 * @param known names of places, groups and projects that are none
 */
export function personalWords(texts: readonly string[], known: readonly string[] = []): string[] {
  const isKnown = new Set(known.flatMap((name) => [name, ...name.split(/\s+/)]).map((name) => name.toLowerCase()));
  const found = texts.flatMap((text) =>
    flagsOf(text)
      .filter(({ kind }) => PERSONAL.includes(kind))
      .map(({ start, end }) => text.slice(start, end).replace(/[.,;:!?]+$/, ''))
      .filter((words) => !words.split(/\s+/).every((word) => isKnown.has(word.toLowerCase()))),
  );
  return [...new Set(found)];
}
