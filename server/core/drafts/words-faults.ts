import { sameWords, tidy } from '../survey/proposal.ts';
import { LEVELS } from '../survey/stage.ts';
import { wordsIn, type DraftForm, type FormWords } from './draft-form.ts';
import { hasWords, linesOf, wholeNumber } from './draft-of-form.ts';
import { characters, fault, LONGEST_WORDS, type DraftPlace, type FormFault, type FormFaultCode } from './form-fault.ts';
import { inLanguage } from './form-fields.ts';
import { kindFields, type Bounds, type KindFields } from './kind-fields.ts';

/* What is wrong with the words of a draft and with what its kind needs, in the order of the form. */

function tooLong(field: string, words: string, most: number): FormFault[] {
  const length = characters(tidy(words));
  return length > most ? [fault(field, 'too-long', { length, most })] : [];
}

/** The question itself and the line under it. */
export function questionFaults({ kind, words, language }: DraftForm): FormFault[] {
  const { text, hint } = wordsIn({ words }, language);
  const isPage = kind === 'information';
  return [
    ...(/\p{L}/u.test(tidy(text))
      ? tooLong('question', text, LONGEST_WORDS.question)
      : [fault('question', 'question-missing')]),
    ...(isPage && tidy(hint) === '' ? [fault('hint', 'page-missing')] : []),
    ...tooLong('hint', hint, isPage ? LONGEST_WORDS.page : LONGEST_WORDS.hint),
  ];
}

/** What the kind needs: answers, rows, ends, numbers. */
export function kindFaults(form: DraftForm, { optOutWords }: DraftPlace): FormFault[] {
  if (form.kind === '') return [];
  const fields = kindFields(form.kind, form.points);
  const words = wordsIn(form, form.language);
  return [
    ...(fields.points && !fields.options && !fields.ends ? [fault('points', 'points-missing')] : []),
    ...(fields.rows ? lineFaults('row', words.rows, fields.rows, []) : []),
    ...(fields.options ? lineFaults('option', words.options, fields.options, optOutWords) : []),
    ...(fields.ends ? endFaults(words) : []),
    ...(fields.groups ? numberFaults(form, fields) : []),
    ...(fields.places ? boundedFaults('places', form.places, fields.places) : []),
    ...(fields.length ? boundedFaults('length', form.length, fields.length) : []),
  ];
}

function lineFaults(
  group: 'option' | 'row',
  lines: readonly string[],
  { least, most }: Bounds,
  optOutWords: readonly string[],
): FormFault[] {
  const given = lines.map((line, index) => ({ words: tidy(line), index })).filter(({ words }) => words !== '');
  const faults: FormFault[] = [];
  if (given.length < least || given.length > most) {
    const empty = lines.findIndex((line) => tidy(line) === '');
    const line = given.length > most ? (given[most]?.index ?? 0) : Math.max(empty, 0);
    faults.push(fault(`${group}-${line + 1}`, `${group}s-count`, { least, most, count: given.length }));
  }
  return [...faults, ...wordingFaults(group, given, optOutWords)];
}

/** Lines that are too long, or that read like another one. */
function wordingFaults(
  field: string,
  given: readonly { words: string; index: number }[],
  optOutWords: readonly string[],
): FormFault[] {
  return given.flatMap(({ words, index }, place) => {
    const name = `${field}-${index + 1}`;
    const long = tooLong(name, words, LONGEST_WORDS.option);
    if (long.length > 0) return long;
    if (given.slice(0, place).some((earlier) => sameWords(earlier.words, words))) return [fault(name, 'option-twice')];
    return optOutWords.some((offered) => sameWords(offered, words)) ? [fault(name, 'option-repeats-opt-out')] : [];
  });
}

function endFaults(words: FormWords): FormFault[] {
  return (['low', 'high'] as const).flatMap((end) =>
    tidy(words[end]) === '' ? [fault(end, 'end-missing')] : tooLong(end, words[end], LONGEST_WORDS.end),
  );
}

function boundedFaults(field: string, typed: string, { least, most }: Bounds): FormFault[] {
  const value = wholeNumber(typed);
  return value >= least && value <= most ? [] : [fault(field, 'number-out-of-bounds', { least, most })];
}

/** The numbers that may be typed, and the groups that they are counted in: each number belongs to one. */
function numberFaults(form: DraftForm, fields: KindFields): FormFault[] {
  const [least, most] = [wholeNumber(form.least), wholeNumber(form.most)];
  const bounds = [
    ...boundedFaults('least', form.least, { least: 0, most: MOST_NUMBER }),
    ...boundedFaults('most', form.most, { least: 0, most: MOST_NUMBER }),
  ];
  const unit = tooLong('unit', wordsIn(form, form.language).unit, LONGEST_WORDS.unit);
  if (bounds.length > 0) return [...bounds, ...unit];
  if (least >= most) return [fault('most', 'number-order', { least }), ...unit];
  return [...unit, ...groupFaults(form, fields, least, most)];
}

const MOST_NUMBER = 60_000;

function groupFaults(form: DraftForm, fields: KindFields, least: number, most: number): FormFault[] {
  let next = least;
  const lines = linesOf(form, fields).options;
  for (const { index, from, to } of lines) {
    const [first, last] = [wholeNumber(from), wholeNumber(to)];
    if (Number.isNaN(first) || Number.isNaN(last)) return [fault(`option-${index + 1}`, 'group-missing')];
    if (first !== next || last < first) return [fault(`option-${index + 1}`, 'group-gap', { next, most })];
    next = last + 1;
  }
  const last = lines.at(-1);
  return last && next !== most + 1 ? [fault(`option-${last.index + 1}`, 'group-gap', { next, most })] : [];
}

/** Other words for some levels. */
export function levelFaults(words: FormWords, kind: DraftForm['kind'], language: string): FormFault[] {
  const hintMost = kind === 'information' ? LONGEST_WORDS.page : LONGEST_WORDS.hint;
  return LEVELS.flatMap((level) => {
    const field = inLanguage(language, `level-${level}`);
    const { text, hint } = words.levels[level];
    return [...tooLong(`${field}-text`, text, LONGEST_WORDS.question), ...tooLong(`${field}-hint`, hint, hintMost)];
  });
}

/** The words in the other languages: they may be missing, or some of them, but not too long and not alike. */
export function otherLanguageFaults(form: DraftForm, place: DraftPlace): FormFault[] {
  return Object.keys(form.words)
    .filter((language) => language !== form.language && hasWords(wordsIn(form, language)))
    .flatMap((language) => otherFaults(form, language, place));
}

function otherFaults(form: DraftForm, language: string, { optOutWords }: DraftPlace): FormFault[] {
  const words = wordsIn(form, language);
  const name = (field: string) => inLanguage(language, field);
  const given = (lines: readonly string[]) =>
    lines.map((line, index) => ({ words: tidy(line), index })).filter(({ words: line }) => line !== '');
  const missing: FormFaultCode = 'words-without-question';
  return [
    ...(tidy(words.text) === '' ? [fault(name('question'), missing)] : []),
    ...tooLong(name('question'), words.text, LONGEST_WORDS.question),
    ...tooLong(name('hint'), words.hint, form.kind === 'information' ? LONGEST_WORDS.page : LONGEST_WORDS.hint),
    ...wordingFaults(name('row'), given(words.rows), []),
    ...wordingFaults(name('option'), given(words.options), optOutWords),
    ...tooLong(name('low'), words.low, LONGEST_WORDS.end),
    ...tooLong(name('high'), words.high, LONGEST_WORDS.end),
    ...tooLong(name('unit'), words.unit, LONGEST_WORDS.unit),
    ...levelFaults(words, form.kind, language),
  ];
}
