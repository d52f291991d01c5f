import { Type } from 'typebox';
import { REPORT_READERS } from '../../core/loop/annual/sections.ts';
import { Fault } from '../../errors.ts';
import { createAnnualReports } from '../../storage/annual-reports.ts';
import type { App, Services } from '../../web/services.ts';
import { InLanguage, speakIn } from '../public-language.ts';
import { Id, Name } from '../shapes.ts';
import { publicReportHref } from './addresses.ts';
import { reportPage } from './report-page.ts';

export const ForReader = Type.Object({ for: Type.Optional(Type.Enum(REPORT_READERS)) });
const Asked = Type.Object({
  ...ForReader.properties,
  ...InLanguage.properties,
  edition: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
});
const OfReport = Type.Object({ authority: Name, report: Id });

/** A published annual report for everybody: the newest edition, or the one that is asked for, as it was published. */
export async function publicReportRoutes(app: App, { database, languages }: Services): Promise<void> {
  const reports = createAnnualReports(database);

  app.get(
    publicReportHref(':authority', ':report').replaceAll('%3A', ':'),
    { schema: { params: OfReport, querystring: Asked }, config: { access: 'anyone', headers: 'public' } },
    async (request, reply) => {
      speakIn(request, languages, request.query);
      const report = await reports.find(request.params.report);
      if (report?.authorityId !== request.params.authority || !report) throw new Fault('not-found');
      const edition = await reports.edition(report.id, request.query.edition);
      if (!edition) throw new Fault('not-found', 'Nothing of this report is published under this number.');
      const editions = (await reports.editions(report.id)).map(({ number }) => number);
      const { content } = edition;
      const shown = { reportId: report.id, content, reader: request.query.for ?? 'adult', edition, editions };
      return reply.page('replies/annual/report', reportPage(request.language, shown));
    },
  );
}
