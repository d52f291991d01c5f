import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { hoursFault, WEEKDAYS, type OpeningHours } from '../../core/forum/opening-hours.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit, type AuditAction } from '../../storage/audit.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import { createForumEndings } from '../../storage/forum-endings.ts';
import { createForums } from '../../storage/forums.ts';
import { originOf } from '../../web/origin.ts';
import type { App, Services } from '../../web/services.ts';
import { PastedWords } from '../../web/pasted.ts';
import { deskHref, deskPage, type DeskForms } from './desk-page.ts';
import type { ForumAccess, InForum } from './forum-access.ts';
import { invitationHref } from './joining-page.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ maxLength: 60 });
const WithForum = Type.Object({ forum: Id });
const WithPart = Type.Object({ forum: Id, part: Id });
const DayHours = Type.Array(Type.String({ maxLength: 20 }), { minItems: WEEKDAYS.length, maxItems: WEEKDAYS.length });
const Hours = Type.Object({ opensAt: DayHours, closesAt: DayHours }, closed);
const OnCall = Type.Object({ account: Id }, closed);
const Pause = Type.Object({ account: Type.Optional(Id), reason: PastedWords }, closed);
const Invitation = Type.Object({ account: Type.Optional(Id) }, closed);
const Ending = Type.Object({ sure: Type.Optional(Type.Literal('yes')) }, closed);
const WORKERS = { access: ['youth-worker'] } as const;
const LONGEST_REASON = 300;

/** The desk of a forum's youth workers: what to look at, who is in, when it is open. */
export function deskRoutes(app: App, services: Services, access: ForumAccess): void {
  const { database, clock } = services;
  const forums = createForums(database);
  const members = createForumMembers(database);
  const contributions = createContributions(database);
  const endings = createForumEndings(database);
  const audit = createAudit(database);

  async function show(request: FastifyRequest, reply: FastifyReply, viewer: InForum, forms: DeskForms) {
    const { id } = viewer.forum;
    const now = clock();
    const facts = {
      viewer,
      held: await contributions.held(id),
      reported: await contributions.reported(id),
      members: await members.ofForum(id),
      invitations: await members.invitations(id, now),
      writers: await contributions.writers(id),
      daysKept: services.settings.forumDays,
      now,
    };
    return reply.page('studio/forum/desk', deskPage(request.language, facts, forms));
  }

  const note = (viewer: InForum, action: AuditAction, subject = viewer.forum.id) =>
    audit.write({ at: clock(), accountId: viewer.accountId, action, subject });

  /** @throws Fault 'not-found' unless this is somebody who is in the forum now */
  async function demandMember({ forum }: InForum, accountId: string): Promise<void> {
    const member = await members.find(accountId);
    if (member?.forumId !== forum.id || member.leftAt !== null) throw new Fault('not-found');
  }

  app.get(deskHref(':forum'), { schema: { params: WithForum }, config: WORKERS }, async (request, reply) => {
    const viewer = await access.asWorker(request, request.params.forum);
    return show(request, reply, viewer, { faults: [] });
  });

  app.post(
    `${deskHref(':forum')}/hours`,
    { schema: { params: WithForum, body: Hours }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      const typed = WEEKDAYS.map((weekday, index) => ({
        weekday,
        opensAt: request.body.opensAt[index]!.trim(),
        closesAt: request.body.closesAt[index]!.trim(),
      }));
      const faults = typed.flatMap(({ weekday, opensAt, closesAt }) => {
        const fault = hoursFault(opensAt, closesAt);
        if (!fault) return [];
        const { forum } = request.language.words;
        const message = `${forum[`weekday-${weekday}`]}: ${forum[`hours-${fault}`]}`;
        return [{ field: `day-${weekday}`, message }];
      });
      if (faults.length > 0) {
        const typedHours = new Map(typed.map((day) => [day.weekday, day]));
        return show(request, reply.code(422), viewer, { faults, typedHours });
      }
      const hours: OpeningHours[] = typed.filter(({ opensAt }) => opensAt !== '');
      await forums.setHours(viewer.forum.id, hours);
      await note(viewer, 'forum-hours-set');
      return reply.redirect(`${deskHref(viewer.forum.id)}#hours`, 303);
    },
  );

  app.post(
    `${deskHref(':forum')}/on-call`,
    { schema: { params: WithForum, body: OnCall }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      const { account } = request.body;
      if (!viewer.forum.workers.some(({ accountId }) => accountId === account)) throw new Fault('bad-request');
      await forums.setOnCall(viewer.forum.id, account);
      await note(viewer, 'forum-on-call-set');
      return reply.redirect(`${deskHref(viewer.forum.id)}#on-call`, 303);
    },
  );

  app.post(
    `${deskHref(':forum')}/pauses`,
    { schema: { params: WithForum, body: Pause }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      const { account } = request.body;
      if (account !== undefined) await demandMember(viewer, account);
      const reason = tidy(request.body.reason).slice(0, LONGEST_REASON);
      if (reason === '') {
        const field = account === undefined ? 'pause-reason' : `pause-${account}`;
        const faults = [{ field, message: request.language.words.forum.reasonFault }];
        return show(request, reply.code(422), viewer, { faults });
      }
      const pause = { accountId: account ?? null, reason, pausedBy: viewer.accountId };
      if ((await forums.pause(viewer.forum.id, pause, clock())) === 'paused') await note(viewer, 'forum-paused');
      return reply.redirect(`${deskHref(viewer.forum.id)}#${account === undefined ? 'pause' : 'members'}`, 303);
    },
  );

  app.post(
    `${deskHref(':forum')}/pauses/:part/ending`,
    { schema: { params: WithPart }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      if (await forums.endPause(viewer.forum.id, request.params.part, viewer.accountId, clock()))
        await note(viewer, 'forum-pause-ended');
      return reply.redirect(deskHref(viewer.forum.id), 303);
    },
  );

  app.post(
    `${deskHref(':forum')}/invitations`,
    { schema: { params: WithForum, body: Invitation }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      const { account } = request.body;
      if (account !== undefined) await demandMember(viewer, account);
      const wanted = { invitedBy: viewer.accountId, accountId: account ?? null };
      const { id, token } = await members.invite(viewer.forum.id, wanted, clock());
      await note(viewer, 'forum-invited', `${viewer.forum.id} ${id}`);
      const { expiresAt } = (await members.open(token, clock()))!;
      const { language } = request;
      return reply.page('studio/forum/invited', {
        title: language.words.forum[account === undefined ? 'invitedTitle' : 'renewedTitle'],
        link: `${originOf(request, services)}${invitationHref(token)}`,
        until: language.say('forum', 'invitationUntil', { date: language.date(expiresAt) }),
        backHref: deskHref(viewer.forum.id),
      });
    },
  );

  app.post(
    `${deskHref(':forum')}/invitations/:part/revocation`,
    { schema: { params: WithPart }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      if (await members.revoke(viewer.forum.id, request.params.part, clock()))
        await note(viewer, 'forum-invitation-revoked', request.params.part);
      return reply.redirect(`${deskHref(viewer.forum.id)}#invitations`, 303);
    },
  );

  app.post(
    `${deskHref(':forum')}/members/:part/leaving`,
    { schema: { params: WithPart }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      if (!(await members.leave(viewer.forum.id, request.params.part, clock()))) throw new Fault('not-found');
      await note(viewer, 'forum-left', `${viewer.forum.id} ${request.params.part}`);
      return reply.redirect(`${deskHref(viewer.forum.id)}#members`, 303);
    },
  );

  app.post(
    `${deskHref(':forum')}/members/:part/words-removal`,
    { schema: { params: WithPart }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      const member = await members.find(request.params.part);
      if (member?.forumId !== viewer.forum.id) throw new Fault('not-found');
      const { waiting } = await endings.removeWords(viewer.forum.id, member.accountId, viewer.accountId, clock());
      await note(viewer, 'words-removed', `${viewer.forum.id} ${member.accountId}`);
      if (waiting === 0) return reply.redirect(`${deskHref(viewer.forum.id)}#members`, 303);
      const message = request.language.say('forum', 'removalWaits', { count: waiting });
      return show(request, reply.code(409), viewer, { faults: [{ field: 'held', message }] });
    },
  );

  app.post(
    `${deskHref(':forum')}/ending`,
    { schema: { params: WithForum, body: Ending }, config: WORKERS },
    async (request, reply) => {
      const viewer = await access.asWorker(request, request.params.forum);
      if (request.body.sure === undefined) {
        const faults = [{ field: 'sure', message: request.language.words.forum.endFault }];
        return show(request, reply.code(422), viewer, { faults });
      }
      if (!(await endings.end(viewer.forum.id, viewer.accountId, clock()))) throw new Fault('already-done');
      await note(viewer, 'forum-ended');
      return reply.redirect(deskHref(viewer.forum.id), 303);
    },
  );
}
