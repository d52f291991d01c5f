import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PART_FIELDS, readPart, type FormPart, type Typed } from '../core/fieldwork/setup-parts.ts';
import { SETUP_STEPS, type PartId, type SetupParts, type SetupStep } from '../core/fieldwork/setup.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createPlaces } from '../storage/places.ts';
import { createWaves } from '../storage/waves.ts';
import { createWaveSetup } from '../storage/wave-setup.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { fileHref, waveHref } from './addresses.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { replyStepPage } from './reply-step-page.ts';
import { offeredBands, offeredSchools, replyChoices } from './reply-offers.ts';
import { replyStepRoutes } from './reply-step-routes.ts';
import { setupFormPage } from './setup-form-page.ts';
import {
  datesPage,
  languagesPage,
  readersPage,
  rehearsalPage,
  schoolsPage,
  stagesPage,
  topicsPage,
} from './setup-pages.ts';
import { setupWaveRoutes } from './setup-wave-routes.ts';
import { stepsOfWave } from './task-list.ts';
import { gatherWaveFacts, languagesOf, type WaveFacts } from './wave-facts.ts';

const WithStep = Type.Object({ wave: Id, step: Type.Enum(SETUP_STEPS) });
const LanguagesForm = Type.Object(
  { languages: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 20 })) },
  { additionalProperties: false },
);
/** Longer than anything that is kept, so that a page can say so. */
const LONGEST = { text: 200, words: 2000, day: 40, number: 40, choice: 60 } as const;

/** The body of a form: text as it was typed, so that what is wrong can be said beside its field. */
function bodyOf(part: FormPart) {
  const fields = PART_FIELDS[part].map(({ id, kind }) => {
    const text = Type.String({ maxLength: LONGEST[kind] });
    return [id, kind === 'choice' ? Type.Optional(text) : text] as const;
  });
  return Type.Object(Object.fromEntries(fields), { additionalProperties: false });
}

/** A step whose page is a form and nothing else; that of the rehearsal has more. */
const isFormStep = (step: SetupStep): step is Exclude<FormPart, 'rehearsal'> =>
  step !== 'rehearsal' && step in PART_FIELDS;

/** The steps that a wave is set up in: a page each, which can be left and gone on with later. */
export async function setupRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const waves = createWaves(database);
  const setup = createWaveSetup(database);
  const places = createPlaces(database);
  const audit = createAudit(database);

  /** A wave that is not open yet, with everything that is known of it. */
  async function factsToChange(request: FastifyRequest, waveId: string): Promise<WaveFacts> {
    const wave = await ownWave(waves, request, waveId);
    if (wave.rehearsalOf !== null) throw new Fault('not-found');
    if (wave.state !== 'made') throw new Fault('wave-already-open');
    return gatherWaveFacts(services, wave);
  }

  async function note<Part extends PartId>(
    request: FastifyRequest,
    waveId: string,
    part: Part,
    content: SetupParts[Part],
  ): Promise<void> {
    const { accountId } = person(request);
    if ((await setup.note(waveId, part, content, accountId, clock())) === 'wave-open')
      throw new Fault('wave-already-open');
    await audit.write({ at: clock(), accountId, action: 'wave-set-up', subject: `${waveId} ${part}` });
  }

  async function showStep(request: FastifyRequest, reply: FastifyReply, step: SetupStep, facts: WaveFacts) {
    const { language } = request;
    if (isFormStep(step)) return reply.page('fieldwork/setup-form', setupFormPage(language, step, facts));
    const choices = facts.reply || step === 'reply' ? await replyChoices(database, facts.wave.authorityId) : undefined;
    if (step === 'reply') return reply.page('fieldwork/setup-reply', replyStepPage(language, facts, choices!));
    if (step === 'stages')
      return reply.page(
        'fieldwork/setup-stages',
        stagesPage(language, facts, [], offeredBands(language, facts, choices)),
      );
    if (step === 'dates') return reply.page('fieldwork/setup-dates', datesPage(language, facts));
    if (step === 'languages') return reply.page('fieldwork/setup-languages', languagesPage(language, facts));
    if (step === 'rehearsal') return reply.page('fieldwork/setup-rehearsal', rehearsalPage(language, facts));
    if (step === 'schools') {
      const all = await places.schools(facts.wave.authorityId);
      const offered = offeredSchools(language, facts, choices, all);
      return reply.page('fieldwork/setup-schools', schoolsPage(language, facts, all, [], offered));
    }
    const topics = step === 'topics' ? topicsPage(language, facts) : null;
    if (topics) return reply.page('fieldwork/setup-topics', topics);
    const readers = readersPage(language, facts);
    if (!readers) throw new Fault('not-found');
    return reply.page('fieldwork/setup-readers', readers);
  }

  app.get(
    '/fieldwork/waves/:wave/setup/:step',
    { schema: { params: WithStep }, ...administrator },
    async (request, reply) => {
      const { step } = request.params;
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.rehearsalOf !== null) throw new Fault('not-found');
      if (wave.state !== 'made') return reply.redirect(`${fileHref(wave.id)}#${step}`, 303);
      const facts = await gatherWaveFacts(services, wave);
      if (!stepsOfWave(facts).includes(step)) throw new Fault('not-found');
      return showStep(request, reply, step, facts);
    },
  );

  for (const part of Object.keys(PART_FIELDS) as FormPart[]) {
    app.post(
      `/fieldwork/waves/:wave/setup/${part}`,
      { schema: { params: WithWave, body: bodyOf(part) }, ...administrator },
      async (request, reply) => {
        const { language } = request;
        const facts = await factsToChange(request, request.params.wave);
        if (!stepsOfWave(facts).includes(part)) throw new Fault('not-found');
        const typed: Typed = request.body;
        const { startsOn, endsOn } = facts.wave;
        const against = { today: facts.today, startsOn, endsOn, contacts: facts.contactsHash, asked: facts.asked };
        const reading = readPart(part, typed, against);
        if ('faults' in reading) {
          reply.code(422);
          return part === 'rehearsal'
            ? reply.page('fieldwork/setup-rehearsal', rehearsalPage(language, facts, reading.faults, typed))
            : reply.page('fieldwork/setup-form', setupFormPage(language, part, facts, reading.faults, typed));
        }
        await note(request, facts.wave.id, part, reading.content);
        return reply.redirect(`${waveHref(facts.wave.id)}#${part}`, 303);
      },
    );
  }

  app.post(
    '/fieldwork/waves/:wave/setup/languages',
    { schema: { params: WithWave, body: LanguagesForm }, ...administrator },
    async (request, reply) => {
      const facts = await factsToChange(request, request.params.wave);
      const chosen = new Set(['en', ...(request.body.languages ?? [])]);
      const languages = languagesOf(facts.contents).filter((code) => chosen.has(code));
      await note(request, facts.wave.id, 'languages', { languages });
      return reply.redirect(`${waveHref(facts.wave.id)}#languages`, 303);
    },
  );

  await replyStepRoutes(app, services, factsToChange);
  await setupWaveRoutes(app, services, factsToChange);
}
