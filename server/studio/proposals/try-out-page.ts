import { pagesOfItem } from '../../core/drafts/pages-of-item.ts';
import { levelOf, levelsOfStages, type Level, type Stage } from '../../core/survey/stage.ts';
import { atLevel, type ItemText } from '../../core/survey/text.ts';
import type { Language } from '../../web/language.ts';
import { drawStep, type QuestionView } from '../../web/questions.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { wordsField } from '../pages.ts';
import { languageName, type Choice, type WordsField } from '../words.ts';
import { TRIES_HREF } from '../survey/addresses.ts';
import { proposalHref } from './addresses.ts';
import type { SeenProposal } from './seen-proposals.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/proposals/try-out': {
      title: string;
      faults: FieldFault[];
      style: string;
      script: string;
      backHref: string;
      draft: string;
      levels: Choice[];
      languages: Choice[];
      /** Where it is answered as a pupil would; empty where its survey asks nobody of that age. */
      answerHref: string;
      /** As a pupil of that age sees it: one page, or one for each row. */
      pages: QuestionView[];
      pupilLanguage: string;
      pupilDirection: 'ltr' | 'rtl';
      action: string;
      number: number;
      level: Level;
      thought: WordsField;
      hard: boolean;
    };
  }
}

/** How a draft is tried: at which level, in which language, and what was said about it. */
export interface TryOutForm {
  level: Level;
  /** The pupil's language, whose words the page of the question speaks. */
  pupil: Language;
  /** The stages that the survey asks. */
  stages: readonly Stage[];
  /** Whether it is easy to read: one thing a page, with symbols. */
  easyRead: boolean;
  thought: string;
  hard: boolean;
  faults: readonly FieldFault[];
}

export function tryOutPage(
  language: Language,
  proposal: SeenProposal,
  { level, pupil, stages, easyRead, thought, hard, faults }: TryOutForm,
  assets: { style: string; script: string },
): Views['studio/proposals/try-out'] {
  const { proposals: words, questions } = language.words;
  const href = proposalHref(proposal.id);
  const text: ItemText = proposal.texts[pupil.code] ?? proposal.text;
  const pages = pagesOfItem(proposal.item, level, easyRead);
  return {
    title: words.tryTitle,
    faults: [...faults],
    ...assets,
    backHref: href,
    draft: language.say('proposals', 'draftNow', { number: language.number(proposal.number) }),
    answerHref: answerHref(proposal, { level, pupil, stages }),
    levels: levelsOfStages(stages).map((one) => ({
      value: one,
      words: questions[`level-${one}`],
      lang: language.code,
      chosen: one === level,
    })),
    languages: Object.keys(proposal.texts).map((code) => ({
      value: code,
      words: languageName(code),
      lang: code,
      chosen: code === pupil.code,
    })),
    pages: pages.map((step, index) =>
      drawStep(step, atLevel(text, level), pupil, () => undefined, undefined, {
        symbols: easyRead,
        prefix: `page-${index + 1}-`,
        headingLevel: 2,
      }),
    ),
    pupilLanguage: pupil.code,
    pupilDirection: pupil.direction,
    action: `${href}/try-outs`,
    number: proposal.number,
    level,
    thought: wordsField('thought', words.thinkLabel, {
      hint: words.thinkHint,
      value: thought,
      fault: faults.find(({ field }) => field === 'thought')?.message ?? '',
      long: true,
    }),
    hard,
  };
}

function answerHref(proposal: SeenProposal, { level, pupil, stages }: Pick<TryOutForm, 'level' | 'pupil' | 'stages'>) {
  const stage = stages.find((one) => levelOf(one) === level);
  if (!stage && level !== 'adult') return '';
  const choice = { survey: proposal.surveyId, with: proposal.id, only: 'yes', ...(stage && { stage }) };
  return `${TRIES_HREF}?${new URLSearchParams({ ...choice, language: pupil.code }).toString()}`;
}
