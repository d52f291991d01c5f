import { ASKED_STATES } from '../../server/core/survey/answer.ts';
import { toColumns, type Columns, type CountedResponse } from '../../server/core/tally/columns.ts';
import { countVariable, type VariableCounts } from '../../server/core/tally/count.ts';
import { add, noCounts, startOf, type Counts } from './counts.ts';
import { BYTES, CELLS, OPTIONS } from './made-answers.ts';

/** A way to count all questions, with its answers already in memory. */
export interface Counter<Counted> {
  count: () => Counted;
  /** What was counted, in the order of everybody's. */
  read: (counted: Counted) => Counts;
}

/** The columns of a wave, as the release job lays them. */
export function heardColumns(responses: readonly CountedResponse[], questions: number): Columns {
  const layout = Array.from({ length: questions }, (_, question) => ({
    question: `question-${question}`,
    part: null,
    codes: OPTIONS,
  }));
  return toColumns(layout, responses);
}

/** Heard's own counts, variable by variable, as a release asks for them. */
export function heard(columns: Columns, cells = CELLS): Counter<Map<string, VariableCounts>> {
  return {
    count: () => new Map(columns.layout.map(({ question }) => [question, countVariable(columns, question, cells)!])),
    read: (counted) => {
      const counts = noCounts(counted.size);
      [...counted.values()].forEach(({ asked, options, states }, question) => {
        counts.set(asked, startOf(question, 'asked'));
        for (const code of OPTIONS) counts.set(options.get(code)!, startOf(question, code));
        for (const state of ASKED_STATES) counts.set(states.get(state)!, startOf(question, state));
      });
      return counts;
    },
  };
}

/** The bare limit: responses as they come, one loop a question, one addition an answer. */
export function bare(responses: readonly CountedResponse[], questions: number): Counter<Int32Array[]> {
  const cell = Uint8Array.from(responses, (response) => response.cell);
  const columns = Array.from({ length: questions }, (_, question) =>
    Uint8Array.from(responses, ({ answers }) => answers[question]!),
  );
  return {
    count: () => columns.map((bytes) => countBare(cell, bytes)),
    read: (counted) => {
      const counts = noCounts(questions);
      counted.forEach((own, question) => {
        BYTES.forEach((byte, place) => {
          for (let at = 0; at < CELLS; at += 1) add(counts, question, at, place, own[at * 256 + byte]!);
        });
      });
      return counts;
    },
  };
}

function countBare(cell: Uint8Array, bytes: Uint8Array): Int32Array {
  const counts = new Int32Array(CELLS * 256);
  for (let row = 0; row < bytes.length; row += 1) counts[cell[row]! * 256 + bytes[row]!]! += 1;
  return counts;
}
