import {
  answersAt,
  ANSWERED_FIRST,
  nodeOfReply,
  type AnsweredItem,
  type BandAnswers,
  type Onlookers,
  type PlaceAnswers,
} from '../core/loop/answered-back.ts';
import type { PublishedReply } from '../storage/replies.ts';
import { createWaveReplies, type AskingWave } from '../storage/wave-replies.ts';
import { createWaves } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import type { Reader } from '../web/readable-releases.ts';
import type { Quotations, Quoted } from './released.ts';

/** What pupils of one age said, with the released figures. */
export interface QuotedAnswers extends Omit<BandAnswers, 'places'> {
  figures: (Quoted | null)[];
}

/** A wave that asked about a reply, and what its release shows at the place of the reply. */
export interface AskedWave {
  wave: AskingWave;
  /** Null until the answers are released, and where whoever reads may not see the place. */
  answers: { items: AnsweredItem[]; bands: QuotedAnswers[] } | null;
}

export interface AnsweredBack {
  /**
   * What children say of a reply, wave by wave, the newest first.
   * @param reader everybody, or somebody signed in, who sees their area
   */
  of(reader: Reader, reply: Pick<PublishedReply, 'id' | 'finding'>): Promise<AskedWave[]>;
}

/** The figures come by the same way as those that replies quote, so they are those of the release and nothing else. */
export function createAnsweredBack({ database }: Pick<Services, 'database'>, quotations: Quotations): AnsweredBack {
  const waveReplies = createWaveReplies(database);
  const waves = createWaves(database);

  async function quote(reader: Reader, authorityId: string, releaseId: string, { items, bands }: PlaceAnswers) {
    const quoted = bands.map(async ({ places, ...band }): Promise<QuotedAnswers> => {
      const figures = places.map(async (place) => {
        const found = place && (await quotations.open(reader, authorityId, releaseId, place));
        return found === null || typeof found === 'string' ? null : found;
      });
      return { ...band, figures: await Promise.all(figures) };
    });
    return { items, bands: await Promise.all(quoted) };
  }

  async function answersOf(
    reader: Reader,
    { waveId, releaseId }: AskingWave,
    { finding }: Pick<PublishedReply, 'finding'>,
  ) {
    const release = releaseId === null ? undefined : await quotations.release(reader, finding.authorityId, releaseId);
    if (!release || releaseId === null) return null;
    const node = nodeOfReply(release, finding.place.node, await waves.localities(waveId));
    const onlookers: Onlookers = reader === 'everybody' ? 'public' : 'planners';
    const answers = answersAt(release, node, onlookers);
    return answers && quote(reader, finding.authorityId, releaseId, answers);
  }

  return {
    async of(reader, reply) {
      const asked = await waveReplies.askedAbout(reply.id);
      return Promise.all(asked.map(async (wave) => ({ wave, answers: await answersOf(reader, wave, reply) })));
    },
  };
}

/** The figures that a page says in sentences. */
export function firstFigures({ items, bands }: NonNullable<AskedWave['answers']>): Quoted[] {
  return bands.flatMap(({ figures }) =>
    figures.filter((figure, index): figure is Quoted => figure !== null && ANSWERED_FIRST.includes(items[index]!)),
  );
}
