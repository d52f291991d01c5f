import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { optionFigure, type Figure } from '../../core/statistics/figure.ts';
import { partWords } from '../../core/statistics/variable-words.ts';
import type { PlaceWheelQuestion } from '../../core/survey/kinds/place-wheel.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { itemAddress, METHOD, releaseAddress } from '../addresses.ts';
import type { AskedByBand, AskedVersionItem } from '../asked.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { figureNotes } from '../item-page.ts';
import { itemWords } from '../words.ts';
import { hiddenAddress, notAskedAddress, wheelAddress } from './addresses.ts';
import { placeNavigation, type ChosenPlace, type PlaceNavigation } from './places.ts';
import { wheelPicture, type WheelPicture } from './wheel-picture.ts';

export interface WheelPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  /** Null where the release asked for no points at all. */
  choices: PlaceNavigation | null;
  wheels: Wheel[];
  notes: string[];
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

/** One question in points, as a band was asked it. */
interface Wheel {
  question: string;
  language: string;
  caption: string;
  /** Steps in their order, in words. */
  steps: string[];
  /** Columns beside the theme. */
  span: number;
  themes: Theme[];
  picture: WheelPicture & { ringWords: string[] };
  pictureLabel: string;
}

interface Theme {
  number: string;
  name: string;
  href: string;
  /** Share of each step; null hides it. */
  shares: (string | null)[];
  good: string | null;
  tags: string[];
}

/** A theme with its figures, before it is put into words. */
interface ThemeFigures {
  item: CubeItem;
  askedNow: AskedVersionItem;
  figures: (Figure | undefined)[];
  /** Whole per cent of the good steps together; null where one of them is hidden. */
  good: number | null;
}

/** The steps that say a theme is good: the best of three; of seven, those above the middle. */
const GOOD_STEPS: Record<PlaceWheelQuestion['points'], readonly string[]> = { 3: ['3'], 7: ['5', '6', '7'] };

/** Bands that gave points to the themes of a place. */
export function wheelBands(release: Release, asked: ReadonlyMap<string, AskedByBand>): Band[] {
  return release.bands.filter((band) => themesOf(release, asked, band).length > 0);
}

export function wheelPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  { place, band }: ChosenPlace,
): WheelPage {
  const where = isolated(language, place.name);
  const bands = wheelBands(release, asked);
  const themes = band ? themesOf(release, asked, band) : [];
  const questions = [...new Set(themes.map(({ item }) => item.question))];
  const wheels = questions.flatMap((question) => {
    const own = themes.filter(({ item }) => item.question === question);
    return band ? (wheelOf(language, { entry, release, place, band }, own) ?? []) : [];
  });
  return {
    title: language.say('views', 'wheelTitle', { place: where }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: band
      ? language.say('views', 'wheelLead', { place: where, band: isolated(language, bandName(band)) })
      : language.words.views.wheelNone,
    choices: band
      ? placeNavigation(language, { place, band, bands, release }, (wishes) => wheelAddress(entry.id, wishes))
      : null,
    wheels: wheels.map(({ wheel }) => wheel),
    notes: band ? notes(language, band, wheels) : [],
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

interface AskedTheme {
  item: CubeItem;
  askedNow: AskedVersionItem;
}

function themesOf(release: Release, asked: ReadonlyMap<string, AskedByBand>, band: Band): AskedTheme[] {
  return release.items.flatMap((item) => {
    const askedNow = item.kind === 'question' ? asked.get(item.id)?.get(band.id) : undefined;
    return askedNow?.question.kind === 'place-wheel' ? [{ item, askedNow }] : [];
  });
}

function wheelOf(
  language: Language,
  where: { entry: ReleaseEntry; release: Release; place: LatticeNode; band: Band },
  themes: readonly AskedTheme[],
): { wheel: Wheel; oneSchool: boolean } | undefined {
  const [first] = themes;
  if (!first || first.askedNow.question.kind !== 'place-wheel') return undefined;
  const { question } = first.askedNow;
  const goodSteps = GOOD_STEPS[question.points];
  const { options, language: of } = itemWords(language, first.askedNow);
  const text = first.askedNow.words.get(of);
  const figures = themes.map((theme) => figuresOf(where, theme, goodSteps));
  const picture = wheelPicture(
    figures.map(({ good }) => good),
    language.direction === 'rtl',
  );
  const wheel: Wheel = {
    question: text?.text ?? question.id,
    language: of,
    caption: language.say('views', question.points === 3 ? 'wheelCaptionThree' : 'wheelCaptionSeven', {
      band: isolated(language, bandName(where.band)),
      good: goodWords(language, options, goodSteps),
    }),
    steps: options.map(({ words }) => words),
    span: options.length + 2,
    themes: figures.map((theme, index) => themeRow(language, where, theme, index)),
    picture: { ...picture, ringWords: picture.rings.map(({ percent }) => language.percent(percent / 100)) },
    pictureLabel: language.words.views.wheelPictureLabel,
  };
  return { wheel, oneSchool: figures.some((theme) => theme.figures.some((figure) => figure?.oneSchool)) };
}

/** The good steps by their words; of seven, which have words at their ends alone, by their numbers. */
function goodWords(
  language: Language,
  options: readonly { code: string; words: string }[],
  goodSteps: readonly string[],
): string {
  const [only, ...others] = goodSteps;
  if (others.length === 0) return options.find(({ code }) => code === only)?.words ?? '';
  return new Intl.ListFormat(language.code, { type: 'disjunction' }).format(goodSteps);
}

function figuresOf(
  { release, place, band }: { release: Release; place: LatticeNode; band: Band },
  { item, askedNow }: AskedTheme,
  goodSteps: readonly string[],
): ThemeFigures {
  const figureOf = (code: string) => optionFigure(release, { node: place.id, band: band.id, item: item.id }, code);
  const good = goodSteps.map(figureOf);
  const shown = good.filter((figure) => figure !== undefined);
  return {
    item,
    askedNow,
    figures: askedNow.variable.codes.map(figureOf),
    // Added up as they are printed, so that it says nothing that the table does not.
    good:
      shown.length < good.length
        ? null
        : Math.min(
            100,
            shown.reduce((sum, { share }) => sum + share, 0),
          ),
  };
}

function themeRow(
  language: Language,
  { entry, place, band }: { entry: ReleaseEntry; place: LatticeNode; band: Band },
  { item, askedNow, figures, good }: ThemeFigures,
  index: number,
): Theme {
  const words = itemWords(language, askedNow);
  const text = askedNow.words.get(words.language);
  const option = askedNow.variable.codes.at(-1) ?? '';
  const chosen = place.kind === 'authority' ? undefined : place.id;
  const first = figures.find((figure) => figure !== undefined);
  return {
    number: String(index + 1),
    name: text ? partWords(askedNow.variable, text) : item.id,
    href: itemAddress({ release: entry.id, item: item.id, band: band.id, option, place: chosen, earlier: undefined }),
    shares: figures.map((figure) => (figure ? language.percent(figure.share / 100) : null)),
    good: good === null ? null : language.percent(good / 100),
    tags: first ? figureNotes(language, first) : [],
  };
}

function notes(language: Language, band: Band, wheels: readonly { oneSchool: boolean }[]): string[] {
  const { views, results } = language.words;
  const oneSchool = wheels.some((wheel) => wheel.oneSchool);
  return [
    views.wheelNoteGood,
    views.wheelNoteHidden,
    ...(oneSchool ? [language.say('results', 'noteOneSchool', { band: isolated(language, bandName(band)) })] : []),
    results.noteShared,
  ];
}
