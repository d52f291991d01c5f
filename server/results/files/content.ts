import { variableIdOf, type CubeItem, type Release } from '../../core/disclosure/release.ts';
import { ASKED_STATES } from '../../core/survey/answer.ts';
import type { Band } from '../../core/survey/stage.ts';
import type { ItemText } from '../../core/survey/text.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { Language } from '../../web/language.ts';
import type { AskedByBand, AskedVersionItem } from '../asked.ts';
import { hasPage, optionsOf } from '../choose.ts';
import { itemWords, routeWords } from '../words.ts';
import { programName, requireDifferent, wordingName, type Hash } from './names.ts';

/*
 * What files are written from: a release, and its items in words. An item that was asked in other words of
 * another band, or by another survey, has one wording for each, so that nobody takes them for the same.
 */

export interface FileContent {
  language: Language;
  entry: Pick<ReleaseEntry, 'id' | 'approvedAt' | 'madeAt'>;
  release: Release;
  items: readonly FileItem[];
}

export interface FileItem {
  item: CubeItem;
  /** Its name for programs. */
  variable: string;
  wordings: readonly Wording[];
}

/** An item as it was asked in the same words of the same options. */
export interface Wording {
  name: string;
  /** An indicator's name; a question as it was asked. */
  question: string;
  /** A line of help under the question; may be empty. */
  hint: string;
  /** Of an indicator, the question that it reads and the answers that it counts; else empty. */
  reads: { question: string; counted: readonly string[] } | null;
  /** The answers to an earlier question that led here; null where it was asked whatever somebody had said. */
  askedOf: { question: string; answers: readonly string[] } | null;
  options: readonly { code: string; words: string }[];
  bands: readonly Band[];
  /** Survey versions that asked it. */
  versions: readonly string[];
}

/** How somebody who came to a question can have left it, with an answer first. */
export const STATES = ['answered', ...ASKED_STATES] as const;
export type State = (typeof STATES)[number];
/** Whoever did not come to a question is in none of its rows. */
export const NOT_ASKED = 'not-asked';
export const FIVE_STATES = [...STATES, NOT_ASKED] as const;

/** The items of a release in words. What young people wrote themselves is read by people and is in no file. */
export function fileItems(
  language: Language,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  hash: Hash,
): FileItem[] {
  const items = release.items.flatMap((item): FileItem[] => {
    const variable = programName(item.id, hash);
    const wordings = wordingsOf(language, release, item, asked.get(item.id), (text) =>
      wordingName(variable, text, hash),
    );
    return wordings.length === 0 ? [] : [{ item, variable, wordings }];
  });
  requireDifferent(items.map(({ variable }) => variable));
  return items;
}

function wordingsOf(
  language: Language,
  release: Release,
  item: CubeItem,
  asked: AskedByBand | undefined,
  nameOf: (text: string) => string,
): Wording[] {
  const byName = new Map<string, { of: AskedVersionItem; bands: Band[]; versions: Set<string> }>();
  for (const band of release.bands) {
    const of = asked?.get(band.id);
    if (!of || !hasPage(of)) continue;
    const name = nameOf(JSON.stringify(whatWasAsked(item, of)));
    const known = byName.get(name) ?? { of, bands: [], versions: new Set() };
    known.bands.push(band);
    known.versions.add(of.versionId);
    byName.set(name, known);
  }
  return [...byName].map(([name, { of, bands, versions }]) => ({
    name,
    ...inWords(language, item, of),
    bands,
    versions: [...versions],
  }));
}

function inWords(language: Language, item: CubeItem, asked: AskedVersionItem) {
  const words = itemWords(language, asked);
  const codes = optionsOf(item, asked);
  const route = routeWords(language, asked);
  return {
    question: tidy(words.name),
    hint: tidy(asked.words.get(words.language)?.hint ?? ''),
    reads: asked.indicator ? { question: tidy(words.question), counted: words.counted.map(tidy) } : null,
    askedOf: route && { question: tidy(route.question), answers: route.answers.map(tidy) },
    options: words.options
      .filter(({ code }) => codes.includes(code))
      .map(({ code, words: option }) => ({ code, words: tidy(option) })),
  };
}

/**
 * All that makes a wording what it is, in a fixed order. The words are those of the language that surveys are
 * written in, so that a new or better translation makes no new wording.
 */
function whatWasAsked(item: CubeItem, asked: AskedVersionItem): unknown[] {
  const { question, part, variable, indicator, words } = asked;
  const text: Partial<ItemText> = words.get('en') ?? words.get([...words.keys()].toSorted()[0] ?? '') ?? {};
  const optionWords = Object.entries(text.options ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    variableIdOf(item),
    question.kind,
    variable.codes,
    question.when ?? null,
    indicator?.anyOf ?? null,
    text.text,
    text.hint ?? null,
    part === null ? null : (text.rows?.[part] ?? null),
    optionWords,
    [text.low, text.high, text.unit].map((words) => words ?? null),
  ];
}

/** Words as they stand in a cell: on one line, without what no XML file may hold. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .trim();
}
