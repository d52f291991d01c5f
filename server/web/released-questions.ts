import { RESULT_READERS } from '../core/roles.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import { questionsOf } from '../core/survey/validate.ts';
import type { Database } from '../storage/database.ts';
import { createReleases } from '../storage/releases.ts';
import type { SurveyVersion } from '../storage/surveys.ts';
import { createWaves } from '../storage/waves.ts';
import type { SignedIn } from './access.ts';
import { createReadableReleases } from './readable-releases.ts';

/** A page of results about a question. */
export interface ReleasedQuestion {
  waveName: string;
  href: string;
  /** The row or option of the question that it is about; null where it is about all of it. */
  part: string | null;
  /** The indicator that is worked out from it; null where it is the question itself. */
  indicator: string | null;
}

export interface ReleasedQuestions {
  /**
   * What published releases of somebody's authority say about the questions of a version, the newest wave first, by
   * question. Nothing for whoever does not read results.
   */
  ofVersion(me: SignedIn, version: SurveyVersion): Promise<Map<string, ReleasedQuestion[]>>;
}

type ReleasedItem = Pick<ReleasedQuestion, 'part' | 'indicator'> & { id: string; question: string };

/** Which results are about which questions, as links need it. */
export function createReleasedQuestions(database: Database): ReleasedQuestions {
  const releases = createReleases(database);
  const waves = createWaves(database);
  // A release never changes and an area does not change what it asks, so lists of items are kept, and figures let go.
  const kept = new Map<string, Map<string, ReleasedItem[]>>();

  /** What a release has pages about, by the version that was asked. */
  async function itemsOf(me: SignedIn, releaseId: string): Promise<Map<string, ReleasedItem[]>> {
    const known = kept.get(releaseId);
    if (known) return known;
    const opened = await createReadableReleases(database).open(releaseId, me);
    const found = new Map<string, ReleasedItem[]>();
    for (const item of opened?.release.items ?? []) {
      if (item.kind !== 'question' && item.kind !== 'indicator') continue;
      const about = {
        ...{ id: item.id, question: item.question },
        part: item.kind === 'indicator' ? null : item.part,
        indicator: item.kind === 'indicator' ? item.id : null,
      };
      for (const versionId of new Set(Object.values(item.versions)))
        found.set(versionId, [...(found.get(versionId) ?? []), about]);
    }
    kept.set(releaseId, found);
    return found;
  }

  return {
    async ofVersion(me, { id, definition }) {
      const found = new Map<string, ReleasedQuestion[]>();
      if (!RESULT_READERS.some((role) => me.roles.includes(role))) return found;
      // What somebody wrote has no page of figures.
      const written = new Set(
        questionsOf(definition)
          .filter(asksForWords)
          .map((question) => question.id),
      );
      for (const { id: releaseId, waveId, waveName } of await releases.published(me.authorityId)) {
        // Opening a release is dear, and most waves asked other versions.
        if (!(await waves.find(waveId))?.versionIds.includes(id)) continue;
        for (const { id: itemId, question, part, indicator } of (await itemsOf(me, releaseId)).get(id) ?? []) {
          if (written.has(question)) continue;
          const href = `/results/${encodeURIComponent(releaseId)}/items/${encodeURIComponent(itemId)}`;
          found.set(question, [...(found.get(question) ?? []), { waveName, href, part, indicator }]);
        }
      }
      return found;
    },
  };
}

/** Where a question stands in the version that asked it. */
export function questionHref(versionId: string, questionId: string): string {
  return `/studio/versions/${encodeURIComponent(versionId)}#asked-${encodeURIComponent(questionId)}`;
}
