import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createOptOuts } from '../storage/class-opt-outs.ts';
import { createClassRolls } from '../storage/class-rolls.ts';
import { createClassSheets } from '../storage/class-sheets.ts';
import { createClassSpares } from '../storage/class-spares.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import { recordedSchool } from '../web/class-facts.ts';
import { originOf } from '../web/origin.ts';
import { ownWave } from '../web/own-wave.ts';
import type { App, Services } from '../web/services.ts';
import { schoolHref } from './addresses.ts';
import { OptOutForm, saveOptOuts } from './opt-out-form.ts';
import { schoolPage, type SchoolFacts } from './school-page.ts';
import { makeSheets } from './sheets.ts';
import { sheetsPage } from './sheets-page.ts';

const Id = Type.String({ maxLength: 40 });
const WithSchool = Type.Object({ wave: Id, school: Id });
const Saved = Type.Object({ saved: Type.Optional(Type.Literal('yes')) });
/** Without a class the sheets of all classes are made. */
const SheetsForm = Type.Object(
  { class: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
);
const PlaceForm = Type.Object({ class: Type.String({ maxLength: 200 }) }, { additionalProperties: false });
const administrator = { config: { access: ['administrator'] } } as const;

/** A school in a wave, for those who run the wave: class sheets and opt-outs. */
export function schoolRoutes(app: App, services: Services): void {
  const { database, secrets, clock } = services;
  const waves = createWaves(database);
  const rolls = createClassRolls(database);
  const optOuts = createOptOuts(database);
  const spares = createClassSpares(database);
  const sheets = createClassSheets(database);
  const audit = createAudit(database);

  /** @throws Fault if the wave is not open or does not ask the school */
  async function read(request: FastifyRequest, { wave: id, school: schoolId }: WithSchool): Promise<SchoolFacts> {
    const wave = await ownWave(waves, request, id);
    const school = await waves.school(wave.id, schoolId);
    if (!school) throw new Fault('not-found');
    if (wave.state !== 'open') throw new Fault('wave-not-open');
    return {
      wave,
      school,
      classes: await rolls.ofSchool(
        wave.id,
        school.id,
        wave.bands.flatMap((band) => band.stages),
      ),
      optOuts: await optOuts.ofSchool(wave.id, school.id),
      withSheet: await sheets.ofSchool(wave.id, school.id),
      spares: await spares.ofSchool(wave.id, school.id),
    };
  }

  app.get(
    '/class/waves/:wave/schools/:school',
    { schema: { params: WithSchool, querystring: Saved }, ...administrator },
    async (request, reply) => {
      const facts = await read(request, request.params);
      return reply.page('class/school', schoolPage(request.language, facts, { saved: request.query.saved === 'yes' }));
    },
  );

  /** Makes the sheets of all classes, or of one whose sheet was lost. Nothing stored can show them again. */
  app.post(
    '/class/waves/:wave/schools/:school/sheets',
    { schema: { params: WithSchool, body: SheetsForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const { wave, school, classes } = await read(request, request.params);
      const { class: only } = request.body;
      const names = classes.map(({ name }) => name).filter((name) => only === undefined || name === only);
      if (names.length === 0) throw new Fault('not-found');
      const { printed, stored } = makeSheets(names, secrets);
      await sheets.replace(wave.id, school.id, stored, clock());
      const subject = recordedSchool({ wave, school });
      await audit.write({ at: clock(), accountId, action: 'class-sheets-made', subject });
      const place = { origin: originOf(request, services), host: request.host };
      return reply.page('class/sheets', sheetsPage(request.language, { wave, school, sheets: printed, ...place }));
    },
  );

  app.post(
    '/class/waves/:wave/schools/:school/opt-outs',
    { schema: { params: WithSchool, body: OptOutForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const facts = await read(request, request.params);
      const { wave, school, classes } = facts;
      const index = classes.findIndex(({ name }) => name === request.body.class);
      const schoolClass = classes[index];
      if (!schoolClass) throw new Fault('not-found');
      // Who is here to chase is not told who has started: nothing that is refused depends on it.
      const { changed, faults } = await saveOptOuts(
        request.language,
        optOuts,
        { waveId: wave.id, schoolId: school.id, schoolClass, tooMany: 'count-fewer', idPrefix: `class-${index}-` },
        request.body,
      );
      if (faults.length > 0) {
        return reply
          .code(422)
          .page('class/school', schoolPage(request.language, facts, { typed: { form: request.body, faults } }));
      }
      if (changed) {
        const subject = recordedSchool({ wave, school });
        await audit.write({ at: clock(), accountId, action: 'opt-outs-changed', subject });
      }
      return reply.redirect(`${schoolHref(wave.id, school.id)}?saved=yes`, 303);
    },
  );

  /** One more place in a class, also where its teacher may add none any more: the record says who did. */
  app.post(
    '/class/waves/:wave/schools/:school/places',
    { schema: { params: WithSchool, body: PlaceForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const { wave, school, classes } = await read(request, request.params);
      const { class: className } = request.body;
      if (!classes.some(({ name }) => name === className)) throw new Fault('not-found');
      await spares.add({ waveId: wave.id, schoolId: school.id, className }, null);
      const subject = recordedSchool({ wave, school });
      await audit.write({ at: clock(), accountId, action: 'class-spare-added', subject });
      return reply.redirect(schoolHref(wave.id, school.id), 303);
    },
  );
}

interface WithSchool {
  wave: string;
  school: string;
}
