import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Type } from 'typebox';
import { makeCode, writeCode } from '../core/fieldwork/code.ts';
import { Fault } from '../errors.ts';
import { createCodes } from '../storage/codes.ts';
import type { Drafts } from '../storage/drafts.ts';
import { createWaveLinks } from '../storage/wave-links.ts';
import { createWaves } from '../storage/waves.ts';
import type { Language } from '../web/language.ts';
import { networkOf } from '../web/network.ts';
import type { App, Services } from '../web/services.ts';
import type { Views } from '../web/views.ts';
import { ANSWERING_COOKIE, placeOf, type CarryOn } from './carry-on.ts';
import { NEW_CODE_COOKIE, noteTyped } from './next-turn.ts';
import { nextHref, type Place } from './place.ts';
import { respondPage, type RespondPage } from './respond-page.ts';
import { textIn, versionForStage, type WaveContents } from '../web/wave-content.ts';

const Token = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }) });

/** Starts from one network in an hour: a school or a library shares one, so this is generous. */
const STARTS = 300;

declare module '../web/views.ts' {
  interface Views {
    'respond/link': { title: string; survey: string; token: string };
    'respond/new-code': RespondPage & { code: string; nextHref: string };
  }
}

/**
 * The way in by a link in a letter, for surveys that are open to whoever comes. Starting deals an ordinary new code,
 * which is shown once so that the person can go on later, also on another device.
 */
export function linkRoutes(
  app: App,
  services: Services,
  drafts: Drafts,
  contents: WaveContents,
  carryOn: CarryOn,
): void {
  const { database, secrets, settings } = services;
  const links = createWaveLinks(database);
  const waves = createWaves(database);
  const codes = createCodes(database);
  const starts = new RateLimiterMemory({ points: STARTS, duration: 3600 });
  const cookie = { httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;
  const anyone = { config: { access: 'anyone' } } as const;

  /** @throws Fault if there is no such link or its wave takes no answers */
  async function openLink(token: string) {
    const link = await links.find(token);
    const wave = link && (await waves.find(link.waveId));
    if (!link || !wave) throw new Fault('not-found');
    if (wave.state === 'made') throw new Fault('wave-not-open');
    if (wave.state !== 'open') throw new Fault('wave-closed');
    const content = await contents.read(wave.id);
    const version = versionForStage(content, null);
    if (!version) throw new Fault('not-found');
    return { link, version, content };
  }

  app.get('/respond/links/:token', { schema: { params: Token }, ...anyone }, async (request, reply) => {
    const { version, content } = await openLink(request.params.token);
    request.askedLanguages = content.languages;
    const { name } = textIn(version, request.language.code);
    return reply.page('respond/link', {
      title: request.language.words.respond.linkTitle,
      survey: name,
      token: request.params.token,
    });
  });

  app.post(
    '/respond/links/:token/sessions',
    { schema: { params: Token }, ...anyone },
    async (request, reply): Promise<FastifyReply> => {
      const { link, version } = await openLink(request.params.token);
      await starts.consume(networkOf(request.ip)).catch(() => {
        throw new Fault('too-many');
      });
      const code = makeCode(() => randomBytes(1)[0]!);
      const hmac = secrets.hashCode(code);
      await codes.addOfLink(link.waveId, { hmac, localityId: link.localityId });
      const found = { hmac, waveId: link.waveId, state: 'unspent', stage: null, closing: false } as const;
      const token = await drafts.carryOn(found, version.version.id, true);
      return noteTyped(reply, services, true)
        .setCookie(ANSWERING_COOKIE, token, { ...cookie, path: '/' })
        .setCookie(NEW_CODE_COOKIE, code, { ...cookie, path: '/respond/new-code' })
        .redirect('/respond/new-code', 303);
    },
  );

  app.get(
    '/respond/new-code',
    { config: { access: 'respondent' }, preHandler: carryOn },
    (request, reply): FastifyReply => {
      const place = placeOf(request);
      const code = request.cookies[NEW_CODE_COOKIE];
      if (!code) return reply.redirect(nextHref(place), 303);
      return reply
        .clearCookie(NEW_CODE_COOKIE, { path: '/respond/new-code' })
        .page('respond/new-code', newCodePage(request.language, place, writeCode(code)));
    },
  );
}

function newCodePage(language: Language, place: Place, code: string): Views['respond/new-code'] {
  return { ...respondPage(place, language.words.respond.title), code, nextHref: nextHref(place) };
}
