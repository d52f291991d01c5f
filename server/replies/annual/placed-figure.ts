import type { PlacedFigure } from '../../core/loop/annual/facts.ts';
import { withRange } from '../../core/statistics/figure.ts';
import { bandName } from '../../core/survey/stage.ts';
import type { Services } from '../../web/services.ts';
import type { Quoted } from '../released.ts';
import { figureSentence } from '../sentences.ts';
import { releaseSource } from './gather-waves.ts';
import { inAll } from './in-all.ts';

/** A quoted figure as a report states it. @param authority its name, for figures of all of it */
export function placedFigure(
  { languages }: Pick<Services, 'languages'>,
  quoted: Quoted,
  authority: string,
): PlacedFigure {
  const { figure, entry } = quoted;
  const { share, low, high, base } = withRange(figure);
  const where = figure.node.kind === 'authority' ? authority : figure.node.name;
  return {
    ...{ share, low, high, base },
    sentence: inAll(languages, (language) => {
      const said = figureSentence(language, quoted);
      return `${said.before}${said.share}${said.after}`;
    }),
    where: inAll(languages, () => where),
    band: bandName(figure.band),
    source: releaseSource(entry),
  };
}
