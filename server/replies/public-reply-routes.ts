import { Type } from 'typebox';
import { READERS } from '../core/loop/reply.ts';
import { Fault } from '../errors.ts';
import { createReplies } from '../storage/replies.ts';
import { createReplyAddresses } from '../storage/reply-addresses.ts';
import { BUTTONS, createReplyPresses } from '../storage/reply-presses.ts';
import { originOf } from '../web/origin.ts';
import type { App, Services } from '../web/services.ts';
import { addressesOf } from './public-addresses.ts';
import { createPublicReplies } from './public-answered.ts';
import { InLanguage, speakIn } from './public-language.ts';
import { embedPage, posterPage, replyPage, slidePage } from './public-reply-pages.ts';
import { Id, Name } from './shapes.ts';

const OfReply = Type.Object({ authority: Name, reply: Id });
const Reading = Type.Object({
  words: Type.Optional(Type.Enum(READERS)),
  pressed: Type.Optional(Type.Literal('yes')),
});
const Press = Type.Object({ button: Type.Enum(BUTTONS) }, { additionalProperties: false });
const OfNumber = Type.Object({ number: Type.String({ pattern: '^[0-9]{4,8}$' }) });
const anyone = { access: 'anyone', headers: 'public' } as const;

/** One published reply for everybody: page, poster, slide, frame, and the short address that leads to it. */
export async function publicReplyRoutes(app: App, services: Services): Promise<void> {
  const { database, languages } = services;
  const published = createPublicReplies(services);
  const replies = createReplies(database);
  const addresses = createReplyAddresses(database);
  const presses = createReplyPresses(database);
  const { page, poster, slide, embed, presses: pressing } = addressesOf(':authority', ':reply');
  const route = (address: string) => address.replaceAll('%3A', ':');

  app.get(
    route(page),
    { schema: { params: OfReply, querystring: Reading }, config: anyone },
    async (request, reply) => {
      const answered = await published.one(request.params.authority, request.params.reply);
      const { words = 'child', pressed } = request.query;
      const trail = await published.trail(request.signedIn, answered);
      const shown = { reader: words, pressed: pressed === 'yes', host: request.host, trail };
      return reply.page('replies/reply', replyPage(request.language, answered, shown));
    },
  );

  app.get(route(poster), { schema: { params: OfReply }, config: anyone }, async (request, reply) => {
    const answered = await published.one(request.params.authority, request.params.reply);
    return reply.page('replies/poster', posterPage(request.language, answered, originOf(request, services)));
  });

  app.get(route(slide), { schema: { params: OfReply }, config: anyone }, async (request, reply) => {
    const answered = await published.one(request.params.authority, request.params.reply);
    return reply.page('replies/slide', slidePage(request.language, answered, request.host));
  });

  app.get(
    route(embed),
    { schema: { params: OfReply, querystring: InLanguage }, config: { access: 'anyone', headers: 'framed' } },
    async (request, reply) => {
      speakIn(request, languages, request.query);
      const answered = await published.one(request.params.authority, request.params.reply);
      return reply.page('replies/embed', embedPage(request.language, answered, originOf(request, services)));
    },
  );

  app.post(route(pressing), { schema: { params: OfReply, body: Press }, config: anyone }, async (request, reply) => {
    const answered = await published.one(request.params.authority, request.params.reply);
    await presses.press(answered.reply.id, request.body.button);
    const at = addressesOf(answered.authority.id, answered.reply.id).page;
    return reply.redirect(`${at}?pressed=yes#clear`, 303);
  });

  app.get('/r/:number', { schema: { params: OfNumber }, config: anyone }, async (request, reply) => {
    const replyId = await addresses.find(request.params.number);
    const found = replyId === undefined ? undefined : await replies.findPublished(replyId);
    if (!found) throw new Fault('not-found');
    return reply.redirect(addressesOf(found.finding.authorityId, found.id).page, 302);
  });
}
