import type { FeedbackFacts } from '../../core/loop/annual/facts.ts';
import { isWithin, type Period } from '../../core/loop/annual/period.ts';
import type { Services } from '../../web/services.ts';
import { createAnsweredBack, firstFigures, type AskedWave } from '../answered-back.ts';
import type { Answered } from '../public-answered.ts';
import { createQuotations, type Quoted } from '../released.ts';
import { titleOf } from '../reply-words.ts';
import { inAll } from './in-all.ts';
import { placedFigure } from './placed-figure.ts';

/**
 * What children said about public replies in waves whose last day lies in a period: the figures that the pages of the replies
 * say in sentences.
 */
export async function gatherFeedback(
  services: Services,
  all: readonly Answered[],
  { period, authority }: { period: Period; authority: string },
): Promise<FeedbackFacts[]> {
  const { database, languages } = services;
  const answeredBack = createAnsweredBack(services, createQuotations(database));

  const ofWave = ({ reply }: Answered, { wave, answers }: AskedWave): FeedbackFacts[] => {
    if (!answers || !isWithin(wave.endsOn, period)) return [];
    const title = inAll(languages, (language) => titleOf(language, reply).title);
    return firstFigures(answers).map((quoted) => ({
      ...placedFigure(services, quoted, authority),
      ...{ id: idOf(wave.waveId, quoted), replyId: reply.id, reply: title, response: quoted.figure.response },
    }));
  };

  const found = all.map(async (answered) =>
    (await answeredBack.of('everybody', answered.reply)).flatMap((asked) => ofWave(answered, asked)),
  );
  return (await Promise.all(found)).flat();
}

/** Stays when the release of the wave is corrected. */
const idOf = (waveId: string, { figure }: Quoted) => [waveId, figure.band.id, figure.item.id].join('/');
