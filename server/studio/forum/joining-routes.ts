import { randomInt } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { pseudonymFault } from '../../core/forum/membership.ts';
import { makePassphrase, plainPassphrase } from '../../core/forum/passphrase.ts';
import { RULES_NUMBER } from '../../core/forum/rules.ts';
import { normalSignInName } from '../../core/people/sign-in-name.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createForumMembers, type ForumInvitation } from '../../storage/forum-members.ts';
import { createForums, type Forum } from '../../storage/forums.ts';
import type { Language } from '../../web/language.ts';
import { hashPassword } from '../../web/passwords.ts';
import { PICTURES, type Picture } from '../../web/pictures.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { invitationHref, joiningPage, type JoiningForm } from './joining-page.ts';
import { passphraseWords } from './passphrase-words.ts';
import { isUnkind } from './unkind-words.ts';

const WithToken = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{16,80}$' }) });
const Joining = Type.Object(
  {
    pseudonym: Type.String({ maxLength: 200 }),
    picture: Type.Optional(Type.Enum(PICTURES)),
    agreed: Type.Optional(Type.Literal('yes')),
  },
  { additionalProperties: false },
);
const SUGGESTIONS = 4;
const NOTHING_YET: JoiningForm = { pseudonym: '', picture: '', agreed: false, faults: [] };

/** Joining a forum by a one-time link: a made-up name, a picture, the house rules; then a pass-phrase, shown once. */
export function joiningRoutes(app: App, { database, clock }: Services): void {
  const members = createForumMembers(database);
  const forums = createForums(database);
  const audit = createAudit(database);
  const anyone = { config: { access: 'anyone' } } as const;

  /** @throws Fault 'invitation-gone' for every link that leads nowhere, so that nothing is told of which were ones */
  async function opened(token: string): Promise<{ invitation: ForumInvitation; forum: Forum }> {
    const invitation = await members.open(token, clock());
    const forum = invitation && (await forums.find(invitation.forumId));
    if (!invitation || !forum) throw new Fault('invitation-gone');
    return { invitation, forum };
  }

  async function showForm(request: FastifyRequest, reply: FastifyReply, token: string, form: JoiningForm) {
    const { forum } = await opened(token);
    const facts = { forum: forum.name, token, suggestions: suggestNames(request.language) };
    return reply.page('studio/forum/joining', joiningPage(request.language, facts, form));
  }

  /** The pass-phrase is nowhere but on this page: only its hash is kept. */
  function showPassphrase(request: FastifyRequest, reply: FastifyReply, pseudonym: string, passphrase: string) {
    const title = request.language.words.forum.joinedTitle;
    const signInHref = '/people/sign-in?next=/studio/forum';
    return reply.page('studio/forum/joined', { title, pseudonym, passphrase, signInHref });
  }

  const newPassphrase = ({ code }: Language) => makePassphrase(passphraseWords(code), (bound) => randomInt(bound));

  app.get(invitationHref(':token'), { schema: { params: WithToken }, ...anyone }, async (request, reply) => {
    const { token } = request.params;
    const { invitation, forum } = await opened(token);
    if (invitation.accountId === null) return showForm(request, reply, token, NOTHING_YET);
    const intro = request.language.say('forum', 'renewalIntro', { forum: forum.name });
    const title = request.language.words.forum.renewalTitle;
    return reply.page('studio/forum/renewal', { title, intro, action: `${invitationHref(token)}/renewal` });
  });

  app.post(
    invitationHref(':token'),
    { schema: { params: WithToken, body: Joining }, ...anyone },
    async (request, reply) => {
      const { token } = request.params;
      const { invitation, forum } = await opened(token);
      if (invitation.accountId !== null) throw new Fault('invitation-gone');
      const { picture, agreed } = request.body;
      const pseudonym = tidy(request.body.pseudonym);
      const faults = joiningFaults(request.language, { pseudonym, picture, agreed: agreed === 'yes' });
      const form = { pseudonym: request.body.pseudonym, picture: picture ?? '', agreed: agreed === 'yes' };
      if (!picture || faults.length > 0) return showForm(request, reply.code(422), token, { ...form, faults });
      const passphrase = newPassphrase(request.language);
      const member = {
        ...{ pseudonym, picture, rules: RULES_NUMBER },
        signInName: normalSignInName(pseudonym),
        passwordHash: await hashPassword(plainPassphrase(passphrase)),
      };
      const outcome = await members.join(token, member, clock());
      if (outcome === 'gone') throw new Fault('invitation-gone');
      if (outcome === 'name-taken') {
        const taken = { field: 'pseudonym', message: request.language.words.forum['pseudonym-taken'] };
        return showForm(request, reply.code(422), token, { ...form, faults: [taken] });
      }
      const { accountId } = outcome;
      await audit.write({ at: clock(), accountId, action: 'forum-joined', subject: forum.id });
      return showPassphrase(request, reply, pseudonym, passphrase);
    },
  );

  app.post(
    `${invitationHref(':token')}/renewal`,
    { schema: { params: WithToken }, ...anyone },
    async (request, reply) => {
      const passphrase = newPassphrase(request.language);
      const { forum } = await opened(request.params.token);
      const hash = await hashPassword(plainPassphrase(passphrase));
      const outcome = await members.renew(request.params.token, hash, clock());
      if (outcome === 'gone') throw new Fault('invitation-gone');
      const { accountId } = outcome;
      await audit.write({ at: clock(), accountId, action: 'forum-passphrase-renewed', subject: forum.id });
      return showPassphrase(request, reply, (await members.find(accountId))!.pseudonym, passphrase);
    },
  );
}

/** Two everyday words make a name that is nobody's. */
function suggestNames({ code }: Language): string[] {
  const words = passphraseWords(code);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const one = () => capital(words[randomInt(words.length)]!);
  return Array.from({ length: SUGGESTIONS }, () => `${one()} ${one()}`);
}

function joiningFaults(
  { words: { forum } }: Language,
  form: { pseudonym: string; picture: Picture | undefined; agreed: boolean },
): FieldFault[] {
  const fault = pseudonymFault(form.pseudonym, isUnkind);
  return [
    ...(fault ? [{ field: 'pseudonym', message: forum[`pseudonym-${fault}`] }] : []),
    ...(form.picture ? [] : [{ field: 'picture-0', message: forum.pictureFault }]),
    ...(form.agreed ? [] : [{ field: 'agreed', message: forum.agreedFault }]),
  ];
}
