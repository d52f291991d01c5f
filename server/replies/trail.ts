import { opensFor, STATIONS, trailOf, type Station, type TrailFacts } from '../core/loop/trail.ts';
import { createQuestionOrigins, type QuestionOrigin } from '../storage/question-origins.ts';
import type { Reply } from '../storage/replies.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaveReplies, type AskingWave } from '../storage/wave-replies.ts';
import type { SignedIn } from '../web/access.ts';
import { ANSWERED_BACK } from '../web/feedback-addresses.ts';
import { isolated, type Language } from '../web/language.ts';
import { questionHref } from '../web/released-questions.ts';
import type { Services } from '../web/services.ts';
import { addressesOf } from './public-addresses.ts';
import type { Quoted } from './released.ts';
import { deskHref } from './reply-words.ts';
import type { Finding } from '../storage/findings.ts';

/** A station of the trail in words. */
export interface StationView {
  name: string;
  words: string;
  /** Empty where there is nothing to open. */
  href: string;
  isHere: boolean;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/trail': { trail: StationView[] };
  }
}

/** What the trail of a finding is gathered from. */
export interface TrailOf {
  finding: Pick<Finding, 'authorityId' | 'id'>;
  quoted: Quoted;
  /** The action that the page is about, else the first; undefined where there is none. */
  actionId: string | undefined;
  /** The reply that the page is about, else the one that was published last. */
  reply: Pick<Reply, 'id' | 'publishedAt'> | undefined;
  /** Whether its reply stands on a public page. */
  isPublic: boolean;
  /** Whether whoever reads sees the place of the figure. */
  seesPlace: boolean;
}

/** A trail before it is put into words. */
export interface Trail {
  facts: TrailFacts;
  ways: Partial<Record<Station, string>>;
  waveName: string;
}

export interface Trails {
  /** Gathers the trail of a finding as far as somebody, or everybody, may open its stations. */
  of(me: SignedIn | null, about: TrailOf): Promise<Trail>;
}

/** How a finding, its action and its reply came about, from storage. */
export function createTrails({ database }: Pick<Services, 'database'>): Trails {
  const origins = createQuestionOrigins(database);
  const surveys = createSurveys(database);
  const waveReplies = createWaveReplies(database);

  async function originOf({ figure, variable }: Quoted): Promise<QuestionOrigin | undefined> {
    const version = await surveys.find(figure.versionId);
    return version && (await origins.ofVersion(version)).get(variable.question.id);
  }

  return {
    async of(me, about) {
      const { finding, quoted, reply } = about;
      const [origin, asked] = await Promise.all([originOf(quoted), reply ? waveReplies.askedAbout(reply.id) : []]);
      const opens = opensFor({
        roles: me?.roles ?? [],
        isSignedIn: me !== null,
        isOfAuthority: me?.authorityId === finding.authorityId,
        seesPlace: about.seesPlace,
      });
      const inRooms = roomsOf(about, origin);
      const inPublic = publicOf(about);
      const ways = STATIONS.map(
        (station) => [station, (opens[station] && inRooms[station]) || inPublic[station]] as const,
      );
      return {
        facts: {
          idea: !origin ? 'none' : origin.cardIds.length > 0 ? 'idea' : 'proposal',
          question: 'asked',
          result: quoted.entry.supersededBy === null ? 'released' : 'replaced',
          finding: 'made',
          action: about.actionId === undefined ? 'none' : 'decided',
          reply: !reply ? 'none' : reply.publishedAt === null ? 'written' : 'published',
          answer: answerState(asked),
        },
        ways: Object.fromEntries(ways.filter(([, href]) => href)),
        waveName: quoted.entry.waveName,
      };
    },
  };
}

/** How far children's answer has come: asked once a wave about the reply was opened, released once one of them is. */
function answerState(asked: readonly AskingWave[]): TrailFacts['answer'] {
  if (asked.some(({ releaseId }) => releaseId !== null)) return 'released';
  return asked.some(({ state }) => state !== 'made') ? 'asked' : 'none';
}

/** Where the stations are for those who work with them. The addresses of a release that was replaced show nothing. */
function roomsOf(
  { finding, quoted, actionId, reply }: TrailOf,
  origin: QuestionOrigin | undefined,
): Partial<Record<Station, string>> {
  const { entry, figure, variable } = quoted;
  const proposal = origin?.proposals.find(
    ({ authorityId, hasWords }) => hasWords && authorityId === finding.authorityId,
  );
  const findingHref = `/replies/findings/${finding.id}`;
  return {
    ...(proposal && { idea: `/studio/proposals/${proposal.id}` }),
    question: questionHref(figure.versionId, variable.question.id),
    ...(entry.supersededBy === null && { result: resultHref(entry.id, quoted) }),
    finding: findingHref,
    ...(actionId !== undefined && { action: `${findingHref}#action-${actionId}` }),
    ...(reply && { reply: deskHref(reply.id), answer: `${deskHref(reply.id)}#${ANSWERED_BACK}` }),
  };
}

/** The same figure in the results. */
function resultHref(releaseId: string, { figure }: Quoted): string {
  const { item, band, node } = figure;
  const isPlace = node.kind === 'cluster' || node.kind === 'locality';
  const query = new URLSearchParams({ band: band.id, ...(isPlace && { place: node.id }) });
  return `/results/${releaseId}/items/${encodeURIComponent(item.id)}?${query.toString()}`;
}

/** What stands on the public page of a reply: the question as asked, the figure, the reply. */
function publicOf({ finding, reply, isPublic }: TrailOf): Partial<Record<Station, string>> {
  if (!reply?.publishedAt || !isPublic) return {};
  const { page } = addressesOf(finding.authorityId, reply.id);
  return {
    question: `${page}#asked-title`,
    result: `${page}#said-title`,
    reply: page,
    answer: `${page}#${ANSWERED_BACK}`,
  };
}

/**
 * The trail as a page shows it.
 * @param here the station that the page is about
 * @param path the page's own, to which no link is needed
 */
export function trailView(
  language: Language,
  { facts, ways, waveName }: Trail,
  here: Station,
  path: string,
): StationView[] {
  const { trail } = language.words;
  return trailOf(facts, ways, here).map(({ station, state, href, isHere }) => ({
    name: trail[`station-${station}`],
    words:
      station === 'question'
        ? language.say('trail', 'says-question-asked', { wave: isolated(language, waveName) })
        : trail[`says-${station}-${state}` as keyof typeof trail],
    href: fromPage(href, path),
    isHere,
  }));
}

/** A way that begins on a page: what stands on the page itself is an anchor. */
function fromPage(href: string, path: string): string {
  if (href === path) return '';
  return href.startsWith(`${path}#`) ? href.slice(path.length) : href;
}
