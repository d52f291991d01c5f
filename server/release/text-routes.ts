import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { makeTextRelease, sealTextRelease, type ApprovedQuote } from '../core/texts/text-release.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createCodedTexts } from '../storage/coded-texts.ts';
import { createReleaseCorrections } from '../storage/release-corrections.ts';
import { createReleases, sha256, type ReleaseEntry } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createTextQuotes, type TextQuote } from '../storage/text-quotes.ts';
import { createTextReleases, type TextReleaseEntry } from '../storage/text-releases.ts';
import { createTextThemes } from '../storage/text-themes.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import { createWrittenTexts } from '../storage/written-texts.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { createApprovals } from './approval.ts';
import { questionWords } from './question-words.ts';
import {
  isReady,
  textReleaseHref,
  textReleasePage,
  textsHref,
  textsPage,
  waveTextsHref,
  waveTextsPage,
  type JudgedQuote,
  type WaveTexts,
} from './text-pages.ts';

const Id = Type.String({ maxLength: 40 });
const WithWave = Type.Object({ wave: Id });
const WithQuote = Type.Object({ quote: Id });
const WithTextRelease = Type.Object({ release: Id });

/** Quotes and text releases: whoever makes something and whoever approves it differ. */
export function textReleaseRoutes(app: App, { database, secrets, clock }: Services): void {
  const releases = createReleases(database);
  const corrections = createReleaseCorrections(database);
  const textReleases = createTextReleases(database);
  const coded = createCodedTexts(database);
  const approvals = createApprovals({ database });
  const themes = createTextThemes(database);
  const quotes = createTextQuotes(database, secrets);
  const waves = createWaves(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const viewers = { config: { access: ['analyst', 'approver', 'auditor'] } } as const;
  const approver = { config: { access: ['approver'] } } as const;

  /** A wave of one's own authority whose texts are sorted, or were. */
  async function ownTexts(request: FastifyRequest, waveId: string): Promise<WaveTexts> {
    const { authorityId } = person(request);
    const wave = (await coded.waves(authorityId)).includes(waveId) ? await waves.find(waveId) : undefined;
    if (!wave) throw new Fault('not-found');
    return textsOf(wave, await releases.published(authorityId));
  }

  async function textsOf(wave: Wave, published: readonly ReleaseEntry[]): Promise<WaveTexts> {
    const release = published.find(({ waveId }) => waveId === wave.id);
    const correction = release && (await corrections.find(release.id));
    return {
      wave,
      progress: await coded.progress(wave.id),
      released: release !== undefined,
      leavesOut: correction !== undefined && correction.counting.leftOut.length > 0,
      textRelease: await textReleases.ofWave(wave.id),
    };
  }

  async function ownQuote(request: FastifyRequest, id: string): Promise<Wave> {
    const waveId = await quotes.waveOf(id);
    const { wave, textRelease } = await ownTexts(request, waveId ?? '');
    // The quotes of a text release are frozen with it.
    if (textRelease) throw new Fault('already-done');
    return wave;
  }

  async function ownTextRelease(request: FastifyRequest, id: string): Promise<TextReleaseEntry> {
    const entry = await textReleases.find(id, person(request).authorityId);
    if (!entry) throw new Fault('not-found');
    return entry;
  }

  async function judged(me: SignedIn, found: readonly TextQuote[]): Promise<JudgedQuote[]> {
    return Promise.all(
      found.map(async (quote) => ({ ...quote, approval: await approvals.read(me, quote.proposedBy) })),
    );
  }

  function record(request: FastifyRequest, action: AuditAction, subject: string): Promise<void> {
    return audit.write({ at: clock(), accountId: person(request).accountId, action, subject });
  }

  app.get(textsHref, viewers, async (request, reply) => {
    const { authorityId } = person(request);
    const published = await releases.published(authorityId);
    const found = await Promise.all((await coded.waves(authorityId)).map((id) => waves.find(id)));
    const all = found.filter((wave) => wave !== undefined).map((wave) => textsOf(wave, published));
    return reply.page('release/texts', textsPage(request.language, await Promise.all(all)));
  });

  app.get(`${textsHref}/:wave`, { schema: { params: WithWave }, ...viewers }, async (request, reply) => {
    const me = person(request);
    const { roles } = me;
    const texts = await ownTexts(request, request.params.wave);
    const { wave, textRelease } = texts;
    const shown = roles.includes('approver') && !textRelease ? await judged(me, await quotes.ofWave(wave.id)) : null;
    if (shown) await record(request, 'quotes-opened', wave.id);
    const viewer = { mayMake: roles.includes('analyst') };
    const words = {
      themes: await themes.ofWave(wave.id),
      questions: await questionWords(surveys, wave, request.language),
    };
    return reply.page('release/wave-texts', waveTextsPage(request.language, texts, viewer, shown, words));
  });

  app.post(
    '/release/quotes/:quote/approval',
    { schema: { params: WithQuote }, ...approver },
    async (request, reply) => {
      const { quote } = request.params;
      const wave = await ownQuote(request, quote);
      await approvals.demand(person(request), (await quotes.proposerOf(quote)) ?? null);
      const outcome = await quotes.approve(quote, person(request).accountId, clock());
      if (outcome === 'own-work') throw new Fault('own-work');
      if (outcome === 'done-already') throw new Fault('already-done');
      await record(request, 'quote-approved', quote);
      return reply.redirect(waveTextsHref(wave.id), 303);
    },
  );

  app.post('/release/quotes/:quote/removal', { schema: { params: WithQuote }, ...approver }, async (request, reply) => {
    const { quote } = request.params;
    const wave = await ownQuote(request, quote);
    if ((await quotes.remove(quote)) === 'removed') await record(request, 'quote-removed', quote);
    return reply.redirect(waveTextsHref(wave.id), 303);
  });

  app.post(
    `${textsHref}/:wave/releases`,
    { schema: { params: WithWave }, config: { access: ['analyst'] } },
    async (request, reply) => {
      const { authorityId, accountId } = person(request);
      const texts = await ownTexts(request, request.params.wave);
      if (texts.textRelease) throw new Fault('already-done');
      // Themes would be counted over pupils whom the bases leave out.
      if (texts.leavesOut) throw new Fault('texts-of-left-out');
      if (!isReady(texts)) throw new Fault('not-ready');
      const { wave } = texts;
      const entry = (await releases.published(authorityId)).find(({ waveId }) => waveId === wave.id);
      const release = entry && (await releases.open(entry.id));
      if (!entry || !release) throw new Fault('not-ready');
      const content = makeTextRelease({
        release,
        themes: await themes.ofWave(wave.id),
        coded: await coded.ofWave(wave.id),
        quotes: await approvedQuotes(wave.id),
      });
      const of = { waveId: wave.id, releaseId: entry.id };
      const added = await textReleases.add(of, sealTextRelease(content, sha256), accountId, clock());
      if (added === 'done-already') throw new Fault('already-done');
      await record(request, 'text-release-made', added.id);
      return reply.redirect(textReleaseHref(added.id), 303);
    },
  );

  async function approvedQuotes(waveId: string): Promise<ApprovedQuote[]> {
    return (await quotes.ofWave(waveId)).filter(({ approvedBy }) => approvedBy !== null);
  }

  app.get(
    '/release/text-releases/:release',
    { schema: { params: WithTextRelease }, ...viewers },
    async (request, reply) => {
      const me = person(request);
      const entry = await ownTextRelease(request, request.params.release);
      const [release, content] = [await releases.open(entry.releaseId), await textReleases.open(entry.id)];
      const wave = await waves.find(entry.waveId);
      if (!release || !content || !wave) throw new Fault('not-found');
      const approval = await approvals.read(me, entry.madeBy);
      const viewer = { mayApprove: me.roles.includes('approver'), approval };
      const questions = await questionWords(surveys, wave, request.language);
      return reply.page(
        'release/text-release',
        textReleasePage(request.language, entry, { release, content }, questions, viewer),
      );
    },
  );

  app.post(
    '/release/text-releases/:release/approval',
    { schema: { params: WithTextRelease }, ...approver },
    async (request, reply) => {
      const entry = await ownTextRelease(request, request.params.release);
      await approvals.demand(person(request), entry.madeBy);
      const outcome = await textReleases.approve(entry.id, person(request).accountId, clock());
      if (outcome === 'own-work') throw new Fault('own-work');
      if (outcome === 'done-already') throw new Fault('already-done');
      await record(request, 'text-release-approved', entry.id);
      // What it was made from has served: the words go with their key.
      await createWrittenTexts(database, secrets).settleTexts(entry.waveId);
      return reply.redirect(textReleaseHref(entry.id), 303);
    },
  );

  app.post(
    '/release/text-releases/:release/removal',
    { schema: { params: WithTextRelease }, ...approver },
    async (request, reply) => {
      const entry = await ownTextRelease(request, request.params.release);
      if ((await textReleases.remove(entry.id)) === 'done-already') throw new Fault('already-done');
      await record(request, 'text-release-removed', entry.id);
      return reply.redirect(textsHref, 303);
    },
  );
}
