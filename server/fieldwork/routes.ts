import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { withoutStarted } from '../core/fieldwork/slips.ts';
import { DEFAULT_BANDS } from '../core/survey/stage.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createCodes } from '../storage/codes.ts';
import { createFieldworkCounters } from '../storage/fieldwork-counters.ts';
import { createPlaces } from '../storage/places.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { closeWave } from './close-wave.ts';
import { newWavePage, slipsPage, waveHref, wavePage, wavesPage, type WaveForm } from './pages.ts';
import { makeSlips, slipsCsv } from './slip-sheet.ts';
import { gatherWaveFacts } from './wave-facts.ts';

const Id = Type.String({ maxLength: 40 });
const CivilDate = Type.String({ pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' });
const NewWaveForm = Type.Object(
  {
    name: Type.String({ maxLength: 80 }),
    family: Type.String({ maxLength: 40 }),
    startsOn: CivilDate,
    endsOn: CivilDate,
    bands: Type.Optional(Type.Array(Id, { maxItems: 20 })),
    schools: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
    agreed: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
  },
  { additionalProperties: false },
);
const WithWave = Type.Object({ wave: Id });
const WithSchool = Type.Object({ wave: Id, school: Id });
const ClosingForm = Type.Object({ sure: Type.Optional(Type.Literal('yes')) }, { additionalProperties: false });

const administrator = { config: { access: ['administrator'] } } as const;

/** Making, opening and closing waves, and making codes. */
export async function fieldworkRoutes(app: App, services: Services): Promise<void> {
  const { database, secrets, clock } = services;
  const waves = createWaves(database);
  const surveys = createSurveys(database);
  const places = createPlaces(database);
  const codes = createCodes(database);
  const counters = createFieldworkCounters(database);
  const audit = createAudit(database);

  async function ownWave(request: FastifyRequest, id: string): Promise<Wave> {
    const wave = await waves.find(id);
    if (!wave || wave.authorityId !== person(request).authorityId) throw new Fault('not-found');
    return wave;
  }

  app.get('/fieldwork', administrator, async (request, reply) =>
    reply.page('fieldwork/waves', wavesPage(request.language, await waves.list(person(request).authorityId))),
  );

  app.get('/fieldwork/waves/new', administrator, async (request, reply) => {
    const families = await surveys.families();
    const schools = await places.schools(person(request).authorityId);
    const form: WaveForm = {
      name: '',
      family: families[0] ?? '',
      startsOn: '',
      endsOn: '',
      bands: [],
      schools: schools.map((school) => school.id),
      agreed: [],
    };
    return reply.page('fieldwork/new-wave', newWavePage(request.language, form, families, schools, []));
  });

  app.post('/fieldwork/waves', { schema: { body: NewWaveForm }, ...administrator }, async (request, reply) => {
    const { authorityId, accountId } = person(request);
    const { bands = [], schools: chosen = [], agreed = [] } = request.body;
    const form: WaveForm = { ...request.body, name: request.body.name.trim(), bands, schools: chosen, agreed };
    const families = await surveys.families();
    const schools = await places.schools(authorityId);
    const own = schools.filter((school) => chosen.includes(school.id));
    const faults = waveFaults(request.language.words.fieldwork, form, families, own.length);
    if (faults.length > 0) {
      return reply.code(422).page('fieldwork/new-wave', newWavePage(request.language, form, families, schools, faults));
    }
    const wave = {
      authorityId,
      name: form.name,
      family: form.family,
      startsOn: form.startsOn,
      endsOn: form.endsOn,
      bands: DEFAULT_BANDS.filter((band) => bands.includes(band.id)),
      versionIds: (await surveys.newestOfFamily(form.family)).map((version) => version.id),
      schools: own.map((school) => ({ id: school.id, agreedToBeShown: agreed.includes(school.id) })),
    };
    const id = await waves.make(wave, accountId, clock());
    await audit.write({ at: clock(), accountId, action: 'wave-made', subject: id });
    return reply.redirect(waveHref(id), 303);
  });

  app.get('/fieldwork/waves/:wave', { schema: { params: WithWave }, ...administrator }, async (request, reply) => {
    const facts = await gatherWaveFacts(services, await ownWave(request, request.params.wave));
    return reply.page('fieldwork/wave', wavePage(request.language, facts, []));
  });

  app.post(
    '/fieldwork/waves/:wave/opening',
    { schema: { params: WithWave }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(request, request.params.wave);
      if (wave.state !== 'made') throw new Fault('wave-already-open');
      const facts = await gatherWaveFacts(services, wave);
      if (facts.missing.length > 0) {
        return reply.code(422).page('fieldwork/wave', wavePage(request.language, facts, []));
      }
      // The secret comes first: a wave without one could take no answer.
      if (!secrets.hasWaveSecret(wave.id)) secrets.createWaveSecret(wave.id);
      if ((await waves.open(wave.id, accountId, clock())) === 'done-already') throw new Fault('wave-already-open');
      await audit.write({ at: clock(), accountId, action: 'wave-opened', subject: wave.id });
      return reply.redirect(waveHref(wave.id), 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/schools/:school/codes',
    { schema: { params: WithSchool }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(request, request.params.wave);
      if (wave.state !== 'open') throw new Fault('wave-not-open');
      const school = (await waves.schools(wave.id)).find((candidate) => candidate.id === request.params.school);
      if (!school) throw new Fault('not-found');
      const stages = wave.bands.flatMap((band) => band.stages);
      const roll = (await waves.roll(wave.id)).filter(
        (row) => row.schoolId === school.id && stages.includes(row.stage),
      );
      const { slips, codes: stored } = makeSlips(
        withoutStarted(roll, await counters.startedByClass(wave.id, school.id)),
        secrets,
      );
      await codes.replaceUnspent(wave.id, school.id, stored);
      await audit.write({ at: clock(), accountId, action: 'codes-made', subject: `${wave.id} ${school.code}` });
      const sheet = { waveId: wave.id, school, address: request.host, slips, csv: slipsCsv(slips) };
      return reply.page('fieldwork/slips', slipsPage(request.language, sheet));
    },
  );

  app.post(
    '/fieldwork/waves/:wave/closing',
    { schema: { params: WithWave, body: ClosingForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(request, request.params.wave);
      if (wave.state === 'made') throw new Fault('wave-not-open');
      if (wave.state !== 'open') throw new Fault('already-done');
      if (request.body.sure !== 'yes') {
        const faults = [{ field: 'sure', message: request.language.words.fieldwork.closeFault }];
        const facts = await gatherWaveFacts(services, wave);
        return reply.code(422).page('fieldwork/wave', wavePage(request.language, facts, faults));
      }
      if ((await closeWave(services, wave, accountId)) === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'wave-closed', subject: wave.id });
      return reply.redirect(waveHref(wave.id), 303);
    },
  );
}

function waveFaults(
  words: Record<'faultName' | 'faultDates' | 'faultBands' | 'faultSchools' | 'faultFamily', string>,
  form: WaveForm,
  families: readonly string[],
  schools: number,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (form.name.length < 3) faults.push({ field: 'name', message: words.faultName });
  if (!families.includes(form.family)) faults.push({ field: 'family', message: words.faultFamily });
  const dated = !Number.isNaN(Date.parse(form.startsOn)) && !Number.isNaN(Date.parse(form.endsOn));
  if (!dated || form.endsOn < form.startsOn) faults.push({ field: 'endsOn', message: words.faultDates });
  if (!DEFAULT_BANDS.some((band) => form.bands.includes(band.id))) {
    faults.push({ field: 'bands', message: words.faultBands });
  }
  if (schools === 0) faults.push({ field: 'schools', message: words.faultSchools });
  return faults;
}
