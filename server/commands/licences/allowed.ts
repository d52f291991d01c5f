/*
 * Licences under which something may ship with Heard, which is MIT itself (docs/decisions/0062). Each lets a council use,
 * change and pass on the whole without having to publish anything; what they ask for is that their text goes along.
 */
export const FOR_CODE = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  // Lists of words alone come under it; it asks that their makers are named, which their licence file does.
  'CC-BY-4.0',
] as const;

/** For typefaces and pictures, which stay works of their own beside the code. */
export const FOR_WORKS = ['OFL-1.1', 'CC0-1.0', 'CC-BY-4.0', 'CC-BY-SA-4.0'] as const;

/**
 * Whether an SPDX licence expression is covered by a list: one licence, any of several ("A OR B") or all of several
 * ("A AND B"). Anything more involved, and whatever is no expression, is for a person to read, so it is not.
 */
export function isAllowed(expression: string | null, allowed: readonly string[]): boolean {
  if (expression === null) return false;
  const plain = expression.trim().replace(/^\(([^()]*)\)$/, '$1');
  const isOn = (licence: string) => allowed.includes(licence.trim());
  const [either, all] = [plain.split(' OR '), plain.split(' AND ')];
  if (either.length > 1 && all.length > 1) return false;
  return either.length > 1 ? either.some(isOn) : all.every(isOn);
}
