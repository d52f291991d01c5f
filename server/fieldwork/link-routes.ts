import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createWaves } from '../storage/waves.ts';
import { createWaveLinks } from '../storage/wave-links.ts';
import { person } from '../web/access.ts';
import { LANGUAGES } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { linkAddress, originOf, waveHref } from './addresses.ts';
import { letterPage } from './letter-page.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { gatherWaveFacts, languagesOf } from './wave-facts.ts';

/** An empty locality is none: the link then says nothing of whoever follows it. */
const LinkForm = Type.Object({ locality: Id }, { additionalProperties: false });
const WithLink = Type.Object({ wave: Id, token: Id });
const InLanguage = Type.Object(
  { language: Type.Optional(Type.Enum(LANGUAGES.map(({ code }) => code))) },
  { additionalProperties: false },
);

/** Links to an open survey, and the letters that carry them. */
export async function linkRoutes(app: App, services: Services): Promise<void> {
  const { database, languages, clock } = services;
  const waves = createWaves(database);
  const links = createWaveLinks(database);
  const authorities = createAuthorities(database);
  const audit = createAudit(database);

  app.post(
    '/fieldwork/waves/:wave/links',
    { schema: { params: WithWave, body: LinkForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      const facts = await gatherWaveFacts(services, wave);
      const localityId = request.body.locality || null;
      if (!facts.open) throw new Fault('not-found');
      if (localityId !== null && !facts.localities.some(({ id }) => id === localityId)) throw new Fault('not-found');
      if (wave.state === 'closing' || wave.state === 'closed') throw new Fault('wave-not-open');
      const made = await links.make(wave.id, localityId, accountId, clock());
      if (made === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'link-made', subject: `${wave.id} ${made.token}` });
      return reply.redirect(`${waveHref(wave.id)}#links`, 303);
    },
  );

  app.get(
    '/fieldwork/waves/:wave/links/:token/letter',
    { schema: { params: WithLink, querystring: InLanguage }, ...administrator },
    async (request, reply) => {
      const wave = await ownWave(waves, request, request.params.wave);
      const link = await links.find(request.params.token);
      const authority = await authorities.find(wave.authorityId);
      if (link?.waveId !== wave.id || !authority) throw new Fault('not-found');
      const { contents } = await gatherWaveFacts(services, wave);
      const available = languagesOf(contents);
      const own = available.find((code) => code === request.language.code) ?? available[0];
      const code = request.query.language ?? own;
      const language = code && languages.get(code);
      if (!language || !available.includes(language.code)) throw new Fault('not-found');
      const address = linkAddress(originOf(request, services), link.token);
      const letter = { wave, contents, link, address, authority: authority.name, languages: available };
      return reply.page('fieldwork/letter', letterPage(request.language, language, letter));
    },
  );
}
