import type { Spreadsheet } from '../../storage/spreadsheets.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { wordsField } from '../pages.ts';
import { proposalHref } from '../proposals/addresses.ts';
import { namedFault } from '../drafts/fault-words.ts';
import {
  apart,
  itemView,
  type Choice,
  type ItemView,
  type SurveyName,
  type WordedVersion,
  type WordsField,
} from '../words.ts';
import { SPREADSHEETS_HREF, versionFileHref } from './addresses.ts';
import type { JudgedDraft } from './judged-drafts.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/spreadsheets/new-spreadsheet': {
      title: string;
      faults: FieldFault[];
      files: { href: string; words: string }[];
      action: string;
      surveys: Choice[];
      surveyFault: string;
      fileFault: string;
    };
    'studio/spreadsheets/spreadsheet': {
      title: string;
      faults: FieldFault[];
      about: string;
      made: string;
      unchanged: string;
      action: string;
      groups: { title: string; about: string; items: SheetItem[] }[];
      why: WordsField;
      notTaken: { sheet: string; row: string; column: string; value: string; reason: string }[];
      assumed: string[];
      missing: string[];
      newHref: string;
    };
  }
}

/** A question of a spreadsheet that could become a draft. */
interface SheetItem {
  item: ItemView;
  chosen: boolean;
  /** The draft that there is already; empty if there is none. */
  draftHref: string;
  /** Why it cannot become a draft as it is; empty where it can. */
  faults: string[];
}

export function newSpreadsheetPage(
  language: Language,
  surveys: readonly SurveyName[],
  { surveyId, faults }: { surveyId: string; faults: FieldFault[] },
): Views['studio/spreadsheets/new-spreadsheet'] {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message ?? '';
  return {
    title: language.words.spreadsheets.title,
    faults,
    files: surveys.map(({ versionId, number, name }) => ({
      href: versionFileHref(versionId),
      words: language.say('spreadsheets', 'downloadOne', {
        survey: apart(name.words),
        number: language.number(number),
      }),
    })),
    action: SPREADSHEETS_HREF,
    surveys: surveys.map((survey) => ({
      value: survey.surveyId,
      words: survey.name.words,
      lang: survey.name.lang,
      chosen: survey.surveyId === surveyId,
    })),
    surveyFault: fault('survey'),
    fileFault: fault('file'),
  };
}

/** What was ticked and typed on the page of a spreadsheet. */
export interface SheetForm {
  /** Undefined while nobody has ticked anything: then what is new or changed is. */
  chosen: readonly string[] | undefined;
  why: string;
  faults: FieldFault[];
  /** How many drafts were just made. */
  made: number;
}

const TITLES = { new: 'newTitle', change: 'changedTitle', withdrawal: 'goneTitle' } as const;

/** What a spreadsheet is shown from. */
export interface SheetFacts {
  sheet: Spreadsheet;
  /** The newest version of its survey. */
  worded: WordedVersion;
  drafts: readonly JudgedDraft[];
  /** How many items are as they were. */
  unchanged: number;
  /** The proposal that there is already. */
  draftOf: (draft: JudgedDraft) => { id: string } | undefined;
}

export function spreadsheetPage(
  language: Language,
  { sheet, worded, drafts, unchanged, draftOf }: SheetFacts,
  { chosen, why, faults, made }: SheetForm,
): Views['studio/spreadsheets/spreadsheet'] {
  const { spreadsheets } = language.words;
  const { questions, notTaken, assumed, missing } = sheet.read;
  const itemOf = (draft: JudgedDraft): SheetItem => {
    const { item, language: lang, texts } = draft.content;
    const there = draftOf(draft);
    const isUsual = draft.purpose !== 'withdrawal';
    const isSound = draft.faults.length === 0;
    return {
      item: itemView(language, item, texts[lang] ?? { text: item.id }, lang),
      chosen: there === undefined && isSound && (chosen?.includes(item.id) ?? isUsual),
      draftHref: there === undefined ? '' : proposalHref(there.id),
      faults: there === undefined ? draft.faults.map((fault) => namedFault(language, worded, fault, lang)) : [],
    };
  };
  const groups = (['new', 'change', 'withdrawal'] as const).map((purpose) => ({
    title: spreadsheets[TITLES[purpose]],
    about: purpose === 'withdrawal' ? spreadsheets.goneAbout : '',
    items: drafts.filter((draft) => draft.purpose === purpose).map(itemOf),
  }));
  return {
    title: spreadsheets.readTitle,
    faults,
    about: language.say('spreadsheets', 'readAbout', { count: questions.length, name: apart(sheet.name) }),
    made: made > 0 ? language.say('spreadsheets', 'made', { count: made }) : '',
    unchanged: unchanged > 0 ? language.say('spreadsheets', 'sameCount', { count: unchanged }) : '',
    action: `${SPREADSHEETS_HREF}/${sheet.id}/drafts`,
    groups: groups.filter(({ items }) => items.length > 0),
    why: wordsField('why', spreadsheets.why, {
      hint: spreadsheets.whyHint,
      value: why,
      fault: faults.find(({ field }) => field === 'why')?.message ?? '',
      long: true,
    }),
    notTaken: notTaken.map(({ row, ...cell }) => ({ ...cell, row: language.number(row) })),
    assumed,
    missing,
    newHref: `${SPREADSHEETS_HREF}/new`,
  };
}
