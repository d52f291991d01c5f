import { publicObstacle } from '../core/loop/finding.ts';
import { promisesOf, type Promises, type ReplyRecord } from '../core/loop/promises.ts';
import { Fault } from '../errors.ts';
import { createAuthorities, type Authority } from '../storage/authorities.ts';
import { createFindingMarks } from '../storage/finding-marks.ts';
import { createFindings } from '../storage/findings.ts';
import { createReplies, type PublishedReply } from '../storage/replies.ts';
import { createReplyAddresses } from '../storage/reply-addresses.ts';
import { createReplyReviews } from '../storage/reply-reviews.ts';
import { createReplyUpdates, type ReplyUpdate } from '../storage/reply-updates.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import type { SignedIn } from '../web/access.ts';
import type { Services } from '../web/services.ts';
import { createAnsweredBack, type AskedWave } from './answered-back.ts';
import { createPromiseKeeper } from './promise-keeper.ts';
import { createQuotations, type Quoted } from './released.ts';
import { createTrails, type Trail } from './trail.ts';

/** A published reply with the released figure that it answers, and how it was kept up. */
export interface Answered {
  reply: PublishedReply;
  quoted: Quoted;
  updates: ReplyUpdate[];
  record: ReplyRecord;
  promises: Promises;
}

/** The same with what only its own page says. */
export interface AnsweredInFull extends Answered {
  authority: Authority;
  /** Languages that a second person read. */
  read: string[];
  /** The number by which it is found; undefined where it has none. */
  number: string | undefined;
  today: string;
  /** What children say of it, by wave, the newest first. */
  answeredBack: AskedWave[];
}

/** Findings that planners marked as priorities and that may be answered in public, and how many are. */
export interface Priorities {
  all: number;
  answered: number;
}

export interface PublicReplies {
  /** @throws Fault 'not-found' */
  authority(id: string): Promise<Authority>;
  /** All public replies of an authority, newest first. */
  all(authorityId: string): Promise<Answered[]>;
  /** @throws Fault 'not-found' */
  one(authorityId: string, replyId: string): Promise<AnsweredInFull>;
  priorities(authorityId: string): Promise<Priorities>;
  /** How a reply came about, as far as somebody, or everybody, may follow it. */
  trail(me: SignedIn | null, answered: Answered): Promise<Trail>;
  /** Replies about which a published release says what children think. */
  answeredBack(authorityId: string): Promise<ReadonlySet<string>>;
}

/** What everybody may see of replies. It is made of the release and the reply's words alone. */
export function createPublicReplies(services: Services): PublicReplies {
  const { database, clock } = services;
  const authorities = createAuthorities(database);
  const replies = createReplies(database);
  const quotations = createQuotations(database);
  const updates = createReplyUpdates(database);
  const reviews = createReplyReviews(database);
  const addresses = createReplyAddresses(database);
  const findings = createFindings(database);
  const marks = createFindingMarks(database);
  const keeper = createPromiseKeeper(services);
  const trails = createTrails(services);
  const answeredBack = createAnsweredBack(services, quotations);
  const waveReplies = createWaveReplies(database);
  const today = () => clock().slice(0, 10);

  /** The figure of a finding that may be answered in public; undefined where it may not, whatever a row says. */
  async function publicFigure({ authorityId, releaseId, place }: PublishedReply['finding']) {
    const quoted = await quotations.open('everybody', authorityId, releaseId, place);
    return typeof quoted === 'string' || publicObstacle(quoted.figure) ? undefined : quoted;
  }

  async function answered(reply: PublishedReply): Promise<Answered | undefined> {
    const quoted = await publicFigure(reply.finding);
    if (!quoted) return undefined;
    const record = await keeper.record(reply, quoted);
    const news = (await updates.of([reply.id])).get(reply.id) ?? [];
    return { reply, quoted, updates: news, record, promises: promisesOf(record, today()) };
  }

  async function authority(id: string): Promise<Authority> {
    const found = await authorities.find(id);
    if (!found) throw new Fault('not-found');
    return found;
  }

  return {
    authority,
    async all(authorityId) {
      const found = await Promise.all((await replies.published(authorityId)).map(answered));
      return found.filter((one) => one !== undefined);
    },
    async one(authorityId, replyId) {
      const ofAuthority = await authority(authorityId);
      const published = await replies.findPublished(replyId);
      const found = published && (await answered(published));
      if (found?.reply.finding.authorityId !== authorityId) throw new Fault('not-found');
      const { reply } = found;
      const [read, number] = await Promise.all([reviews.reviewed(reply.id, reply.madeAt), addresses.of(reply.id)]);
      const asked = await answeredBack.of('everybody', reply);
      return { ...found, authority: ofAuthority, read, number, today: today(), answeredBack: asked };
    },
    async trail(me, { reply, quoted }) {
      const { finding } = reply;
      const seen = me && (await quotations.open(me, finding.authorityId, finding.releaseId, finding.place));
      const about = { finding, quoted, actionId: reply.actionId, reply, isPublic: true };
      return trails.of(me, { ...about, seesPlace: seen !== null && typeof seen !== 'string' });
    },
    answeredBack: (authorityId) => waveReplies.answeredBack(authorityId),
    async priorities(authorityId) {
      const newest = new Map((await marks.priorities(authorityId)).map((mark) => [mark.findingId, mark.isPriority]));
      const marked = (await findings.list(authorityId)).filter(({ id }) => newest.get(id) === true);
      const seen = await Promise.all(marked.map(publicFigure));
      const open = marked.filter((_, index) => seen[index]);
      return { all: open.length, answered: open.filter(({ chain }) => chain.published > 0).length };
    },
  };
}
