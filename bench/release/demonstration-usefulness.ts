import { sumOf } from '../../server/core/disclosure/attack/problem.ts';
import { countItems } from '../../server/core/disclosure/counted-items.ts';
import type { ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import type { CubeFigures } from '../../server/core/disclosure/release.ts';
import { openWaveGround } from '../../server/core/disclosure/wave-ground.ts';
import { isWanted, type Usefulness } from './figures.ts';

/**
 * Holds what a release shows of everybody in clusters against the true figures, which are worked out for this alone:
 * every answer of every question that was asked with the school, and every indicator.
 */
export function demonstrationUsefulness(
  input: ReleaseInput,
  bandId: string,
  figures: readonly CubeFigures[],
): Usefulness {
  const usefulness: Usefulness = { wanted: 0, shown: 0, errors: [] };
  const ground = openWaveGround(input).bands.find((own) => own?.band.id === bandId);
  if (!ground) throw new Error(`The demonstration has nobody in ${bandId}: expected pupils. Look at its bands.`);
  const { units } = ground.ground.plan;
  const trueCount = (counts: Int32Array | undefined, unit: number) =>
    counts
      ? sumOf(
          counts,
          units[unit]!.cells.map((cell) => ground.cellOf[cell]!),
        )
      : 0;
  const counted = new Map(countItems(input.versions, input).map((one) => [one.item.id, one]));
  for (const { item, base, counts } of figures) {
    const own = counted.get(item)!;
    const { kind, unlinked } = own.item;
    // What several answers are worked out to is not shown of clusters, or is no share.
    if (unlinked || (kind !== 'question' && kind !== 'indicator')) continue;
    for (const [place, unit] of ground.stored.entries()) {
      const { place: of, filter } = units[unit]!;
      if (of.kind !== 'cluster' || Object.keys(filter).length > 0) continue;
      const asked = trueCount(own.counts.asked, unit);
      for (const [option, shown] of Object.entries(counts)) {
        const exact = trueCount(own.counts.options.get(option), unit);
        if (!isWanted(exact, asked)) continue;
        usefulness.wanted += 1;
        const count = shown[place] ?? null;
        if (count === null) continue;
        usefulness.shown += 1;
        usefulness.errors.push(Math.abs(count / base[place]! - exact / asked) * 100);
      }
    }
  }
  return usefulness;
}
