import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { normalSignInName } from '../core/people/sign-in-name.ts';
import { Fault } from '../errors.ts';
import { createAccountIdentities } from '../storage/account-identities.ts';
import { createAccountAreas } from '../storage/account-areas.ts';
import { createAudit } from '../storage/audit.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createInvitations } from '../storage/invitations.ts';
import { isLinkedFromElsewhere } from '../web/foreign-forms.ts';
import { originOf } from '../web/origin.ts';
import { localPath } from '../web/requests.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { nameFaults, NameField } from './account-forms.ts';
import { createCouncilCookie } from './council-cookie.ts';
import type { Council, Identity } from './council.ts';
import type { Entrance } from './entrance.ts';
import { invitationPage } from './invitation-pages.ts';

const Begin = Type.Object({
  next: Type.Optional(Type.String({ maxLength: 2000 })),
  invitation: Type.Optional(Type.String({ maxLength: 60 })),
});
const Name = Type.Object({ name: NameField }, { additionalProperties: false });
const CALLBACK = '/people/council/callback';

/** Where signing in at the council begins; empty where it has no sign-in. */
export function councilHref(council: Council | undefined, asked: { next?: string; invitation?: string }): string {
  if (!council) return '';
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString();
  return query === '' ? '/people/council' : `/people/council?${query}`;
}

/**
 * Signing in with the council's own account. It begins with a link, since a form that leads elsewhere is forbidden.
 * Nobody gets an account by it alone: an invitation binds the council's subject to one.
 */
export function councilRoutes(app: App, services: Services, entrance: Entrance, council: Council | undefined): void {
  const { database, clock } = services;
  const identities = createAccountIdentities(database);
  const invitations = createInvitations(database);
  const areas = createAccountAreas(database);
  const authorities = createAuthorities(database);
  const audit = createAudit(database);
  const cookie = createCouncilCookie(services);

  /** @throws Fault 'not-found' where the council has no sign-in */
  function demandCouncil(): Council {
    if (!council) throw new Fault('not-found', 'The settings name no sign-in of the council.');
    return council;
  }

  app.get(
    '/people/council',
    { schema: { querystring: Begin }, config: { access: 'anyone' } },
    async (request, reply) => {
      const { next = '', invitation = '' } = request.query;
      // A page of another site could otherwise sign somebody in unasked, where the provider still knows them.
      if (isLinkedFromElsewhere(request)) {
        return reply.redirect(`/people/sign-in?next=${encodeURIComponent(localPath(next, '/people'))}`, 303);
      }
      const { address, errand } = await demandCouncil().begin(`${originOf(request, services)}${CALLBACK}`);
      cookie.set(reply, { way: 'out', errand, invitation, next: localPath(next, '/people') });
      return reply.redirect(address, 303);
    },
  );

  app.get(CALLBACK, { config: { access: 'anyone' } }, async (request, reply) => {
    const asked = demandCouncil();
    const carried = cookie.read(request, 'out');
    if (!carried) throw new Fault('council-refused', 'An answer of the provider without a question of this browser.');
    cookie.clear(reply);
    const identity = await asked.finish(new URL(request.url, originOf(request, services)), carried.errand);
    const accountId = await identities.find(identity.issuer, identity.subject);
    if (accountId !== undefined) {
      return entrance.leadOn(reply, await entrance.open(request, reply, accountId, true), carried.next);
    }
    if (carried.invitation === '') return refuseUnknown();
    cookie.set(reply, { way: 'joining', identity, invitation: carried.invitation });
    return reply.redirect('/people/council/account', 303);
  });

  async function refuseUnknown(): Promise<never> {
    await audit.write({ at: clock(), accountId: null, action: 'sign-in-refused', subject: 'council' });
    throw new Fault('council-unknown');
  }

  app.get('/people/council/account', { config: { access: 'anyone' } }, (request, reply) =>
    show(request, reply, { name: '', faults: [] }),
  );

  /** Who is joining, with the invitation that lets them. */
  async function joining(request: FastifyRequest) {
    demandCouncil();
    const carried = cookie.read(request, 'joining');
    const invitation = carried && (await invitations.open(carried.invitation, clock()));
    if (!invitation) throw new Fault('invitation-gone');
    return { identity: carried.identity, token: carried.invitation, invitation };
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: { name: string; faults: FieldFault[] }) {
    const { id, authorityId, roles } = (await joining(request)).invitation;
    const authority = (await authorities.find(authorityId))?.name ?? '';
    const places = (await areas.ofInvitations(authorityId)).get(id) ?? [];
    const way = { action: '/people/council/account', asksPassword: false, councilHref: '' };
    const facts = { authority, roles, places, ...way, form };
    return reply.page('people/invitation', invitationPage(request.language, facts));
  }

  app.post(
    '/people/council/account',
    { schema: { body: Name }, config: { access: 'anyone' } },
    async (request, reply) => {
      const { identity, token } = await joining(request);
      const name = normalSignInName(request.body.name);
      const faults = nameFaults(request.language, name);
      const id = faults.length === 0 ? await make(token, name, identity) : undefined;
      if (id === undefined) {
        if (faults.length === 0) faults.push({ field: 'name', message: request.language.words.people.faultNameTaken });
        return show(request, reply.code(422), { name, faults });
      }
      cookie.clear(reply);
      return entrance.leadOn(reply, await entrance.open(request, reply, id, true), '');
    },
  );

  /** @returns the id of the new account, undefined if its name is taken */
  async function make(token: string, signInName: string, wayIn: Identity): Promise<string | undefined> {
    const made = await invitations.use(token, { signInName, wayIn }, clock());
    if (made === 'name-taken') return undefined;
    if (made === 'gone') throw new Fault('invitation-gone');
    if (made === 'known-already') throw new Fault('already-done');
    await audit.write({ at: clock(), accountId: made.id, action: 'account-added', subject: `${made.id} council` });
    return made.id;
  }
}
