import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isDay } from '../core/fieldwork/setup-parts.ts';
import { DEFAULT_BANDS } from '../core/survey/stage.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createPlaces } from '../storage/places.ts';
import { createWaves } from '../storage/waves.ts';
import { createWaveSetup } from '../storage/wave-setup.ts';
import { person } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { originOf, waveHref } from './addresses.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { wavePage } from './pages.ts';
import { datesPage, schoolsPage, stagesPage, type TypedDates } from './setup-pages.ts';
import type { SetupStep } from '../core/fieldwork/setup.ts';
import { gatherWaveFacts, type WaveFacts } from './wave-facts.ts';

const Ids = Type.Optional(Type.Array(Id, { maxItems: 2000 }));
const StagesForm = Type.Object({ bands: Ids }, { additionalProperties: false });
const SchoolsForm = Type.Object({ schools: Ids, agreed: Ids }, { additionalProperties: false });
const Day = Type.String({ maxLength: 40 });
const DatesForm = Type.Object({ startsOn: Day, endsOn: Day }, { additionalProperties: false });
const PostponementForm = Type.Object({ endsOn: Day }, { additionalProperties: false });

type FactsToChange = (request: FastifyRequest, waveId: string) => Promise<WaveFacts>;

/** The steps that change the wave itself: its stages, its schools and its dates. */
export async function setupWaveRoutes(app: App, services: Services, factsToChange: FactsToChange): Promise<void> {
  const { database, clock } = services;
  const waves = createWaves(database);
  const setup = createWaveSetup(database);
  const places = createPlaces(database);
  const audit = createAudit(database);

  /** Says so where the wave opened meanwhile; else notes who changed what. */
  async function noteChange(
    request: FastifyRequest,
    outcome: 'changed' | 'wave-open',
    waveId: string,
    step: SetupStep,
  ) {
    if (outcome === 'wave-open') throw new Fault('wave-already-open');
    const subject = `${waveId} ${step}`;
    await audit.write({ at: clock(), accountId: person(request).accountId, action: 'wave-set-up', subject });
  }

  app.post(
    '/fieldwork/waves/:wave/setup/stages',
    { schema: { params: WithWave, body: StagesForm }, ...administrator },
    async (request, reply) => {
      const facts = await factsToChange(request, request.params.wave);
      if (facts.open) throw new Fault('not-found');
      const { bands: chosen = [] } = request.body;
      const bands = DEFAULT_BANDS.filter(({ id }) => chosen.includes(id));
      if (bands.length === 0) {
        const faults = [{ field: 'bands', message: request.language.words.fieldwork.faultBands }];
        return reply.code(422).page('fieldwork/setup-stages', stagesPage(request.language, facts, faults));
      }
      await noteChange(request, await setup.setBands(facts.wave.id, bands), facts.wave.id, 'stages');
      return reply.redirect(`${waveHref(facts.wave.id)}#stages`, 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/setup/schools',
    { schema: { params: WithWave, body: SchoolsForm }, ...administrator },
    async (request, reply) => {
      const facts = await factsToChange(request, request.params.wave);
      if (facts.open) throw new Fault('not-found');
      const { schools: chosen = [], agreed = [] } = request.body;
      const all = await places.schools(facts.wave.authorityId);
      const schools = all
        .filter(({ id }) => chosen.includes(id))
        .map(({ id }) => ({ id, agreedToBeShown: agreed.includes(id) }));
      if (schools.length === 0) {
        const faults = [{ field: 'schools', message: request.language.words.fieldwork.faultSchools }];
        return reply.code(422).page('fieldwork/setup-schools', schoolsPage(request.language, facts, all, faults));
      }
      await noteChange(request, await setup.setSchools(facts.wave.id, schools), facts.wave.id, 'schools');
      return reply.redirect(`${waveHref(facts.wave.id)}#schools`, 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/setup/dates',
    { schema: { params: WithWave, body: DatesForm }, ...administrator },
    async (request, reply) => {
      const facts = await factsToChange(request, request.params.wave);
      const typed: TypedDates = { startsOn: request.body.startsOn.trim(), endsOn: request.body.endsOn.trim() };
      const faults = dateFaults(request.language, typed);
      if (faults.length > 0)
        return reply.code(422).page('fieldwork/setup-dates', datesPage(request.language, facts, typed, faults));
      await noteChange(request, await setup.setDates(facts.wave.id, typed), facts.wave.id, 'dates');
      return reply.redirect(`${waveHref(facts.wave.id)}#dates`, 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/postponements',
    { schema: { params: WithWave, body: PostponementForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state !== 'open' || wave.rehearsalOf !== null) throw new Fault('wave-not-open');
      const facts = await gatherWaveFacts(services, wave);
      const endsOn = request.body.endsOn.trim();
      const message = postponementFault(request.language, facts, endsOn);
      if (message !== undefined || (await setup.postpone(wave.id, endsOn, accountId, clock())) === 'not-later') {
        const faults = [{ field: 'endsOn', message: message ?? request.language.words.setup.postponeFault }];
        const state = { origin: originOf(request, services), faults, typedEnd: endsOn };
        return reply.code(422).page('fieldwork/wave', wavePage(request.language, facts, state));
      }
      await audit.write({ at: clock(), accountId, action: 'wave-postponed', subject: `${wave.id} ${endsOn}` });
      return reply.redirect(`${waveHref(wave.id)}#dates`, 303);
    },
  );
}

function dateFaults({ words: { fieldwork, setup } }: Language, { startsOn, endsOn }: TypedDates): FieldFault[] {
  const days = [
    { field: 'startsOn', day: startsOn },
    { field: 'endsOn', day: endsOn },
  ];
  const wrong = days
    .filter(({ day }) => !isDay(day))
    .map(({ field, day }) => ({ field, message: day === '' ? setup['fault-empty'] : setup['fault-not-a-day'] }));
  if (wrong.length > 0) return wrong;
  return endsOn < startsOn ? [{ field: 'endsOn', message: fieldwork.faultDates }] : [];
}

/** Why a day cannot be the new last one; undefined if it can. */
function postponementFault(language: Language, { wave, setup }: WaveFacts, endsOn: string): string | undefined {
  const words = language.words.setup;
  if (!isDay(endsOn)) return words['fault-not-a-day'];
  if (endsOn <= wave.endsOn) return words.postponeFault;
  const until = setup.parts.retention?.retainedUntil;
  return until !== undefined && endsOn >= until
    ? language.say('setup', 'postponeRetention', { date: language.date(until) })
    : undefined;
}
