import { hash } from 'node:crypto';
import type { AuditReport } from '../core/disclosure/audit-report.ts';
import { Release } from '../core/disclosure/release.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What is known of a release besides its figures. */
export interface ReleaseEntry {
  id: string;
  waveId: string;
  waveName: string;
  madeAt: string;
  madeBy: string | null;
  sha256: string;
  /** When it was approved, which publishes it; null while it waits. */
  approvedAt: string | null;
  approvedBy: string | null;
  /** The release that it corrects, and why; null where it is the first of its wave. */
  corrects: string | null;
  reason: string | null;
  /** The release that stands in its place; null of the newest. */
  supersededBy: string | null;
  /** When it was turned down; only corrections are. */
  refusedAt: string | null;
}

export interface Releases {
  /**
   * Stores a release with the audit that it was made under.
   * @param of the id of the job that made it, if one did; else it gets a new one
   */
  add(
    waveId: string,
    release: Release,
    madeBy: string | null,
    at: string,
    of?: { id?: string; audit?: AuditReport },
  ): Promise<string>;
  /**
   * Approves, which publishes; a correction takes the place of the release that it corrects.
   * 'done-already' if it was approved or turned down before, or what it corrects was replaced.
   */
  approve(id: string, approvedBy: string | null, at: string): Promise<'approved' | 'done-already'>;
  entry(id: string): Promise<ReleaseEntry | undefined>;
  /** All releases of an authority, newest first, approved or not. */
  list(authorityId: string): Promise<ReleaseEntry[]>;
  /** The figures of any release, for its approver. Checked against its hash. */
  open(id: string): Promise<Release | undefined>;
  /** How a release was made safe; undefined where that was not kept. Checked against its hash. */
  audit(id: string): Promise<AuditReport | undefined>;
  /**
   * The figures of an approved release. Everything that is shown comes from here. A replaced one is for what was quoted
   * from it while it stood; its own addresses show nothing.
   */
  openPublished(id: string): Promise<{ entry: ReleaseEntry; release: Release } | undefined>;
  /**
   * Published releases of an authority that no other one has replaced, the wave that began last first. Those of waves
   * that ask about a reply come after all others: what they say is of that reply, and not how young people are.
   */
  published(authorityId: string): Promise<ReleaseEntry[]>;
}

/** SHA-256 of a text as hexadecimal digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** The release that stands in the place of one by now, over all corrections since; undefined if it stands itself. */
export function successorOf(list: readonly ReleaseEntry[], id: string): string | undefined {
  const next = list.find((entry) => entry.id === id)?.supersededBy ?? undefined;
  return next === undefined ? undefined : (successorOf(list, next) ?? next);
}

/** Opened releases kept in memory: they never change, so opening one again costs nothing. */
const KEPT = 8;

export function createReleases({ query }: Database): Releases {
  const opened = new Map<string, Release>();
  const entries = query
    .selectFrom('releases')
    .innerJoin('waves', 'waves.id', 'releases.wave_id')
    .leftJoin('release_approvals', 'release_approvals.release_id', 'releases.id')
    .leftJoin('release_corrections', 'release_corrections.release_id', 'releases.id')
    .leftJoin('release_successions', 'superseded_id', 'releases.id')
    .leftJoin('release_refusals', 'release_refusals.release_id', 'releases.id')
    .select([
      'releases.id',
      'wave_id as waveId',
      'waves.name as waveName',
      'made_at as madeAt',
      'made_by as madeBy',
      'sha256',
      'approved_at as approvedAt',
      'approved_by as approvedBy',
      'corrects_id as corrects',
      'reason',
      'successor_id as supersededBy',
      'refused_at as refusedAt',
    ]);

  async function open(id: string): Promise<Release | undefined> {
    const known = opened.get(id);
    if (known) return known;
    const row = await query.selectFrom('releases').select(['cube', 'sha256']).where('id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const release = Release.read(row.cube, row.sha256, sha256);
    const oldest = opened.size >= KEPT ? opened.keys().next().value : undefined;
    if (oldest !== undefined) opened.delete(oldest);
    opened.set(id, release);
    return release;
  }

  const entry = (id: string) => entries.where('releases.id', '=', id).executeTakeFirst();

  return {
    open,
    entry,
    async add(waveId, release, madeBy, at, { id = newId(), audit } = {}) {
      await query.transaction().execute(async (trx) => {
        await trx
          .insertInto('releases')
          .values({ id, wave_id: waveId, made_at: at, made_by: madeBy, cube: release.text, sha256: release.sha256 })
          .execute();
        if (!audit) return;
        const report = JSON.stringify(audit);
        await trx
          .insertInto('release_audits')
          .values({ release_id: id, report, sha256: sha256(report) })
          .execute();
      });
      return id;
    },
    async audit(id) {
      const row = await query.selectFrom('release_audits').selectAll().where('release_id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const found = sha256(row.report);
      if (found !== row.sha256) {
        throw new Error(
          `A stored audit has the hash ${found}, expected ${row.sha256}: it was changed. Restore it from a backup.`,
        );
      }
      return JSON.parse(row.report) as AuditReport;
    },
    async approve(id, approvedBy, at) {
      try {
        return await query.transaction().execute(async (trx) => {
          const correction = await trx
            .selectFrom('release_corrections')
            .leftJoin('release_refusals', 'release_refusals.release_id', 'release_corrections.release_id')
            .select(['corrects_id', 'refused_at'])
            .where('release_corrections.release_id', '=', id)
            .executeTakeFirst();
          if (correction?.refused_at) return 'done-already';
          await trx
            .insertInto('release_approvals')
            .values({ release_id: id, approved_at: at, approved_by: approvedBy })
            .execute();
          if (correction) {
            await trx
              .insertInto('release_successions')
              .values({ superseded_id: correction.corrects_id, successor_id: id })
              .execute();
          }
          return 'approved';
        });
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
    },
    list: (authorityId) => entries.where('authority_id', '=', authorityId).orderBy('made_at', 'desc').execute(),
    async openPublished(id) {
      const found = await entry(id);
      if (!found?.approvedAt) return undefined;
      const release = await open(id);
      return release && { entry: found, release };
    },
    published: (authorityId) =>
      entries
        .where('authority_id', '=', authorityId)
        .where('approved_at', 'is not', null)
        .where('successor_id', 'is', null)
        .orderBy((of) =>
          of.exists(of.selectFrom('wave_replies').select('reply_id').whereRef('wave_replies.wave_id', '=', 'waves.id')),
        )
        .orderBy('waves.starts_on', 'desc')
        .orderBy('made_at', 'desc')
        .execute(),
  };
}
