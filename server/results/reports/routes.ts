import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Role } from '../../core/roles.ts';
import { Fault } from '../../errors.ts';
import type { Audit } from '../../storage/audit.ts';
import type { Releases } from '../../storage/releases.ts';
import type { Waves } from '../../storage/waves.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { reportAddress, reportsAddress } from '../addresses.ts';
import type { Questionnaire } from '../asked.ts';
import { createOwnReleases, type OwnRelease } from '../own-release.ts';
import { adultReport } from './adult-report.ts';
import { childrenReport } from './children-report.ts';
import { reportList } from './list-page.ts';
import './pages.ts';
import { isAudience, reportNodes, type Audience, type ReportView } from './view.ts';

const READERS = ['planner', 'analyst', 'approver'] as const satisfies readonly Role[];

const Id = Type.String({ maxLength: 60 });
const OfRelease = Type.Object({ release: Id });
const OfReport = Type.Object({ release: Id, node: Type.String({ maxLength: 120 }) });
const ForWhom = Type.Object({ for: Type.Optional(Type.String({ maxLength: 20 })) });

/** What reports are made from, as the other pages of results have it. */
interface ReportServices extends Pick<Services, 'clock'> {
  releases: Releases;
  waves: Waves;
  questionnaire: Questionnaire;
  audit: Audit;
}

/** A report of every place of a release, for adults and for children. Everything in it is read from a release. */
export async function reportRoutes(app: App, services: ReportServices): Promise<void> {
  const { waves, questionnaire, audit, clock } = services;
  const own = createOwnReleases(services);

  app.get(
    '/results/:release/reports',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { entry, release } = await own.open(person(request).authorityId, request.params.release);
      await record(request, reportsAddress(entry.id));
      return reply.page('results/reports', reportList(request.language, entry, release));
    },
  );

  app.get(
    '/results/:release/reports/:node',
    { schema: { params: OfReport, querystring: ForWhom }, config: { access: READERS } },
    async (request, reply) => {
      const audience = audienceOf(request.query.for);
      const view = await look(person(request).authorityId, request.params);
      await record(request, reportAddress(view.entry.id, view.node.id));
      return audience === 'children'
        ? reply.page('results/report-children', childrenReport(request.language, view))
        : reply.page('results/report', adultReport(request.language, view));
    },
  );

  async function look(authorityId: string, { release: id, node: nodeId }: { release: string; node: string }) {
    const { entry, release } = await own.open(authorityId, id);
    const node = reportNodes(release).find((one) => one.id === nodeId);
    if (!node) throw new Fault('not-found', 'The release has no place of this id that has a report.');
    const before = await own.before(authorityId, entry);
    const view: ReportView = {
      entry,
      release,
      node,
      asked: await questionnaire.ofRelease(release),
      earlier: before && (await withQuestions(before)),
      specialSchools: (await waves.schools(entry.waveId)).some(
        ({ sector, code }) => sector === 'special' && node.schools.includes(code),
      ),
    };
    return view;
  }

  async function withQuestions(of: OwnRelease) {
    return { ...of, asked: await questionnaire.ofRelease(of.release) };
  }

  function record(request: FastifyRequest, subject: string): Promise<void> {
    return audit.write({ at: clock(), accountId: person(request).accountId, action: 'results-viewed', subject });
  }
}

/** Adults unless an address says otherwise. @throws Fault 'not-found' for whom there is no version */
function audienceOf(wish = 'adults'): Audience {
  if (!isAudience(wish)) throw new Fault('not-found', 'A report has no version for them.');
  return wish;
}
