import { newDraftBody } from '../storage/draft-body.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { NEXT_TURN_HREF } from './next-turn.ts';
import type { RespondPage } from './respond-page.ts';
import type { PageMark } from '../web/wave-content.ts';

/** A drawing in lines and areas, in the colour of the text. */
interface Figure {
  width: number;
  height: number;
  /** Paths drawn as lines, and paths that are filled. */
  lines: string;
  areas: string;
}

interface PuzzleView {
  heading: string;
  /** Null where words are enough. */
  figure: (Figure & { label: string; mirrored: boolean }) | null;
  options: { id: string; value: string; words: string; icon: string }[];
  optOuts: { id: string; value: string; words: string }[];
  action: string;
  reference: string;
  unreal: PageMark;
  /** Empty on the first page. */
  backHref: string;
}

declare module '../web/views.ts' {
  interface Views {
    /** Every page after the end of a survey: a puzzle, or a rest after the last one. */
    'respond/finished': RespondPage & {
      progressWords: string;
      progressDone: number;
      progressOf: number;
      /** What was meant by the puzzle of the page before; empty if it was skipped. */
      lastAnswer: string;
      puzzle: PuzzleView | null;
      reference: string;
      firstHref: string;
      /** Where the next pupil of a class starts; empty where the device is not shared. */
      nextTurnHref: string;
    };
    /** A puzzle that looks like a question. */
    'respond/quiet': PuzzleView;
  }
}

/** What a browser carries from page to page of the quiet activity; nothing of it is stored. */
export interface QuietVisit {
  reference: string;
  unreal: PageMark;
  /** Whether this device is a class's. */
  shared: boolean;
  /** What was chosen on the page before: a place among its options, something else, or nothing; null if it was skipped. */
  choice: string | null;
}

interface Puzzle {
  number: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  /** The options in the order in which they stand; `a` is the one that is meant, in every language. */
  order: readonly ('a' | 'b' | 'c' | 'd')[];
  figure?: Figure;
  /** One drawing an option, by its letter, in a square of 48. */
  icons?: Readonly<Record<'a' | 'b' | 'c' | 'd', string>>;
}

const CIRCLE = 'M24 7a17 17 0 1 0 0 34a17 17 0 1 0 0-34Z';
const SQUARE = 'M9 9h30v30H9Z';
const TRIANGLE = 'M24 7 43 40H5Z';
const DIAMOND = 'M24 5 41 24 24 43 7 24Z';

/** A big triangle with two lines from its top to its bottom side: six triangles in all. */
const TRIANGLES: Figure = {
  width: 240,
  height: 160,
  lines: 'M120 8 12 152h216ZM120 8 84 152M120 8l36 144',
  areas: '',
};
const UMBRELLA: Figure = {
  width: 240,
  height: 160,
  lines: 'M120 84v52a13 13 0 0 1-26 0',
  areas: 'M20 88A100 76 0 0 1 220 88q-20-16-40 0q-20-16-40 0q-20-16-40 0q-20-16-40 0q-20-16-40 0ZM117 4h6v12h-6Z',
};
/** Circle, square, square, circle, square, and a gap. */
const ROW: Figure = {
  width: 240,
  height: 48,
  lines: [rowCircle(0), rowSquare(1), rowSquare(2), rowCircle(3), rowSquare(4), 'M206 37h28'].join(''),
  areas: '',
};

function rowCircle(place: number): string {
  return `M${place * 40 + 6} 24a14 14 0 1 0 28 0a14 14 0 1 0-28 0Z`;
}

function rowSquare(place: number): string {
  return `M${place * 40 + 7} 11h26v26h-26Z`;
}

const PUZZLES: readonly Puzzle[] = [
  { number: 1, order: ['c', 'a', 'd', 'b'] },
  { number: 2, order: ['b', 'c', 'd', 'a'] },
  { number: 3, order: ['b', 'c', 'a', 'd'], figure: TRIANGLES },
  { number: 4, order: ['a', 'd', 'b', 'c'] },
  { number: 5, order: ['d', 'b', 'a', 'c'], figure: UMBRELLA },
  { number: 6, order: ['b', 'a', 'c', 'd'] },
  {
    number: 7,
    order: ['c', 'b', 'd', 'a'],
    figure: ROW,
    icons: { a: SQUARE, b: CIRCLE, c: TRIANGLE, d: DIAMOND },
  },
  { number: 8, order: ['d', 'a', 'b', 'c'] },
];

/** The page after the last puzzle. */
export const REST = PUZZLES.length + 1;

/** A page of the answering side for somebody who is in no survey: the usual reading, nothing to leave or hide. */
export function pageOfNobody(title: string, unreal: PageMark): RespondPage {
  return { title, unreal, reading: newDraftBody().reading, control: 'done' };
}

/**
 * The page that ends every survey, however it ended: from across the room a question like any other.
 * @param number from 1 to REST
 */
export function quietPage(language: Language, number: number, visit: QuietVisit): Views['respond/finished'] {
  const { respond, quiet } = language.words;
  const puzzle = PUZZLES[number - 1];
  const counted = { number: language.number(number), count: language.number(PUZZLES.length) };
  return {
    ...pageOfNobody(respond.title, visit.unreal),
    progressWords: number === 1 || !puzzle ? quiet.done : language.say('quiet', 'progress', counted),
    progressDone: number,
    progressOf: REST,
    lastAnswer: lastAnswer(language, PUZZLES[number - 2], visit.choice),
    puzzle: puzzle ? drawn(language, puzzle, visit) : null,
    reference: visit.reference,
    firstHref: hrefOf(1, visit),
    nextTurnHref: visit.shared ? NEXT_TURN_HREF : '',
  };
}

function drawn(language: Language, puzzle: Puzzle, { reference, unreal }: QuietVisit): PuzzleView {
  const { quiet } = language.words;
  const { number, order, figure, icons } = puzzle;
  return {
    heading: quiet[`puzzle-${number}-heading`],
    figure: figure ? { ...figure, label: figureLabel(language, puzzle), mirrored: language.direction === 'rtl' } : null,
    options: order.map((letter, index) => ({
      id: `answer-${index}`,
      value: String(index + 1),
      words: quiet[`puzzle-${number}-${letter}`],
      icon: icons?.[letter] ?? '',
    })),
    optOuts: [
      { id: 'opt-out-0', value: 'unknown', words: quiet.unknown },
      { id: 'opt-out-1', value: 'looking', words: quiet.looking },
    ],
    action: `/respond/quiet/${number + 1}`,
    reference,
    unreal,
    backHref: number === 1 ? '' : hrefOf(number - 1, { reference, unreal }),
  };
}

/** A figure in words, for those who do not see it. */
function figureLabel(language: Language, { number }: Puzzle): string {
  const { quiet } = language.words;
  if (number === 3) return quiet.figureTriangles;
  return number === 5 ? quiet.figureShadow : quiet.figureRow;
}

function lastAnswer(language: Language, before: Puzzle | undefined, choice: string | null): string {
  if (!before || choice === null) return '';
  const answer = language.words.quiet[`puzzle-${before.number}-why`];
  const same = before.order[Number(choice) - 1] === 'a';
  return language.say('quiet', same ? 'lastSame' : 'lastOther', { answer });
}

/** The first page keeps the address that every survey ends on. */
function hrefOf(number: number, { reference, unreal }: Pick<QuietVisit, 'reference' | 'unreal'>): string {
  const query = new URLSearchParams({
    ...(reference && { reference }),
    ...(unreal !== 'none' && { unreal }),
  }).toString();
  const path = number === 1 ? '/respond/finished' : `/respond/quiet/${number}`;
  return query ? `${path}?${query}` : path;
}
