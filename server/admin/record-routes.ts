import { Readable } from 'node:stream';
import { createAudit, type Audit } from '../storage/audit.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { recordFile } from './record-file.ts';
import { createRecordChecks, type RecordChecks } from './record-checks.ts';
import { filterOf, RecordQuerySchema, recordHref, wrongDays, type RecordQuery } from './record-filter.ts';
import { recordPage, type RecordFacts } from './record-page.ts';

const ENTRIES_A_PAGE = 100;

/** The record of who did what. Looking at it and saving it is in it too; leafing on is not. */
export function recordRoutes(app: App, { database, clock }: Services): void {
  const audit = createAudit(database);
  const checks = createRecordChecks(audit, clock);

  app.get(
    '/admin/record',
    { schema: { querystring: RecordQuerySchema }, config: { access: ['auditor'] } },
    async (request, reply) => {
      const me = person(request);
      if (request.query.before === undefined) {
        const subject = recordHref(request.query);
        await audit.write({ at: clock(), accountId: me.accountId, action: 'record-viewed', subject });
      }
      const facts = await recordFacts({ audit, checks }, me, request.query, request.language);
      return reply.code(facts.faults.length > 0 ? 422 : 200).page('admin/record', recordPage(request.language, facts));
    },
  );

  app.post('/admin/record/checks', { config: { access: ['auditor'] } }, async (request, reply) => {
    const { accountId } = person(request);
    await audit.write({ at: clock(), accountId, action: 'record-checked', subject: 'record' });
    await checks.run();
    return reply.redirect('/admin/record', 303);
  });

  app.get(
    '/admin/record/entries.csv',
    { schema: { querystring: RecordQuerySchema }, config: { access: ['auditor'], headers: 'files' } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const subject = recordHref(request.query);
      await audit.write({ at: clock(), accountId, action: 'record-exported', subject });
      const rows = recordFile(audit, authorityId, filterOf(request.query));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="heard_record.csv"')
        .send(Readable.from(rows));
    },
  );
}

async function recordFacts(
  { audit, checks }: { audit: Audit; checks: RecordChecks },
  { authorityId }: SignedIn,
  query: RecordQuery,
  { words }: Language,
): Promise<RecordFacts> {
  // One more than is shown tells whether there are older ones.
  const found = await audit.newest(authorityId, ENTRIES_A_PAGE + 1, filterOf(query), query.before);
  return {
    query,
    faults: wrongDays(query).map((field) => ({ field, message: words.admin.recordFaultDay })),
    entries: found.slice(0, ENTRIES_A_PAGE),
    older: found.length > ENTRIES_A_PAGE,
    actions: await audit.actions(authorityId),
    people: await audit.people(authorityId),
    head: await audit.head(),
    check: checks.last(),
  };
}
