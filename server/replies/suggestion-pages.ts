import type { LatticeNode } from '../core/disclosure/lattice.ts';
import { LEAST_POINTS, SUGGESTION_RULES, type Suggestion, type SuggestionFacts } from '../core/loop/suggestions.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import type { Quoted } from './released.ts';
import { bandWords, figureName } from './sentences.ts';
import type { Suggesting } from './suggesting.ts';

interface Choice {
  href: string;
  words: string;
  current: boolean;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/suggestions': {
      title: string;
      wide: boolean;
      rules: string[];
      releases: Choice[];
      places: Choice[];
      suggestions: {
        /** For the ids of its fields. */
        number: string;
        name: string;
        who: string;
        because: string;
        hidden: { name: string; value: string }[];
        /** A finding that is about this figure already; empty where there is none. */
        findingHref: string;
      }[];
    };
  }
}

export interface SuggestionsShown {
  all: readonly Suggesting[];
  of: Suggesting;
  node: LatticeNode;
  places: readonly LatticeNode[];
  /** Each with its figure, and the id of a finding about it. */
  suggestions: readonly { suggestion: Suggestion; quoted: Quoted; findingId: string | undefined }[];
}

/** What the rules found at one place, in the order of the questions. */
export function suggestionsPage(language: Language, shown: SuggestionsShown): Views['replies/suggestions'] {
  const { of, node } = shown;
  const href = (release: string, place: string) =>
    `/replies/suggestions?${new URLSearchParams({ release, place }).toString()}`;
  return {
    title: language.say('findings', 'suggestionsTitle', { place: isolated(language, node.name) }),
    wide: true,
    rules: SUGGESTION_RULES.map((rule) =>
      language.say('findings', `rule-${rule}`, { points: language.number(LEAST_POINTS[rule]) }),
    ),
    releases: shown.all.map(({ entry }) => ({
      href: href(entry.id, node.id),
      words: entry.waveName,
      current: entry.id === of.entry.id,
    })),
    places: shown.places.map(({ id, name }) => ({
      href: href(of.entry.id, id),
      words: name,
      current: id === node.id,
    })),
    suggestions: shown.suggestions.map(({ suggestion, quoted, findingId }, index) => ({
      number: String(index + 1),
      name: figureName(language, quoted),
      who: bandWords(language, quoted.figure),
      because: becauseOf(language, suggestion.facts),
      hidden: hiddenFields(of.entry.id, suggestion),
      findingHref: findingId === undefined ? '' : `/replies/findings/${findingId}`,
    })),
  };
}

function hiddenFields(release: string, { place, facts }: Suggestion): { name: string; value: string }[] {
  const fields = { release, ...place, rule: facts.rule, groups: facts.groups?.join(' ') ?? '' };
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}

/** Which rule and which figures made a suggestion, in a sentence. */
export function becauseOf(language: Language, facts: SuggestionFacts): string {
  // Said as a distance, so both ends go the way of the difference.
  const ends = [facts.low, facts.high].map((end) => end * Math.sign(facts.points)).toSorted((a, b) => a - b);
  const percent = (share: number) => language.percent(share / 100);
  const [one, other] = (facts.groups ?? []).map((group) => groupWords(language, group));
  return language.say('findings', `because-${facts.rule}-${facts.word}`, {
    share: percent(facts.share),
    other: percent(facts.other),
    points: language.number(Math.abs(facts.points)),
    low: language.number(ends[0]! || 0),
    high: language.number(ends[1]! || 0),
    one: one ?? '',
    group: other ?? '',
    wave: isolated(language, facts.wave ?? ''),
  });
}

/** A group as releases name it ("sex=female") in words; one without words stands as it is. */
function groupWords({ words }: Language, group: string): string {
  const known: Readonly<Record<string, string>> = words.groups;
  return known[group.replace('=', '-')] ?? group;
}
