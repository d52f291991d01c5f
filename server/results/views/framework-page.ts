import { allows } from '../../core/disclosure/claims.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { optionFigure } from '../../core/statistics/figure.ts';
import { allTagsOf, FRAMEWORKS, tagsIn, type Framework } from '../../core/survey/frameworks.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { Language } from '../../web/language.ts';
import { METHOD, plainItemAddress, releaseAddress } from '../addresses.ts';
import type { AskedByBand } from '../asked.ts';
import { hasPage, optionsOf } from '../choose.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import type { Chip } from '../navigation.ts';
import { itemWords } from '../words.ts';
import { frameworkAddress, notAskedAddress, scoresAddress } from './addresses.ts';
import { tagGathers, tagName } from './tag-words.ts';

export interface FrameworkPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  /** Of each table. */
  caption: string;
  notes: string[];
  frameworks: Chip[];
  bands: string[];
  /** Columns of a table. */
  span: number;
  contents: { href: string; words: string }[];
  groups: TagGroup[];
  /** Names of the tags that nothing carries. */
  nothing: string[];
  /** Questions without any tag of this framework. */
  outside: { name: string; language: string; href: string }[];
  /** Empty where nobody was asked by a list. */
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

interface TagGroup {
  id: string;
  title: string;
  /** What an outcome gathers; else empty. */
  about: string;
  indicators: (Named & { cells: ShareCell[] })[];
  questions: (Named & { answers: { name: string; cells: ShareCell[] }[] })[];
  /** Questions that are answered in words, which are read and not counted. */
  written: Named[];
}

interface Named {
  name: string;
  language: string;
  /** Empty for what has no page. */
  href: string;
}

/** A share of one band in the whole authority. */
export type ShareCell = { state: 'shown'; words: string } | { state: 'hidden' } | { state: 'not-asked' };

/** An item with its rows, made once however many tags it carries. */
interface ReadyItem extends Named {
  kind: CubeItem['kind'] | 'written';
  tags: string[];
  answers: { name: string; cells: ShareCell[] }[];
}

export function frameworkPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  framework: Framework,
  nameOf: (band: Band) => string = bandName,
): FrameworkPage {
  const { views, open } = language.words;
  const isOpen = release.reached === 'open';
  const items = release.items.flatMap((item) =>
    readyItem(language, { entry, release, framework }, item, asked.get(item.id)),
  );
  const tags = tagsInOrder(framework, items);
  const carried = tags.filter((tag) => items.some((item) => item.tags.includes(tag)));
  const groups = carried.map((tag) => tagGroup(language, framework, tag, items));
  return {
    title: language.words.views[`framework-${framework}`],
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: isOpen ? views[`framework-about-${framework}`] : views[`framework-lead-${framework}`],
    caption: isOpen ? open.frameworkCaption : views.frameworkCaption,
    notes: [isOpen ? open.frameworkShares : views.frameworkNoteShares, views.frameworkNoteSeveral],
    frameworks: FRAMEWORKS.map((one) => ({
      href: frameworkAddress(entry.id, one),
      words: language.words.views[`framework-${one}`],
      current: one === framework,
    })),
    bands: release.bands.map(nameOf),
    span: release.bands.length,
    contents: groups.map(({ id, title }) => ({ href: `#${id}`, words: title })),
    groups,
    nothing: tags.filter((tag) => !carried.includes(tag)).map((tag) => tagName(language, framework, tag)),
    outside: items
      .filter((item) => item.tags.length === 0)
      .map(({ name, language: of, href }) => ({ name, language: of, href })),
    notAskedHref: allows(release, 'not-asked') ? notAskedAddress(entry.id) : '',
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

/** A framework's own tags, then what is carried besides: articles after the rights. */
function tagsInOrder(framework: Framework, items: readonly ReadyItem[]): string[] {
  const own = allTagsOf(framework);
  const others = new Set(items.flatMap(({ tags }) => tags).filter((tag) => !own.includes(tag)));
  return [...own, ...[...others].toSorted((a, b) => Number(a) - Number(b))];
}

function tagGroup(language: Language, framework: Framework, tag: string, items: readonly ReadyItem[]): TagGroup {
  const carrying = items.filter((item) => item.tags.includes(tag));
  const of = (kind: ReadyItem['kind']) => carrying.filter((item) => item.kind === kind);
  return {
    id: `tag-${tag}`,
    title: tagName(language, framework, tag),
    about: tagGathers(language, framework, tag),
    indicators: of('indicator').map((item) => ({ ...item, cells: item.answers[0]?.cells ?? [] })),
    questions: of('question'),
    written: of('written'),
  };
}

function readyItem(
  language: Language,
  { entry, release, framework }: { entry: ReleaseEntry; release: Release; framework: Framework },
  item: CubeItem,
  byBand: AskedByBand | undefined,
): ReadyItem[] {
  const askedOf = [...(byBand?.values() ?? [])];
  const [first] = askedOf;
  if (!byBand || !first) return [];
  const words = itemWords(language, first);
  const written = !hasPage(first);
  // The words of the first band that was offered an answer stand for those of all.
  const names = new Map(
    askedOf.toReversed().flatMap((asked) => itemWords(language, asked).options.map((option) => [option.code, option])),
  );
  return [
    {
      kind: written ? 'written' : item.kind,
      name: words.name,
      language: words.language,
      href: written ? '' : addressOf(entry.id, item),
      tags: [...new Set(askedOf.flatMap(({ question }) => tagsIn(framework, question.tags)))],
      answers: item.options.map((code) => ({
        name: names.get(code)?.words ?? code,
        cells: release.bands.map((band) => shareCell(language, release, { item, band, code }, byBand)),
      })),
    },
  ];
}

/** Means of scales stand on a page of their own. */
function addressOf(release: string, { id, kind }: CubeItem): string {
  return kind === 'scale' ? scoresAddress(release) : plainItemAddress(release, id);
}

function shareCell(
  language: Language,
  release: Release,
  { item, band, code }: { item: CubeItem; band: Band; code: string },
  byBand: AskedByBand,
): ShareCell {
  const asked = byBand.get(band.id);
  if (!asked || !optionsOf(item, asked).includes(code)) return { state: 'not-asked' };
  const figure = optionFigure(release, { node: 'authority', band: band.id, item: item.id }, code);
  return figure ? { state: 'shown', words: language.percent(figure.share / 100) } : { state: 'hidden' };
}
