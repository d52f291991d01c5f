import { changesOf, type Compared } from '../../core/loop/annual/changes.ts';
import type { FindingFacts, LeftOutOfReport, ReleaseSource } from '../../core/loop/annual/facts.ts';
import { isWithin, type Period } from '../../core/loop/annual/period.ts';
import { publicObstacle, type FindingPlace } from '../../core/loop/finding.ts';
import { optionFigure, shareInputOf } from '../../core/statistics/figure.ts';
import { comparabilityOf, sameSchools } from '../../core/statistics/waves.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import { createFindingMarks } from '../../storage/finding-marks.ts';
import { createFindings, type Finding } from '../../storage/findings.ts';
import { createReleases, successorOf, type ReleaseEntry } from '../../storage/releases.ts';
import { createWaves } from '../../storage/waves.ts';
import { createReadableReleases } from '../../web/readable-releases.ts';
import type { Services } from '../../web/services.ts';
import { createQuotations, type Quoted } from '../released.ts';
import { figureName } from '../sentences.ts';
import { releaseSource } from './gather-waves.ts';
import { inAll } from './in-all.ts';
import { placedFigure } from './placed-figure.ts';

export interface GatheredFindings {
  facts: FindingFacts[];
  leftOut: LeftOutOfReport[];
  /** Ids of findings of whatever time that may never be public. */
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

/** Looks up the findings of a period as everybody may see them. */
export function createFindingGatherer(services: Services) {
  const { database, languages } = services;
  const findings = createFindings(database);
  const marks = createFindingMarks(database);
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const quotations = createQuotations(database);
  const waves = createWaves(database);
  const authorities = createAuthorities(database);

  const quote = (authorityId: string, releaseId: string, place: FindingPlace) =>
    quotations.open('everybody', authorityId, releaseId, place);

  async function look(finding: Found['finding'], all: readonly ReleaseEntry[]): Promise<Looked> {
    const { id, authorityId, releaseId, place } = finding;
    const made = await quote(authorityId, releaseId, place);
    if (typeof made === 'string') return { why: 'finding-hidden-now', id };
    if (publicObstacle(made.figure)) return { why: 'finding-not-public', id };
    const successor = successorOf(all, releaseId);
    const quoted = successor === undefined ? made : await quote(authorityId, successor, place);
    if (typeof quoted === 'string' || publicObstacle(quoted.figure)) return { why: 'finding-hidden-now', id };
    const before = successor === undefined ? null : { share: made.figure.share };
    return { finding, quoted, before, wasBefore: await earlierOf(authorityId, quoted, place) };
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
    const share = optionFigure(release, place, place.option)?.share;
    const [first, second] = [now, release].map((each) => shareInputOf(each, place, place.option));
    if (share === undefined || !first || !second) return null;
    return { compared: { now: first, before: second }, share, source: releaseSource(then.entry) };
  }

  async function waveBefore(authorityId: string, { waveId }: ReleaseEntry, startsOn: string) {
    const all = await waves.list(authorityId);
    const familyOf = (id: string) => all.find((wave) => wave.id === id)?.family;
    for (const entry of await releases.published(authorityId)) {
      const then = familyOf(entry.waveId) === familyOf(waveId) && (await readable.open(entry.id, 'everybody'));
      if (then && then.release.wave.startsOn < startsOn) return then;
    }
    return undefined;
  }

  async function notPublicAmong(list: readonly Finding[]): Promise<Set<string>> {
    const found = await Promise.all(
      list.map(async ({ id, authorityId, releaseId, place }) => {
        const quoted = await quote(authorityId, releaseId, place);
        return typeof quoted === 'string' || publicObstacle(quoted.figure) ? [id] : [];
      }),
    );
    return new Set(found.flat());
  }

  return {
    async gather(authorityId: string, period: Period): Promise<GatheredFindings> {
      const all = await findings.list(authorityId);
      const known = await releases.list(authorityId);
      const priorities = new Map(
        (await marks.priorities(authorityId)).map((mark) => [mark.findingId, mark.isPriority]),
      );
      const name = (await authorities.find(authorityId))?.name ?? '';
      const looked = await Promise.all(
        all.filter(({ madeAt }) => isWithin(madeAt, period)).map((finding) => look(finding, known)),
      );
      const found = looked.flatMap((one) => ('why' in one ? [] : [one]));
      const changes = changesOf(found.map(({ wasBefore }) => wasBefore?.compared ?? null));
      const facts = found.map(({ finding, quoted, before, wasBefore }, index): FindingFacts => {
        const change = changes[index];
        return {
          ...placedFigure(services, quoted, name),
          ...{ id: finding.id, before },
          name: inAll(languages, (language) => figureName(language, quoted)),
          isPriority: priorities.get(finding.id) ?? false,
          isAnswered: finding.chain.published > 0,
          change: change && wasBefore ? { ...change, share: wasBefore.share, source: wasBefore.source } : null,
        };
      });
      return {
        // The list is the newest first, and stays so within each half.
        facts: facts.toSorted((one, other) => Number(other.isPriority) - Number(one.isPriority)),
        leftOut: looked.flatMap((one) => ('why' in one ? [one] : [])),
        notPublic: await notPublicAmong(all),
      };
    },
  };
}
