import type { Release } from '../../core/disclosure/release.ts';
import { rateFigure } from '../../core/statistics/figure.ts';
import { bandName, STAGES } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { METHOD, releaseAddress } from '../addresses.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { hiddenAddress } from './addresses.ts';

export interface NotAskedPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  /** Children whom a survey in schools does not reach. */
  groups: { name: string; about: string }[];
  /** Stages and age bands that were asked nothing. */
  stages: string[];
  rates: { name: string; shown: { answered: string; notAnswered: string; low: boolean } | null }[];
  reading: string[];
  hiddenHref: string;
  methodHref: string;
  backHref: string;
}

/** A kind of place that a release may hold, by the beginning of its name; then special schools were asked. */
const SPECIAL = 'special';

const ALWAYS_LEFT_OUT = ['hospital', 'secure', 'home-taught', 'placed-elsewhere', 'opted-out'] as const;

/** Who is not in the figures: every release says so. */
export function notAskedPage(language: Language, entry: ReleaseEntry, release: Release): NotAskedPage {
  const { views } = language.words;
  const groups = [...(asksSpecialSchools(release) ? [] : (['special-schools'] as const)), ...ALWAYS_LEFT_OUT];
  return {
    title: views.notAskedTitle,
    wide: true,
    facts: releaseFacts(language, entry, release),
    groups: groups.map((group) => ({ name: views[`left-out-${group}`], about: views[`left-out-about-${group}`] })),
    stages: stageWords(language, release),
    rates: release.bands.map((band) => ({
      name: bandName(band),
      shown: rateWords(language, release, band.id),
    })),
    reading: [views.notAskedReadPupils, views.notAskedReadMissing, views.notAskedReadRate, views.notAskedReadInstead],
    hiddenHref: hiddenAddress(entry.id),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

function asksSpecialSchools({ nodes }: Release): boolean {
  return nodes.some(({ kind }) => kind.startsWith(SPECIAL));
}

function stageWords(language: Language, release: Release): string[] {
  const list = new Intl.ListFormat(language.code, { type: 'conjunction' });
  const inBands = release.bands.flatMap(({ stages }) => stages);
  const stages = STAGES.filter((stage) => !inBands.includes(stage)).map((stage) => isolated(language, stage));
  const idle = release.bands
    .filter(({ id }) => release.items.every(({ versions }) => versions[id] === undefined))
    .map((band) => isolated(language, bandName(band)));
  return [
    stages.length > 0
      ? language.say('views', 'notAskedStages', { stages: list.format(stages) })
      : language.words.views.notAskedNoStages,
    ...(idle.length > 0 ? [language.say('views', 'notAskedBands', { bands: list.format(idle) })] : []),
    language.words.views.notAskedParts,
  ];
}

function rateWords(language: Language, release: Release, band: string): NotAskedPage['rates'][number]['shown'] {
  const rate = rateFigure(release, 'authority', band);
  if (!rate) return null;
  return {
    answered: language.percent(rate.share / 100),
    notAnswered: language.percent((100 - rate.share) / 100),
    low: rate.low,
  };
}
