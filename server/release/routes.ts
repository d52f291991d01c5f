import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAnswerDeletions } from '../storage/answer-deletions.ts';
import { createAudit } from '../storage/audit.ts';
import { createReleases, successorOf } from '../storage/releases.ts';
import { createWaves } from '../storage/waves.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { Log } from '../web/log.ts';
import type { App, Services } from '../web/services.ts';
import { releaseHref } from './addresses.ts';
import { createApprovals } from './approval.ts';
import { auditRoutes } from './audit-routes.ts';
import { correctionFacts, correctionRoutes } from './correction-routes.ts';
import { jobsToShow, makingPage } from './job-pages.ts';
import { jobEventRoutes } from './job-event-routes.ts';
import { createReleaseJobs, type ReleaseJobs } from './jobs.ts';
import { releasePage, releasesPage } from './pages.ts';
import { textReleaseRoutes } from './text-routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Releases that are being made. */
    releaseJobs: ReleaseJobs;
  }
}

const Id = Type.String({ maxLength: 40 });
const NewRelease = Type.Object({ wave: Id }, { additionalProperties: false });
const WithRelease = Type.Object({ release: Id });

/** Making a release of a closed wave, and approving it, which publishes. Maker and approver differ. */
export async function releaseRoutes(app: App, services: Services, log: Log): Promise<void> {
  const { database, clock } = services;
  const jobs = createReleaseJobs(services, log);
  app.decorate('releaseJobs', jobs);
  app.addHook('onClose', () => jobs.stop());
  textReleaseRoutes(app, services);
  jobEventRoutes(app, services, jobs);
  auditRoutes(app, services, jobs);
  correctionRoutes(app, services, jobs);
  const releases = createReleases(database);
  const waves = createWaves(database);
  const audit = createAudit(database);
  const approvals = createApprovals(services);
  const deletions = createAnswerDeletions(database);
  const viewers = { config: { access: ['analyst', 'approver', 'auditor'] } } as const;

  async function ownRelease(me: SignedIn, id: string) {
    const entry = (await releases.list(me.authorityId)).find((candidate) => candidate.id === id);
    if (!entry) throw new Fault('not-found');
    return entry;
  }

  app.get('/release', viewers, async (request, reply) => {
    const me = person(request);
    const list = await releases.list(me.authorityId);
    const underWay = jobsToShow(await jobs.list(me.authorityId), list);
    const taken = new Set(
      [...list, ...underWay.filter(({ failedAt }) => failedAt === null)].map(({ waveId }) => waveId),
    );
    const closed = (await waves.list(me.authorityId)).filter((wave) => wave.state === 'closed');
    const unreleased = closed.filter((wave) => !taken.has(wave.id));
    return reply.page(
      'release/releases',
      releasesPage(request.language, unreleased, { underWay, releases: list }, me.roles.includes('analyst')),
    );
  });

  app.post(
    '/release/releases',
    { schema: { body: NewRelease }, config: { access: ['analyst'] } },
    async (request, reply) => {
      const { authorityId, accountId } = person(request);
      const wave = await waves.find(request.body.wave);
      if (!wave || wave.authorityId !== authorityId) throw new Fault('not-found');
      if (wave.rehearsalOf !== null) throw new Fault('rehearsal');
      if (wave.state !== 'closed') throw new Fault('not-ready');
      if (await deletions.isDeleted(wave.id)) throw new Fault('answers-deleted');
      return reply.redirect(releaseHref(await jobs.start(wave, accountId)), 303);
    },
  );

  app.get('/release/releases/:release', { schema: { params: WithRelease }, ...viewers }, async (request, reply) => {
    const me = person(request);
    const job = (await jobs.list(me.authorityId)).find(({ id }) => id === request.params.release);
    const found = await releases.entry(request.params.release);
    if (job && !found) {
      return reply.page('release/making', makingPage(request.language, job, me.roles.includes('analyst')));
    }
    const entry = await ownRelease(me, request.params.release);
    const release = await releases.open(entry.id);
    if (!release) throw new Fault('not-found');
    const viewer = {
      mayApprove: me.roles.includes('approver'),
      mayMake: me.roles.includes('analyst'),
      approval: await approvals.read(me, entry.madeBy),
    };
    const isAudited = (await releases.audit(entry.id)) !== undefined;
    const successor = successorOf(await releases.list(me.authorityId), entry.id);
    const correction = await correctionFacts(database, request.language, entry);
    const shown = { entry, release, isAudited, correction, successor };
    return reply.page('release/release', releasePage(request.language, shown, viewer));
  });

  app.post(
    '/release/releases/:release/approval',
    { schema: { params: WithRelease }, config: { access: ['approver'] } },
    async (request, reply) => {
      const me = person(request);
      const entry = await ownRelease(me, request.params.release);
      await approvals.demand(me, entry.madeBy);
      const action = entry.corrects === null ? 'release-approved' : 'correction-approved';
      if ((await releases.approve(entry.id, me.accountId, clock())) === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId: me.accountId, action, subject: entry.id });
      return reply.redirect(releaseHref(entry.id), 303);
    },
  );
}
