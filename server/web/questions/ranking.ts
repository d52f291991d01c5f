import type { RankingQuestion } from '../../core/survey/kinds/ranking.ts';
import { drawHead, drawOptOuts, firstFieldOf, onlyPart, withoutOptOuts, type Drawing } from './drawing.ts';
import type { RankingView } from './shapes.ts';

const PLACES = ['place-1', 'place-2', 'place-3', 'place-4', 'place-5'] as const;

/** A list to choose from for each place. With the script they become cards that are tapped in order. */
export function drawRanking(drawing: Drawing, { options, places }: RankingQuestion): RankingView {
  const part = onlyPart(drawing);
  const { text, language, symbols, prefix } = drawing;
  const { questions } = language.words;
  const chosen = withoutOptOuts(part);
  return {
    view: 'questions/ranking',
    ...drawHead(drawing, questions.rankingHint, part.faultWords),
    firstField: firstFieldOf(part),
    places: PLACES.slice(0, places).map((key, index) => ({
      id: `${prefix}answer-${index}`,
      label: questions[key],
      choices: options.map(({ code, symbol }) => ({
        value: code,
        words: text.options?.[code] ?? code,
        symbol: (symbols && symbol) || '',
        chosen: chosen[index] === code,
      })),
    })),
    optOuts: drawOptOuts(part),
    noChoice: questions.rankingNone,
    say: {
      how: questions.rankingHow,
      again: questions.rankingAgain,
      cleared: questions.rankingCleared,
      removed: questions.rankingRemoved,
      full: questions.rankingFull,
    },
  };
}
