import { describe, expect, it } from 'vitest';
import { findingFaults, publicObstacle, releasedFigure } from '../../../server/core/loop/finding.ts';
import { layoutOf } from '../../../server/core/survey/slots.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { cellOf, NORTHMUIR, smallRelease } from '../../replies/released.ts';

const versions = readSurveyFolders().map(({ definition }) => ({
  id: `${definition.id}-1`,
  definition,
  layout: layoutOf(definition),
}));
const wave = { id: 'w', name: 'Spring 2026', startsOn: '2026-03-02', endsOn: '2026-03-20' };
const release = smallRelease({ id: 'strathlorn', name: 'Strathlorn' }, wave, versions);
const at = (changed: Parameters<typeof cellOf>[1]) => cellOf('r', changed);

describe('a released figure', () => {
  it('is the share of the release, in whole per cent and in tenths, with its limits', () => {
    const figure = releasedFigure(release, at({}));
    expect(figure).toMatchObject({
      share: 58,
      base: 60,

      tenths: 6,
      oneSchool: false,
      versionId: 'primary-1',
    });
    expect(figure?.response).toEqual({ answered: 60, roll: 80, share: 75 });
    expect(figure?.low).toBeLessThan(58);
    expect(figure?.high).toBeGreaterThan(58);
  });

  it('is not there where it is hidden, where there is none, and where a name belongs to every object', () => {
    expect(releasedFigure(release, at({ item: 'feel-safe', option: 'never' }))).toBeUndefined();
    expect(releasedFigure(release, at({ node: 'cluster:eas', band: 's1-s2' }))).toBeUndefined();
    expect(releasedFigure(release, at({ node: 'cluster:none' }))).toBeUndefined();
    expect(releasedFigure(release, at({ item: 'none' }))).toBeUndefined();
    expect(releasedFigure(release, at({ option: 'constructor' }))).toBeUndefined();
    expect(releasedFigure(release, at({ band: 'constructor' }))).toBeUndefined();
  });

  it('may be answered in public for the authority and for primary bands, never for one school', () => {
    const obstacle = (changed: Parameters<typeof cellOf>[1]) => {
      const figure = releasedFigure(release, at(changed));
      if (!figure) throw new Error('expected a shown figure');
      return publicObstacle(figure);
    };
    expect(obstacle({})).toBeUndefined();
    expect(obstacle({ node: 'authority', band: 's1-s2' })).toBeUndefined();
    expect(obstacle({ band: 's1-s2' })).toBe('one-school');
    const northmuir = release.node(NORTHMUIR);
    const band = release.band('s1-s2');
    if (!northmuir || !band) throw new Error('expected the cluster and its band');
    expect(publicObstacle({ node: northmuir, band, oneSchool: false })).toBe('secondary-of-cluster');
  });
});

describe('a finding', () => {
  it('needs a reason', () => {
    expect(findingFaults({ whyItMatters: ' \n' })).toEqual([{ field: 'whyItMatters', problem: 'missing' }]);
    expect(findingFaults({ whyItMatters: 'x'.repeat(1001) })).toEqual([{ field: 'whyItMatters', problem: 'too-long' }]);
    expect(findingFaults({ whyItMatters: 'Four in ten do not feel safe.' })).toEqual([]);
  });
});
