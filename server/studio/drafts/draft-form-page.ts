import { wordsIn, type DraftForm } from '../../core/drafts/draft-form.ts';
import { fieldsOf } from '../../core/drafts/form-fields.ts';
import { ITEM_KINDS } from '../../core/survey/item-kinds.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { LANGUAGES, type Language, type LanguageCode } from '../../web/language.ts';
import { nameSurveys } from '../surveys.ts';
import { surveyOf, type DraftContext, type DraftState } from './draft-context.ts';
import { previewOf } from './draft-preview.ts';
import type { ChoicesField, DraftFormView, FieldGroup, FieldView } from './draft-view.ts';
import { faultSentence, faultWords } from './fault-words.ts';
import { choice, choices, leadingTo, namesOf, select, words, type FaultOf } from './field-views.ts';
import { groupViews } from './group-views.ts';
import { kindViews, ownLanguage } from './kind-views.ts';

/**
 * The whole form of a draft: what is needed first, what most people leave alone behind titles, and beside it the question
 * as a pupil sees it. What a form holds and does not show, such as the answers of another kind, goes along unseen.
 */
export function draftFormPage(
  language: Language,
  languages: ReadonlyMap<LanguageCode, Language>,
  assets: { style: string; script: string },
  context: DraftContext,
  { form, faults, look }: DraftState,
): DraftFormView {
  const survey = surveyOf(context, form);
  const fault: FaultOf = (field) => {
    const found = faults.find((one) => one.field === field);
    return found ? faultWords(language, survey, found) : '';
  };
  const held = survey ? [...survey.texts.keys()] : LANGUAGES.map(({ code }) => code);
  const first = firstViews(language, context, form, fault);
  const kind = kindField(language, form, fault);
  const main = mainViews(language, form, fault);
  const groups = groupViews(language, form, { survey, before: context.before, languages: held, fault });
  return {
    title: context.title,
    wide: true,
    intro: context.intro,
    ...assets,
    faults: faults.map((one) => ({ field: one.field, message: faultSentence(language, survey, one) })),
    action: context.action,
    send: context.send,
    backHref: context.backHref,
    back: context.back,
    idea: context.idea,
    underWayHref: context.underWayHref,
    hidden: hiddenFields(form, context, shownNames(first, main, groups)),
    first,
    kind: { field: kind, now: kindNow(language, form), open: form.kind === '' || kind.fault !== '' },
    main: leadingTo(context.action, main),
    groups: groups.map((group) => ({ ...group, fields: leadingTo(context.action, group.fields) })),
    preview: previewOf(language, languages, context, { form, look }),
  };
}

function firstViews(language: Language, context: DraftContext, form: DraftForm, fault: FaultOf): FieldView[] {
  if (context.isSettled) return [];
  const { drafts } = language.words;
  return [
    choices('survey', drafts.survey, {
      type: 'radio',
      fault: fault('survey'),
      choices: nameSurveys(language, context.surveys).map(({ surveyId, name }) =>
        choice(surveyId, name.words, surveyId === form.survey, name.lang),
      ),
    }),
    choices('language', drafts.language, {
      type: 'radio',
      fault: fault('language'),
      choices: LANGUAGES.map(({ code, name }) => choice(code, name, code === form.language, code)),
    }),
  ];
}

function kindField({ words: { drafts, studio }, code }: Language, form: DraftForm, fault: FaultOf): ChoicesField {
  return {
    id: 'kind',
    name: 'kind',
    type: 'radio',
    legend: drafts.kindTitle,
    hint: '',
    fault: fault('kind'),
    choices: ITEM_KINDS.map((kind) => ({
      ...choice(kind, studio[`kind-${kind}`], kind === form.kind, code),
      hint: drafts[`hint-${kind}`],
    })),
  };
}

function kindNow(language: Language, { kind }: DraftForm): string {
  return kind === '' ? '' : language.say('drafts', 'kindNow', { kind: language.words.studio[`kind-${kind}`] });
}

/** The question, what its kind needs, and why: the part that everybody fills in. */
function mainViews(language: Language, form: DraftForm, fault: FaultOf): FieldView[] {
  const { drafts, studio } = language.words;
  const own = wordsIn(form, form.language);
  const isPage = form.kind === 'information';
  const read = ownLanguage(form);
  return [
    words('question', isPage ? drafts.textOfPage : drafts.text, {
      hint: isPage ? '' : drafts.textHint,
      value: own.text,
      fault: fault('question'),
      long: true,
      ...read,
    }),
    ...(form.kind === ''
      ? []
      : [
          words('hint', isPage ? drafts.hintOfPage : drafts.hint, {
            hint: isPage ? '' : drafts.hintHint,
            value: own.hint,
            fault: fault('hint'),
            long: isPage,
            ...read,
          }),
        ]),
    ...kindViews(language, form, fault),
    ...(isPage
      ? []
      : [
          select('domain', drafts.domain, {
            fault: fault('domain'),
            choices: [
              choice('', drafts.choose, form.domain === '', language.code),
              ...DOMAINS.map((domain) =>
                choice(domain, studio[`domain-${domain}`], domain === form.domain, language.code),
              ),
            ],
          }),
        ]),
    words('why', drafts.why, { hint: drafts.whyHint, value: form.why, fault: fault('why'), long: true, ...read }),
  ];
}

function shownNames(first: FieldView[], main: FieldView[], groups: FieldGroup[]): ReadonlySet<string> {
  const fields = [...first, ...main, ...groups.flatMap((group) => group.fields)];
  return new Set(['kind', ...fields.flatMap(namesOf)]);
}

/** What the form holds besides the fields that are shown, and what says where it belongs. */
function hiddenFields(form: DraftForm, context: DraftContext, shown: ReadonlySet<string>): DraftFormView['hidden'] {
  const kept = Object.entries({ ...fieldsOf(form), written: [form.language] }).filter(([name]) => !shown.has(name));
  return [
    ...kept.flatMap(([name, values]) => values.map((value) => ({ name, value }))),
    ...Object.entries(context.carried).map(([name, value]) => ({ name, value })),
  ];
}
