import { MISSING, type Missing } from '../core/fieldwork/opening.ts';
import { PART_FIELDS, type FieldId, type FormPart } from '../core/fieldwork/setup-parts.ts';
import type { PartId, SetupStep } from '../core/fieldwork/setup.ts';
import type { Noting } from '../storage/wave-setup.ts';
import { isolated, LANGUAGES, type Language } from '../web/language.ts';
import { stepHref } from './addresses.ts';
import type { WaveFacts } from './wave-facts.ts';

/* What was settled before a wave opens, and what is missing, in words. */

/** A line of what was noted: what it is called, and what it is. */
export interface NotedLine {
  label: string;
  value: string;
}

/** What is missing, with the page on which it is put right. */
export interface MissingLine {
  words: string;
  href: string;
}

/** The name of a step. */
export function stepName({ words }: Language, step: SetupStep): string {
  return words.setup[`step-${step}`];
}

export function missingLines(language: Language, facts: WaveFacts): MissingLine[] {
  return facts.missing.map((missing) => ({
    words: missingWords(language, missing, facts),
    href: stepHref(facts.wave.id, MISSING[missing]),
  }));
}

export function missingWords(language: Language, missing: Missing, facts: WaveFacts): string {
  if (missing === 'roll')
    return language.say('setup', 'missing-roll', { schools: facts.schoolsWithoutRoll.join(' · ') });
  if (missing === 'survey')
    return language.say('setup', 'missing-survey', { stages: facts.stagesWithoutSurvey.join(' · ') });
  return language.words.setup[`missing-${missing}`];
}

/** What a noted part says, line by line; empty if nothing was noted. */
export function notedLines(language: Language, part: PartId, { setup: { parts } }: WaveFacts): NotedLine[] {
  const words = language.words.setup;
  if (part === 'languages') {
    const chosen = parts.languages?.languages ?? [];
    const names = LANGUAGES.filter(({ code }) => chosen.includes(code)).map(({ name }) => name);
    return names.length > 0 ? [{ label: words['step-languages'], value: names.join(' · ') }] : [];
  }
  const content = parts[part];
  if (!content) return [];
  const values = Object.entries(content) as [string, string | number][];
  return PART_FIELDS[part].map(({ id, kind }) => ({
    label: words[`field-${id}`],
    value: valueWords(language, kind, values.find(([name]) => name === id)?.[1] ?? ''),
  }));
}

function valueWords(language: Language, kind: string, value: string | number): string {
  if (typeof value === 'number') return language.percent(value / 100);
  if (kind === 'day') return language.date(value);
  if (kind !== 'choice') return value;
  return choiceWords(language, value);
}

/** The proper name of a choice. */
export function choiceWords({ words }: Language, choice: string): string {
  const known: Readonly<Record<string, string>> = words.setup;
  return known[`choice-${choice}`] ?? choice;
}

/** Who noted something and when, in words; empty if nobody did. */
export function notingWords(language: Language, noting: Noting | undefined): string {
  if (!noting) return '';
  const date = language.date(noting.notedAt);
  return noting.notedBy === null
    ? language.say('setup', 'notedOn', { date })
    : language.say('setup', 'notedByOn', { name: isolated(language, noting.notedBy), date });
}

/** What a form stands filled with: as it was typed, else as it was noted before. */
export function valuesOf(part: FormPart, { setup: { parts } }: WaveFacts): Partial<Record<FieldId, string>> {
  const content = parts[part] ?? {};
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, String(value)]));
}

/** The name of a topic. */
export function topicName({ words }: Language, topic: string): string {
  const known: Readonly<Record<string, string>> = words.fieldwork;
  return known[`topic-${topic}`] ?? topic;
}
