import type { Random } from '../../core/seeded-random.ts';
import { TEXTS } from './values.ts';

/* Forms as a route's own schema has them, and what else may arrive in their place. */

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  enum?: (string | number)[];
  const?: string | number | boolean;
  anyOf?: Schema[];
  items?: Schema;
  pattern?: string;
}

type Fields = [name: string, value: string][];

/** Fields that could be right: what the schema allows, where that can be told from it. */
export function plausibleFields(schema: unknown, random: Random): Fields {
  return Object.entries((schema as Schema | undefined)?.properties ?? {}).flatMap(([name, property]): Fields => {
    const one = property.type === 'array' ? (property.items ?? {}) : property;
    return [[name, plausible(one, random)]];
  });
}

function plausible(schema: Schema, random: Random): string {
  const choices = schema.enum ?? schema.anyOf?.flatMap((one) => ('const' in one ? [one.const] : (one.enum ?? [])));
  if (schema.const !== undefined) return String(schema.const);
  if (choices && choices.length > 0) return String(choices[random.below(choices.length)]);
  if (schema.pattern?.includes('\\d{4}-\\d{2}-\\d{2}')) return '2026-12-01';
  if (schema.type === 'integer' || schema.type === 'number') return '1';
  return 'Words of some length';
}

/**
 * Forms in which everything is as it could be but for one thing: each field in turn left out, given twice, or holding
 * what does not belong there, and a field too many.
 * @param texts how many wrong values each field is tried with
 */
export function spoiltForms(schema: unknown, random: Random, texts: number): Buffer[] {
  const fields = plausibleFields(schema, random);
  const forms: Fields[] = [
    fields,
    [...fields, ['extra', 'x']],
    [...fields, ['__proto__', 'x']],
    [...fields, ...fields],
  ];
  for (const [index, [name]] of fields.entries()) {
    const others = fields.filter((_, place) => place !== index);
    forms.push(
      others,
      [...others, [`${name}[x]`, 'y']],
      [...others, ...Array.from({ length: 150 }, () => [name, 'x'] as Fields[number])],
    );
    for (const text of random.shuffled(TEXTS).slice(0, texts)) forms.push([...others, [name, text]]);
  }
  return forms.map(encoded);
}

/** Any fields that some route has, with any values. */
export function wildForm(names: readonly string[], random: Random): Buffer {
  const count = 1 + random.below(6);
  return encoded(
    Array.from({ length: count }, () => [names[random.below(names.length)]!, TEXTS[random.below(TEXTS.length)]!]),
  );
}

/** Half of a pair of surrogates stands as it would in a broken program: as the bytes of a replaced character. */
function encoded(fields: Fields): Buffer {
  return Buffer.from(new URLSearchParams(fields).toString());
}
