import { Type, type Static } from 'typebox';
import type { FastifyRequest } from 'fastify';
import { unanswered } from '../../core/loop/engagement/check.ts';
import { missingParts } from '../../core/loop/engagement/entry.ts';
import { isAbout } from '../../core/loop/engagement/summary.ts';
import { isCivilDate } from '../../core/loop/fields.ts';
import { createAudit } from '../../storage/audit.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import { createEngagement } from '../../storage/engagement.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { writeCsv } from '../../web/workbooks/csv-file.ts';
import { writeWorkbook } from '../../web/workbooks/workbook-file.ts';
import { FORMATS, TYPES } from '../plan/plan-files.ts';
import { READERS } from './access.ts';
import { ENGAGEMENT } from './addresses.ts';
import { createDecisionNames } from './decision-names.ts';
import { createEngagementDesk, mayWrite, type SeenEntry } from './engagement-desk.ts';
import { recordRows, type EntryNames } from './entry-words.ts';
import { ABOUT_FILTERS, listPage, OPEN_FILTERS, type Filter, type PeriodFault } from './list-page.ts';
import { createOffers } from './offers.ts';

const Day = Type.Optional(Type.String({ maxLength: 20 }));
const Asked = Type.Object({
  from: Day,
  to: Day,
  about: Type.Optional(Type.Enum(['', ...ABOUT_FILTERS])),
  open: Type.Optional(Type.Enum(['', ...OPEN_FILTERS])),
});

/** The record as a list and as files. */
export async function listRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const desk = createEngagementDesk(services);
  const decisions = createDecisionNames(services);
  const offers = createOffers(services);
  const record = createEngagement(database);
  const authorities = createAuthorities(database);
  const audit = createAudit(database);
  const today = () => clock().slice(0, 10);

  async function namesFor(request: FastifyRequest): Promise<EntryNames> {
    const me = person(request);
    return { places: await desk.places(me), decisions: await decisions.of(me, request.language) };
  }

  /** Entries that are asked for; all of the others where a day of the period is none. */
  async function asked(request: FastifyRequest, filter: Filter, faults: readonly PeriodFault[]): Promise<SeenEntry[]> {
    const period = faults.length > 0 ? { from: '', to: '' } : filter;
    const seen = await desk.list(person(request), period);
    return seen.filter(({ entry: { words, check } }) => {
      const lacks = missingParts(words, today());
      const isOpen = {
        '': true,
        unfinished: lacks.length > 0,
        change: lacks.includes('change'),
        told: lacks.includes('told'),
        check: unanswered(check).length > 0,
      }[filter.open];
      return isOpen && (filter.about === '' || isAbout(words, filter.about));
    });
  }

  /** What the record may be begun from and was not yet, by anybody. */
  async function offered(request: FastifyRequest, names: EntryNames) {
    const me = person(request);
    if (!mayWrite(me)) return [];
    const [place = ''] = names.places.writable.has('authority') ? ['authority'] : names.places.writable;
    const begun = new Set((await record.list(me.authorityId)).map(({ begunFrom }) => begunFrom));
    return (await offers.of(me, request.language, names, place)).filter(({ key }) => !begun.has(key));
  }

  app.get(ENGAGEMENT, { schema: { querystring: Asked }, ...READERS }, async (request, reply) => {
    const me = person(request);
    const filter = filterOf(request.query);
    const faults = periodFaults(filter);
    const names = await namesFor(request);
    const authority = await authorities.find(me.authorityId);
    const page = listPage(request.language, names, {
      authority: authority?.name ?? '',
      entries: await asked(request, filter, faults),
      filter,
      faults,
      offers: await offered(request, names),
      mayWrite: mayWrite(me),
      today: today(),
    });
    return reply.code(faults.length > 0 ? 422 : 200).page('replies/engagement/list', page);
  });

  for (const format of FORMATS) {
    const config = { ...READERS.config, headers: 'files' as const };
    app.get(`${ENGAGEMENT}/file.${format}`, { schema: { querystring: Asked }, config }, async (request, reply) => {
      const { language } = request;
      const filter = filterOf(request.query);
      // The page says what is wrong with the days; a file of everything would hide it.
      if (periodFaults(filter).length > 0)
        return reply.redirect(`${ENGAGEMENT}?${new URLSearchParams({ ...filter }).toString()}`, 303);
      const seen = await asked(request, filter, []);
      const entries = seen.map(({ entry: { words, check, wordsKept } }) => ({
        ...{ words, check, lacks: missingParts(words, today()), keptAt: wordsKept.writtenAt },
      }));
      const rows = recordRows(language, entries, await namesFor(request));
      const file = format === 'csv' ? writeCsv(rows) : await writeWorkbook([{ name: language.words.engagement.sheet, rows }]); // prettier-ignore
      const done = { at: clock(), accountId: person(request).accountId, subject: format };
      await audit.write({ ...done, action: 'engagement-exported' });
      return reply
        .type(TYPES[format])
        .header('content-disposition', `attachment; filename="heard_engagement.${format}"`)
        .send(file);
    });
  }
}

function filterOf({ from = '', to = '', about = '', open = '' }: Static<typeof Asked>): Filter {
  return { from: from.trim(), to: to.trim(), about, open };
}

/** What is wrong with the days that were asked for. */
function periodFaults({ from, to }: Filter): PeriodFault[] {
  const wrong = (['from', 'to'] as const)
    .filter((field) => ({ from, to })[field] !== '' && !isCivilDate({ from, to }[field]))
    .map((field): PeriodFault => ({ field, problem: 'not-a-date' }));
  const isBefore = wrong.length === 0 && from !== '' && to !== '' && to < from;
  return isBefore ? [{ field: 'to', problem: 'before-start' }] : wrong;
}
