import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Type } from 'typebox';
import { answeringDay, type AnsweringDays } from '../core/fieldwork/answering-days.ts';
import { makeCode, writeCode } from '../core/fieldwork/code.ts';
import { Fault } from '../errors.ts';
import { createCodes } from '../storage/codes.ts';
import type { Drafts } from '../storage/drafts.ts';
import { createWaveLinks, type WaveLink } from '../storage/wave-links.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import type { Language } from '../web/language.ts';
import { networkOf } from '../web/network.ts';
import type { App, Services } from '../web/services.ts';
import type { Views } from '../web/views.ts';
import { ANSWERING_COOKIE, placeOf, type CarryOn } from './carry-on.ts';
import { NEW_CODE_COOKIE, noteTyped } from './next-turn.ts';
import { nextHref, type Place } from './place.ts';
import { respondPage, type RespondPage } from './respond-page.ts';
import {
  textIn,
  versionForStage,
  type VersionContent,
  type WaveContent,
  type WaveContents,
} from '../web/wave-content.ts';

const Token = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }) });

/** Starts from one network in an hour: a school or a library shares one, so this is generous. */
const STARTS = 300;

declare module '../web/views.ts' {
  interface Views {
    /** `closed` says when somebody may begin, where today is no such day; empty otherwise. */
    'respond/link': { title: string; survey: string; token: string; closed: string };
    'respond/new-code': RespondPage & { code: string; nextHref: string };
  }
}

/** A link whose wave takes answers. */
interface OpenedLink {
  link: WaveLink;
  wave: Wave;
  version: VersionContent;
  content: WaveContent;
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
  const { database, secrets, settings, clock } = services;
  const links = createWaveLinks(database);
  const waves = createWaves(database);
  const codes = createCodes(database);
  const starts = new RateLimiterMemory({ points: STARTS, duration: 3600 });
  const cookie = { httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;
  const anyone = { config: { access: 'anyone' } } as const;

  /** @throws Fault if there is no such link or its wave takes no answers */
  async function openLink(token: string): Promise<OpenedLink> {
    const link = await links.find(token);
    const wave = link && (await waves.find(link.waveId));
    if (!link || !wave) throw new Fault('not-found');
    if (wave.state === 'made') throw new Fault('wave-not-open');
    if (wave.state !== 'open') throw new Fault('wave-closed');
    const content = await contents.read(wave.id);
    const version = versionForStage(content, null);
    if (!version) throw new Fault('not-found');
    return { link, version, wave, content };
  }

  function linkPage(language: Language, { link, version, wave }: OpenedLink): Views['respond/link'] {
    const { name } = textIn(version, language.code);
    const title = language.words.respond.linkTitle;
    return { title, survey: name, token: link.token, closed: outsideDays(language, wave, clock()) };
  }

  app.get('/respond/links/:token', { schema: { params: Token }, ...anyone }, async (request, reply) => {
    const opened = await openLink(request.params.token);
    request.askedLanguages = opened.content.languages;
    return reply.page('respond/link', linkPage(request.language, opened));
  });

  app.post(
    '/respond/links/:token/sessions',
    { schema: { params: Token }, ...anyone },
    async (request, reply): Promise<FastifyReply> => {
      const opened = await openLink(request.params.token);
      const { link, version, wave } = opened;
      if (answeringDay(wave, clock()) !== 'open')
        return reply.code(409).page('respond/link', linkPage(request.language, opened));
      await starts.consume(networkOf(request.ip)).catch(() => {
        throw new Fault('too-many');
      });
      const code = makeCode(() => randomBytes(1)[0]!);
      const hmac = secrets.hashCode(code);
      await codes.addOfLink(link.waveId, { hmac, localityId: link.localityId });
      const token = await drafts.carryOn({ hmac, waveId: link.waveId }, version.version.id, true);
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

/** When somebody may begin, where today is no such day; empty otherwise. */
function outsideDays(language: Language, { startsOn, endsOn }: AnsweringDays, at: string): string {
  const day = answeringDay({ startsOn, endsOn }, at);
  if (day === 'open') return '';
  const date = language.date(day === 'early' ? startsOn : endsOn);
  return language.say('respond', day === 'early' ? 'linkEarly' : 'linkLate', { date });
}
