import { Type, type Static } from 'typebox';
import { actionFaults, type ActionWords } from '../core/loop/action.ts';
import { publicObstacle } from '../core/loop/finding.ts';
import {
  DECISIONS,
  isDecided,
  REPLY_PARTS,
  replyFaults,
  type ReplyPart,
  type ReplyText,
  type ReplyWords,
} from '../core/loop/reply.ts';
import { Fault } from '../errors.ts';
import { createActions } from '../storage/actions.ts';
import { createAudit } from '../storage/audit.ts';
import { createFindings, type Finding } from '../storage/findings.ts';
import { createFindingMarks } from '../storage/finding-marks.ts';
import { createReleases, successorOf } from '../storage/releases.ts';
import { createReplies } from '../storage/replies.ts';
import { person, type SignedIn } from '../web/access.ts';
import { LANGUAGES, type LanguageCode } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { chainPage, DONE, type Chain } from './chain-pages.ts';
import type { Correction, Marked } from './finding-marks.ts';
import { createQuotations } from './released.ts';
import { Id, tidy, Typed } from './shapes.ts';

const CODES = LANGUAGES.map((language) => language.code);

type TypedPart = `${ReplyPart}-${LanguageCode}`;
const partFields = Object.fromEntries(
  CODES.flatMap((code) => REPLY_PARTS.map((part) => [`${part}-${code}`, Typed])),
) as Record<TypedPart, typeof Typed>;

const ActionForm = Type.Object({ task: Typed, lead: Typed, dueOn: Typed }, { additionalProperties: false });
const ReplyForm = Type.Object(
  { decision: Type.Optional(Type.Enum(DECISIONS)), owner: Typed, nextUpdateOn: Typed, ...partFields },
  { additionalProperties: false },
);
const WithId = Type.Object({ id: Id });
const Shown = Type.Object({ next: Type.Optional(Id), done: Type.Optional(Type.Enum(DONE)) });

/** One finding with what has followed from it, and each step further. */
export async function chainRoutes(app: App, { database, clock }: Services): Promise<void> {
  const findings = createFindings(database);
  const actions = createActions(database);
  const replies = createReplies(database);
  const quotations = createQuotations(database);
  const marks = createFindingMarks(database);
  const releases = createReleases(database);
  const audit = createAudit(database);
  const today = () => clock().slice(0, 10);

  /** The whole chain of a finding of this authority; one outside one's area is not there. */
  async function open(me: SignedIn, findingId: string | undefined): Promise<Chain> {
    const { authorityId } = me;
    const finding = findingId === undefined ? undefined : await findings.find(findingId);
    if (finding?.authorityId !== authorityId) throw new Fault('not-found');
    const quoted = await quotations.open(me, authorityId, finding.releaseId, finding.place);
    if (quoted === 'no-place') throw new Fault('not-found');
    if (typeof quoted === 'string') throw new Fault('hidden-result');
    const wholeArea = await quotations.open(me, authorityId, finding.releaseId, {
      ...finding.place,
      node: 'authority',
    });
    const made = await actions.ofFinding(finding.id);
    return {
      finding,
      quoted,
      obstacle: publicObstacle(quoted.figure),
      answerableForAll: typeof wholeArea !== 'string' && !publicObstacle(wholeArea.figure),
      actions: await Promise.all(
        made.map(async (action) => ({ ...action, replies: await replies.ofAction(action.id) })),
      ),
      marked: await markedOf(me, finding),
      correction: quoted.entry.supersededBy === null ? undefined : await correctionOf(me, finding),
    };
  }

  async function markedOf(me: SignedIn, { id, authorityId }: Finding): Promise<Marked> {
    const groups = await marks.groups(authorityId);
    const seen = await quotations.seen(me, await findings.list(authorityId));
    const names = seen.flatMap(({ finding }) => groups.get(finding.id) ?? []);
    return {
      origin: await marks.origin(id),
      priorities: (await marks.priorities(authorityId)).filter(({ findingId }) => findingId === id),
      group: groups.get(id) ?? '',
      groups: [...new Set(names)].toSorted((one, other) => one.localeCompare(other)),
    };
  }

  /** The same figure in the release that stands in the place of the one that is quoted. */
  async function correctionOf(me: SignedIn, { authorityId, releaseId, place }: Finding): Promise<Correction> {
    const successor = successorOf(await releases.list(authorityId), releaseId);
    if (successor === undefined) return undefined;
    const quoted = await quotations.open(me, authorityId, successor, place);
    return { releaseId: successor, quoted: typeof quoted === 'string' ? 'hidden' : quoted };
  }

  app.get(
    '/replies/findings/:id',
    { schema: { params: WithId, querystring: Shown }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const chain = await open(me, request.params.id);
      await audit.write({ at: clock(), accountId: me.accountId, action: 'results-viewed', subject: chain.finding.id });
      const { next = '', done = '' } = request.query;
      return reply.page('replies/finding', chainPage(request.language, chain, { next, done, faults: [] }));
    },
  );

  app.post(
    '/replies/findings/:id/actions',
    { schema: { params: WithId, body: ActionForm }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const chain = await open(me, request.params.id);
      const { task, lead, dueOn } = request.body;
      const action: ActionWords = { task: tidy(task), lead: tidy(lead), dueOn: tidy(dueOn) };
      const faults = actionFaults(action, today());
      if (faults.length > 0) {
        const page = chainPage(request.language, chain, { next: 'action', done: '', faults, action });
        return reply.code(422).page('replies/finding', page);
      }
      const id = await actions.make(chain.finding.id, action, me.accountId, clock());
      await audit.write({ at: clock(), accountId: me.accountId, action: 'action-made', subject: id });
      return reply.redirect(`/replies/findings/${chain.finding.id}?done=action`, 303);
    },
  );

  app.post(
    '/replies/actions/:id/replies',
    { schema: { params: WithId, body: ReplyForm }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const action = await actions.find(request.params.id);
      const chain = await open(me, action?.findingId);
      const words = readReply(request.body);
      const faults = replyFaults(words, CODES, today());
      if (faults.length > 0 || !isDecided(words)) {
        const shown = { next: request.params.id, done: '', faults, reply: words } as const;
        return reply.code(422).page('replies/finding', chainPage(request.language, chain, shown));
      }
      const id = await replies.write(request.params.id, words, me.accountId, clock());
      await audit.write({ at: clock(), accountId: me.accountId, action: 'reply-made', subject: id });
      return reply.redirect(`/replies/findings/${chain.finding.id}?done=reply`, 303);
    },
  );

  app.post(
    '/replies/replies/:id/publication',
    { schema: { params: WithId }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const written = await replies.find(request.params.id);
      const action = written && (await actions.find(written.actionId));
      const chain = await open(me, action?.findingId);
      if (!written || !action) throw new Fault('not-found');
      if (written.publishedAt !== null) throw new Fault('already-done');
      const faults = replyFaults(written, CODES, today());
      if (chain.obstacle || faults.length > 0) {
        const page = chainPage(request.language, chain, { next: action.id, done: '', faults, refused: true });
        return reply.code(422).page('replies/finding', page);
      }
      if ((await replies.publish(written.id, me.accountId, clock())) === 'done-already')
        throw new Fault('already-done');
      await audit.write({ at: clock(), accountId: me.accountId, action: 'reply-published', subject: written.id });
      return reply.redirect(`/replies/findings/${chain.finding.id}?done=publication`, 303);
    },
  );
}

/** What was typed, as a reply. */
function readReply(form: Static<typeof ReplyForm>): ReplyWords {
  const texts = Object.fromEntries(
    CODES.map((code) => {
      const text = Object.fromEntries(REPLY_PARTS.map((part) => [part, tidy(form[`${part}-${code}`])])) as ReplyText;
      return [code, text];
    }),
  );
  return { decision: form.decision, owner: tidy(form.owner), nextUpdateOn: tidy(form.nextUpdateOn), texts };
}
