/**
 * Stages of a Scottish school, from the first primary year to the last secondary year.
 * Pupils of special schools have no stage; the wave gives them an age band of their own.
 */
export const STAGES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const;

export type Stage = (typeof STAGES)[number];

export function isStage(text: string): text is Stage {
  return (STAGES as readonly string[]).includes(text);
}

/** A named set of stages for reporting. The id is stable; its words are the stages' own names ("P5–P7"). */
export interface Band {
  id: string;
  stages: Stage[];
}

/** The reporting bands of the product, used unless a wave names others. */
export const DEFAULT_BANDS: readonly Band[] = [
  { id: 'p5-p7', stages: ['P5', 'P6', 'P7'] },
  { id: 's1-s2', stages: ['S1', 'S2'] },
  { id: 's3-s4', stages: ['S3', 'S4'] },
  { id: 's5-s6', stages: ['S5', 'S6'] },
];

/** A band of ages, as an open survey reads it from an answer. */
const AGES = /^age-(\d+)-(\d+)$/;

/**
 * How a band is written in every language: first and last stage, which are proper names ("S1–S2"); without stages the
 * ages of its id ("0–2"), or the id as it stands.
 */
export function bandName({ id, stages }: Band): string {
  const first = stages[0];
  const last = stages.at(-1);
  if (!first || !last) return id.replace(AGES, '$1–$2');
  return first === last ? first : `${first}–${last}`;
}

/** A band is one of primary stages when its first stage is: secondary bands of a cluster hold one school. */
export function isPrimaryBand(band: Band): boolean {
  return band.stages[0]?.startsWith('P') ?? false;
}

/** How hard the words of a question may be, by stage; grown-ups who answer about a child have no stage. */
export const LEVELS = ['p5-p7', 's1-s3', 's4-s6', 'adult'] as const;
export type Level = (typeof LEVELS)[number];

/** The wording level of a stage. Wording levels, topic gates and reporting bands are three different lists. */
export function levelOf(stage: Stage | null): Level {
  if (stage === null) return 'adult';
  if (stage.startsWith('P')) return 'p5-p7';
  return stage <= 'S3' ? 's1-s3' : 's4-s6';
}

/** The levels at which stages are asked, the youngest first; that of grown-ups where there is no stage. */
export function levelsOfStages(stages: readonly Stage[]): Level[] {
  const levels = new Set(stages.length === 0 ? [levelOf(null)] : stages.map(levelOf));
  return LEVELS.filter((level) => levels.has(level));
}
