import { FIRST, wordsIn, type DraftForm } from '../../core/drafts/draft-form.ts';
import { hasWords } from '../../core/drafts/draft-of-form.ts';
import { inLanguage } from '../../core/drafts/form-fields.ts';
import { answerCodes } from '../../core/drafts/uses.ts';
import type { SurveyItem } from '../../core/survey/definition.ts';
import { SHANARRI } from '../../core/survey/item.ts';
import { TOPICS, type TopicId } from '../../core/survey/topics.ts';
import type { Language } from '../../web/language.ts';
import { apart, directionOf, languageName, textFor, written, type WordedVersion } from '../words.ts';
import { levelsOf, nameIn } from './draft-context.ts';
import type { FieldGroup, FieldView } from './draft-view.ts';
import { choice, choices, idsOf, select, words, type FaultOf } from './field-views.ts';
import { otherKindViews, ownLanguage } from './kind-views.ts';

/* The parts of the form that most people leave closed: who is asked, words by level and language, labels. */

/** What the groups are made from. */
export interface GroupPlace {
  survey: WordedVersion | undefined;
  before: SurveyItem | undefined;
  languages: readonly string[];
  fault: FaultOf;
}

export function groupViews(language: Language, form: DraftForm, place: GroupPlace): FieldGroup[] {
  const { drafts } = language.words;
  const others = place.languages.filter((code) => code !== form.language);
  const groups: Omit<FieldGroup, 'open'>[] = [
    {
      id: 'asked',
      title: drafts.askedTitle,
      about: drafts.askedAbout,
      lang: '',
      fields: askedViews(language, form, place),
    },
    {
      id: 'levels',
      title: drafts.levelsTitle,
      about: drafts.levelsAbout,
      lang: '',
      fields: levelViews(language, form, '', place),
    },
    ...others.map((code) => ({
      id: `in-${code}`,
      title: language.say('drafts', 'otherTitle', { language: apart(languageName(code)) }),
      about: drafts.otherAbout,
      lang: code,
      fields: otherViews(language, form, code, place),
    })),
    ...(form.kind === 'information' ? [] : [labelGroup(language, form, place.fault)]),
  ];
  return groups
    .filter(({ fields }) => fields.length > 0)
    .map((group) => ({ ...group, open: isOpen(group, form, place.fault) }));
}

/** Whoever has to put something right finds it open; whoever wrote something there too. */
function isOpen({ id, fields, lang }: Omit<FieldGroup, 'open'>, form: DraftForm, fault: FaultOf): boolean {
  if (fields.flatMap(idsOf).some((field) => fault(field) !== '')) return true;
  if (lang !== '') return hasWords(wordsIn(form, lang));
  if (id === 'levels') return Object.values(wordsIn(form, form.language).levels).some(({ text, hint }) => text || hint);
  if (id === 'asked') return form.stages.length > 0 || form.when.question !== '' || form.topic !== '';
  return form.shanarri.length > 0 || form.uncrc !== '';
}

function askedViews(language: Language, form: DraftForm, { survey, before, fault }: GroupPlace): FieldView[] {
  const { drafts, studio } = language.words;
  const definition = survey?.version.definition;
  const stages = definition?.stages ?? [];
  const own = (value: string, label: string, chosen: boolean) => choice(value, label, chosen, language.code);
  return [
    // A version keeps what is changed at its place.
    ...(survey && !before ? [afterView(language, form, survey)] : []),
    ...(stages.length > 0
      ? [
          choices('stage', drafts.stage, {
            type: 'checkbox',
            hint: drafts.stageHint,
            fault: fault('stage'),
            choices: stages.map((stage) => own(stage, stage, form.stages.includes(stage))),
          }),
        ]
      : []),
    ...(survey ? routeViews(language, form, survey, { before, fault }) : []),
    select('topic', drafts.topic, {
      fault: fault('topic'),
      choices: [
        own('', drafts.topicNone, form.topic === ''),
        ...(Object.keys(TOPICS) as TopicId[]).map((id) => own(id, topicWords(language, id), form.topic === id)),
      ],
    }),
    ...(definition?.sections
      ? [
          select('section', drafts.section, {
            fault: fault('section'),
            choices: [
              own('', drafts.sectionNone, form.section === ''),
              ...definition.sections.map(({ id, unlinked }) =>
                own(
                  id,
                  unlinked ? language.say('drafts', 'sectionApart', { section: apart(id) }) : id,
                  form.section === id,
                ),
              ),
            ],
          }),
        ]
      : []),
    ...(form.kind === 'information'
      ? []
      : [
          choices('opt-out', drafts.optOut, {
            type: 'checkbox',
            choices: (['dont-know', 'prefer-not-to-say'] as const).map((id) =>
              own(id, studio[`optOut-${id}`], form.optOuts.includes(id)),
            ),
          }),
        ]),
  ];
}

function topicWords(language: Language, id: TopicId): string {
  const { from, switchedOn } = TOPICS[id];
  const topic = language.words.drafts[`topic-${id}`];
  return language.say('drafts', switchedOn ? 'topicSwitched' : 'topicFrom', { topic, stage: from });
}

function afterView(language: Language, form: DraftForm, survey: WordedVersion): FieldView {
  const { drafts } = language.words;
  const own = (value: string, label: string) => choice(value, label, form.after === value, language.code);
  const text = textFor(language, survey.texts);
  return select('after', drafts.after, {
    choices: [
      own('', drafts.afterNobody),
      own(FIRST, drafts.afterFirst),
      ...survey.version.definition.items.map(({ id }) => ({
        ...own(id, nameIn(language, survey, id)),
        lang: text?.language ?? '',
      })),
    ],
  });
}

function routeViews(
  language: Language,
  form: DraftForm,
  survey: WordedVersion,
  { before, fault }: { before: SurveyItem | undefined; fault: FaultOf },
): FieldView[] {
  const { drafts } = language.words;
  const text = textFor(language, survey.texts);
  const lang = text?.language ?? language.code;
  const questions = survey.version.definition.items.filter(
    (item) => item.id !== before?.id && answerCodes(item, item.id),
  );
  const chosen = questions.find(({ id }) => id === form.when.question);
  const codes = (chosen && answerCodes(chosen, chosen.id)) ?? [];
  const answerWords = (code: string) => (chosen && text?.items[chosen.id]?.options?.[code]) ?? code;
  return [
    select('when', drafts.when, {
      fault: fault('when'),
      look: 'route',
      lookWords: drafts.showAnswers,
      choices: [
        choice('', drafts.whenNone, form.when.question === '', language.code),
        ...questions.map(({ id }) => choice(id, nameIn(language, survey, id), id === form.when.question, lang)),
      ],
    }),
    ...(codes.length > 0
      ? [
          choices('when-answer', drafts.whenAnswer, {
            type: 'checkbox',
            fault: fault('when-answer'),
            choices: codes.map((code) => choice(code, answerWords(code), form.when.anyOf.includes(code), lang)),
          }),
        ]
      : []),
  ];
}

/** @param other another language than that of the draft; empty for its own */
function levelViews(language: Language, form: DraftForm, other: string, { survey, fault }: GroupPlace): FieldView[] {
  const { questions } = language.words;
  const { levels } = wordsIn(form, other || form.language);
  const read = other === '' ? ownLanguage(form) : { lang: other, dir: directionOf(other) };
  return levelsOf(survey?.version.definition).flatMap((level) =>
    (['text', 'hint'] as const).map((piece) => {
      const id = inLanguage(other, `level-${level}-${piece}`);
      const label = language.say('drafts', piece === 'text' ? 'levelText' : 'levelHint', {
        level: questions[`level-${level}`],
      });
      return words(id, label, { value: levels[level][piece], fault: fault(id), long: piece === 'text', ...read });
    }),
  );
}

function otherViews(language: Language, form: DraftForm, code: string, place: GroupPlace): FieldView[] {
  const { drafts } = language.words;
  const [own, there] = [wordsIn(form, form.language), wordsIn(form, code)];
  const again = (piece: 'text' | 'hint', label: string) => {
    const id = inLanguage(code, piece === 'text' ? 'question' : piece);
    return words(id, label, {
      source: own[piece] === '' ? null : written(own[piece], form.language),
      value: there[piece],
      fault: place.fault(id),
      lang: code,
      dir: directionOf(code),
      long: true,
    });
  };
  return [
    again('text', language.say('drafts', 'otherText', { language: apart(languageName(code)) })),
    again('hint', drafts.otherHint),
    ...otherKindViews(language, form, code, place.fault),
    ...levelViews(language, form, code, place),
  ];
}

function labelGroup(language: Language, form: DraftForm, fault: FaultOf): Omit<FieldGroup, 'open'> {
  const { drafts, views } = language.words;
  return {
    id: 'labels',
    title: drafts.labelsTitle,
    about: drafts.labelsAbout,
    lang: '',
    fields: [
      choices('shanarri', drafts.shanarri, {
        type: 'checkbox',
        fault: fault('shanarri'),
        choices: SHANARRI.map((label) =>
          choice(label, views[`shanarri-${label}`], form.shanarri.includes(label), language.code),
        ),
      }),
      words('uncrc', drafts.uncrc, { hint: drafts.uncrcHint, value: form.uncrc, fault: fault('uncrc') }),
      choices('clustering', drafts.clusteringTitle, {
        type: 'checkbox',
        choices: [choice('yes', drafts.clustering, form.clustering, language.code)],
      }),
    ],
  };
}
