import { changesOf, type Compared } from '../../core/loop/annual/changes.ts';
import type { FindingFacts, LeftOutOfReport, ReleaseSource } from '../../core/loop/annual/facts.ts';
import { isWithin, type Period } from '../../core/loop/annual/period.ts';
import { publicObstacle, releasedFigure, type FindingPlace } from '../../core/loop/finding.ts';
import { shareInputOf } from '../../core/statistics/figure.ts';
import { comparabilityOf, sameSchools } from '../../core/statistics/waves.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import { createFindingMarks } from '../../storage/finding-marks.ts';
import { createFindings, type Finding } from '../../storage/findings.ts';
import { createReleases, successorOf, type ReleaseEntry } from '../../storage/releases.ts';
import { createReadableReleases } from '../../web/readable-releases.ts';
import type { Services } from '../../web/services.ts';
import { createWaveKin } from '../../web/wave-kin.ts';
import { createQuotations, type Quoted } from '../released.ts';
import { figureName } from '../sentences.ts';
import { releaseSource } from './gather-waves.ts';
import { inAll } from './in-all.ts';
import { placedFigure } from './placed-figure.ts';

export interface GatheredFindings {
  facts: FindingFacts[];
  leftOut: LeftOutOfReport[];
  /** Ids of findings of whatever time that may not be public as they stand now. */
  notPublic: ReadonlySet<string>;
}

/** A finding with the figure that is drawn, which is that of the correction where there is one. */
interface Found {
  finding: Finding & { chain: { published: number } };
  quoted: Quoted;
  before: { share: number } | null;
  wasBefore: Earlier | null;
}

/** The same figure of the wave before, where it may be compared. */
interface Earlier {
  compared: Compared;
  share: number;
  source: ReleaseSource;
}

type Looked = Found | LeftOutOfReport;

interface Named extends Found, Pick<FindingFacts, 'name' | 'isPriority' | 'isAnswered'> {}

/** Whether something came of a finding yet; until then it is a note of planners. */
const isTakenUp = ({ isPriority, isAnswered }: Named) => isPriority || isAnswered;

/** Looks up the findings of a period as everybody may see them. */
export function createFindingGatherer(services: Services) {
  const { database, languages } = services;
  const findings = createFindings(database);
  const marks = createFindingMarks(database);
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const quotations = createQuotations(database);
  const kin = createWaveKin(database);
  const authorities = createAuthorities(database);

  const quote = (authorityId: string, releaseId: string, place: FindingPlace) =>
    quotations.open('everybody', authorityId, releaseId, place);

  async function look(finding: Found['finding'], all: readonly ReleaseEntry[]): Promise<Looked> {
    const { id, authorityId, place } = finding;
    const found = await publicFigure(finding, all);
    if (typeof found === 'string') return { why: found, id };
    return { finding, ...found, wasBefore: await earlierOf(authorityId, found.quoted, place) };
  }

  /** The figure of a finding as everybody may see it, which is that of the correction where there is one; else why not. */
  async function publicFigure(
    { authorityId, releaseId, place }: Finding,
    all: readonly ReleaseEntry[],
  ): Promise<Pick<Found, 'quoted' | 'before'> | 'finding-hidden-now' | 'finding-not-public'> {
    const made = await quote(authorityId, releaseId, place);
    if (typeof made === 'string') return 'finding-hidden-now';
    if (publicObstacle(made.figure)) return 'finding-not-public';
    const successor = successorOf(all, releaseId);
    if (successor === undefined) return { quoted: made, before: null };
    const quoted = await quote(authorityId, successor, place);
    if (typeof quoted === 'string' || publicObstacle(quoted.figure)) return 'finding-hidden-now';
    return { quoted, before: { share: made.figure.share } };
  }

  async function earlierOf(authorityId: string, { entry }: Quoted, place: FindingPlace): Promise<Earlier | null> {
    const opened = await readable.open(entry.id, 'everybody');
    const then = opened && (await waveBefore(authorityId, opened.entry, opened.release.wave.startsOn));
    if (!then) return null;
    const [now, release] = [opened.release, then.release];
    const [node, other] = [now.node(place.node), release.node(place.node)];
    const one = { band: now.band(place.band), asked: await quotations.asked(now, place.band, place.item) };
    const same = { band: release.band(place.band), asked: await quotations.asked(release, place.band, place.item) };
    if (!node || !sameSchools(node, other) || comparabilityOf(one, same) !== 'same') return null;
    // Which schools answered may differ between waves: what is of several now may have been one school's then.
    const figure = releasedFigure(release, place);
    if (!figure || publicObstacle(figure)) return null;
    const [first, second] = [now, release].map((each) => shareInputOf(each, place, place.option));
    if (!first || !second) return null;
    return { compared: { now: first, before: second }, share: figure.share, source: releaseSource(then.entry) };
  }

  async function waveBefore(authorityId: string, { waveId }: ReleaseEntry, startsOn: string) {
    const kinOf = await kin.of(authorityId);
    for (const entry of await releases.published(authorityId)) {
      const then = kinOf(entry.waveId) === kinOf(waveId) && (await readable.open(entry.id, 'everybody'));
      if (then && then.release.wave.startsOn < startsOn) return then;
    }
    return undefined;
  }

  async function notPublicAmong(list: readonly Finding[], known: readonly ReleaseEntry[]): Promise<Set<string>> {
    const found = await Promise.all(
      list.map(async (finding) => (typeof (await publicFigure(finding, known)) === 'string' ? [finding.id] : [])),
    );
    return new Set(found.flat());
  }

  async function nameAll(authorityId: string, found: readonly Found[]): Promise<Named[]> {
    const newest = new Map((await marks.priorities(authorityId)).map((mark) => [mark.findingId, mark.isPriority]));
    return found.map((one) => ({
      ...one,
      name: inAll(languages, (language) => figureName(language, one.quoted)),
      isPriority: newest.get(one.finding.id) ?? false,
      isAnswered: one.finding.chain.published > 0,
    }));
  }

  function factsOf(named: readonly Named[], authority: string): FindingFacts[] {
    const changes = changesOf(named.map(({ wasBefore }) => wasBefore?.compared ?? null));
    return named.map(({ finding, quoted, before, wasBefore, name, isPriority, isAnswered }, index) => {
      const change = changes[index];
      return {
        ...placedFigure(services, quoted, authority),
        ...{ id: finding.id, before, name, isPriority, isAnswered },
        change: change && wasBefore ? { ...change, share: wasBefore.share, source: wasBefore.source } : null,
      };
    });
  }

  return {
    async gather(authorityId: string, period: Period): Promise<GatheredFindings> {
      const all = await findings.list(authorityId);
      const known = await releases.list(authorityId);
      const looked = await Promise.all(
        all.filter(({ madeAt }) => isWithin(madeAt, period)).map((finding) => look(finding, known)),
      );
      const named = await nameAll(
        authorityId,
        looked.flatMap((one) => ('why' in one ? [] : [one])),
      );
      const authority = (await authorities.find(authorityId))?.name ?? '';
      const facts = factsOf(named.filter(isTakenUp), authority);
      const leftOut: LeftOutOfReport[] = [
        ...looked.flatMap((one) => ('why' in one ? [one] : [])),
        ...named
          .filter((one) => !isTakenUp(one))
          .map(({ finding, name }) => ({ why: 'finding-not-taken-up' as const, id: finding.id, name })),
      ];
      return {
        // The list is the newest first, and stays so within each half.
        facts: facts.toSorted((one, other) => Number(other.isPriority) - Number(one.isPriority)),
        leftOut,
        notPublic: await notPublicAmong(all, known),
      };
    },
  };
}
