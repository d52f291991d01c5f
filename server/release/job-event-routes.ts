import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createReleases } from '../storage/releases.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { createEventStreams } from '../web/event-streams.ts';
import { progressWords } from './job-pages.ts';
import type { ReleaseJobs } from './jobs.ts';

const WithRelease = Type.Object({ release: Type.String({ maxLength: 40 }) });

/** What a page that shows a job is told while it is open: `progress`, and `done` when there is no more to wait for. */
export function jobEventRoutes(app: App, { database }: Services, jobs: ReleaseJobs): void {
  const releases = createReleases(database);
  const streams = createEventStreams();
  // A server that stops waits for its connections, and these never end by themselves.
  app.addHook('preClose', async () => streams.endAll());

  app.get(
    '/release/releases/:release/events',
    {
      schema: { params: WithRelease },
      config: { access: ['analyst', 'approver', 'auditor'] },
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      const { authorityId } = person(request);
      const { release: id } = request.params;
      const { language } = request;
      const ownJob = async () => (await jobs.list(authorityId)).find((job) => job.id === id);
      const isReleased = async () => (await releases.list(authorityId)).some((entry) => entry.id === id);
      if (!(await ownJob()) && !(await isReleased())) throw new Fault('not-found');

      const stream = streams.open(() => leave());
      const end = () => {
        stream.send('done', {});
        stream.end();
      };
      const progress = (done: number, all: number | null) => {
        const words = progressWords(language, { done, pieces: all });
        stream.send('progress', { done, all: all ?? 1, words });
      };
      const leave = jobs.subscribe(id, (news) => (news.kind === 'done' ? end() : progress(news.done, news.all)));
      // Asked after subscribing, so that no end is missed.
      const job = await ownJob();
      if (job && job.failedAt === null) progress(job.done, job.pieces);
      else end();
      return reply.type('text/event-stream').send(stream.body);
    },
  );
}
