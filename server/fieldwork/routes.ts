import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { withoutOptOuts } from '../core/fieldwork/class-numbers.ts';
import { isOpenFamily, openBands } from '../core/fieldwork/open-family.ts';
import { asksAboutReply, FEEDBACK_FAMILY } from '../core/fieldwork/reply-wave.ts';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import { withoutStarted } from '../core/fieldwork/slips.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createOptOuts } from '../storage/class-opt-outs.ts';
import { createCodes } from '../storage/codes.ts';
import { createFieldworkCounters } from '../storage/fieldwork-counters.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import { createWaves } from '../storage/waves.ts';
import { createWrittenTexts } from '../storage/written-texts.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { closeWave } from './close-wave.ts';
import { originOf, waveHref } from './addresses.ts';
import { linkRoutes } from './link-routes.ts';
import { newWavePage, waveFaults, type Family, type WaveForm } from './new-wave-page.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { wavePage, wavesPage } from './pages.ts';
import { readerRoutes } from './reader-routes.ts';
import { scriptRoutes } from './script-routes.ts';
import { slipRoutes } from './slip-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { ownReply } from './reply-step-routes.ts';
import { ratesRoutes } from './rates-routes.ts';
import { rehearsalRoutes } from './rehearsal-routes.ts';
import { endRehearsalsOf } from './rehearse.ts';
import { proofRoutes } from './proof-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { setupRoutes } from './setup-routes.ts';
import { makeSlips } from './slip-sheet.ts';
import { slipsPage } from './slips-page.ts';
import { topicRoutes } from './topic-routes.ts';
import { gatherWaveFacts, type WaveFacts } from './wave-facts.ts';

const NewWaveForm = Type.Object(
  { name: Type.String({ maxLength: 80 }), family: Type.String({ maxLength: 40 }), reply: Type.Optional(Id) },
  { additionalProperties: false },
);
const AboutReply = Type.Object({ reply: Type.Optional(Id) });
const WithSchool = Type.Object({ wave: Id, school: Id });
const ClosingForm = Type.Object({ sure: Type.Optional(Type.Literal('yes')) }, { additionalProperties: false });

/** Fieldwork: making, opening and closing waves, making codes, and what belongs to a wave besides. */
export async function fieldworkRoutes(app: App, services: Services): Promise<void> {
  const { database, secrets, clock } = services;
  const waves = createWaves(database);
  const texts = createWrittenTexts(database, secrets);
  const surveys = createSurveys(database);
  const codes = createCodes(database);
  const optOuts = createOptOuts(database);
  const counters = createFieldworkCounters(database);
  const audit = createAudit(database);
  const waveReplies = createWaveReplies(database);

  /** Families that a wave can ask, each with whether it is open to whoever comes. */
  async function families(): Promise<Family[]> {
    const ids = await surveys.families();
    return Promise.all(
      ids.map(async (id) => {
        const newest = await surveys.newestOfFamily(id);
        return { id, open: isOpenFamily(newest.map((version) => version.definition)) };
      }),
    );
  }

  const pageOf = (request: FastifyRequest, facts: WaveFacts, faults: FieldFault[] = []) =>
    wavePage(request.language, facts, { origin: originOf(request, services), faults });

  app.get('/fieldwork', administrator, async (request, reply) =>
    reply.page(
      'fieldwork/waves',
      wavesPage(
        request.language,
        await waves.list(person(request).authorityId),
        await texts.overdueOfAuthority(person(request).authorityId, schoolDate(clock())),
      ),
    ),
  );

  app.get('/fieldwork/waves/new', { schema: { querystring: AboutReply }, ...administrator }, async (request, reply) => {
    const choices = await families();
    const about = await ownReply(database, person(request).authorityId, request.query.reply);
    const family = about ? FEEDBACK_FAMILY : choices.find(({ open }) => !open)?.id;
    const form: WaveForm = { name: '', family: family ?? '', reply: about };
    return reply.page('fieldwork/new-wave', newWavePage(request.language, form, choices, []));
  });

  app.post('/fieldwork/waves', { schema: { body: NewWaveForm }, ...administrator }, async (request, reply) => {
    const { authorityId, accountId } = person(request);
    const about = await ownReply(database, authorityId, request.body.reply);
    const form: WaveForm = { name: request.body.name.trim(), family: request.body.family, reply: about };
    const choices = await families();
    const family = choices.find((candidate) => candidate.id === form.family);
    const faults = waveFaults(request.language.words.fieldwork, form, family);
    if (!family || faults.length > 0)
      return reply.code(422).page('fieldwork/new-wave', newWavePage(request.language, form, choices, faults));
    const versions = await surveys.newestOfFamily(family.id);
    // Stages, schools and dates come with the steps of its setup.
    const wave = {
      authorityId,
      name: form.name,
      family: family.id,
      startsOn: '',
      endsOn: '',
      bands: family.open ? openBands(versions.map((version) => version.definition)) : [],
      versionIds: versions.map((version) => version.id),
      schools: [],
    };
    const id = await waves.make(wave, accountId, clock());
    await audit.write({ at: clock(), accountId, action: 'wave-made', subject: id });
    if (about && asksAboutReply(wave)) await waveReplies.choose(id, about.id, accountId, clock());
    return reply.redirect(waveHref(id), 303);
  });

  app.get('/fieldwork/waves/:wave', { schema: { params: WithWave }, ...administrator }, async (request, reply) => {
    const facts = await gatherWaveFacts(services, await ownWave(waves, request, request.params.wave));
    return reply.page('fieldwork/wave', pageOf(request, facts));
  });

  app.post(
    '/fieldwork/waves/:wave/opening',
    { schema: { params: WithWave }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state !== 'made') throw new Fault('wave-already-open');
      // A backup from before it opened: opened again, it would be closed for good at the next start.
      if (secrets.wasClosed(wave.id)) throw new Fault('wave-was-closed');
      const facts = await gatherWaveFacts(services, wave);
      if (facts.missing.length > 0) {
        return reply.code(422).page('fieldwork/wave', pageOf(request, facts));
      }
      await endRehearsalsOf(services, wave.id, accountId);
      // That took a while in which somebody may have changed something: it is looked at again, and once more as it opens.
      const looked = await gatherWaveFacts(services, await ownWave(waves, request, wave.id));
      if (looked.missing.length > 0) throw new Fault('setup-changed');
      // The secret comes first: a wave without one could take no answer.
      if (!secrets.hasWaveSecret(wave.id)) secrets.createWaveSecret(wave.id);
      const outcome = await waves.open(wave.id, accountId, clock(), looked.fingerprint);
      if (outcome === 'done-already') throw new Fault('wave-already-open');
      if (outcome === 'changed') throw new Fault('setup-changed');
      await audit.write({ at: clock(), accountId, action: 'wave-opened', subject: wave.id });
      return reply.redirect(waveHref(wave.id), 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/schools/:school/codes',
    { schema: { params: WithSchool }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state !== 'open') throw new Fault('wave-not-open');
      const school = (await waves.schools(wave.id)).find((candidate) => candidate.id === request.params.school);
      if (!school) throw new Fault('not-found');
      const stages = wave.bands.flatMap((band) => band.stages);
      const roll = (await waves.roll(wave.id)).filter(
        (row) => row.schoolId === school.id && stages.includes(row.stage),
      );
      const { slips, codes: stored } = makeSlips(
        withoutStarted(
          withoutOptOuts(roll, await optOuts.ofSchool(wave.id, school.id)),
          await counters.startedByClass(wave.id, school.id),
        ),
        secrets,
      );
      await codes.replaceUnspent(wave.id, school.id, stored);
      await audit.write({ at: clock(), accountId, action: 'codes-made', subject: `${wave.id} ${school.code}` });
      const address = { origin: originOf(request, services), host: request.host };
      return reply.page('fieldwork/slips', slipsPage(request.language, { wave, school, slips, ...address }));
    },
  );

  app.post(
    '/fieldwork/waves/:wave/closing',
    { schema: { params: WithWave, body: ClosingForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.rehearsalOf !== null) throw new Fault('rehearsal');
      if (wave.state === 'made') throw new Fault('wave-not-open');
      if (wave.state !== 'open') throw new Fault('already-done');
      if (request.body.sure !== 'yes') {
        const faults = [{ field: 'sure', message: request.language.words.fieldwork.closeFault }];
        const facts = await gatherWaveFacts(services, wave);
        return reply.code(422).page('fieldwork/wave', pageOf(request, facts, faults));
      }
      if ((await closeWave(services, wave, accountId)) === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'wave-closed', subject: wave.id });
      return reply.redirect(waveHref(wave.id), 303);
    },
  );

  await setupRoutes(app, services);
  await fileRoutes(app, services);
  await noticeRoutes(app, services);
  await rehearsalRoutes(app, services);
  await proofRoutes(app, services);
  await ratesRoutes(app, services);
  await topicRoutes(app, services);
  await readerRoutes(app, services);
  await linkRoutes(app, services);
  await scriptRoutes(app);
  slipRoutes(app, services);
}
