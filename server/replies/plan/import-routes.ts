import { hash } from 'node:crypto';
import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import { comparePlan, type Preview } from '../../core/loop/plan/compare.ts';
import { quarterOf, yearOfQuarter } from '../../core/loop/plan/quarters.ts';
import { readTable } from '../../core/loop/plan/read-table.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { newId } from '../../storage/identifiers.ts';
import { createPlan } from '../../storage/plan.ts';
import { createPlanImports, type PlanImport } from '../../storage/plan-imports.ts';
import { person, type SignedIn } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { readUpload, takeUploads, type UploadedFile } from '../../web/uploads.ts';
import { Id } from '../shapes.ts';
import { importHref, PLAN } from './addresses.ts';
import { importPage, newImportPage } from './import-page.ts';
import { chooseSheet, FORMATS, planFile, readSheets, TYPES } from './plan-files.ts';
import { createPlanDesk } from './plan-desk.ts';
import { planner } from './plan-routes.ts';

const WithImport = Type.Object({ import: Id });
const Taking = Type.Object({ fingerprint: Type.String({ maxLength: 64 }) }, { additionalProperties: false });
const KEPT_HOURS = 24;

/** The plan as files, and taking a table over: sent, looked at, taken over whole. */
export async function planImportRoutes(app: App, { database, clock }: Services): Promise<void> {
  const plan = createPlan(database);
  const imports = createPlanImports(database);
  const desk = createPlanDesk({ database, clock });
  const audit = createAudit(database);
  const thisYear = () => yearOfQuarter(quarterOf(clock().slice(0, 10)));

  /** A table is of the whole plan, so only somebody who sees all of it takes one over. */
  function wholePlanner(request: FastifyRequest): SignedIn {
    const me = person(request);
    if (me.area !== null) throw new Fault('not-allowed', 'A table is taken over by planners of the whole authority.');
    return me;
  }

  async function ownImport(me: SignedIn, id: string): Promise<PlanImport> {
    const found = await imports.find(id);
    if (found?.authorityId !== me.authorityId) throw new Fault('not-found');
    if (found.takenAt !== null) throw new Fault('already-done');
    return found;
  }

  async function compare(request: FastifyRequest, found: PlanImport, freshId: () => string): Promise<Preview> {
    const me = person(request);
    const { rows, others } = chooseSheet(found.sheets);
    const places = await desk.places(me);
    const seen = await desk.list(me);
    const names = new Map(places.seen.map(({ id, name }) => [name.toLowerCase(), id]));
    const preview = comparePlan(readTable(rows, found.year, names), {
      actions: seen.map(({ action }) => action),
      colours: new Map(seen.map(({ action, colour }) => [action.id, colour])),
      places: places.writable,
      today: clock().slice(0, 10),
      reasonOfTable: request.language.say('plan', 'reasonOfTable', { file: found.fileName }),
      newId: freshId,
    });
    preview.notes.push(...others.map((name) => ({ kind: 'sheet-left-out' as const, row: 0, found: name })));
    return preview;
  }

  /** With ids that are the same each time, so that what was looked at can be told from what would be done now. */
  async function look(request: FastifyRequest, found: PlanImport): Promise<{ preview: Preview; fingerprint: string }> {
    let made = 0;
    const preview = await compare(request, found, () => `new-${(made += 1)}`);
    // With what the actions said before: a change elsewhere in a row would be written over unseen.
    return { preview, fingerprint: hash('sha256', JSON.stringify(preview.rows), 'hex') };
  }

  for (const format of FORMATS) {
    app.get(`${PLAN}/file.${format}`, { config: { ...planner.config, headers: 'files' } }, async (request, reply) => {
      const me = person(request);
      const file = await planFile(format, await desk.list(me), await desk.places(me));
      await audit.write({ at: clock(), accountId: me.accountId, action: 'plan-exported', subject: format });
      return reply
        .type(TYPES[format])
        .header('content-disposition', `attachment; filename="heard_action_plan.${format}"`)
        .send(file);
    });
  }

  app.get(`${PLAN}/imports/new`, planner, async (request, reply) => {
    wholePlanner(request);
    const year = thisYear();
    return reply.page(
      'replies/plan/new-import',
      newImportPage(request.language, { fileFault: '', thisYear: year, year }),
    );
  });

  await takeUploads(app, (uploads) => {
    uploads.post(`${PLAN}/imports`, planner, async (request, reply) => {
      const me = wholePlanner(request);
      const { file, fields } = await readUpload(request);
      const year = /^20\d\d$/.test(fields['year'] ?? '') ? Number(fields['year']) : thisYear();
      const read = await sheetsOf(file);
      if (typeof read === 'string') {
        const fileFault = request.language.words.uploads[read];
        const page = newImportPage(request.language, { fileFault, thisYear: thisYear(), year });
        return reply.code(422).page('replies/plan/new-import', page);
      }
      const sheets = read.sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) }));
      const table = { authorityId: me.authorityId, fileName: read.name, year, sheets, sentAt: clock() };
      const forgetBefore = new Date(Date.parse(clock()) - KEPT_HOURS * 3_600_000).toISOString();
      return reply.redirect(importHref(await imports.keep(table, me.accountId, forgetBefore)), 303);
    });
  });

  app.get(`${PLAN}/imports/:import`, { schema: { params: WithImport }, ...planner }, async (request, reply) => {
    const me = wholePlanner(request);
    const found = await ownImport(me, request.params.import);
    const looked = { ...(await look(request, found)), places: await desk.places(me), changedSince: false };
    return reply.page('replies/plan/import', importPage(request.language, found, looked));
  });

  app.post(
    `${PLAN}/imports/:import/taking`,
    { schema: { params: WithImport, body: Taking }, ...planner },
    async (request, reply) => {
      const me = wholePlanner(request);
      const found = await ownImport(me, request.params.import);
      const looked = await look(request, found);
      const isSame = looked.fingerprint === request.body.fingerprint;
      if (!isSame || looked.preview.faults.length > 0) {
        const shown = { ...looked, places: await desk.places(me), changedSince: !isSame };
        return reply.code(isSame ? 422 : 409).page('replies/plan/import', importPage(request.language, found, shown));
      }
      if ((await imports.take(found.id, clock())) === 'done-already') throw new Fault('already-done');
      const changes = (await compare(request, found, newId)).rows.flatMap((row) => row.changes);
      const written = await plan.write(me.authorityId, changes, me.accountId, clock());
      if (written.outcome === 'taken') throw new Fault('already-done', `The number ${written.reference} is taken.`);
      await audit.write({ at: clock(), accountId: me.accountId, action: 'plan-imported', subject: found.id });
      return reply.redirect(`${PLAN}?done=imported`, 303);
    },
  );
}

/** The sheets of a file that was sent, or what is wrong with it. */
async function sheetsOf(file: UploadedFile | 'missing' | 'too-large' | 'several') {
  if (typeof file === 'string') return file;
  const sheets = await readSheets(file);
  if (typeof sheets === 'string') return sheets;
  return sheets.length === 0 ? ('empty' as const) : { name: file.name, sheets };
}
