import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { allows, type Claim } from '../core/disclosure/claims.ts';
import type { Release } from '../core/disclosure/release.ts';
import { RESULT_READERS } from '../core/roles.ts';
import { Fault, Superseded } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createReleases, successorOf, type ReleaseEntry } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createVersionChanges } from '../storage/version-changes.ts';
import { person } from '../web/access.ts';
import { createReadableReleases } from '../web/readable-releases.ts';
import type { Services } from '../web/services.ts';
import { createWaveKin } from '../web/wave-kin.ts';
import { createQuestionnaire, type Questionnaire } from './asked.ts';
import { earlierReleases } from './choose.ts';

/** Who reads results. */
export const READERS = RESULT_READERS;

/* What an address of results is made of. */
export const Id = Type.String({ maxLength: 60 });
export const PlaceId = Type.String({ maxLength: 120 });
/** A variable's id is that of its question, a dot and a code. */
export const ItemId = Type.String({ maxLength: 100 });

/** A release as somebody opened it. */
export interface OpenedRelease {
  entry: ReleaseEntry;
  /** All published releases of the authority, the wave that began last first. */
  published: ReleaseEntry[];
  release: Release;
}

/** What every page of results begins with and ends on: opening a release, and noting who looked. */
export interface Opening {
  published: (request: FastifyRequest) => Promise<ReleaseEntry[]>;
  /**
   * What whoever asks may see of a release: somebody bound to an area sees the authority and that area.
   * @throws Fault 'not-found' unless the release is published
   */
  open: (request: FastifyRequest, id: string) => Promise<Release>;
  /**
   * A published release of one's own authority, as far as one's area reaches, and all of them.
   * @param claim what it has to be good for
   * @throws Superseded if a correction stands in its place, and Fault 'not-found' for any other id, or a release that
   * does not allow the claim
   */
  openOwn: (request: FastifyRequest, id: string, claim?: Claim) => Promise<OpenedRelease>;
  /** @throws Superseded if an id is that of one's own release in whose place a correction stands */
  demandCurrent: (request: FastifyRequest, id: string) => Promise<void>;
  /** Releases of earlier waves that ask what this one asks, the newest first: another family is no earlier wave of it. */
  earlier: (request: FastifyRequest, opened: Omit<OpenedRelease, 'release'>) => Promise<ReleaseEntry[]>;
  questionnaire: Questionnaire;
  record: (request: FastifyRequest, action: AuditAction, subject: string) => Promise<void>;
}

export function createOpening({ database, clock }: Pick<Services, 'database' | 'clock'>): Opening {
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const audit = createAudit(database);
  const kin = createWaveKin(database);

  const published = (request: FastifyRequest) => releases.published(person(request).authorityId);

  async function open(request: FastifyRequest, id: string): Promise<Release> {
    const opened = await readable.open(id, person(request));
    if (!opened) throw new Fault('not-found', 'This release is not published.');
    return opened.release;
  }

  async function demandCurrent(request: FastifyRequest, id: string): Promise<void> {
    const successor = successorOf(await releases.list(person(request).authorityId), id);
    if (successor !== undefined) throw new Superseded(id, successor);
  }

  return {
    published,
    open,
    demandCurrent,
    openOwn: async (request, id, claim) => {
      const own = await published(request);
      const entry = own.find((one) => one.id === id);
      if (!entry) await demandCurrent(request, id);
      if (!entry) throw new Fault('not-found', 'No published release of this authority has this id.');
      const release = await open(request, id);
      if (claim && !allows(release, claim)) throw new Fault('not-found', 'This release has no such view.');
      return { entry, published: own, release };
    },
    earlier: async (request, { entry, published: all }) => {
      const kinOf = await kin.of(person(request).authorityId);
      return earlierReleases(
        all.filter((one) => kinOf(one.waveId) === kinOf(entry.waveId)),
        entry,
      );
    },
    questionnaire: createQuestionnaire(createSurveys(database), createVersionChanges(database)),
    record: (request, action, subject) =>
      audit.write({ at: clock(), accountId: person(request).accountId, action, subject }),
  };
}
