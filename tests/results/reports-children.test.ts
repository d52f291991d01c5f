import { withPlaces } from '../support/more-places.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { releasedFigure } from '../../server/core/loop/finding.ts';
import { rateFigure } from '../../server/core/statistics/figure.ts';
import { notAsked } from '../../server/results/reports/who-answered.ts';
import { plain } from './page-reading.ts';
import { NODES, openReportHouse, type ReportHouse } from './report-house.ts';
import { bandLines, indicatorRows } from './report-reading.ts';
import { addRelease, addWave, EXACT_BASES } from './wave.ts';

const HIDDEN = 'We keep this number back, so that nobody can be picked out.';
const CLUSTERS = NODES.filter((node) => node !== 'authority');

let reports: ReportHouse;
beforeAll(async () => {
  reports = await openReportHouse();
});
afterAll(() => reports.house.close());

const children = (node: string, language?: 'en' | 'ar') => reports.report(node, 'children', language);

/** The lines of the parts of a report, by heading. */
function linesUnder(body: string): Map<string, ReturnType<typeof bandLines>> {
  const parts = [...body.matchAll(/<h([23])[^>]*>([^<]*)<\/h\1>([\s\S]*?)(?=<h[23]|<footer)/g)];
  return new Map(parts.map(([, , heading = '', part = '']) => [heading, bandLines(part)]));
}

describe('a report for children', () => {
  it('opens with who answered and who was not asked, before any result', async () => {
    for (const node of NODES) {
      const text = plain(await children(node));
      const who = text.indexOf('Who answered');
      const missing = text.indexOf('children in hospital');
      const first = text.indexOf('How many pupils');
      expect([who > 0, missing > who, first > missing], node).toEqual([true, true, true]);
    }
  });

  it('says each figure as so many in ten, the same as the release, with as many full dots', async () => {
    const parts = linesUnder(await children('authority'));
    const lines = parts.get('How many pupils always or mostly feel safe where they live?')!;
    expect(lines.map(({ band }) => band)).toEqual(['P5–P7', 'S1–S2']);
    for (const [index, band] of ['p5-p7', 's1-s2'].entries()) {
      const place = { node: 'authority', band, item: 'feels-safe', option: 'yes' };
      const { tenths } = releasedFigure(reports.release, place)!;
      expect(lines[index]).toMatchObject({ words: `About ${tenths} in 10 pupils`, full: tenths });
    }
    const { share } = rateFigure(reports.release, 'authority', 'p5-p7')!;
    expect(parts.get('Who answered')![0]!.words).toBe(`About ${Math.round(share / 10)} in 10 pupils`);
  });

  it('has no per cent, no range, no table and no question beside the indicators', async () => {
    for (const node of NODES) {
      const body = await children(node);
      expect(plain(body).replaceAll(reports.release.sha256, ''), node).not.toMatch(/%|between|95/);
      expect(body, node).not.toMatch(/<table|data-share/);
      expect(body, node).not.toContain('Do you take part in a club?');
    }
  });

  it('holds no number but tenths, and no exact count', async () => {
    for (const node of NODES) {
      const body = await children(node);
      for (const { words } of bandLines(body)) expect(words).toMatch(/^(About [1-9] in 10 pupils|We keep this .*)$/);
      for (const exact of EXACT_BASES) expect(body, node).not.toMatch(new RegExp(`(>|about )${exact}(<|\\))`));
    }
  });

  it('says hidden figures in one kind sentence, whatever hides them', async () => {
    // One primary school, far too few answers, or nobody there: Calder has nothing that may be shown.
    const calder = bandLines(await children('cluster:cal'));
    expect(calder.length).toBeGreaterThan(2);
    for (const line of calder) expect(line).toEqual({ band: 'P5–P7', words: HIDDEN, full: null });
  });

  it('says what happens next, and that no one can find out what one person said', async () => {
    for (const node of NODES) {
      const text = plain(await children(node));
      expect(text).toContain('What happens next');
      expect(text).toContain('no one can find out what one person said');
      expect(text).toContain('you can talk to a grown-up you trust');
    }
  });
});

describe('results of one school', () => {
  it('are shown to adults, and never to children: there are too few schools', async () => {
    // Alder's secondary agreed to be shown.
    const adults = await reports.report('cluster:ald', 'adults');
    expect(indicatorRows(adults, 'Feels safe in the local area').get('S1–S2')?.[0]).toMatch(/^\d+%$/);
    for (const node of CLUSTERS) {
      const body = await children(node);
      expect(plain(body), node).toContain('For S1–S2 there are too few schools to show.');
      expect(new Set(bandLines(body).map(({ band }) => band)), node).toEqual(new Set(['P5–P7']));
    }
    expect(plain(await children('authority'))).not.toContain('too few schools');
  });

  it('say the same in every cluster, so that nobody learns which school agreed', async () => {
    const sentences = await Promise.all(
      CLUSTERS.map(async (node) => /<p>([^<]*too few schools[^<]*)<\/p>/.exec(await children(node))?.[1]),
    );
    expect(new Set(sentences).size).toBe(1);
  });
});

describe('a release with places that are not known today', () => {
  let later: string;
  beforeAll(async () => {
    const wave = await addWave(reports.house, 'Autumn 2026', '2026-09-01');
    later = await addRelease(
      reports.house,
      wave,
      withPlaces(reports.release, 'cluster:ald', ['locality', 'rest', 'special']),
    );
  });

  const report = (node: string, audience: string) => `/results/${later}/reports/${node}?for=${audience}`;

  it('has a report of a locality, and none of a remainder or another kind', async () => {
    const list = await reports.page(`/results/${later}/reports`);
    expect(list).toContain('reports/locality%3Anorth?for=adults');
    expect(list).not.toMatch(/rest%3A|special%3A/);
    const figures = (body: string) => [...body.matchAll(/data-share="(\d+)"/g)].map(([, share]) => share);
    expect(figures(await reports.page(report('locality:north', 'adults')))).toEqual(
      figures(await reports.report('cluster:ald', 'adults')),
    );
    for (const node of ['rest:north', 'special:north']) {
      expect((await reports.get(report(node, 'adults'))).statusCode).toBe(404);
      expect((await reports.get(report(node, 'children'))).statusCode).toBe(404);
    }
  });

  it('hides what is one school there from children too, rates with the rest', async () => {
    const lines = bandLines(await reports.page(report('locality:north', 'children')));
    const secondary = lines.filter(({ band }) => band === 'S1–S2');
    expect(secondary.length).toBeGreaterThan(2);
    for (const { words } of secondary) expect(words).toBe(HIDDEN);
    expect(lines.some(({ band, full }) => band === 'P5–P7' && full !== null)).toBe(true);
  });
});

describe('who was not asked', () => {
  it('names special schools unless one of the place took part', () => {
    const language = reports.house.services.languages.get('en')!;
    const groups = (specialSchools: boolean) => notAsked(language, { specialSchools });
    expect(groups(false)).toContain('pupils of special schools');
    expect(groups(true)).not.toContain('pupils of special schools');
    expect(groups(true)).toContain('pupils of schools that did not take part');
  });
});
