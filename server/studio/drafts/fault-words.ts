import type { FormFault } from '../../core/drafts/form-fault.ts';
import type { Language } from '../../web/language.ts';
import { apart, type WordedVersion } from '../words.ts';
import { pieceWords } from './change-words.ts';
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

const PIECE =
  /^(?:(?<language>[a-z]{2})-)?(?<piece>question|hint|low|high|unit|level-(?<level>[a-z0-9-]+)-(?:text|hint))$/;

/**
 * A fault where no form stands beside it: of words it says which they are.
 * @param written the language of the draft
 */
export function namedFault(
  language: Language,
  survey: WordedVersion | undefined,
  fault: FormFault,
  written: string,
): string {
  const { language: of = written, piece, level } = PIECE.exec(fault.field)?.groups ?? {};
  const sentence = faultSentence(language, survey, fault);
  if (piece === undefined) return sentence;
  const own =
    level === undefined ? piece.replace('question', 'text') : piece.replace(`level-${level}-`, `level.${level}.`);
  return `${pieceWords(language, own, of, written)}: ${sentence}`;
}
