import { Value } from 'typebox/value';
import { hasWords, contentOf } from '../../core/drafts/draft-of-form.ts';
import { wordsIn, type DraftForm } from '../../core/drafts/draft-form.ts';
import type { DraftContent } from '../../core/drafts/draft.ts';
import { codeNotices } from '../../core/drafts/form-faults.ts';
import { pagesOfItem } from '../../core/drafts/pages-of-item.ts';
import { isQuestion, SurveyItem, type SurveyDefinition } from '../../core/survey/definition.ts';
import { LEVELS, type Level } from '../../core/survey/stage.ts';
import { atLevel } from '../../core/survey/text.ts';
import { itemTextFaults } from '../../core/survey/validate.ts';
import { COACH_LEVELS } from '../../core/coach/draft.ts';
import { LANGUAGES, type Language, type LanguageCode } from '../../web/language.ts';
import { drawStep } from '../../web/questions.ts';
import { adviceOn, type Advice } from '../advice.ts';
import { apart, languageName } from '../words.ts';
import { levelsOf, surveyOf, type DraftContext, type DraftState, type PreviewLook } from './draft-context.ts';
import type { PreviewView } from './draft-view.ts';

/** The id of an item that has none yet; it is never kept. */
export const NO_ID = 'draft';
/** On the page of a draft the heading of the question stands below that of its preview. */
const HEADING_LEVEL = 3;

/** The question of a form as somebody of a level would see it in a language, and what the coach says of it. */
export function previewOf(
  language: Language,
  languages: ReadonlyMap<LanguageCode, Language>,
  context: DraftContext,
  { form, look }: Pick<DraftState, 'form' | 'look'>,
): PreviewView {
  const survey = surveyOf(context, form)?.version.definition;
  const level = levelsOf(survey).find((one) => one === look.level) ?? levelsOf(survey)[0] ?? 'adult';
  const spoken =
    languages.get(look.language as LanguageCode) ?? languages.get(form.language as LanguageCode) ?? language;
  const draft = draftOf(form, context);
  const shown = draft ? shownDraft(language, draft, { survey, level, spoken }) : null;
  return {
    action: context.action,
    ...controls(language, survey, level, spoken),
    lang: spoken.code,
    dir: spoken.direction,
    question: shown?.question ?? null,
    notes: shown?.notes ?? [form.kind === '' ? language.words.drafts.previewKind : language.words.drafts.previewWords],
    notices: codeNotices(form).map((field) =>
      language.say('drafts', 'webCode', { field: apart(typedIn(form, field).slice(0, 60)) }),
    ),
    advice: draft ? adviceOf(language, draft, survey) : [],
  };
}

/** The form as a draft that can be drawn; undefined while something that is needed is missing. */
function draftOf(form: DraftForm, { before, itemId }: DraftContext): DraftContent | undefined {
  if (form.kind === '' || !hasWords(wordsIn(form, form.language))) return undefined;
  // What is drawn needs no part of life yet, and no whole route and no articles.
  const nothing = { when: { question: '', anyOf: [] }, shanarri: [], uncrc: '' };
  const whole = { ...form, ...nothing, domain: form.domain || 'about-you' };
  const draft = contentOf(whole, itemId ?? NO_ID, before);
  return Value.Check(SurveyItem, draft.item) && draft.texts[draft.language] ? draft : undefined;
}

function typedIn(form: DraftForm, field: string): string {
  const language = Object.keys(form.words).find((code) => field.startsWith(`${code}-`)) ?? form.language;
  const words = wordsIn(form, language);
  const line = /(option|row)-(\d+)$/.exec(field);
  if (line) return (line[1] === 'row' ? words.rows : words.options)[Number(line[2]) - 1] ?? '';
  const piece = (['hint', 'low', 'high'] as const).find((name) => field.endsWith(name));
  return words[piece ?? 'text'];
}

interface Shown {
  survey: SurveyDefinition | undefined;
  level: Level;
  spoken: Language;
}

function shownDraft(
  language: Language,
  draft: DraftContent,
  { survey, level, spoken }: Shown,
): Pick<PreviewView, 'question' | 'notes'> {
  const text = draft.texts[spoken.code];
  const named = { language: apart(spoken.name) };
  if (!text) return { question: null, notes: [language.say('drafts', 'previewNoWords', named)] };
  const easyRead = survey?.easyRead === true;
  const [page, ...later] = pagesOfItem(draft.item, level, easyRead);
  if (!page) return { question: null, notes: [] };
  const rows = later.map(({ id }) => text.rows?.[id.slice(draft.item.id.length + 1)] ?? id);
  return {
    question: drawStep(page, atLevel(text, level), spoken, () => undefined, undefined, {
      symbols: easyRead,
      prefix: 'preview-',
      headingLevel: HEADING_LEVEL,
    }),
    notes: [
      ...(itemTextFaults(draft.item, text).length > 0 ? [language.say('drafts', 'previewMissing', named)] : []),
      ...(rows.length > 0 ? [language.say('drafts', 'previewRows', { rows: apart(rows.join(' · ')) })] : []),
    ],
  };
}

function controls(
  language: Language,
  survey: SurveyDefinition | undefined,
  level: Level,
  spoken: Language,
): Pick<PreviewView, 'level' | 'language'> {
  const { drafts, questions } = language.words;
  return {
    level: {
      label: drafts.previewLevel,
      choices: levelsOf(survey).map((one) => ({
        value: one,
        words: questions[`level-${one}`],
        lang: language.code,
        chosen: one === level,
      })),
    },
    language: {
      label: drafts.previewLanguage,
      choices: LANGUAGES.map(({ code }) => ({
        value: code,
        words: languageName(code),
        lang: code,
        chosen: code === spoken.code,
      })),
    },
  };
}

/** The coach reads for pupils; of a survey for grown-ups and of a page to read it says nothing. */
function adviceOf(language: Language, draft: DraftContent, survey: SurveyDefinition | undefined): Advice[] {
  const text = draft.texts[draft.language];
  if (!text || !isQuestion(draft.item)) return [];
  const levels = COACH_LEVELS.filter((level) => levelsOf(survey).includes(level));
  return adviceOn(language, draft.item, text, draft.language, levels);
}

/** The levels and languages that a form may ask to be shown in. */
export function lookOf(level: string, language: string): PreviewLook {
  return { level: LEVELS.find((one) => one === level) ?? '', language };
}
