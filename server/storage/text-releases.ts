import { openTextRelease, type SealedTextRelease, type TextReleaseContent } from '../core/texts/text-release.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { sha256 } from './releases.ts';
import { endSorting } from './text-sorting.ts';

/** What is known of a text release besides its themes and quotes. */
export interface TextReleaseEntry {
  id: string;
  waveId: string;
  waveName: string;
  /** The release of the same wave that its shares are read against. */
  releaseId: string;
  madeAt: string;
  madeBy: string;
  sha256: string;
  /** When it was approved, which publishes it; null while it waits. */
  approvedAt: string | null;
}

/** Themes and quotes, frozen. One text release a wave; it never changes. */
export interface TextReleases {
  /** 'done-already' if the wave has one. */
  add(
    of: { waveId: string; releaseId: string },
    sealed: SealedTextRelease,
    madeBy: string,
    at: string,
  ): Promise<{ id: string } | 'done-already'>;
  /** An entry of an authority. */
  find(id: string, authorityId: string): Promise<TextReleaseEntry | undefined>;
  ofWave(waveId: string): Promise<TextReleaseEntry | undefined>;
  /** Themes and quotes, approved or not, for whoever approves. @throws if they were changed in the database */
  open(id: string): Promise<TextReleaseContent | undefined>;
  /** What was approved for a release. @throws as `open` does */
  openPublished(releaseId: string): Promise<{ entry: TextReleaseEntry; content: TextReleaseContent } | undefined>;
  /** Approves, which publishes and ends the sorting: of what it was made from nothing stays. */
  approve(id: string, approvedBy: string, at: string): Promise<'approved' | 'own-work' | 'done-already'>;
  /** Takes back one that nobody approved, so that another one can be made while the words are kept. */
  remove(id: string): Promise<'removed' | 'done-already'>;
}

export function createTextReleases({ query }: Database): TextReleases {
  const entries = query
    .selectFrom('text_releases')
    .innerJoin('waves', 'waves.id', 'text_releases.wave_id')
    .leftJoin('text_release_approvals', 'text_release_id', 'text_releases.id')
    .select(['text_releases.id', 'wave_id as waveId', 'waves.name as waveName', 'release_id as releaseId'])
    .select(['made_at as madeAt', 'made_by as madeBy', 'sha256', 'approved_at as approvedAt']);

  async function open(id: string): Promise<TextReleaseContent | undefined> {
    const row = await query
      .selectFrom('text_releases')
      .select(['content as text', 'sha256'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && openTextRelease(row, sha256);
  }

  return {
    open,
    async add({ waveId, releaseId }, { text, sha256: hash }, madeBy, at) {
      const id = newId();
      const added = await query
        .insertInto('text_releases')
        .values({
          id,
          wave_id: waveId,
          release_id: releaseId,
          made_at: at,
          made_by: madeBy,
          content: text,
          sha256: hash,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n ? { id } : 'done-already';
    },
    find: (id, authorityId) =>
      entries.where('text_releases.id', '=', id).where('authority_id', '=', authorityId).executeTakeFirst(),
    ofWave: (waveId) => entries.where('wave_id', '=', waveId).executeTakeFirst(),
    async openPublished(releaseId) {
      const entry = await entries
        .where('release_id', '=', releaseId)
        .where('approved_at', 'is not', null)
        .executeTakeFirst();
      const content = entry && (await open(entry.id));
      return content && { entry, content };
    },
    approve: (id, approvedBy, at) =>
      query.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('text_releases')
          .select(['wave_id', 'made_by'])
          .where('id', '=', id)
          .executeTakeFirst();
        if (!row) return 'done-already';
        if (row.made_by === approvedBy) return 'own-work';
        const approved = await trx
          .insertInto('text_release_approvals')
          .values({ text_release_id: id, approved_at: at, approved_by: approvedBy })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (approved.numInsertedOrUpdatedRows !== 1n) return 'done-already';
        await endSorting(trx, row.wave_id, at);
        return 'approved';
      }),
    remove: (id) =>
      query.transaction().execute(async (trx) => {
        const approved = trx
          .selectFrom('text_release_approvals')
          .select('approved_at')
          .where('text_release_id', '=', id);
        if (await approved.executeTakeFirst()) return 'done-already';
        const removed = await trx.deleteFrom('text_releases').where('id', '=', id).executeTakeFirst();
        return removed.numDeletedRows === 1n ? 'removed' : 'done-already';
      }),
  };
}
