import type { Static } from 'typebox';
import { DOMAINS, SHANARRI, type Tags } from './item.ts';

/*
 * Frameworks that planners answer to, read from the tags of questions: what a question is about in the words of
 * each. A question may stand under several tags of a framework, or under none.
 */

export const FRAMEWORKS = ['domains', 'shanarri', 'uncrc', 'outcomes'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

type QuestionTags = Static<typeof Tags>;
type Domain = QuestionTags['domain'];
type Wellbeing = QuestionTags['shanarri'][number];

/** What pupils say of themselves, such as their gender, is no domain of their wellbeing. */
export const WELLBEING_DOMAINS = DOMAINS.filter((domain) => domain !== 'about-you');

/** Articles 1 to 42 are rights; those after them are about how states keep the convention. */
const LAST_RIGHT = 42;

/** Tags by which questions come under an outcome. */
export interface OutcomeSource {
  domains: readonly Domain[];
  shanarri: readonly Wellbeing[];
  uncrc: readonly number[];
}

/** Outcomes of an authority's own plan, each with the tags that it gathers. */
export const OUTCOMES = {
  'feel-safe': { domains: [], shanarri: ['safe'], uncrc: [] },
  'do-well': { domains: [], shanarri: ['achieving', 'responsible'], uncrc: [] },
  'be-happy': { domains: ['mental-wellbeing'], shanarri: ['nurtured', 'included'], uncrc: [] },
  'be-healthy': { domains: [], shanarri: ['healthy', 'active'], uncrc: [] },
  'be-listened-to': { domains: [], shanarri: ['respected'], uncrc: [12] },
} as const satisfies Record<string, OutcomeSource>;
export type Outcome = keyof typeof OUTCOMES;

export function isFramework(text: string): text is Framework {
  return (FRAMEWORKS as readonly string[]).includes(text);
}

/** The tags of a framework that a question carries, each once. */
export function tagsIn(framework: Framework, tags: QuestionTags): string[] {
  if (framework === 'domains') return WELLBEING_DOMAINS.filter((domain) => domain === tags.domain);
  if (framework === 'shanarri') return [...new Set(tags.shanarri)];
  if (framework === 'uncrc') return [...new Set(tags.uncrc)].map(String);
  return outcomeNames().filter((outcome) => gathers(OUTCOMES[outcome], tags));
}

/** Every tag of a framework in its own order; of the convention the rights, whether anything carries them or not. */
export function allTagsOf(framework: Framework): readonly string[] {
  if (framework === 'domains') return WELLBEING_DOMAINS;
  if (framework === 'shanarri') return SHANARRI;
  if (framework === 'uncrc') return Array.from({ length: LAST_RIGHT }, (_, index) => String(index + 1));
  return outcomeNames();
}

function outcomeNames(): Outcome[] {
  return Object.keys(OUTCOMES) as Outcome[];
}

function gathers({ domains, shanarri, uncrc }: OutcomeSource, tags: QuestionTags): boolean {
  return (
    domains.includes(tags.domain) ||
    tags.shanarri.some((tag) => shanarri.includes(tag)) ||
    tags.uncrc.some((article) => uncrc.includes(article))
  );
}
