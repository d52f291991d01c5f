import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Claim } from '../../core/disclosure/claims.ts';
import { Fault } from '../../errors.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { App } from '../../web/services.ts';
import { reportAddress, reportsAddress } from '../addresses.ts';
import { Id, PlaceId, READERS, type Opening } from '../opening.ts';
import { openBands } from '../open/bands.ts';
import { openReport } from '../open/report.ts';
import { adultReport } from './adult-report.ts';
import { childrenReport } from './children-report.ts';
import { reportList } from './list-page.ts';
import './pages.ts';
import { isAudience, reportNodes, type Audience, type ReportView } from './view.ts';

const OfRelease = Type.Object({ release: Id });
const OfReport = Type.Object({ release: Id, node: PlaceId });
const ForWhom = Type.Object({ for: Type.Optional(Type.String({ maxLength: 20 })) });

/** A report of every place of a release, for adults and for children. Everything in it is read from a release. */
export function reportRoutes(app: App, { openOwn, open, earlier, questionnaire, record }: Opening): void {
  app.get(
    '/results/:release/reports',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { entry, release } = await openOwn(request, request.params.release);
      await record(request, 'results-viewed', reportsAddress(entry.id));
      return reply.page('results/reports', reportList(request.language, entry, release));
    },
  );

  app.get(
    '/results/:release/reports/:node',
    { schema: { params: OfReport, querystring: ForWhom }, config: { access: READERS } },
    async (request, reply) => {
      const audience = audienceOf(request.query.for);
      const view = await look(request, request.params, audience === 'children' ? 'children' : undefined);
      await record(request, 'results-viewed', reportAddress(view.entry.id, view.node.id));
      if (view.release.reached === 'open') {
        const bands = openBands(request.language, await questionnaire.ofBands(view.release));
        return reply.page('results/open-report', openReport(request.language, view, bands));
      }
      return audience === 'children'
        ? reply.page('results/report-children', childrenReport(request.language, view))
        : reply.page('results/report', adultReport(request.language, view));
    },
  );

  async function look(
    request: FastifyRequest,
    { release: id, node: nodeId }: { release: string; node: string },
    claim?: Claim,
  ) {
    const opened = await openOwn(request, id, claim);
    const { entry, release } = opened;
    const node = reportNodes(release).find((one) => one.id === nodeId);
    if (!node) throw new Fault('not-found', 'The release has no place of this id that has a report.');
    const [before] = await earlier(request, opened);
    const view: ReportView = {
      entry,
      release,
      node,
      asked: await questionnaire.ofRelease(release),
      earlier: before && (await withQuestions(request, before)),
      specialSchools: release.kinds.includes('special'),
    };
    return view;
  }

  async function withQuestions(request: FastifyRequest, entry: ReleaseEntry) {
    const release = await open(request, entry.id);
    return { entry, release, asked: await questionnaire.ofRelease(release) };
  }
}

/** Adults unless an address says otherwise. @throws Fault 'not-found' for whom there is no version */
function audienceOf(wish = 'adults'): Audience {
  if (!isAudience(wish)) throw new Fault('not-found', 'A report has no version for them.');
  return wish;
}
