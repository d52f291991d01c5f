import { describe, expect, it } from 'vitest';
import { answersAt, nodeOfReply } from '../../../server/core/loop/answered-back.ts';
import { releasedFigure } from '../../../server/core/loop/finding.ts';
import { layoutOf } from '../../../server/core/survey/slots.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { sha256 } from '../../../server/storage/releases.ts';
import { feedbackRelease } from '../../replies/feedback-release.ts';

/* What stands beside a reply of what pupils said of it: only what the release shows, and nothing of one school in public. */

const definition = readSurveyFolders().find((content) => content.definition.id === 'feedback-check')!.definition;
const version = { id: 'feedback', definition, layout: layoutOf(definition) };
const AUTHORITY = { id: 'strathlorn', name: 'Strathlorn' };
const WAVE = { id: 'wave', name: 'What do you think?', startsOn: '2026-06-01', endsOn: '2026-06-12' };
const release = feedbackRelease(AUTHORITY, WAVE, version);
const NORTHMUIR = 'cluster:nor';

describe('what pupils said, at the place of the reply', () => {
  const shown = answersAt(release, NORTHMUIR, 'public')!;
  const [primary, secondary] = shown.bands;
  const meant = shown.items.indexOf('reply-is-what-was-meant');
  const listened = shown.items.indexOf('feels-listened-to');

  it('is the figure of the release, with how many answered', () => {
    expect(releasedFigure(release, primary!.places[meant]!)?.share).toBe(58);
    expect(primary!.rate).toMatchObject({ answered: 60, roll: 80, share: 75 });
  });

  it('leaves out what the release hides', () => {
    const place = { node: NORTHMUIR, band: 'p5-p7', item: 'feels-listened-to', option: 'yes' };
    expect(releasedFigure(release, place)).toBeUndefined();
    expect(primary!.places[listened]).toBeNull();
  });

  it('leaves out the one secondary of a cluster, and how many answered there, except for people who plan', () => {
    expect(secondary!.places.every((place) => place === null)).toBe(true);
    expect(secondary!.rate).toBeNull();
    const [, planners] = answersAt(release, NORTHMUIR, 'planners')!.bands;
    expect(releasedFigure(release, planners!.places[meant]!)).toMatchObject({ share: 67, oneSchool: true });
    expect(planners!.rate).toMatchObject({ answered: 30 });
  });

  it('leaves out every result of one school, under whatever name the place stands', () => {
    const alone = feedbackRelease(AUTHORITY, WAVE, version, ['n1', 'n2', 'ns']);
    const [, ofWave] = answersAt(alone, 'authority', 'public')!.bands;
    expect(ofWave!.places.every((place) => place === null)).toBe(true);
    expect(ofWave!.rate).toBeNull();
  });

  it('is nothing at a place that the wave did not ask at, or that is outside of an area', () => {
    expect(answersAt(feedbackRelease(AUTHORITY, WAVE, version, ['n1', 'n2']), 'cluster:eas', 'planners')).toBeNull();
    expect(answersAt(release.within(['cluster:eas'], sha256), NORTHMUIR, 'planners')).toBeNull();
  });
});

describe('the place of a reply in a release', () => {
  const north = { code: 'north', name: 'North', schools: ['n1', 'n2'] };

  it('is all of a wave that asked in its locality alone', () => {
    const small = feedbackRelease(AUTHORITY, WAVE, version, ['n1', 'n2'], [north]);
    expect(small.node('locality:north')).toBeUndefined();
    expect(nodeOfReply(small, 'locality:north', [north])).toBe('authority');
    expect(nodeOfReply(small, 'locality:south', [north])).toBe('locality:south');
  });

  it('is no other place where schools of no locality were asked too', () => {
    const more = feedbackRelease(AUTHORITY, WAVE, version, ['n1', 'n2', 'e1', 'e2'], [north]);
    expect(nodeOfReply(more, 'locality:north', [north])).toBe('locality:north');
    expect(nodeOfReply(more, NORTHMUIR, [north])).toBe(NORTHMUIR);
  });
});
