import { wordsIn, type DraftForm, type FormLine } from '../../core/drafts/draft-form.ts';
import { inLanguage } from '../../core/drafts/form-fields.ts';
import { kindFields, WHEEL_POINTS, type Bounds, type KindFields } from '../../core/drafts/kind-fields.ts';
import type { Language } from '../../web/language.ts';
import { wordsField } from '../pages.ts';
import { apart, directionOf, languageName, written, type WordsField } from '../words.ts';
import type { FieldView, LinesField, LineView } from './draft-view.ts';
import { choice, choices, words, type FaultOf } from './field-views.ts';

/* The fields that only some kinds have: lines for answers and rows, ends, numbers. */

/** Lines that there is room for where nobody has written any. */
const ROOM = 4;
/** As many come with each press of the button for more. */
export const MORE_LINES = 4;

type LinesGroup = 'option' | 'row';

/** The fields of the chosen kind, in the order in which they are read. */
export function kindViews(language: Language, form: DraftForm, fault: FaultOf): FieldView[] {
  if (form.kind === '') return [];
  const fields = kindFields(form.kind, form.points);
  const say = language.words.drafts;
  const own = wordsIn(form, form.language);
  const inOwn = (id: 'low' | 'high' | 'unit' | 'places' | 'least' | 'most' | 'length', value: string, hint = '') =>
    words(id, say[id], { value, hint, fault: fault(id), ...ownLanguage(form) });
  return [
    ...(fields.points ? [pointsView(language, form, fault)] : []),
    ...(fields.rows ? [linesView(language, form, 'row', fields, fault)] : []),
    ...(fields.groups
      ? [inOwn('least', form.least), inOwn('most', form.most), inOwn('unit', own.unit, say.unitHint)]
      : []),
    ...(fields.options ? [linesView(language, form, 'option', fields, fault)] : []),
    ...(fields.ends ? [inOwn('low', own.low), inOwn('high', own.high)] : []),
    ...(fields.places ? [inOwn('places', form.places)] : []),
    ...(fields.length ? [inOwn('length', form.length)] : []),
  ];
}

/** Words in the language of the draft are read in it, whatever the language of the page. */
export function ownLanguage({ language }: DraftForm): Pick<WordsField, 'lang' | 'dir'> {
  return { lang: language, dir: directionOf(language) };
}

function pointsView(language: Language, form: DraftForm, fault: FaultOf): FieldView {
  const { drafts } = language.words;
  return choices('points', drafts.points, {
    type: 'radio',
    fault: fault('points'),
    choices: WHEEL_POINTS.map((points) => ({
      ...choice(
        String(points),
        language.say('drafts', 'pointsOf', { number: language.number(points) }),
        form.points === String(points),
        language.code,
      ),
      hint: drafts[`pointsHint-${points}`],
    })),
  });
}

/** What the lines of a kind are called. */
function lineWords(
  { words: { drafts } }: Language,
  group: LinesGroup,
  fields: KindFields,
): { legend: string; hint: string; line: 'optionLine' | 'groupLine' | 'pointLine' | 'rowLine' | 'themeLine' } {
  if (group === 'row') {
    return fields.points
      ? { legend: drafts.themes, hint: drafts.themesHint, line: 'themeLine' }
      : { legend: drafts.rows, hint: drafts.rowsHint, line: 'rowLine' };
  }
  if (fields.groups) return { legend: drafts.groups, hint: drafts.groupsHint, line: 'groupLine' };
  if (fields.points) return { legend: drafts.pointWords, hint: drafts.pointWordsHint, line: 'pointLine' };
  return { legend: drafts.options, hint: drafts.optionsHint, line: 'optionLine' };
}

function linesView(
  language: Language,
  form: DraftForm,
  group: LinesGroup,
  fields: KindFields,
  fault: FaultOf,
): FieldView {
  const { drafts } = language.words;
  const bounds = (group === 'option' ? fields.options : fields.rows) ?? { least: 0, most: 0 };
  const { legend, hint, line } = lineWords(language, group, fields);
  const [lines, texts] = linesOf(form, group);
  const count = linesShown(lines.length, bounds);
  const field: LinesField = {
    id: `${group}s`,
    legend,
    hint,
    fault: fault(`${group}s`),
    lines: Array.from({ length: count }, (_, index) => {
      const label = language.say('drafts', line, { number: language.number(index + 1) });
      return lineView(language, form, { group, fields, index, label, value: texts[index] ?? '', fault });
    }),
    more: count < bounds.most ? `more-${group}s` : '',
    moreWords: group === 'row' ? drafts.moreRows : drafts.moreOptions,
    action: '',
  };
  return { view: 'studio/drafts/lines', field };
}

/** The lines of a form and their words in its language. */
export function linesOf(form: DraftForm, group: LinesGroup): [readonly FormLine[], readonly string[]] {
  const own = wordsIn(form, form.language);
  return group === 'option' ? [form.options, own.options] : [form.rows, own.rows];
}

function linesShown(written: number, { least, most }: Bounds): number {
  return Math.max(written, Math.min(Math.max(least, ROOM), most));
}

interface LinePlace {
  group: LinesGroup;
  fields: KindFields;
  index: number;
  label: string;
  value: string;
  fault: FaultOf;
}

function lineView(
  language: Language,
  form: DraftForm,
  { group, fields, index, label, value, fault }: LinePlace,
): LineView {
  const line = (group === 'option' ? form.options : form.rows)[index];
  const id = `${group}-${index + 1}`;
  const carried = (name: 'code' | 'symbol' | 'from' | 'to') => ({
    name: `${group}-${name}`,
    value: line?.[name] ?? '',
  });
  const number = (name: 'from' | 'to') =>
    wordsField(
      `${group}-${name}-${index + 1}`,
      language.say('drafts', name === 'from' ? 'groupFrom' : 'groupTo', { number: language.number(index + 1) }),
      { name: `${group}-${name}`, value: line?.[name] ?? '' },
    );
  return {
    words: wordsField(id, label, { name: group, value, fault: fault(id), ...ownLanguage(form) }),
    hidden: [carried('code'), carried('symbol'), ...(fields.groups ? [] : [carried('from'), carried('to')])],
    numbers: fields.groups ? [number('from'), number('to')] : [],
    alone:
      fields.alone && group === 'option'
        ? { id: `${id}-alone`, value: String(index + 1), chosen: line?.alone ?? false }
        : null,
  };
}

/** The same pieces in another language, each beside the words that it says again. */
export function otherKindViews(language: Language, form: DraftForm, other: string, fault: FaultOf): FieldView[] {
  if (form.kind === '') return [];
  const fields = kindFields(form.kind, form.points);
  const [own, there] = [wordsIn(form, form.language), wordsIn(form, other)];
  const label = language.say('drafts', 'otherLine', { language: apart(languageName(other)) });
  const again = (name: string, id: string, source: string, value: string) =>
    words(inLanguage(other, id), label, {
      name: inLanguage(other, name),
      source: source === '' ? null : written(source, form.language),
      value,
      fault: fault(inLanguage(other, id)),
      lang: other,
      dir: directionOf(other),
    });
  const lines = (group: LinesGroup, texts: readonly string[]) =>
    linesOf(form, group)[1].map((source, index) => again(group, `${group}-${index + 1}`, source, texts[index] ?? ''));
  return [
    ...(fields.rows ? lines('row', there.rows) : []),
    ...(fields.groups ? [again('unit', 'unit', own.unit, there.unit)] : []),
    ...(fields.options ? lines('option', there.options) : []),
    ...(fields.ends ? [again('low', 'low', own.low, there.low), again('high', 'high', own.high, there.high)] : []),
  ];
}
