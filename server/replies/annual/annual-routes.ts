import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { mayPublish } from '../../core/loop/annual/checklist.ts';
import { figuresOf } from '../../core/loop/annual/content.ts';
import { periodFaults, type Period } from '../../core/loop/annual/period.ts';
import { SECTION_IDS, sectionOf, type SectionId } from '../../core/loop/annual/sections.ts';
import { textFaults, type SectionTexts } from '../../core/loop/annual/texts.ts';
import { Fault } from '../../errors.ts';
import { createAnnualReports, stands } from '../../storage/annual-reports.ts';
import { createAudit, type AuditAction } from '../../storage/audit.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import { person } from '../../web/access.ts';
import type { LanguageCode } from '../../web/language.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import { CODES } from '../reply-form.ts';
import { Id, tidy, Typed } from '../shapes.ts';
import { ANNUAL, draftHref, editionsHref, readingsHref, reportHref, sectionHref, withdrawalsHref } from './addresses.ts'; // prettier-ignore
import { createReportDesks, demandWhole } from './desk.ts';
import { publishView, REASON_LENGTH, REPORT_DONE, reportDeskPage, type DeskShown } from './desk-page.ts';
import { listPage } from './list-page.ts';
import { ForReader } from './public-report-routes.ts';
import { reportPage } from './report-page.ts';
import { fieldOf, sectionPage } from './section-page.ts';

const closed = { additionalProperties: false } as const;
const WithReport = Type.Object({ report: Id });
const WithSection = Type.Object({ report: Id, section: Type.Enum(SECTION_IDS) });
const Done = Type.Object({ done: Type.Optional(Type.Enum(REPORT_DONE)) });
const PeriodForm = Type.Object({ from: Typed, to: Typed }, closed);
/** With how much was written when it was read: more may have come since. */
const Reading = Type.Object({ language: Type.Enum(CODES), versions: Type.Integer({ minimum: 0 }) }, closed);
/** With what was looked at: something may have changed since. */
const Edition = Type.Object(
  { after: Type.Integer({ minimum: 0 }), fingerprint: Type.String({ maxLength: 64 }) },
  closed,
);
const WithEdition = Type.Object({ report: Id, edition: Type.Integer({ minimum: 1, maximum: 10_000 }) });
const Withdrawal = Type.Object({ reason: Type.String({ maxLength: REASON_LENGTH }) }, closed);
type TextName = `${'adult' | 'child'}-${LanguageCode}`;
const textFields = Object.fromEntries(
  CODES.flatMap((code) => (['adult', 'child'] as const).map((reader) => [fieldOf(reader, code), Type.Optional(Typed)])),
) as Record<TextName, ReturnType<typeof Type.Optional<typeof Typed>>>;
const SectionForm = Type.Object({ ...textFields, basedOn: Type.Integer({ minimum: 0 }) }, closed);

const PLANNERS = { access: ['planner'] } as const;

/** The annual report as planners write it: begun for a period, written section by section, read, published. */
export async function annualRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const reports = createAnnualReports(database);
  const authorities = createAuthorities(database);
  const audit = createAudit(database);
  const desks = createReportDesks(services);
  const note = (request: FastifyRequest, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject });

  async function showList(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Period,
    faults: ReturnType<typeof periodFaults>,
  ) {
    const { authorityId } = person(request);
    const all = await reports.list(authorityId);
    const list = await Promise.all(
      all.map(async (report) => ({ report, edition: (await reports.editions(report.id)).find(stands) })),
    );
    const name = (await authorities.find(authorityId))?.name ?? '';
    const form = { today: clock().slice(0, 10), typed, faults };
    return reply.page('replies/annual/list', listPage(request.language, name, list, form));
  }

  async function showDesk(request: FastifyRequest, reply: FastifyReply, id: string, shown: Omit<DeskShown, 'me'>) {
    const me = person(request);
    const opened = await desks.open(me, id);
    const page = reportDeskPage(request.language, opened, { me: me.accountId, ...shown });
    return reply.page('replies/annual/desk', page);
  }

  app.get(ANNUAL, { config: PLANNERS }, async (request, reply) => {
    demandWhole(person(request));
    return showList(request, reply, { from: '', to: '' }, []);
  });

  app.post(ANNUAL, { schema: { body: PeriodForm }, config: PLANNERS }, async (request, reply) => {
    const me = person(request);
    demandWhole(me);
    const period = { from: tidy(request.body.from), to: tidy(request.body.to) };
    const faults = periodFaults(period);
    if (faults.length > 0) return showList(request, reply.code(422), period, faults);
    const { id, isNew } = await reports.make(me.authorityId, period, me.accountId, clock());
    if (isNew) await note(request, 'annual-report-made', id);
    return reply.redirect(`${reportHref(id)}?done=${isNew ? 'made' : 'there'}`, 303);
  });

  app.get(
    reportHref(':report'),
    { schema: { params: WithReport, querystring: Done }, config: PLANNERS },
    async (request, reply) => {
      await note(request, 'results-viewed', `annual/${request.params.report}`);
      return showDesk(request, reply, request.params.report, { done: request.query.done ?? '', refused: '' });
    },
  );

  app.get(
    draftHref(':report'),
    { schema: { params: WithReport, querystring: ForReader }, config: PLANNERS },
    async (request, reply) => {
      const opened = await desks.open(person(request), request.params.report);
      const { content, report } = opened;
      await note(request, 'results-viewed', `annual/${report.id}/draft`);
      const reader = request.query.for ?? 'adult';
      const publish = reader === 'adult' ? publishView(request.language, opened) : null;
      const shown = { reportId: report.id, content, reader, edition: null, editions: [], publish };
      return reply.page('replies/annual/report', reportPage(request.language, shown));
    },
  );

  app.get(
    sectionHref(':report', ':section'),
    { schema: { params: WithSection }, config: PLANNERS },
    async (request, reply) => {
      const { report, section } = request.params;
      const opened = await desks.open(person(request), report);
      await note(request, 'results-viewed', `annual/${report}/${section}`);
      return reply.page('replies/annual/section', sectionPage(request.language, opened, section, undefined));
    },
  );

  app.post(
    sectionHref(':report', ':section'),
    { schema: { params: WithSection, body: SectionForm }, config: PLANNERS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const me = person(request);
      const { report, section } = request.params;
      const opened = await desks.open(me, report);
      const { basedOn, ...typed } = request.body;
      const texts = readTexts(section, typed);
      const faults = textFaults(section, texts, CODES, new Set(figuresOf(opened.content).keys()));
      const again = (after: typeof opened, meanwhile: (typeof opened.versions)[number] | undefined) =>
        reply
          .code(422)
          .page('replies/annual/section', sectionPage(request.language, after, section, { texts, faults, meanwhile }));
      const newest = (list: typeof opened) => list.versions.findLast((version) => version.section === section);
      const last = newest(opened);
      if (faults.length > 0) return again(opened, (last?.number ?? 0) > basedOn ? last : undefined);
      const outcome = await reports.write(report, { section, texts, basedOn }, me.accountId, clock());
      if (outcome === 'changed') {
        const after = await desks.open(me, report);
        return again(after, newest(after));
      }
      if (outcome === 'written') await note(request, 'annual-report-written', `${report}/${section}`);
      return reply.redirect(`${reportHref(report)}?done=written`, 303);
    },
  );

  app.post(
    readingsHref(':report'),
    { schema: { params: WithReport, body: Reading }, config: PLANNERS },
    async (request, reply) => {
      const me = person(request);
      const { report, unread, versions } = await desks.open(me, request.params.report);
      if (versions.length !== request.body.versions)
        return showDesk(request, reply.code(422), report.id, { done: '', refused: 'rewritten' });
      const open = unread.filter(({ language }) => language === request.body.language);
      const own = open.filter(({ writtenBy }) => writtenBy !== me.accountId);
      if (own.length === 0 && open.length > 0) throw new Fault('own-work');
      await reports.read(report.id, own, me.accountId, clock());
      if (own.length > 0) await note(request, 'annual-report-read', report.id);
      return reply.redirect(`${reportHref(report.id)}?done=read`, 303);
    },
  );

  app.post(
    editionsHref(':report'),
    { schema: { params: WithReport, body: Edition }, config: PLANNERS },
    async (request, reply) => {
      const me = person(request);
      const { report, content, fingerprint, items, editions } = await desks.open(me, request.params.report);
      const { after, fingerprint: looked } = request.body;
      const [last] = editions;
      const isSentTwice = last?.sha256 === looked && last.number === after + 1 && stands(last);
      const done = () => reply.redirect(`${reportHref(report.id)}?done=published`, 303);
      if (isSentTwice) return done();
      if (!mayPublish(items)) return showDesk(request, reply.code(422), report.id, { done: '', refused: 'blocked' });
      const changed = () => showDesk(request, reply.code(422), report.id, { done: '', refused: 'changed' });
      if (looked !== fingerprint) return changed();
      const outcome = await reports.publish(report.id, { after, content }, me.accountId, clock());
      if (outcome === 'changed') return changed();
      await note(request, 'annual-report-published', report.id);
      return done();
    },
  );

  app.post(
    withdrawalsHref(':report', ':edition'),
    { schema: { params: WithEdition, body: Withdrawal }, config: PLANNERS },
    async (request, reply) => {
      const me = person(request);
      const { edition } = request.params;
      const { report, editions } = await desks.open(me, request.params.report);
      if (!editions.some(({ number }) => number === edition)) throw new Fault('not-found');
      const reason = tidy(request.body.reason);
      if (reason === '')
        return showDesk(request, reply.code(422), report.id, { done: '', refused: 'no-reason', edition });
      const outcome = await reports.withdraw(report.id, { edition, reason }, me.accountId, clock());
      if (outcome === 'withdrawn') await note(request, 'annual-report-withdrawn', `${report.id}/${edition}`);
      return reply.redirect(`${reportHref(report.id)}?done=withdrawn`, 303);
    },
  );
}

/** What was typed for the readers of a section; what nobody wrote is not there. */
function readTexts(section: SectionId, typed: Partial<Record<TextName, string>>): SectionTexts {
  const of = (reader: 'adult' | 'child') => {
    if (!sectionOf(section).readers.includes(reader)) return {};
    const written = CODES.map((code) => [code, tidy(typed[`${reader}-${code}`] ?? '')] as const);
    return Object.fromEntries(written.filter(([, text]) => text !== ''));
  };
  return { adult: of('adult'), child: of('child') };
}
