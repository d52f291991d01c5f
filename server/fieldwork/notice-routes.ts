import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import { LANGUAGES } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { originOf } from './addresses.ts';
import { factsPage } from './facts-page.ts';
import { FAMILY_LETTERS, familyLetterPage, hasFamilyLetters } from './family-letter-page.ts';
import { hasNotices, NOTICE_READERS, noticePage, noticeReaders, noticesPage } from './notice-page.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { askedLanguages, gatherWaveFacts, type WaveFacts } from './wave-facts.ts';

const WithReader = Type.Object({ wave: Id, reader: Type.Enum(NOTICE_READERS) });
const WithLetter = Type.Object({ wave: Id, letter: Type.Enum(FAMILY_LETTERS) });
const InLanguage = Type.Object(
  { language: Type.Optional(Type.Enum(LANGUAGES.map(({ code }) => code))) },
  { additionalProperties: false },
);

/** What people are told of a wave: notices for everybody, letters for families, facts for an assessment. */
export async function noticeRoutes(app: App, services: Services): Promise<void> {
  const { database, languages, settings, clock } = services;
  const waves = createWaves(database);
  const audit = createAudit(database);
  const anyone = { config: { access: 'anyone' } } as const;

  /** A wave of which enough is settled to tell everybody about it. */
  async function toldOf(waveId: string): Promise<WaveFacts> {
    const wave = await waves.find(waveId);
    const facts = wave && (await gatherWaveFacts(services, wave));
    if (!facts || !hasNotices(facts)) throw new Fault('not-found');
    return facts;
  }

  app.get('/fieldwork/notices/:wave', { schema: { params: WithWave }, ...anyone }, async (request, reply) =>
    reply.page('fieldwork/notices', noticesPage(request.language, await toldOf(request.params.wave))),
  );

  app.get('/fieldwork/notices/:wave/:reader', { schema: { params: WithReader }, ...anyone }, async (request, reply) => {
    const facts = await toldOf(request.params.wave);
    const { reader } = request.params;
    if (!noticeReaders(facts).includes(reader)) throw new Fault('not-found');
    return reply.page('fieldwork/notice', noticePage(request.language, facts, reader));
  });

  app.get(
    '/fieldwork/waves/:wave/facts',
    { schema: { params: WithWave }, ...administrator },
    async (request, reply) => {
      const facts = await gatherWaveFacts(services, await ownWave(waves, request, request.params.wave));
      return reply.page('fieldwork/facts', factsPage(request.language, facts, settings));
    },
  );

  app.get(
    '/fieldwork/waves/:wave/letters/:letter',
    { schema: { params: WithLetter, querystring: InLanguage }, ...administrator },
    async (request, reply) => {
      const facts = await gatherWaveFacts(services, await ownWave(waves, request, request.params.wave));
      if (!hasFamilyLetters(facts)) throw new Fault('not-found');
      const asked = askedLanguages(facts);
      const code = request.query.language ?? asked.find((own) => own === request.language.code) ?? asked[0];
      const within = code && asked.includes(code) ? languages.get(code) : undefined;
      if (!within) throw new Fault('not-found');
      const { letter } = request.params;
      const subject = `${facts.wave.id} ${letter} ${within.code}`;
      await audit.write({ at: clock(), accountId: person(request).accountId, action: 'letters-printed', subject });
      const origin = originOf(request, services);
      return reply.page('fieldwork/family-letter', familyLetterPage(request.language, within, facts, letter, origin));
    },
  );
}
