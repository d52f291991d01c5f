import type { FieldFault } from '../../web/views.ts';
import type { QuestionView } from '../../web/questions.ts';
import type { Advice } from '../advice.ts';
import type { ProposalIdea } from '../boards/proposal-ideas.ts';
import type { Choice, WordsField } from '../words.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/drafts/form': DraftFormView;
    'studio/drafts/choices': { field: ChoicesField };
    'studio/drafts/select': { field: SelectField };
    'studio/drafts/lines': { field: LinesField };
    'studio/drafts/preview': { preview: PreviewView };
    'studio/drafts/preview-page': { title: string; preview: PreviewView };
  }
}

/** Radios or boxes under one legend. */
export interface ChoicesField {
  id: string;
  name: string;
  type: 'radio' | 'checkbox';
  legend: string;
  hint: string;
  fault: string;
  choices: (Choice & { hint: string })[];
}

/** One of many. */
export interface SelectField {
  id: string;
  name: string;
  label: string;
  hint: string;
  fault: string;
  choices: Choice[];
  /** A button that shows what hangs on the choice; empty where nothing does. */
  look: string;
  lookWords: string;
  /** Where that button leads; set by the page. */
  action: string;
}

/** One line of several alike: its words, what it carries unseen, and what stands beside it. */
export interface LineView {
  words: WordsField;
  hidden: { name: string; value: string }[];
  numbers: WordsField[];
  /** A box that makes it stand alone; null where the kind has none. */
  alone: { id: string; value: string; chosen: boolean } | null;
}

export interface LinesField {
  id: string;
  legend: string;
  hint: string;
  fault: string;
  lines: LineView[];
  /** A button for more lines; empty where there are as many as there can be. */
  more: string;
  moreWords: string;
  /** Where that button leads; set by the page. */
  action: string;
}

/** A field of the form, with the template that draws it. */
export type FieldView =
  | { view: 'studio/words-field'; field: WordsField }
  | { view: 'studio/drafts/choices'; field: ChoicesField }
  | { view: 'studio/drafts/select'; field: SelectField }
  | { view: 'studio/drafts/lines'; field: LinesField };

/** Fields that most people do not need, behind their title. */
export interface FieldGroup {
  id: string;
  title: string;
  about: string;
  open: boolean;
  lang: string;
  fields: FieldView[];
}

/** The question as somebody of a level reads it in a language. */
export interface PreviewView {
  /** The address of the form that it belongs to. */
  action: string;
  level: { label: string; choices: Choice[] };
  language: { label: string; choices: Choice[] };
  lang: string;
  dir: string;
  question: QuestionView | null;
  /** Why there is nothing to see yet, or what to know about what is seen. */
  notes: string[];
  /** Words that look like code of a web page. */
  notices: string[];
  advice: Advice[];
}

export interface DraftFormView {
  title: string;
  wide: true;
  intro: string;
  /** Style and script of the pages on which questions are asked. */
  style: string;
  script: string;
  faults: FieldFault[];
  action: string;
  send: string;
  backHref: string;
  back: string;
  idea: ProposalIdea | null;
  underWayHref: string;
  hidden: { name: string; value: string }[];
  /** What has to be chosen first. */
  first: FieldView[];
  kind: { field: ChoicesField; now: string; open: boolean };
  main: FieldView[];
  groups: FieldGroup[];
  preview: PreviewView;
}
