import type { SurveyItem } from '../survey/definition.ts';

/** The condition that somebody gave any of these answers to an item, as an expression of XLSForm. */
export function writeRelevant(source: SurveyItem, anyOf: readonly string[]): string {
  const name = `\${${source.id}}`;
  return anyOf.map((code) => partFor(source, name, code)).join(' or ');
}

function partFor(source: SurveyItem, name: string, code: string): string {
  if (source.kind === 'tick-all' || source.kind === 'ranking') return `selected(${name}, '${code}')`;
  if (source.kind === 'ladder') return `${name} = ${code}`;
  if (source.kind === 'short-text' || source.kind === 'long-text') return `${name} != ''`;
  if (source.kind !== 'number') return `${name} = '${code}'`;
  const group = source.groups.find((one) => one.code === code);
  return `(${name} >= ${group?.from ?? source.least} and ${name} <= ${group?.to ?? source.most})`;
}
