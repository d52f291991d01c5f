import { publicObstacle } from '../../core/loop/finding.ts';
import { nextDue } from '../../core/loop/promises.ts';
import { titleOf } from '../reply-words.ts';
import { createAudit } from '../../storage/audit.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import { createFindingMarks } from '../../storage/finding-marks.ts';
import { createFindings } from '../../storage/findings.ts';
import { createReplies } from '../../storage/replies.ts';
import { createReplyUpdates } from '../../storage/reply-updates.ts';
import { createWaveReplies } from '../../storage/wave-replies.ts';
import { person, type SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import { gatherRates, wavesWithRates } from '../../web/wave-rates.ts';
import { ANNUAL } from '../annual/addresses.ts';
import { createQuotations } from '../released.ts';
import { dashboardPage, type Gathered } from './dashboard-page.ts';
import { meetingPage } from './meeting-page.ts';
import { createPlanDesk } from './plan-desk.ts';
import { planner } from './plan-routes.ts';

const WEEK_DAYS = 7;

/** What a partnership looks at: on a page, and on one sheet for a meeting. */
export async function dashboardRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const authorities = createAuthorities(database);
  const findings = createFindings(database);
  const marks = createFindingMarks(database);
  const replies = createReplies(database);
  const updates = createReplyUpdates(database);
  const waveReplies = createWaveReplies(database);
  const quotations = createQuotations(database);
  const desk = createPlanDesk({ database, clock });
  const audit = createAudit(database);

  async function gather(me: SignedIn, language: Language): Promise<Gathered> {
    const today = clock().slice(0, 10);
    const authority = (await authorities.find(me.authorityId))?.name ?? '';
    const last = new Map((await marks.priorities(me.authorityId)).map((mark) => [mark.findingId, mark]));
    const seen = await quotations.seen(me, await findings.list(me.authorityId));
    const own = new Set(seen.map(({ finding }) => finding.id));
    const published = await replies.published(me.authorityId);
    const news = await updates.of(published.map(({ id }) => id));
    const ownReplies = published.filter(({ finding }) => own.has(finding.id));
    const answeredBack = await waveReplies.answeredBack(me.authorityId);
    const open = (await wavesWithRates(services, me.authorityId)).filter(({ rehearsalOf }) => rehearsalOf === null);
    return {
      authority,
      today,
      until: new Date(Date.parse(today) + WEEK_DAYS * 86_400_000).toISOString().slice(0, 10),
      // What can never be answered in public waits for no reply.
      findings: seen
        .map(({ finding, quoted }) => {
          const mark = last.get(finding.id);
          return { finding, quoted, prioritySince: mark?.isPriority ? mark.at : '' };
        })
        .filter(({ quoted, prioritySince }) => prioritySince !== '' || !publicObstacle(quoted.figure)),
      actions: await desk.list(me),
      updates: ownReplies.flatMap((reply) => {
        const on = nextDue({ nextUpdateOn: reply.nextUpdateOn, updates: news.get(reply.id) ?? [] });
        return on === null ? [] : [{ on, title: titleOf(language, reply).title, findingId: reply.finding.id }];
      }),
      replies: {
        all: ownReplies.length,
        answeredBack: ownReplies.filter(({ id }) => answeredBack.has(id)).length,
      },
      waves: await Promise.all(open.map((wave) => gatherRates(services, me, wave, authority))),
    };
  }

  const record = (me: SignedIn, subject: string) =>
    audit.write({ at: clock(), accountId: me.accountId, action: 'results-viewed', subject });

  app.get('/replies/dashboard', planner, async (request, reply) => {
    const me = person(request);
    await record(me, 'dashboard');
    const annualHref = me.area === null ? ANNUAL : '';
    const page = dashboardPage(request.language, await gather(me, request.language), annualHref);
    return reply.page('replies/plan/dashboard', page);
  });

  app.get('/replies/dashboard/meeting', planner, async (request, reply) => {
    const me = person(request);
    await record(me, 'dashboard/meeting');
    return reply.page('replies/plan/meeting', meetingPage(request.language, await gather(me, request.language)));
  });
}
