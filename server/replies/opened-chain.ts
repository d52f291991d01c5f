import { publicObstacle } from '../core/loop/finding.ts';
import { Fault } from '../errors.ts';
import { createActions } from '../storage/actions.ts';
import { createFindings, type Finding } from '../storage/findings.ts';
import { createFindingMarks } from '../storage/finding-marks.ts';
import { createReleases, successorOf } from '../storage/releases.ts';
import { createReplies, type Reply } from '../storage/replies.ts';
import type { SignedIn } from '../web/access.ts';
import type { Services } from '../web/services.ts';
import type { Chain } from './chain-pages.ts';
import type { Correction, Marked } from './finding-marks.ts';
import { createEngagementDesk } from './engagement/engagement-desk.ts';
import { createPlanDesk } from './plan/plan-desk.ts';
import { createQuotations } from './released.ts';
import { createTrails, type TrailOf } from './trail.ts';

export interface Chains {
  /**
   * The whole chain of a finding of this authority; one outside one's area is not there.
   * @throws Fault 'not-found', or 'hidden-result' where the figure is not shown
   */
  open(me: SignedIn, findingId: string | undefined): Promise<Chain>;
  /** A reply with its action and the chain that it stands in. @throws Fault as `open` */
  openReply(me: SignedIn, replyId: string): Promise<{ chain: Chain; action: Chain['actions'][number]; reply: Reply }>;
}

/** Opens findings with what has followed from them, for planners. */
export function createChains({ database, clock }: Pick<Services, 'database' | 'clock'>): Chains {
  const findings = createFindings(database);
  const actions = createActions(database);
  const replies = createReplies(database);
  const quotations = createQuotations(database);
  const marks = createFindingMarks(database);
  const releases = createReleases(database);
  const planDesk = createPlanDesk({ database, clock });
  const engagement = createEngagementDesk({ database, clock });
  const trails = createTrails({ database });

  /** @param replyId the reply that the trail is to go through; that which was published last if it is none */
  async function open(me: SignedIn, findingId: string | undefined, replyId?: string): Promise<Chain> {
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
    const withReplies = await followedBy(finding.id);
    const obstacle = publicObstacle(quoted.figure);
    return {
      finding,
      quoted,
      obstacle,
      answerableForAll: typeof wholeArea !== 'string' && !publicObstacle(wholeArea.figure),
      actions: withReplies,
      involved: await involvedIn(me, finding.id, withReplies),
      trail: await trails.of(me, {
        finding,
        quoted,
        ...ofReply(withReplies, replyId),
        isPublic: !obstacle,
        seesPlace: true,
      }),
      marked: await markedOf(me, finding),
      correction: quoted.entry.supersededBy === null ? undefined : await correctionOf(me, finding),
    };
  }

  async function followedBy(findingId: string): Promise<Chain['actions']> {
    const made = await actions.ofFinding(findingId);
    return Promise.all(made.map(async (action) => ({ ...action, replies: await replies.ofAction(action.id) })));
  }

  /** Entries about the finding, what the plan does about it, or a reply to it. */
  async function involvedIn(me: SignedIn, findingId: string, followed: Chain['actions']): Promise<Chain['involved']> {
    const planned = (await planDesk.list(me)).filter(({ action }) => action.findings.includes(findingId));
    return engagement.about(me, [
      { kind: 'finding', id: findingId },
      ...planned.map(({ action }) => ({ kind: 'action' as const, id: action.id })),
      ...followed.flatMap((action) => action.replies.map(({ id }) => ({ kind: 'reply' as const, id }))),
    ]);
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

  return {
    open: (me, findingId) => open(me, findingId),
    async openReply(me, replyId) {
      const reply = await replies.find(replyId);
      const found = reply && (await actions.find(reply.actionId));
      const chain = await open(me, found?.findingId, replyId);
      const action = chain.actions.find(({ id }) => id === reply?.actionId);
      if (!reply || !action) throw new Fault('not-found');
      return { chain, action, reply };
    },
  };
}

/** The reply that a trail goes through, and its action: the one asked for, else the one that was published last. */
function ofReply(actions: Chain['actions'], replyId: string | undefined): Pick<TrailOf, 'actionId' | 'reply'> {
  const all = actions.flatMap((action) => action.replies);
  const published = all.filter(({ publishedAt }) => publishedAt !== null);
  const newest = published.toSorted((one, other) => (one.publishedAt! < other.publishedAt! ? 1 : -1))[0];
  const reply = all.find(({ id }) => id === replyId) ?? newest ?? all[0];
  return { actionId: reply?.actionId ?? actions[0]?.id, reply };
}
