import { coachSurvey } from '../../core/coach/coach.ts';
import type { CoachLevel } from '../../core/coach/draft.ts';
import { LIMITS } from '../../core/coach/limits.ts';
import { listsOf } from '../../core/coach/lists.ts';
import type { SurveyFinding } from '../../core/coach/survey.ts';
import { questionsOfLevel, type ReadWords } from '../../core/coach/survey-questions.ts';
import { limitInWords, surveyFindingInWords } from '../../web/coach-words.ts';
import { LANGUAGES, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { coachLevelsOf } from '../advice.ts';
import { apart, itemView, languageName, textFor, written, type Choice, type ItemView, type Written } from '../words.ts';
import { surveyHref, TRIES_HREF } from './addresses.ts';
import { wordsIn, type SurveyWouldBe } from './would-be.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/survey': {
      title: string;
      name: Written;
      survey: string;
      version: { href: string; words: string };
      href: string;
      proposals: { id: string; href: string; text: Written; state: string; isIn: boolean; note: string }[];
      hasTopics: boolean;
      withTopics: boolean;
      /** What the coach says, level by level; none for a survey that grown-ups answer. */
      levels: LevelCoaching[];
      tries: { href: string; with: string[]; stages: Choice[]; languages: Choice[] };
      items: (ItemView & { added: boolean })[];
    };
  }
}

/** What the coach says of the whole survey at one level, in words. */
export interface LevelCoaching {
  id: string;
  title: string;
  facts: { name: string; value: string; goal: string }[];
  findings: { severity: string; words: string; questions: { href: string; text: Written }[] }[];
  limits: string[];
}

export function surveyPage(language: Language, wouldBe: SurveyWouldBe): Views['studio/survey'] {
  const { newest, definition, added, wish } = wouldBe;
  const { version, texts } = newest;
  const { tries } = language.words;
  const text = textFor(language, texts);
  const wordsOf = (id: string) => wordsIn(wouldBe, text, id);
  return {
    title: tries.surveyTitle,
    name: written(text?.name ?? version.surveyId, text?.language ?? language.code),
    survey: version.surveyId,
    version: {
      href: `/studio/versions/${version.id}`,
      words: language.say('tries', 'fromVersion', { number: language.number(version.number) }),
    },
    href: surveyHref(version.surveyId),
    proposals: proposalChoices(language, wouldBe),
    hasTopics: wouldBe.hasTopics,
    withTopics: wish.withTopics,
    levels: coachLevelsOf(definition.stages).map((level) => levelCoaching(language, wouldBe, level, wordsOf)),
    tries: triesForm(language, wouldBe),
    items: definition.items.map((item) => {
      const { text: words, language: lang } = wordsOf(item.id);
      const nameOf = (id: string) => wordsOf(id).text.text;
      return { ...itemView(language, item, words, lang, nameOf), added: added.has(item.id) };
    }),
  };
}

function proposalChoices(
  language: Language,
  { proposals, newest }: SurveyWouldBe,
): Views['studio/survey']['proposals'] {
  return proposals.map(({ proposal, isIn }) => {
    const others = [...newest.texts.keys()].filter((code) => !proposal.texts[code]);
    const names = new Intl.ListFormat(language.code).format(others.map((code) => apart(languageName(code))));
    return {
      id: proposal.id,
      href: `/studio/proposals/${proposal.id}`,
      text: written(proposal.text.text, proposal.language),
      state: language.words.studio[`state-${proposal.state}`],
      isIn,
      note: others.length > 0 ? language.say('tries', 'wordsMissing', { languages: names }) : '',
    };
  });
}

function levelCoaching(
  language: Language,
  { definition, topics }: SurveyWouldBe,
  level: CoachLevel,
  wordsOf: (id: string) => ReadWords,
): LevelCoaching {
  const { tries, questions: shown } = language.words;
  const asked = questionsOfLevel(definition, level, topics, wordsOf);
  const { minutes, questions, findings, notJudged } = coachSurvey(asked, level);
  const { aimMinutes, mostMinutes, questions: most } = LIMITS[level].survey;
  return {
    id: `coach-${level}`,
    title: shown[`level-${level}`],
    facts: [
      {
        name: tries.time,
        value: language.say('tries', 'minutes', { count: minutes }),
        goal: language.say('tries', 'minutesGoal', { aim: aimMinutes, most: mostMinutes }),
      },
      {
        name: tries.questions,
        value: language.number(questions),
        goal: language.say('tries', 'questionsGoal', { most }),
      },
    ],
    findings: findings.map((finding) => ({
      severity: shown[`coachSeverity-${finding.severity}`],
      words: surveyFindingInWords(language, finding),
      questions: questionLinks(finding, wordsOf),
    })),
    limits: [
      ...notJudged
        .filter((rule) => !findings.some((finding) => finding.rule === rule))
        .map((rule) => tries[`notJudged-${rule}`]),
      ...languageLimits(language, [...new Set(asked.map((question) => question.language))]),
    ],
  };
}

/** How far the coach can judge words of these languages. */
function languageLimits(language: Language, read: readonly string[]): string[] {
  const foreign = read.filter((code) => code !== 'en');
  if (foreign.length === 0) return [];
  const isListed = foreign.every((code) => listsOf(code));
  return [limitInWords(language, isListed ? 'part-of-language' : 'counts-only'), language.words.tries.timeOfEnglish];
}

function questionLinks({ questions }: SurveyFinding, wordsOf: (id: string) => ReadWords) {
  return questions.map((id) => {
    const { text, language } = wordsOf(id);
    return { href: `#asked-${id}`, text: written(text.text, language) };
  });
}

function triesForm(
  language: Language,
  { definition, newest, proposals }: SurveyWouldBe,
): Views['studio/survey']['tries'] {
  const choice = (value: string, words: string, lang: string, chosen: boolean): Choice => ({
    value,
    words,
    lang,
    chosen,
  });
  // In the middle of what the survey is for, as good a beginning as any.
  const middle = definition.stages[Math.floor(definition.stages.length / 2)];
  const spoken = LANGUAGES.filter(({ code }) => newest.texts.has(code));
  return {
    href: TRIES_HREF,
    with: proposals.filter(({ isIn }) => isIn).map(({ proposal }) => proposal.id),
    stages: definition.stages.map((stage) => choice(stage, stage, language.code, stage === middle)),
    languages: spoken.map(({ code, name }) => choice(code, name, code, code === language.code)),
  };
}
