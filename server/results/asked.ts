import { variableIdOf, type CubeItem, type Release } from '../core/disclosure/release.ts';
import { wordsAsked } from '../core/statistics/variable-words.ts';
import type { AskedItem, PublishedItem } from '../core/statistics/waves.ts';
import type { Comparability } from '../core/survey/comparability.ts';
import { derivedVariables, derivedWords, SEVERAL_OUTCOMES } from '../core/survey/derived.ts';
import type { Variable } from '../core/survey/kinds.ts';
import { routeTo, type SurveyDefinition } from '../core/survey/definition.ts';
import type { Band } from '../core/survey/stage.ts';
import type { SurveyText } from '../core/survey/text.ts';
import { surveyVariables } from '../core/survey/validate.ts';
import type { Surveys, SurveyVersion } from '../storage/surveys.ts';
import type { VersionChangesStore } from '../storage/version-changes.ts';
import { bandItem } from './open/band-item.ts';

/** What was asked of each band, by band id; bands that were not asked have no entry. */
export type AskedByBand = ReadonlyMap<string, AskedVersionItem>;

/** An item as one survey version asked it of a band, with the words of that version. */
export interface AskedVersionItem extends AskedItem {
  versionId: string;
  definition: SurveyDefinition;
  variable: Variable;
  texts: ReadonlyMap<string, SurveyText>;
  /** The question whose answers lead to this one, asked of the same band; undefined where no route leads to it. */
  before: AskedVersionItem | undefined;
}

/** Reads what a release's items asked and in which words. */
export interface Questionnaire {
  /** An item's question and words for every band of the release that was asked. */
  ofItem(release: Release, item: CubeItem): Promise<AskedByBand>;
  /** The same for all items, by item id. */
  ofRelease(release: Release): Promise<Map<string, AskedByBand>>;
  /** The question that the bands of an open release are read from; nothing else is asked about it. */
  ofBands(release: Release): Promise<AskedVersionItem | undefined>;
}

interface ReadVersion {
  version: SurveyVersion;
  variables: ReadonlyMap<string, Variable>;
  texts: Map<string, SurveyText>;
  /** What its items are to those of earlier versions, by version number and item. */
  history: ReadonlyMap<number, ReadonlyMap<string, Comparability>>;
}

/** Published versions never change, so each is read from the database once. */
export function createQuestionnaire(surveys: Surveys, changes: Pick<VersionChangesStore, 'history'>): Questionnaire {
  const known = new Map<string, ReadVersion>();

  async function read(versionId: string): Promise<ReadVersion | undefined> {
    const before = known.get(versionId);
    if (before) return before;
    const [version, texts] = await Promise.all([surveys.find(versionId), surveys.texts(versionId)]);
    if (!version) return undefined;
    const all = [...surveyVariables(version.definition), ...derivedVariables(version.definition)];
    const variables = new Map(all.map((variable) => [variable.id, variable]));
    const history = await changes.history(version.surveyId, version.number);
    const found = { version, variables, texts, history };
    known.set(versionId, found);
    return found;
  }

  async function ofItem(release: Release, item: CubeItem): Promise<AskedByBand> {
    return item === bandItem(release) ? new Map() : byBand(release, item);
  }

  async function byBand(release: Release, item: CubeItem): Promise<AskedByBand> {
    const found = new Map<string, AskedVersionItem>();
    for (const band of release.bands) {
      const versionId = item.versions[band.id];
      const version = versionId === undefined ? undefined : await read(versionId);
      const asked = version && askedItem(item, band, version);
      if (asked) found.set(band.id, asked);
    }
    return found;
  }

  return {
    ofItem,
    async ofRelease(release) {
      const byItem = new Map<string, AskedByBand>();
      for (const item of release.items) byItem.set(item.id, await ofItem(release, item));
      return byItem;
    },
    async ofBands(release) {
      const item = bandItem(release);
      return item && (await byBand(release, item)).values().next().value;
    },
  };
}

function askedItem(item: CubeItem, band: Band, read: ReadVersion): AskedVersionItem | undefined {
  const { version, variables, texts } = read;
  const variable = variables.get(variableIdOf(item));
  if (!variable) return undefined;
  const { question, part } = variable;
  // A survey may be asked of a band, and one of its questions of older or younger stages only.
  if (question.stages && !question.stages.some((stage) => band.stages.includes(stage))) return undefined;
  const { definition } = version;
  const indicator = item.kind === 'indicator' ? definition.indicators.find(({ id }) => id === item.id) : undefined;
  const workedOut = item.kind === 'outcomes' || item.kind === 'scale' ? workedOutFrom(item.id, band, read) : undefined;
  const words = workedOut ? derivedWords(item.id, texts) : wordsAsked(definition, question, band, texts);
  const shared = { versionId: version.id, definition, texts };
  const leading = variables.get(routeTo(definition, question)?.question ?? '');
  const before = leading && {
    ...{
      ...shared,
      question: leading.question,
      part: null,
      variable: leading,
      indicator: undefined,
      before: undefined,
    },
    words: wordsAsked(definition, leading.question, band, texts),
  };
  const published = workedOut ? undefined : publishedItem(question.id, read);
  return { ...shared, question, part, variable, indicator, words, before, published, workedOut };
}

function publishedItem(id: string, { version, history }: ReadVersion): PublishedItem {
  const declared = [...history].flatMap(([number, items]) => {
    const comparability = items.get(id);
    return comparability ? [[number, comparability] as const] : [];
  });
  return { surveyId: version.surveyId, number: version.number, declared: new Map(declared) };
}

/** The questions that a count of poor outcomes or a scale is worked out from, as a band was asked them. */
function workedOutFrom(id: string, band: Band, read: ReadVersion): NonNullable<AskedItem['workedOut']> {
  const { version, variables, texts } = read;
  const { definition } = version;
  const scale = definition.scales?.find((one) => one.id === id);
  const outcomes = id === SEVERAL_OUTCOMES ? (definition.poorOutcomes ?? []) : [];
  const indicators = definition.indicators.filter((indicator) => outcomes.includes(indicator.id));
  const parts = scale
    ? scale.items.map(({ question }) => ({ id: question, indicator: undefined }))
    : indicators.map((indicator) => ({ id: indicator.question, indicator }));
  const from = parts.flatMap(({ id: variableId, indicator }): AskedItem[] => {
    const variable = variables.get(variableId);
    if (!variable) return [];
    const { question, part } = variable;
    const words = wordsAsked(definition, question, band, texts);
    return [{ question, part, indicator, words, published: publishedItem(question.id, read) }];
  });
  return { rule: scale ?? outcomes.length, from };
}
