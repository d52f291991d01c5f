import { stringify } from 'csv-stringify/sync';
import { figureOf } from '../../core/statistics/figure.ts';
import { meanFigure } from '../../core/statistics/score.ts';
import type { Band } from '../../core/survey/stage.ts';
import { storedPlacesOf } from '../choose.ts';
import { releaseNumber } from './about.ts';
import { answersOf } from './facts.ts';
import type { FileContent, FileItem } from './content.ts';

/*
 * The figures of groups (sex, fifths of deprivation, …) as a table of codes: a row for each place, band, group, item and
 * answer, everybody among them. There are hundreds of thousands, so words stand in the codebook and in the other files.
 */
const COLUMNS = [
  'place',
  'band',
  'group',
  'item',
  'state',
  'option',
  'share_percent',
  'low_percent',
  'high_percent',
  'count',
  'base',
  'one_school',
  'mean_score',
  'release',
] as const;

type Row = (string | number | null)[];

const HIDDEN: Row = [null, null, null, null, null, null, null];

/** What is hidden is left empty, and has a row like everything else. */
export function groupsFile(content: FileContent): string {
  const rows = content.items.flatMap((of) =>
    of.wordings.flatMap((wording) => wording.bands.flatMap((band) => rowsOf(content, of, wording, band))),
  );
  return stringify([[...COLUMNS], ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

function rowsOf(content: FileContent, { item }: FileItem, wording: FileItem['wordings'][number], band: Band): Row[] {
  const { release } = content;
  // The whole hash would be as long as the rest of the row.
  const number = releaseNumber(release.sha256);
  const answers = answersOf(content, item, wording);
  return storedPlacesOf(release, item).flatMap((node) =>
    groupsAt(content, item.unlinked, node.id, band.id).flatMap((group) => {
      const table = release.table(node.id, band.id, item.id, group);
      if (item.kind === 'scale') {
        const mean = meanFigure(release, { node: node.id, band: band.id, item: item.id, group });
        const figures = mean ? [null, null, null, null, mean.base, mean.oneSchool ? 1 : 0, mean.mean] : HIDDEN;
        return [[node.id, band.id, group, item.id, 'answered', '', ...figures, number]];
      }
      return answers.map(({ state, option }): Row => {
        const count = state === 'answered' ? table?.counts[option] : table?.states[state];
        const figure = table && figureOf(release, table, count);
        const figures = figure
          ? [figure.share, figure.low, figure.high, count ?? null, figure.base, figure.oneSchool ? 1 : 0, null]
          : HIDDEN;
        return [node.id, band.id, group, item.id, state, option, ...figures, number];
      });
    }),
  );
}

/** What was asked without the school knows no groups. */
function groupsAt({ release }: FileContent, unlinked: boolean, node: string, band: string): string[] {
  return unlinked ? [''] : release.groups(node, band);
}
