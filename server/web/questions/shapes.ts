/*
 * What the templates of questions read: exactly this and nothing else. All words are in here, since a template
 * that is included sees only what it is given.
 */

/** What stands above the answers of every question. */
export interface QuestionHead {
  /** The rank of the heading: 1 on a page of its own, lower where several questions stand on one page. */
  level: number;
  /** For a row on a page of its own, what all the rows ask. */
  lead: string;
  heading: string;
  hint: string;
  hintId: string;
  /** The symbol beside the heading; empty where symbols are off. */
  symbol: string;
  /** Words of what was wrong with the last try, empty if nothing was. */
  fault: string;
  faultId: string;
}

/** What every question's view has. */
interface Question extends QuestionHead {
  /** The id of the first control of what was at fault: where the error summary leads. */
  firstField: string;
}

/** One answer to choose. */
export interface DrawnOption {
  type: 'radio' | 'checkbox';
  name: string;
  /** Empty where nothing leads there. */
  id: string;
  value: string;
  words: string;
  /** The name of the control where the words beside it are not enough; else empty. */
  label: string;
  checked: boolean;
  /** Whether choosing it means none of the others. */
  alone: boolean;
  /** Whether it is a way out rather than an answer. */
  quiet: boolean;
  symbol: string;
  /** The mouth of a face: its path, and whether it is filled; null for other kinds. */
  mouth: { path: string; filled: boolean } | null;
}

export interface DrawnAnswers {
  options: DrawnOption[];
  optOuts: DrawnOption[];
}

/** One choice, ticks or faces; and a row of a grid on a page of its own. */
export interface ChoiceView extends Question, DrawnAnswers {
  view: 'questions/one-choice' | 'questions/tick-all' | 'questions/faces';
}

/** Numbered steps with words at their two ends. */
export interface LadderView extends Question, DrawnAnswers {
  view: 'questions/ladder';
  low: string;
  high: string;
}

/** One row of a page with several. */
export interface DrawnRow extends DrawnAnswers {
  words: string;
  symbol: string;
  fault: string;
  faultId: string;
}

export interface RowsView extends Question {
  view: 'questions/grid' | 'questions/place-wheel';
  rows: DrawnRow[];
  /** How many points a row of a wheel can have; 0 for a grid. */
  points: number;
  /** Words at the two ends of numbered points, empty where each point has words of its own. */
  low: string;
  high: string;
}

export interface RankingView extends Question {
  view: 'questions/ranking';
  places: { id: string; label: string; choices: { value: string; words: string; symbol: string; chosen: boolean }[] }[];
  optOuts: DrawnOption[];
  noChoice: string;
  /** What the script says. */
  say: { how: string; again: string; cleared: string; removed: string; full: string };
}

/** Kinds in which something is typed. */
export interface TypedView extends Question {
  view: 'questions/number' | 'questions/short-text' | 'questions/long-text';
  typed: string;
  maxLength: number;
  /** Words after the box of a number; how much room a long text has. */
  note: string;
  noteId: string;
  /** Words before the count of what is left, for the script. */
  left: string;
  /** Ids of all that describes the box, in order. */
  describedBy: string;
  optOuts: DrawnOption[];
}

export interface InformationView extends Question {
  view: 'questions/information';
}

export type QuestionView = ChoiceView | LadderView | RowsView | RankingView | TypedView | InformationView;

declare module '../views.ts' {
  interface Views {
    'questions/one-choice': ChoiceView;
    'questions/tick-all': ChoiceView;
    'questions/faces': ChoiceView;
    'questions/ladder': LadderView;
    'questions/grid': RowsView;
    'questions/place-wheel': RowsView;
    'questions/ranking': RankingView;
    'questions/number': TypedView;
    'questions/short-text': TypedView;
    'questions/long-text': TypedView;
    'questions/information': InformationView;
    'questions/legend': QuestionHead;
    'questions/label': TypedView;
    'questions/choice': ChoiceView;
    'questions/answer': DrawnOption;
    'questions/opt-outs': { optOuts: DrawnOption[] };
    'questions/points': DrawnAnswers & { low: string; high: string };
  }
}
