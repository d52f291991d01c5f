import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { normalSignInName } from '../core/people/sign-in-name.ts';
import { Fault } from '../errors.ts';
import { createAccountAreas } from '../storage/account-areas.ts';
import { createAudit } from '../storage/audit.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createInvitations, type Invitation } from '../storage/invitations.ts';
import { person } from '../web/access.ts';
import { originOf } from '../web/origin.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import {
  areaFaults,
  nameFaults,
  NameField,
  passwordFaults,
  PasswordField,
  roleFaults,
  RolesAndAreas,
  WithId,
} from './account-forms.ts';
import type { AccountList } from './account-routes.ts';
import { councilHref } from './council-routes.ts';
import type { Council } from './council.ts';
import type { Entrance } from './entrance.ts';
import { invitationMadePage, invitationPage } from './invitation-pages.ts';
import { hashPassword } from '../web/passwords.ts';

const NewPerson = Type.Object({ name: NameField, password: PasswordField }, { additionalProperties: false });

export const invitationHref = (token: string) => `/people/invitations/${token}`;

/** Letting people in: an administrator invites, and whoever has the link makes the account. */
export function invitationRoutes(
  app: App,
  services: Services,
  entrance: Entrance,
  { list, council }: { list: AccountList; council: Council | undefined },
): void {
  const { database, clock } = services;
  const invitations = createInvitations(database);
  const areas = createAccountAreas(database);
  const authorities = createAuthorities(database);
  const audit = createAudit(database);

  app.post(
    '/people/invitations',
    { schema: { body: RolesAndAreas }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const { accountId, authorityId, demonstration } = person(request);
      const roles = request.body.roles ?? [];
      const authority = demonstration ? 'demonstration' : 'real';
      const chosen = request.body.areas ?? [];
      const choices = await areas.choices(authorityId, clock().slice(0, 10));
      const faults = [
        ...roleFaults(request.language, roles, { authority, held: [] }),
        ...areaFaults(request.language, roles, chosen, choices),
      ];
      if (faults.length > 0) return list.show(request, reply.code(422), { roles, areas: chosen, faults });
      const asked = { authorityId, roles, areas: chosen, invitedBy: accountId };
      const { id, token } = await invitations.make(asked, clock());
      await audit.write({ at: clock(), accountId, action: 'invited', subject: [id, ...roles, ...chosen].join(' ') });
      const { expiresAt } = (await invitations.open(token, clock()))!;
      const link = `${originOf(request, services)}${invitationHref(token)}`;
      const places = (await areas.ofInvitations(authorityId)).get(id) ?? [];
      const made = { link, roles, places, expiresAt };
      return reply.page('people/invitation-made', invitationMadePage(request.language, made));
    },
  );

  app.post(
    '/people/invitations/:id/revocation',
    { schema: { params: WithId }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { id } = request.params;
      if (!(await invitations.revoke(authorityId, id, clock()))) throw new Fault('not-found');
      await audit.write({ at: clock(), accountId, action: 'invitation-revoked', subject: id });
      return reply.redirect('/people/accounts?done=invitation-revoked', 303);
    },
  );

  /** @throws Fault 'invitation-gone' for every link that leads nowhere, so that nothing is told of which were ones */
  async function opened(token: string): Promise<Invitation> {
    const invitation = await invitations.open(token, clock());
    if (!invitation) throw new Fault('invitation-gone');
    return invitation;
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    form: { name: string; faults: FieldFault[] },
  ): Promise<FastifyReply> {
    const { id, authorityId, roles } = await opened(token);
    const authority = (await authorities.find(authorityId))?.name ?? '';
    const facts = {
      authority,
      roles,
      places: (await areas.ofInvitations(authorityId)).get(id) ?? [],
      asksPassword: true,
      councilHref: councilHref(council, { invitation: token }),
      form,
    };
    return reply.page(
      'people/invitation',
      invitationPage(request.language, { ...facts, action: `${invitationHref(token)}/account` }),
    );
  }

  app.get('/people/invitations/:id', { schema: { params: WithId }, config: { access: 'anyone' } }, (request, reply) =>
    show(request, reply, request.params.id, { name: '', faults: [] }),
  );

  app.post(
    '/people/invitations/:id/account',
    { schema: { params: WithId, body: NewPerson }, config: { access: 'anyone' } },
    async (request, reply) => {
      const { id: token } = request.params;
      await opened(token);
      const name = normalSignInName(request.body.name);
      const { password } = request.body;
      const faults = [...nameFaults(request.language, name), ...passwordFaults(request.language, password, name)];
      if (faults.length > 0) return show(request, reply.code(422), token, { name, faults });
      const wayIn = { passwordHash: await hashPassword(password) };
      const made = await invitations.use(token, { signInName: name, wayIn }, clock());
      if (made === 'gone') throw new Fault('invitation-gone');
      if (typeof made === 'string') {
        const taken = [{ field: 'name', message: request.language.words.people.faultNameTaken }];
        return show(request, reply.code(422), token, { name, faults: taken });
      }
      await audit.write({ at: clock(), accountId: made.id, action: 'account-added', subject: made.id });
      return entrance.leadOn(reply, await entrance.open(request, reply, made.id, false), '');
    },
  );
}
