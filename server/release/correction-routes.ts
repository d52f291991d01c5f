import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { AS_OPENED, type Counting } from '../core/disclosure/counting.ts';
import { Fault } from '../errors.ts';
import { createAnswerDeletions } from '../storage/answer-deletions.ts';
import { createAudit } from '../storage/audit.ts';
import type { Database } from '../storage/database.ts';
import { createReleaseCorrections } from '../storage/release-corrections.ts';
import { createReleases, type ReleaseEntry } from '../storage/releases.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { Language } from '../web/language.ts';
import { releaseHref } from './addresses.ts';
import {
  correctionFaults,
  countingOf,
  formOf,
  type CorrectionChoices,
  type CorrectionForm,
} from './correction-form.ts';
import { changeWords, correctionPage, correctionReview, type CorrectionFacts } from './correction-pages.ts';
import { openingPlaces } from './gather-correction.ts';
import type { ReleaseJobs } from './jobs.ts';

const Id = Type.String({ maxLength: 40 });
const WithRelease = Type.Object({ release: Id });
const From = Type.Object({ from: Type.Optional(Id) });
const Ticks = Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 5000 }));
const Form = Type.Object(
  {
    // Longer than may be kept, so that a page can say so.
    reason: Type.String({ maxLength: 4000 }),
    left: Ticks,
    withdrawn: Ticks,
    cluster: Ticks,
    locality: Ticks,
    step: Type.Union([Type.Literal('review'), Type.Literal('change'), Type.Literal('make')]),
  },
  { additionalProperties: false },
);

/** Making a correction of the newest published release of a wave, and turning one down that waits. */
export function correctionRoutes(app: App, { database, clock }: Services, jobs: ReleaseJobs): void {
  const releases = createReleases(database);
  const corrections = createReleaseCorrections(database);
  const waves = createWaves(database);
  const audit = createAudit(database);
  const deletions = createAnswerDeletions(database);
  const analyst = { access: ['analyst'] } as const;

  async function ownRelease(request: FastifyRequest, id: string): Promise<ReleaseEntry> {
    const entry = (await releases.list(person(request).authorityId)).find((candidate) => candidate.id === id);
    if (!entry) throw new Fault('not-found');
    return entry;
  }

  /** A release that can be corrected now, with what that is made of. */
  async function correctable(request: FastifyRequest, id: string) {
    const entry = await ownRelease(request, id);
    const obstacle = await corrections.obstacle(entry.id);
    if (obstacle === 'superseded') throw new Fault('already-done');
    if (obstacle) throw new Fault('correction-begun');
    if (await deletions.isDeleted(entry.waveId)) throw new Fault('answers-deleted');
    const wave = await waves.find(entry.waveId);
    const release = await releases.open(entry.id);
    // Answers that come from localities, not schools, are counted in one way alone.
    if (!wave || release?.reached !== 'roll') throw new Fault('not-found');
    const before = (await corrections.find(entry.id))?.counting ?? AS_OPENED;
    return { entry, wave, before, choices: await choicesOf(database, wave, entry.id) };
  }

  app.get(
    '/release/releases/:release/correction',
    { schema: { params: WithRelease, querystring: From }, config: analyst },
    async (request, reply) => {
      const { entry, before, choices } = await correctable(request, request.params.release);
      // One that could not be made is where the next one begins.
      const from = request.query.from === undefined ? undefined : await corrections.find(request.query.from);
      const form = from?.corrects === entry.id ? formOf(choices, from.counting, from.reason) : formOf(choices, before);
      return reply.page('release/correction', correctionPage(request.language, entry, choices, form));
    },
  );

  app.post(
    '/release/releases/:release/correction',
    { schema: { params: WithRelease, body: Form }, config: analyst },
    async (request, reply) => {
      const { accountId } = person(request);
      const { entry, wave, before, choices } = await correctable(request, request.params.release);
      const { step, reason, left = [], withdrawn = [], cluster = [], locality = [] } = request.body;
      const form: CorrectionForm = { reason: reason.trim(), left, withdrawn, cluster, locality };
      const faults = step === 'change' ? [] : correctionFaults(choices, form, before);
      if (step === 'change' || faults.length > 0) {
        const page = correctionPage(request.language, entry, choices, form, faults);
        return reply.code(faults.length > 0 ? 422 : 200).page('release/correction', page);
      }
      const counting = countingOf(choices, form);
      if (step === 'review') {
        const page = correctionReview(request.language, entry, choices, form, [before, counting]);
        return reply.page('release/correction-review', page);
      }
      const id = await jobs.correct(wave, { corrects: entry.id, reason: form.reason, counting }, accountId);
      await audit.write({ at: clock(), accountId, action: 'correction-begun', subject: id });
      return reply.redirect(releaseHref(id), 303);
    },
  );

  app.post(
    '/release/releases/:release/refusal',
    { schema: { params: WithRelease }, config: { access: ['analyst', 'approver'] } },
    async (request, reply) => {
      const { accountId } = person(request);
      const entry = await ownRelease(request, request.params.release);
      if ((await corrections.refuse(entry.id, accountId, clock())) === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'correction-refused', subject: entry.id });
      return reply.redirect(releaseHref(entry.id), 303);
    },
  );
}

/** Schools and places of a wave as its first release counted them. */
async function choicesOf(database: Database, wave: Wave, releaseId: string): Promise<CorrectionChoices> {
  const waves = createWaves(database);
  const { clusters, localities } = await openingPlaces(database, wave, releaseId);
  const roll = await waves.roll(wave.id);
  const schools = (await waves.schools(wave.id)).map(({ id, code, name, agreedToBeShown }) => {
    const stages = new Set<string>(roll.flatMap((row) => (row.schoolId === id && row.pupils > 0 ? [row.stage] : [])));
    return {
      code,
      name,
      agreed: agreedToBeShown,
      bands: wave.bands.filter((band) => band.stages.some((stage) => stages.has(stage))),
      clusters: clusters.filter((cluster) => cluster.schools.includes(code)).map((cluster) => cluster.code),
      locality: localities.find((locality) => locality.schools.includes(code))?.code ?? null,
    };
  });
  const named = (all: readonly { code: string; name: string }[]) => all.map(({ code, name }) => ({ code, name }));
  // One locality is the authority under another name.
  return { schools, clusters: named(clusters), localities: localities.length > 1 ? named(localities) : [] };
}

/** What a correction changes against the release that it corrects; undefined of a release that corrects nothing. */
export async function correctionFacts(
  database: Database,
  language: Language,
  entry: ReleaseEntry,
): Promise<CorrectionFacts | undefined> {
  const corrections = createReleaseCorrections(database);
  const correction = await corrections.find(entry.id);
  const wave = correction && (await createWaves(database).find(entry.waveId));
  if (!correction || !wave) return undefined;
  const before: Counting = (await corrections.find(correction.corrects))?.counting ?? AS_OPENED;
  const choices = await choicesOf(database, wave, correction.corrects);
  return {
    reason: correction.reason,
    changes: changeWords(language, choices, before, correction.counting),
    correctsHref: releaseHref(correction.corrects),
  };
}
