/*
 * The expressions of "relevant" and "constraint", as far as Heard can follow them: comparisons of one question (or of
 * "." itself) with words and numbers, selected(), and, or, not().
 */

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Expression =
  | { form: 'compare'; of: string; with: Comparison; value: string }
  | { form: 'selected'; of: string; value: string }
  | { form: 'and' | 'or'; parts: Expression[] }
  | { form: 'not'; part: Expression };

const TOKEN =
  /\s*(\$\{\s*[^}\s]+\s*\}|'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”|<=|>=|!=|[=<>(),]|-?\d+(?:\.\d+)?|\.|[a-z][a-z-]*)/iy;
const TURNED: Record<Comparison, Comparison> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

type Operand = { name: string } | { value: string };

/** An expression in its parts; undefined where it holds anything else. */
export function readExpression(text: string): Expression | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const parser = createParser(tokens);
  const expression = parser.either();
  return parser.isAtEnd() ? expression : undefined;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found?.[1]) return undefined;
    tokens.push(found[1]);
    at = TOKEN.lastIndex;
  }
  return tokens.length > 2000 ? undefined : tokens;
}

/** How deep brackets may lie in each other: deeper ones are nobody's sheet. */
const DEEPEST = 50;

function createParser(tokens: readonly string[]) {
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at]?.toLowerCase();
  const skip = (token: string) => (peek() === token ? (at += 1) > 0 : false);

  function list(form: 'and' | 'or', next: () => Expression | undefined): Expression | undefined {
    const parts = [next()];
    while (skip(form)) parts.push(next());
    const found = parts.filter((part) => part !== undefined);
    if (found.length < parts.length) return undefined;
    return found.length === 1 ? found[0] : { form, parts: found };
  }

  const either = (): Expression | undefined => list('or', both);
  const both = (): Expression | undefined => list('and', single);

  function single(): Expression | undefined {
    if (depth > DEEPEST) return undefined;
    if (skip('(')) return inBrackets(either);
    if (peek() === 'not' && tokens[at + 1] === '(') {
      at += 2;
      const part = inBrackets(either);
      return part && { form: 'not', part };
    }
    if (peek() === 'selected' && tokens[at + 1] === '(') {
      at += 2;
      return inBrackets(selected);
    }
    return comparison();
  }

  function inBrackets(inner: () => Expression | undefined): Expression | undefined {
    depth += 1;
    const found = inner();
    depth -= 1;
    return skip(')') ? found : undefined;
  }

  function selected(): Expression | undefined {
    const of = operand();
    if (!of || !('name' in of) || !skip(',')) return undefined;
    const value = operand();
    return value && 'value' in value ? { form: 'selected', of: of.name, value: value.value } : undefined;
  }

  function comparison(): Expression | undefined {
    const left = operand();
    const sign = peek() as Comparison | undefined;
    if (!left || !sign || !Object.hasOwn(TURNED, sign)) return undefined;
    at += 1;
    const right = operand();
    if (!right || 'name' in left === 'name' in right) return undefined;
    if ('name' in left) return 'value' in right ? compare(left.name, sign, right.value) : undefined;
    return 'name' in right ? compare(right.name, TURNED[sign], left.value) : undefined;
  }

  function operand(): Operand | undefined {
    const token = tokens[at];
    if (token === undefined) return undefined;
    at += 1;
    if (token === '.') return { name: '.' };
    if (token.startsWith('${')) return { name: token.slice(2, -1).trim() };
    if (/^['"‘“]/.test(token)) return { value: token.slice(1, -1) };
    if (/^-?\d/.test(token)) return { value: token };
    // What "string-length(.)" says is a number of its own.
    if (token === 'string-length' && skip('(') && skip('.') && skip(')')) return { name: 'string-length' };
    if (token === 'count-selected' && skip('(') && skip('.') && skip(')')) return { name: 'count-selected' };
    return undefined;
  }

  return { either, isAtEnd: () => at === tokens.length };
}

function compare(of: string, sign: Comparison, value: string): Expression {
  return { form: 'compare', of, with: sign, value };
}

/** What an expression asks about: names of questions, or "." and what is worked out from it. */
export function namesIn(expression: Expression): Set<string> {
  if (expression.form === 'not') return namesIn(expression.part);
  if ('parts' in expression) return new Set(expression.parts.flatMap((part) => [...namesIn(part)]));
  return new Set([expression.of]);
}

/** Whether an expression consists only of "or" and of what a function of its smallest parts allows. */
export function isAnyOf(expression: Expression, allowed: (part: Expression) => boolean): boolean {
  if (expression.form === 'or') return expression.parts.every((part) => isAnyOf(part, allowed));
  return allowed(expression);
}

/** Whether an expression about one question is true of a value. */
export function holds(expression: Expression, value: string): boolean {
  switch (expression.form) {
    case 'and':
      return expression.parts.every((part) => holds(part, value));
    case 'or':
      return expression.parts.some((part) => holds(part, value));
    case 'not':
      return !holds(expression.part, value);
    case 'selected':
      return value === expression.value;
    case 'compare':
      return compares(value, expression.with, expression.value);
  }
}

function compares(one: string, sign: Comparison, other: string): boolean {
  const areNumbers = one !== '' && other !== '' && !Number.isNaN(Number(one)) && !Number.isNaN(Number(other));
  if (sign === '=' || sign === '!=') {
    const same = areNumbers ? Number(one) === Number(other) : one === other;
    return same === (sign === '=');
  }
  if (!areNumbers) return false;
  const difference = Number(one) - Number(other);
  if (sign === '<') return difference < 0;
  if (sign === '<=') return difference <= 0;
  return sign === '>' ? difference > 0 : difference >= 0;
}

/** Whole numbers between two bounds, either of which may be left open. */
export interface Bounds {
  least?: number;
  most?: number;
}

/** The bounds that an expression sets to what has this name; undefined if it says anything else. */
export function boundsOf(expression: Expression, name: string): Bounds | undefined {
  const parts = expression.form === 'and' ? expression.parts : [expression];
  const bounds: Bounds = {};
  for (const part of parts) {
    const found = part.form === 'and' ? boundsOf(part, name) : boundOf(part, name);
    if (!found) return undefined;
    if (found.least !== undefined) bounds.least = Math.max(bounds.least ?? found.least, found.least);
    if (found.most !== undefined) bounds.most = Math.min(bounds.most ?? found.most, found.most);
  }
  return bounds;
}

function boundOf(part: Expression, name: string): Bounds | undefined {
  if (part.form !== 'compare' || part.of !== name) return undefined;
  const value = Number(part.value);
  if (part.value === '' || !Number.isInteger(value)) return undefined;
  switch (part.with) {
    case '>=':
      return { least: value };
    case '>':
      return { least: value + 1 };
    case '<=':
      return { most: value };
    case '<':
      return { most: value - 1 };
    case '=':
      return { least: value, most: value };
    case '!=':
      return undefined;
  }
}
