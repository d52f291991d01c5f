import { Value } from 'typebox/value';
import { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import { DOMAINS, SHANARRI, Tags } from '../survey/item.ts';
import { tidy } from '../survey/proposal.ts';
import { itemTextFaults, definitionFaults } from '../survey/validate.ts';
import { FIRST, wordsIn, type DraftForm } from './draft-form.ts';
import { articlesOf, contentOf } from './draft-of-form.ts';
import type { DraftContent } from './draft.ts';
import { characters, fault, LONGEST_WORDS, type DraftPlace, type FormFault } from './form-fault.ts';
import { inLanguage } from './form-fields.ts';
import { putDraft } from './put-draft.ts';
import { askedFaults, survivalFaults, type Placed } from './route-faults.ts';
import { kindFaults, levelFaults, otherLanguageFaults, questionFaults } from './words-faults.ts';

const MOST_ITEMS = itemsOfSurveys();

function itemsOfSurveys(): number {
  const { maxItems } = SurveyDefinition.properties.items as { maxItems?: number };
  return maxItems ?? Infinity;
}

/**
 * Everything that keeps a form from becoming a draft, in the order of the form. Empty when it can.
 * @param id the id that the item has, or would get
 */
export function formFaults(form: DraftForm, place: DraftPlace, id: string): FormFault[] {
  const placed = placedIn(form, place, id);
  const faults = [
    ...surveyFaults(form, place),
    ...(form.kind === '' ? [fault('kind', 'kind-missing')] : []),
    ...questionFaults(form),
    ...kindFaults(form, place),
    ...(form.kind !== 'information' && !isOneOf(DOMAINS, form.domain) ? [fault('domain', 'domain-missing')] : []),
    ...whyFaults(form),
    ...placeFaults(form, place, id),
    ...(placed ? askedFaults(placed) : []),
    ...levelFaults(wordsIn(form, form.language), form.kind, ''),
    ...otherLanguageFaults(form, place),
    ...labelFaults(form, place),
    ...(placed ? survivalFaults(placed) : []),
  ];
  return faults.length > 0 || !placed ? faults : lastFaults(form, placed);
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value);
}

function surveyFaults({ language }: DraftForm, { survey, languages, before }: DraftPlace): FormFault[] {
  const faults: FormFault[] = [];
  if (!survey) faults.push(fault('survey', 'survey-missing'));
  else if (!before && survey.items.length >= MOST_ITEMS) faults.push(fault('survey', 'survey-full'));
  if (language === '') faults.push(fault('language', 'language-missing'));
  else if (survey && !languages.includes(language)) faults.push(fault('language', 'language-not-held'));
  return faults;
}

/** What is wrong with the reason. */
export function whyFaults({ why }: Pick<DraftForm, 'why'>): FormFault[] {
  const length = characters(tidy(why));
  if (length === 0) return [fault('why', 'why-missing')];
  return length > LONGEST_WORDS.why ? [fault('why', 'too-long', { length, most: LONGEST_WORDS.why })] : [];
}

function placeFaults({ after }: DraftForm, { survey }: DraftPlace, id: string): FormFault[] {
  if (!survey || after === '' || after === FIRST || after === id) return [];
  return survey.items.some((item) => item.id === after) ? [] : [fault('after', 'after-unknown')];
}

function labelFaults(form: DraftForm, { symbols }: DraftPlace): FormFault[] {
  const articles = articlesOf(form.uncrc);
  const areArticles = articles.every((article) => Value.Check(Tags.properties.uncrc.items, article));
  const pictures = [form.symbol, ...form.options.map(({ symbol }) => symbol), ...form.rows.map(({ symbol }) => symbol)];
  return [
    ...(form.shanarri.every((label) => isOneOf(SHANARRI, label)) ? [] : [fault('shanarri', 'label-unknown')]),
    ...(areArticles && new Set(articles).size === articles.length ? [] : [fault('uncrc', 'articles')]),
    ...(pictures.every((symbol) => symbol === '' || symbols.includes(symbol))
      ? []
      : [fault('symbol', 'symbol-unknown')]),
  ];
}

function placedIn(form: DraftForm, { survey, before }: DraftPlace, id: string): Placed | undefined {
  if (!survey || form.kind === '') return undefined;
  const { item, after } = contentOf(form, id, before);
  return { survey, item, before, after };
}

/** The last net: the schemas, and whatever the survey would be unsound by. What was unsound before is not the draft's. */
function lastFaults(form: DraftForm, { survey, item, before, after }: Placed): FormFault[] {
  const content: DraftContent = contentOf(form, item.id, before);
  const shape = Value.Errors(SurveyItem, item).map(({ instancePath, message }) => `${instancePath} ${message}`);
  if (shape.length > 0) return [fault('kind', 'not-sound', { details: shape.slice(0, 3).join('; ') })];
  const earlier = definitionFaults(survey);
  const next = putDraft(survey, before ? 'change' : 'new', { item, ...(after !== undefined && { after }) });
  const text = content.texts[content.language];
  const details = [
    ...definitionFaults(next).filter((sentence) => !earlier.includes(sentence)),
    ...(text ? itemTextFaults(item, text) : []),
  ];
  return details.length > 0 ? [fault('kind', 'not-sound', { details: details.join('; ') })] : [];
}

/** Words that look like code of a web page or an answer that is no fault: they are kept as they were written. */
export function codeNotices(form: DraftForm): string[] {
  return Object.entries(form.words).flatMap(([language, words]) => {
    const name = (field: string) => inLanguage(language === form.language ? '' : language, field);
    const pieces: [string, string][] = [
      ['question', words.text],
      ['hint', words.hint],
      ...words.rows.map((line, index): [string, string] => [`row-${index + 1}`, line]),
      ...words.options.map((line, index): [string, string] => [`option-${index + 1}`, line]),
      ['low', words.low],
      ['high', words.high],
    ];
    return pieces.filter(([, typed]) => looksLikeCode(typed)).map(([field]) => name(field));
  });
}

/** Tags and entities of HTML, as they come along when a page is copied. */
export function looksLikeCode(words: string): boolean {
  return /<\/?[a-z][^<>]*>|<!--|&(#\d+|#x[0-9a-f]+|[a-z]+);/i.test(words);
}
