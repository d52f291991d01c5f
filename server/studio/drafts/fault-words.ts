import type { FormFault } from '../../core/drafts/form-fault.ts';
import type { Language } from '../../web/language.ts';
import { apart, type WordedVersion } from '../words.ts';
import { nameIn } from './draft-context.ts';

const USES = ['route', 'indicator', 'scale', 'band'] as const;

/** What is wrong, in words that name what it is about. */
export function faultWords(language: Language, survey: WordedVersion | undefined, fault: FormFault): string {
  const { code, values } = fault;
  const names: Record<string, string | number> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') names[name] = language.number(value);
  }
  if (values.item !== undefined) names.item = apart(nameIn(language, survey, String(values.item)));
  const use = USES.find((one) => one === values.by);
  if (use)
    names.use = language.say('drafts', `use-${use}`, { name: apart(nameIn(language, survey, String(values.id))) });
  return language.say('drafts', `fault-${code}`, names);
}

/** A fault in the summary: of a line it says which. */
export function faultSentence(language: Language, survey: WordedVersion | undefined, fault: FormFault): string {
  const words = faultWords(language, survey, fault);
  const line = /(?:^|-)(option|row)-(\d+)$/.exec(fault.field);
  if (!line || fault.code.endsWith('-count')) return words;
  const key = line[1] === 'row' ? 'rowLine' : 'optionLine';
  return `${language.say('drafts', key, { number: language.number(Number(line[2])) })}: ${words}`;
}
