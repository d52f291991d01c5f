import { Type } from 'typebox';
import { REPORT_READERS } from '../../core/loop/annual/sections.ts';
import { Fault } from '../../errors.ts';
import { createAnnualReports, stands } from '../../storage/annual-reports.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import type { App, Services } from '../../web/services.ts';
import { InLanguage, speakIn } from '../public-language.ts';
import { Id, Name } from '../shapes.ts';
import { publicReportHref } from './addresses.ts';
import { reportPage } from './report-page.ts';
import { withdrawnPage } from './withdrawn-page.ts';

export const ForReader = Type.Object({ for: Type.Optional(Type.Enum(REPORT_READERS)) });
const Asked = Type.Object({
  ...ForReader.properties,
  ...InLanguage.properties,
  edition: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
});
const OfReport = Type.Object({ authority: Name, report: Id });

/** A published annual report for everybody: the newest edition that stands, or the one that is asked for, as it was published. */
export async function publicReportRoutes(app: App, { database, languages }: Services): Promise<void> {
  const reports = createAnnualReports(database);
  const authorities = createAuthorities(database);

  app.get(
    publicReportHref(':authority', ':report').replaceAll('%3A', ':'),
    { schema: { params: OfReport, querystring: Asked }, config: { access: 'anyone', headers: 'public' } },
    async (request, reply) => {
      speakIn(request, languages, request.query);
      const report = await reports.find(request.params.report);
      if (report?.authorityId !== request.params.authority || !report) throw new Fault('not-found');
      const all = await reports.editions(report.id);
      const standing = all.filter(stands);
      const number = request.query.edition ?? (standing[0] ?? all[0])?.number;
      const reader = request.query.for ?? 'adult';
      const withdrawn = all.find((one) => one.number === number && !stands(one));
      if (withdrawn) {
        const authority = await authorities.find(report.authorityId);
        const page = withdrawnPage(request.language, { report, authority, withdrawn, newest: standing[0], reader });
        return reply.code(410).page('replies/annual/withdrawn', page);
      }
      const edition = await reports.edition(report.id, number);
      if (!edition) throw new Fault('not-found', 'Nothing of this report is published under this number.');
      const editions = standing.map((one) => one.number);
      const shown = { reportId: report.id, content: edition.content, reader, edition, editions, publish: null };
      return reply.page('replies/annual/report', reportPage(request.language, shown));
    },
  );
}
