import type { Level } from '../../core/survey/stage.ts';

export const proposalHref = (id: string) => `/studio/proposals/${id}`;

/** Where somebody says what they thought of a draft when they tried it. */
export const tryOutHref = (id: string, level: Level, language: string) =>
  `${proposalHref(id)}/try-outs/new?level=${level}&language=${language}`;
