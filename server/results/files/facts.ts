import { allows } from '../../core/disclosure/claims.ts';
import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { ProtectedCount } from '../../core/disclosure/protection.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { answeredFigure, optionFigure, rateFigure, stateFigure, type Figure } from '../../core/statistics/figure.ts';
import { meanFigure, type MeanFigure } from '../../core/statistics/score.ts';
import { ASKED_STATES } from '../../core/survey/answer.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import { storedPlacesOf } from '../choose.ts';
import type { Fact } from './columns.ts';
import { tidy, type FileContent, type FileItem, type State, type Wording } from './content.ts';

/*
 * The rows of the table of facts: one for each place, band, item and answer, and for each way of giving none.
 * Every figure of every file comes out of here, and out of a release alone. A row is there whether its figure is
 * shown, hidden or missing, and looks the same in the last two cases.
 */

/** One answer to an item, or one way of giving none. */
interface Answer {
  state: State;
  /** The code of the option; empty for a state without one. */
  option: string;
  words: string;
}

/** Everything of a fact that is decided by where it is looked up. */
interface Cell {
  content: FileContent;
  of: FileItem;
  wording: Wording;
  node: LatticeNode;
  band: Band;
}

/** All facts of a release, item by item in the order in which they were asked. */
export function* factsOf(content: FileContent, items: readonly FileItem[] = content.items): Generator<Fact> {
  for (const of of items) {
    for (const wording of of.wordings) {
      const answers = answersOf(content, of.item, wording);
      for (const band of wording.bands) {
        for (const node of storedPlacesOf(content.release, of.item)) {
          yield* factsOfCell({ content, of, wording, node, band }, answers);
        }
      }
    }
  }
}

/** Of an indicator its share alone: who gave no answer stands at the question that it reads. */
export function answersOf({ language }: FileContent, item: CubeItem, wording: Wording): Answer[] {
  const options = wording.options.map(({ code, words }): Answer => ({ state: 'answered', option: code, words }));
  if (item.kind === 'scale') return [{ state: 'answered', option: '', words: language.words.files.meanScore }];
  if (item.kind !== 'question') return options;
  const states = ASKED_STATES.map((state): Answer => ({
    state,
    option: '',
    words: language.words.files[`state-${state}`],
  }));
  return [...options, ...states];
}

function* factsOfCell(cell: Cell, answers: readonly Answer[]): Generator<Fact> {
  const shared = { ...rateOf(cell), ...keysOf(cell) };
  for (const answer of answers) {
    yield { ...shared, answer: answer.words, state: answer.state, option: answer.option, ...figuresOf(cell, answer) };
  }
}

type Figures = Pick<
  Fact,
  | 'share_percent'
  | 'low_percent'
  | 'high_percent'
  | 'count'
  | 'base'
  | 'caution'
  | 'low_response'
  | 'one_school'
  | 'mean_score'
>;

const HIDDEN: Figures = {
  share_percent: null,
  low_percent: null,
  high_percent: null,
  count: null,
  base: null,
  caution: '',
  low_response: null,
  one_school: null,
  mean_score: null,
};

function figuresOf({ content: { release }, of, node, band }: Cell, { state, option }: Answer): Figures {
  const place = { node: node.id, band: band.id, item: of.item.id };
  if (of.item.kind === 'scale') return meanOf(meanFigure(release, place)) ?? HIDDEN;
  const table = release.table(node.id, band.id, of.item.id);
  const [figure, count] =
    state === 'answered'
      ? [optionFigure(release, place, option), release.cell(node.id, band.id, of.item.id, option)?.count]
      : [stateFigure(release, place, state), table?.states[state]];
  return shown(release, figure, count) ?? HIDDEN;
}

/** What a release does not allow is as empty as what it hides. */
function shown(
  release: Release,
  figure: Figure | undefined,
  count: ProtectedCount | null | undefined,
): Figures | undefined {
  if (!figure || count === null || count === undefined) return undefined;
  return {
    share_percent: figure.share,
    low_percent: figure.low,
    high_percent: figure.high,
    count,
    base: figure.base,
    caution: figure.caution,
    low_response: allows(release, 'rate') ? (figure.lowRate ? 1 : 0) : null,
    one_school: figure.oneSchool ? 1 : 0,
    mean_score: null,
  };
}

/** Of a scale its mean; its base are those with a score. */
function meanOf(figure: MeanFigure | undefined): Figures | undefined {
  if (!figure) return undefined;
  const { mean, base, caution, oneSchool } = figure;
  return { ...HIDDEN, mean_score: mean, base, caution, one_school: oneSchool ? 1 : 0 };
}

function rateOf({ content: { release }, node, band }: Cell) {
  const rate = rateFigure(release, node.id, band.id);
  // Without a roll there is no rate, and still a number of those who answered.
  const answeredHere = allows(release, 'rate') ? undefined : answeredFigure(release, { node: node.id, band: band.id });
  return {
    response_percent: rate?.share ?? null,
    responses: rate?.answered ?? answeredHere ?? null,
    on_roll: rate?.roll ?? null,
    schools: rate?.schools ?? null,
  };
}

function keysOf({ content: { entry, release }, of, wording, node, band }: Cell) {
  return {
    place_name: tidy(node.name),
    band_name: bandName(band),
    question: wording.question,
    place: node.id,
    place_kind: node.kind,
    place_code: node.code,
    band: band.id,
    item: of.item.id,
    item_kind: of.item.kind,
    domain: of.item.domain,
    variable: of.variable,
    wording: wording.name,
    wave: tidy(release.wave.name),
    release: entry.id,
    release_sha256: release.sha256,
    reached: release.reached,
  };
}
