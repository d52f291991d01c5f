import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { readJoinCode } from '../core/fieldwork/class-codes.ts';
import type { Drafts, FoundCode } from '../storage/drafts.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE } from './carry-on.ts';
import { createCodeDesk } from './code-desk.ts';
import { noteTyped } from './next-turn.ts';
import { frontPage } from './pages.ts';
import { versionForStage, type WaveContents } from '../web/wave-content.ts';

const TypedCode = Type.Object(
  { code: Type.String({ maxLength: 200 }), device: Type.Optional(Type.Literal('own')) },
  { additionalProperties: false },
);
const CodeInLink = Type.Object({ code: Type.String({ maxLength: 40 }) });

/** The ways in by code: typed, scanned, or followed as a link. */
export function entryRoutes(app: App, services: Services, drafts: Drafts, contents: WaveContents): void {
  const { settings } = services;
  const desk = createCodeDesk(drafts, services);
  const anyone = { config: { access: 'anyone' } } as const;

  app.get('/', anyone, (request, reply) => reply.page('respond/front', frontPage(request.language, '', '', false)));

  /** A code as a link or a QR code. Following it spends nothing: that takes the button. */
  app.get('/respond/codes/:code', { schema: { params: CodeInLink }, ...anyone }, (request, reply) =>
    reply.page('respond/front', frontPage(request.language, request.params.code, '', true)),
  );

  app.post('/respond/sessions', { schema: { body: TypedCode }, ...anyone }, async (request, reply) => {
    const { code: typed, device } = request.body;
    // Six characters are the code on the board, whichever field they are typed into.
    const joinCode = readJoinCode(typed);
    if (joinCode) return reply.redirect(`/class/join/${joinCode}`, 303);
    const outcome = await desk.take(typed, request.ip);
    if ('fault' in outcome) {
      const { language } = request;
      const date = outcome.day && language.date(outcome.day);
      const fault = language.say('respond', outcome.fault, { date });
      return reply.code(422).page('respond/front', frontPage(request.language, typed, fault, device === 'own'));
    }
    return begin(reply, request.language.code, outcome.code, device === 'own');
  });

  /** What was hidden opens by the code too. It is another session, so earlier answers stay unseen. */
  async function showAgain(token: string, language: string): Promise<void> {
    const session = drafts.hold(token);
    if (typeof session === 'string' || !session.draft.body.hidden) return;
    const { codeHmac, waveId } = session.draft;
    await drafts.save({ codeHmac, waveId, language, settings: { hidden: false } });
  }

  async function begin(
    reply: FastifyReply,
    language: string,
    code: FoundCode,
    ownDevice: boolean,
  ): Promise<FastifyReply> {
    const content = await contents.read(code.waveId);
    const version = versionForStage(content, code.stage);
    if (!version) throw new Error(`No survey of wave ${code.waveId} is for stage ${String(code.stage)}.`);
    const token = await drafts.carryOn(code, version.version.id, ownDevice);
    await showAgain(token, language);
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;
    return noteTyped(reply, services, ownDevice || code.stage === null)
      .setCookie(ANSWERING_COOKIE, token, cookie)
      .redirect('/respond/next', 303);
  }
}
