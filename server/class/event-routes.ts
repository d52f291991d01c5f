import { createClassSessions } from '../storage/class-sessions.ts';
import { createEventStreams } from '../web/event-streams.ts';
import type { App, Services } from '../web/services.ts';
import { classNumbers } from './class-page.ts';
import type { ReadProgress } from './progress.ts';
import { classOf, TEACHER_COOKIE, type Teaching } from './teaching.ts';
import { createClassWatch } from './watch.ts';

/** Numbers of a class as they change: `numbers` while this device is signed in, and `over` when it no longer is. */
export function eventRoutes(app: App, { database, clock }: Services, teaching: Teaching, read: ReadProgress): void {
  const streams = createEventStreams();
  const sessions = createClassSessions(database);
  // Trouble with one look shows as numbers that stay; the page itself says what is wrong when it is asked for anew.
  const watch = createClassWatch(read, () => undefined);
  // A server that stops waits for its connections, and these never end by themselves.
  app.addHook('preClose', async () => streams.endAll());

  app.get(
    '/class/events',
    { config: { access: 'teacher' }, preHandler: teaching, exposeHeadRoute: false },
    async (request, reply) => {
      const { language } = request;
      const facts = classOf(request);
      const token = request.cookies[TEACHER_COOKIE] ?? '';
      let last = '';
      const stream = streams.open(() => leave());
      // A look-up that fails ends this stream and nothing else: the browser asks again by itself.
      const leave = watch.follow(facts, (progress) => void tell(progress).catch(() => stream.end()));

      async function tell(progress: Awaited<ReturnType<ReadProgress>>): Promise<void> {
        // The wave may have closed, or the sheet been replaced.
        if (!(await sessions.find(token, clock()))) {
          stream.send('over', {});
          return stream.end();
        }
        const numbers = classNumbers(language, progress);
        const news = JSON.stringify(numbers);
        if (news !== last) stream.send('numbers', numbers);
        last = news;
      }

      try {
        await tell(await read(facts));
      } catch (error) {
        // Nobody reads this stream yet, so that ending it would not close it.
        stream.body.destroy();
        throw error;
      }
      return reply.type('text/event-stream').send(stream.body);
    },
  );
}
