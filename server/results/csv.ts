import { stringify } from 'csv-stringify/sync';
import { optionFigure } from '../core/statistics/figure.ts';
import { bandName, type Band } from '../core/survey/stage.ts';
import type { CubeItem, Release } from '../core/disclosure/release.ts';
import type { Language } from '../web/language.ts';
import type { AskedVersionItem } from './asked.ts';
import { optionsOf, placesOf } from './choose.ts';
import { itemWords } from './words.ts';

/** Names of the columns: the same in every language, since programs read them. */
const COLUMNS = [
  'place_code',
  'place_name',
  'band',
  'item',
  'option',
  'option_words',
  'share_percent',
  'low_percent',
  'high_percent',
  'pupils_asked',
  'release_sha256',
  'wave',
  'one_school',
] as const;

/**
 * The shares of one item for one band as a file: a row for each place and option, what is hidden left empty.
 * Read from the release alone, with the same figures as its page.
 */
export function sharesFile(
  language: Language,
  view: { release: Release; item: CubeItem; band: Band; askedNow: AskedVersionItem },
): string {
  const { release, item, band, askedNow } = view;
  const words = new Map(itemWords(language, askedNow).options.map((option) => [option.code, option.words]));
  const rows = placesOf(release, item).flatMap((node) =>
    optionsOf(item, askedNow).map((option) => {
      const figure = optionFigure(release, { node: node.id, band: band.id, item: item.id }, option);
      return [
        node.code,
        node.name,
        bandName(band),
        item.id,
        option,
        words.get(option) ?? option,
        ...(figure ? [figure.share, figure.low, figure.high, figure.base] : ['', '', '', '']),
        release.sha256,
        release.wave.name,
        figure?.oneSchool ? 'yes' : '',
      ];
    }),
  );
  // Spreadsheets would run a cell that begins like a formula; the mark before it makes it text.
  return stringify([[...COLUMNS], ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

/** A name for the file in letters that every system can hold. */
export function sharesFileName(wave: string, item: string, band: string): string {
  const parts = ['heard', wave, item, band].map((part) => part.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, ''));
  return `${parts.filter((part) => part !== '').join('_')}.csv`;
}
