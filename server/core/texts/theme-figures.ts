import type { Release } from '../disclosure/release.ts';
import { countFigure, type Figure } from '../statistics/figure.ts';
import type { Band } from '../survey/stage.ts';
import type { TextReleaseContent, ThemeTitle } from './text-release.ts';

/** A quote as it is printed: words, their language and the band, and nothing else of whoever wrote them. */
export interface ShownQuote {
  band: Band;
  language: string;
  words: string;
}

/** The themes of one question as they are printed. */
export interface QuestionThemes {
  /** The question's id. */
  id: string;
  /** The bands that have columns, and the protected number of those asked; undefined where hidden. */
  bands: { band: Band; base: number | undefined }[];
  /** A figure for each of these bands; undefined where hidden, whatever the reason. */
  themes: { title: ThemeTitle; figures: (Figure | undefined)[]; quotes: ShownQuote[] }[];
}

/**
 * What a text release shows, read against the release of the same wave.
 * @throws if the text release was made of another release
 */
export function themeFigures(release: Release, content: TextReleaseContent): QuestionThemes[] {
  if (content.release !== release.sha256)
    throw new Error(
      `A text release belongs to the release ${content.release}, found ${release.sha256}. Open the release that it was made of.`,
    );
  return content.questions.map(({ id, themes }) => {
    const asked = release.bands.filter((band) => release.item(id)?.versions[band.id] !== undefined);
    return {
      id,
      bands: asked.map((band) => ({ band, base: release.table('authority', band.id, id)?.base ?? undefined })),
      themes: themes.map(({ title, counts, quotes }) => ({
        title,
        figures: asked.map((band) =>
          countFigure(release, { node: 'authority', band: band.id, item: id }, counts[band.id] ?? null),
        ),
        quotes: quotes.flatMap(({ band: bandId, ...quote }) => {
          const band = release.band(bandId);
          return band ? [{ ...quote, band }] : [];
        }),
      })),
    };
  });
}
