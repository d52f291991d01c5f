import type { SurveyItem } from '../survey/definition.ts';
import { OWN } from './columns.ts';
import { holds, isAnyOf, namesIn, readExpression, type Expression } from './expression.ts';
import { faultOf, type AnswerName, type Reading, type ReadItem } from './reading.ts';
import type { TableRow } from './table.ts';
import type { Cell } from './workbook.ts';

/** A condition of Heard: somebody gave one of these answers to an earlier question. */
export type When = NonNullable<SurveyItem['when']>;

/** The condition of a group, which holds for all that lies in it. */
export interface Inherited {
  cell: Cell;
  when: When;
}

const NOT_FOLLOWED =
  'Heard asks a question of those who gave certain answers to one earlier question, and follows nothing else.';

/** The condition of a row; undefined where it has none, or one that Heard cannot follow, which is listed. */
export function takeRelevant(row: TableRow, reading: Reading): When | undefined {
  const cell = row.get('relevant');
  const own = row.get(`${OWN}any-of`);
  if (!cell) return undefined;
  const found = conditionOf(cell.value, reading);
  if (typeof found === 'string') {
    reading.ledger.list(cell, found);
    return undefined;
  }
  reading.ledger.take(cell);
  const ordered = own?.value.trim().split(/\s+/) ?? [];
  // The order that Heard's own column gives counts as long as somebody has not changed the expression beside it.
  const same = ordered.length === found.anyOf.length && found.anyOf.every((code) => ordered.includes(code));
  if (!same) return found;
  reading.ledger.take(own);
  return { ...found, anyOf: ordered };
}

function conditionOf(text: string, reading: Reading): When | string {
  const expression = readExpression(text);
  if (!expression) return `The expression cannot be followed. ${NOT_FOLLOWED}`;
  const [name = '', ...others] = namesIn(expression);
  if (others.length > 0) return `The expression is about ${others.length + 1} questions. ${NOT_FOLLOWED}`;
  const source = reading.byName.get(name);
  if (!source) return `No question named "${name}" was taken before it.`;
  if (isOfSeveral(source) && !isAnyOf(expression, (part) => part.form === 'selected'))
    return 'Of a question with several answers Heard can follow selected() and "or" alone.';
  const anyOf = source.answers.map((answer) => [answer.code, truthOf(expression, answer)] as const);
  const split = anyOf.find(([, truth]) => truth === undefined);
  if (split) return `Heard counts numbers in groups, and the expression divides the group "${split[0]}".`;
  const codes = anyOf.filter(([, truth]) => truth).map(([code]) => code);
  if (codes.length === 0) return `No answer to "${name}" could make the expression true.`;
  return { question: source.item.id, anyOf: codes };
}

const isOfSeveral = ({ item }: ReadItem) => item.kind === 'tick-all' || item.kind === 'ranking';

/** Whether an expression is true of an answer; undefined where it is true of some numbers of a group only. */
function truthOf(expression: Expression, { values }: AnswerName): boolean | undefined {
  if (!('from' in values)) return values.some((value) => holds(expression, value));
  const first = holds(expression, String(values.from));
  for (let number = values.from + 1; number <= values.to; number += 1) {
    if (holds(expression, String(number)) !== first) return undefined;
  }
  return first;
}

/** An item under its own condition and those of the groups around it; what cannot be added is listed. */
export function withConditions(
  item: SurveyItem,
  row: TableRow,
  inherited: readonly Inherited[],
  reading: Reading,
): SurveyItem {
  let found = item;
  const own = takeRelevant(row, reading);
  if (own) {
    const fault = faultOf({ ...item, when: own }, reading);
    if (fault === undefined) found = { ...item, when: own };
    else reading.ledger.list(row.get('relevant'), `Heard cannot hold this: ${fault}.`);
  }
  for (const { cell, when } of inherited) found = withInherited(found, cell, when, reading);
  return found;
}

function withInherited(item: SurveyItem, cell: Cell, when: When, reading: Reading): SurveyItem {
  const both = item.when ? bothOf(item.when, when) : when;
  const candidate = both && { ...item, when: both };
  if (candidate && faultOf(candidate, reading) === undefined) return candidate;
  reading.ledger.list(cell, `The condition of the group could not be added to "${item.id}". ${NOT_FOLLOWED}`);
  return item;
}

function bothOf(one: When, other: When): When | undefined {
  if (one.question !== other.question) return undefined;
  const anyOf = one.anyOf.filter((code) => other.anyOf.includes(code));
  return anyOf.length === 0 ? undefined : { question: one.question, anyOf };
}
