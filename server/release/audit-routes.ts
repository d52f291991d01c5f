import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createReleases } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { auditedWords, auditPage } from './audit-pages.ts';
import type { ReleaseJobs } from './jobs.ts';

const WithRelease = Type.Object({ release: Type.String({ maxLength: 40 }) });

/** How a release was made safe, for a data protection officer. */
export function auditRoutes(app: App, { database }: Services, jobs: ReleaseJobs): void {
  const releases = createReleases(database);
  const surveys = createSurveys(database);
  const accounts = createAccounts(database);

  app.get(
    '/release/releases/:release/audit',
    { schema: { params: WithRelease }, config: { access: ['analyst', 'approver', 'auditor'] } },
    async (request, reply) => {
      const { authorityId } = person(request);
      const entry = (await releases.list(authorityId)).find(({ id }) => id === request.params.release);
      const release = entry && (await releases.open(entry.id));
      const report = entry && (await releases.audit(entry.id));
      if (!release || !report) throw new Fault('not-found');
      const job = await jobs.progress(entry.id);
      const names = new Map((await accounts.list(authorityId)).map(({ id, signInName }) => [id, signInName]));
      const audited = { entry, release, report, startedAt: job?.startedAt };
      const words = await auditedWords(surveys, release, request.language);
      return reply.page('release/audit', auditPage(request.language, audited, names, words));
    },
  );
}
