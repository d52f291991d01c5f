import { seededRandom, type Random } from '../../server/core/seeded-random.ts';
import { STATE_CODES } from '../../server/core/survey/answer.ts';
import type { CountedResponse } from '../../server/core/tally/columns.ts';

/*
 * The made-up answers that `bench:results` counts: clusters of uneven size, questions that are answered differently, some
 * of them routed, some responses that stop early, all in an order that says nothing. The same seed always gives the same.
 */
export const CLUSTERS = 24;
export const BANDS = 4;
/** A cell is cluster × band, at `cluster * BANDS + band`. */
export const CELLS = CLUSTERS * BANDS;
export const OPTIONS = ['never', 'rarely', 'sometimes', 'often', 'always'];
/** Every byte that an answer can be: the options, then the states. */
export const BYTES = [...OPTIONS.keys(), ...Object.values(STATE_CODES)];

export function makeAnswers(responses: number, questions: number): CountedResponse[] {
  const random = seededRandom(`results ${responses} ${questions}`);
  const cell = drawer(
    Array.from({ length: CELLS }, () => random.between(0.4, 1.6)),
    random,
  );
  const answers = Array.from({ length: questions }, (_, question) => drawer(weightsOf(question, random), random));
  const bytes = Uint8Array.from(BYTES);
  return Array.from({ length: responses }, () => ({
    cell: cell(),
    answers: Uint8Array.from(answers, (draw) => bytes[draw()]!),
  }));
}

/** How likely each byte is as the answer to a question; every fourth is routed, later ones are reached by fewer. */
function weightsOf(question: number, random: Random): number[] {
  const options = OPTIONS.map(() => random.between(0.2, 1.5));
  const [dontKnow, preferNot, skipped] = [random.between(0, 0.3), random.between(0, 0.2), random.between(0, 0.2)];
  return [...options, dontKnow, preferNot, skipped, question % 4 === 3 ? 1.5 : 0, 0.002 * question];
}

/** Draws indexes by their weights out of a long table: quick enough for millions. */
function drawer(weights: readonly number[], random: Random): () => number {
  const table = Uint8Array.from({ length: 4096 }, () => random.weighted(weights));
  return () => table[random.below(table.length)]!;
}
