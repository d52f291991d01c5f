import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { canonical } from '../core/canonical.ts';
import type { SurveyDefinition } from '../core/survey/definition.ts';
import type { SurveyText } from '../core/survey/text.ts';
import type { Slot } from '../core/survey/kinds/kind.ts';
import { layoutOf, unlinkedSections } from '../core/survey/slots.ts';
import { undeclaredFacts } from '../core/survey/version-changes.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import type { Tables } from './tables.ts';
import { insertChanges, type DeclaredChanges } from './version-changes.ts';

/** An immutable published state of a survey. */
export interface SurveyVersion {
  id: string;
  surveyId: string;
  family: string;
  /** 1, 2, 3 … within its survey. */
  number: number;
  /** SHA-256 over structure and all words. */
  contentHash: string;
  definition: SurveyDefinition;
  layout: Slot[];
  /** The layouts of the records of unlinked sections, by section. */
  unlinkedLayouts: Readonly<Record<string, Slot[]>>;
  publishedAt: string;
}

/** Structure and words of a survey; words by language. */
export interface SurveyContent {
  definition: SurveyDefinition;
  texts: SurveyText[];
  /** What was declared of its changes against the version before; what nobody declared follows from the content. */
  changes?: DeclaredChanges;
}

export interface Surveys {
  /**
   * Publishes content as the next version. Its faults must have been looked for before.
   * @param alongside further rows that belong to the same publication: all of it is written or nothing
   */
  publish(
    content: SurveyContent,
    publishedBy: string | null,
    at: string,
    alongside?: (trx: Transaction<Tables>, version: SurveyVersion) => Promise<void>,
  ): Promise<SurveyVersion>;
  find(versionId: string): Promise<SurveyVersion | undefined>;
  /** The words of a version, by language. */
  texts(versionId: string): Promise<Map<string, SurveyText>>;
  /** The newest version of every survey of a family, by survey id. */
  newestOfFamily(family: string): Promise<SurveyVersion[]>;
  newestOf(surveyId: string): Promise<SurveyVersion | undefined>;
  families(): Promise<string[]>;
}

export function createSurveys({ query }: Database): Surveys {
  const versions = query
    .selectFrom('survey_versions')
    .select([
      'id',
      'survey_id',
      'family',
      'number',
      'content_hash',
      'definition',
      'layout',
      'unlinked_layouts',
      'published_at',
    ]);

  async function newestOf(surveyId: string): Promise<SurveyVersion | undefined> {
    const row = await versions.where('survey_id', '=', surveyId).orderBy('number', 'desc').limit(1).executeTakeFirst();
    return row && toVersion(row);
  }

  async function textsOf(versionId: string): Promise<Map<string, SurveyText>> {
    const rows = await query
      .selectFrom('survey_texts')
      .select(['language', 'text'])
      .where('version_id', '=', versionId)
      .orderBy('language')
      .execute();
    return new Map(rows.map((row) => [row.language, JSON.parse(row.text) as SurveyText]));
  }

  /** What follows from the content of two versions, where nobody declared anything. */
  async function changesSince(before: SurveyVersion, after: SurveyContent): Promise<DeclaredChanges> {
    const earlier = { definition: before.definition, texts: [...(await textsOf(before.id)).values()] };
    return { facts: undeclaredFacts(earlier, after), language: null, proposals: new Map() };
  }

  return {
    newestOf,
    async publish(content, publishedBy, at, alongside) {
      const { definition, texts } = content;
      const before = await newestOf(definition.id);
      const changes = before && (content.changes ?? (await changesSince(before, content)));
      const version: SurveyVersion = {
        id: newId(),
        surveyId: definition.id,
        family: definition.family,
        number: (before?.number ?? 0) + 1,
        contentHash: contentHash(content),
        definition,
        layout: layoutOf(definition),
        unlinkedLayouts: Object.fromEntries(
          unlinkedSections(definition).map((section) => [section, layoutOf(definition, section)]),
        ),
        publishedAt: at,
      };
      await query.transaction().execute(async (trx) => {
        await trx
          .insertInto('survey_versions')
          .values({
            id: version.id,
            survey_id: version.surveyId,
            family: version.family,
            number: version.number,
            content_hash: version.contentHash,
            definition: JSON.stringify(definition),
            layout: JSON.stringify(version.layout),
            unlinked_layouts: JSON.stringify(version.unlinkedLayouts),
            published_at: at,
            published_by: publishedBy,
          })
          .execute();
        for (const text of texts) {
          await trx
            .insertInto('survey_texts')
            .values({
              version_id: version.id,
              language: text.language,
              status: text.status,
              text: JSON.stringify(text),
            })
            .execute();
        }
        if (before && changes) {
          const hashes = { before: before.contentHash, after: version.contentHash };
          await insertChanges(trx, version.id, changes, hashes);
        }
        await alongside?.(trx, version);
      });
      return version;
    },
    async find(versionId) {
      const row = await versions.where('id', '=', versionId).executeTakeFirst();
      return row && toVersion(row);
    },
    texts: textsOf,
    async newestOfFamily(family) {
      const rows = await versions.where('family', '=', family).orderBy('survey_id').orderBy('number').execute();
      // Later numbers replace earlier ones.
      return [...new Map(rows.map((row) => [row.survey_id, toVersion(row)])).values()];
    },
    async families() {
      const rows = await query.selectFrom('survey_versions').select('family').distinct().orderBy('family').execute();
      return rows.map((row) => row.family);
    },
  };
}

function toVersion(row: {
  id: string;
  survey_id: string;
  family: string;
  number: number;
  content_hash: string;
  definition: string;
  layout: string;
  unlinked_layouts: string;
  published_at: string;
}): SurveyVersion {
  return {
    id: row.id,
    surveyId: row.survey_id,
    family: row.family,
    number: row.number,
    contentHash: row.content_hash,
    definition: JSON.parse(row.definition) as SurveyDefinition,
    layout: JSON.parse(row.layout) as Slot[],
    unlinkedLayouts: JSON.parse(row.unlinked_layouts) as Record<string, Slot[]>,
    publishedAt: row.published_at,
  };
}

/** The same content gives the same hash, in whatever order its keys and languages were written. */
export function contentHash({ definition, texts }: SurveyContent): string {
  const sorted = texts.toSorted((a, b) => (a.language < b.language ? -1 : 1));
  return hash('sha256', canonical({ definition, texts: sorted }), 'hex');
}
