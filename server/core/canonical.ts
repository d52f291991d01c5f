/**
 * Text that is equal when two values are, in whatever order their keys were written.
 * @param leftOut keys that do not count, wherever they stand
 */
export function canonical(value: unknown, leftOut: readonly string[] = []): string {
  if (Array.isArray(value)) return `[${value.map((inner) => canonical(inner, leftOut)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([key, inner]) => inner !== undefined && !leftOut.includes(key));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner, leftOut)}`).join(',')}}`;
}
