import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain, sharesTable, tableRows } from './page-reading.ts';
import { NODES, openReportHouse, type ReportHouse } from './report-house.ts';
import { indicatorRows, questionRows } from './report-reading.ts';
import { EXACT_BASES } from './wave.ts';

const HIDDEN = 'hidden to protect children · why';
const BANDS = { 'p5-p7': 'P5–P7', 's1-s2': 'S1–S2' } as const;
/** Name of each place in the tables of item pages. */
const NAMES: Record<string, string> = {
  authority: 'Strathlorn, whole authority',
  'cluster:ald': 'Alder',
  'cluster:bir': 'Birchwood',
  'cluster:cal': 'Calder',
  'cluster:dun': '=Dunmore',
};
const INDICATORS = {
  'feels-safe': 'Feels safe in the local area',
  'adult-to-talk-to': 'Has an adult to talk to',
};

let reports: ReportHouse;
beforeAll(async () => {
  reports = await openReportHouse();
});
afterAll(() => reports.house.close());

const adults = (node: string, language?: 'en' | 'ar') => reports.report(node, 'adults', language);
const itemPage = (item: string, band: string, node: string) => {
  const place = node === 'authority' ? '' : `&place=${encodeURIComponent(node)}`;
  return reports.page(`/results/${reports.current}/items/${item}?band=${band}${place}`);
};

describe('the list of reports', () => {
  it('is one link away from the first page of results and from the files', async () => {
    const link = `<a href="/results/${reports.current}/reports">Reports</a>`;
    expect(await reports.page('/results')).toContain(link);
    expect(await reports.page(`/results/${reports.current}/files`)).toContain(link);
  });

  it('leads to both versions for the authority and each cluster', async () => {
    const body = await reports.page(`/results/${reports.current}/reports`);
    const links = [...body.matchAll(/href="(\/results\/[^"]*\/reports\/[^"]*)"/g)].map(([, href = '']) => href);
    expect(links).toHaveLength(2 * NODES.length);
    for (const node of NODES) {
      for (const audience of ['adults', 'children']) {
        expect(links).toContain(`/results/${reports.current}/reports/${encodeURIComponent(node)}?for=${audience}`);
      }
    }
    for (const href of links) expect((await reports.get(href)).statusCode, href).toBe(200);
  });
});

describe('a report for adults', () => {
  it('opens with who answered and who is missing, before any result', async () => {
    for (const node of NODES) {
      const body = await adults(node);
      const firstResult = body.search(/<table class="(shares|compact)">|class="says"/);
      const who = body.slice(0, firstResult);
      expect(firstResult, node).toBeGreaterThan(0);
      expect(who.indexOf('<table id="rates">'), node).toBeGreaterThan(0);
      for (const missing of ['special schools', 'in hospital', 'in secure care', 'taught at home', 'another area']) {
        expect(who, node).toContain(missing);
      }
      expect(plain(who), node).toContain('Asked and did not answer');
    }
  });

  it('has the rates of the first page of results, and the rest of the roll as missing', async () => {
    const rates = tableRows(/<table id="rates">[\s\S]*?<\/table>/.exec(await adults('authority'))![0]);
    expect(rates.get('P5–P7')).toEqual(['66%', '34%', '205', '311', '7']);
    const birchwood = tableRows(/<table id="rates">[\s\S]*?<\/table>/.exec(await adults('cluster:bir'))![0]);
    expect(birchwood.get('P5–P7')?.[0]).toBe('48% low response');
    expect(birchwood.get('S1–S2')).toEqual([HIDDEN]);
  });

  it.each(NODES)('has the figures of the pages of its indicators, to the letter: %s', async (node) => {
    const body = await adults(node);
    for (const [item, name] of Object.entries(INDICATORS)) {
      const rows = indicatorRows(body, name);
      for (const [band, bandName] of Object.entries(BANDS)) {
        const page = await itemPage(item, band, node);
        expect(rows.get(bandName), `${item} ${band}`).toEqual(sharesTable(page).get(NAMES[node]!));
        const sentence = plain(/<p class="finding">([\s\S]*?)<\/p>/.exec(page)![1]!);
        expect(plain(body), `${item} ${band}`).toContain(sentence);
      }
    }
  });

  it('has all answers to every question as the page of the question prints them', async () => {
    const question = 'Do you take part in a club?';
    const answers = (page: string) => tableRows(/<h2>All answers[\s\S]*?<\/table>/.exec(page)![0]);
    const rows = questionRows(await adults('cluster:ald'), question);
    const expected = answers(await itemPage('club', 'p5-p7', 'cluster:ald'));
    expect(expected.size).toBeGreaterThan(4);
    expect([...rows.keys()]).toEqual(['Pupils asked', ...expected.keys()]);
    let shown = 0;
    for (const [answer, [share = '', between = '']] of expected) {
      if (share === HIDDEN) expect(rows.get(answer)?.[0], answer).toBe(HIDDEN);
      else {
        expect(rows.get(answer)?.[0], answer).toBe(`${share} (${between})`);
        shown += 1;
      }
    }
    expect(shown).toBeGreaterThan(2);
  });

  it('leaves out what young people wrote', async () => {
    expect(reports.release.item('one-thing-better')?.options).toEqual(['written']);
    for (const node of NODES) expect(plain(await adults(node))).not.toMatch(/one thing|[Ww]rote something/);
  });

  it('sets the earlier wave beside a figure only where schools and question are the same', async () => {
    const at = async (node: string) => indicatorRows(await adults(node), INDICATORS['feels-safe']).get('P5–P7')?.[3];
    expect(await at('cluster:ald')).toBe('schools changed');
    expect(await at('cluster:dun')).toMatch(/^\d+% \(\d+% to \d+%\)$/);
    const first = await reports.page(`/results/${reports.earlier}/reports/cluster%3Adun`);
    expect(indicatorRows(first, INDICATORS['feels-safe']).get('P5–P7')).toHaveLength(4);
    expect(first).not.toContain('Spring 2026');
  });

  it('gives hidden, withheld and missing figures the same cells', async () => {
    // Did not agree; too small; no secondary at all.
    const cells = await Promise.all(
      ['cluster:bir', 'cluster:cal', 'cluster:dun'].map(async (node) => {
        const body = await adults(node);
        const rows = [...body.matchAll(/<tr><th scope="row">S1–S2<\/th>([\s\S]*?)<\/tr>/g)].map(([, row]) => row);
        expect(rows.length, node).toBeGreaterThan(3);
        return rows.join('|');
      }),
    );
    expect(new Set(cells).size).toBe(1);
    expect(plain(cells[0]!)).toMatch(/^hidden to protect children/);
    const calder = await adults('cluster:cal');
    expect(calder).not.toMatch(/data-share/);
    for (const words of questionRows(calder, 'Do you take part in a club?').values()) expect(words[0]).toBe(HIDDEN);
  });

  it('gives the picture nothing but what the table says', async () => {
    const rows = [
      ...(await adults('authority')).matchAll(
        /<tr data-share="(\d+)" data-low="(\d+)" data-high="(\d+)">[\s\S]*?<\/tr>/g,
      ),
    ];
    expect(rows.length).toBeGreaterThan(4);
    for (const [row, share, low, high] of rows) expect(plain(row)).toContain(`${share}% ${low}% to ${high}%`);
  });

  it('labels the results of one school, and says in its foot that they must not be published', async () => {
    const alder = await adults('cluster:ald');
    expect(indicatorRows(alder, INDICATORS['feels-safe']).get('S1–S2')?.at(-1)).toContain('one school');
    expect(alder).toMatch(/S1–S2 <span class="tag">one school<\/span>/);
    const foot = (body: string) => plain(/<footer[\s\S]*<\/footer>/.exec(body)![0]);
    expect(foot(alder)).toContain('It must not be published.');
    for (const node of ['authority', 'cluster:bir', 'cluster:cal', 'cluster:dun']) {
      expect(foot(await adults(node)), node).not.toContain('published');
    }
  });

  it('says how figures were made and what hidden means', async () => {
    const text = plain(await adults('authority'));
    expect(text).toContain('Every count is rounded to the nearest 5 first.');
    expect(text).toContain('Why some figures are hidden');
  });

  it('shows no count that did not go through protection', async () => {
    for (const node of NODES) {
      const body = await adults(node);
      // The roll and the number of schools are no answers, and their cells say so.
      const counts = [...body.matchAll(/<td>(\d[\d,]*)<\/td>/g)].map(([, count = '']) =>
        Number(count.replace(',', '')),
      );
      if (node !== 'cluster:cal') expect(counts.length, node).toBeGreaterThan(0);
      for (const count of counts) expect(count % 5, `${node} shows ${count}`).toBe(0);
      for (const exact of EXACT_BASES) expect(body, node).not.toMatch(new RegExp(`(>|about )${exact}(<|\\))`));
    }
  });
});

describe('both versions', () => {
  it('carry the release date and its whole hash, in a foot that is printed', async () => {
    for (const node of NODES) {
      for (const audience of ['adults', 'children'] as const) {
        for (const language of ['en', 'ar'] as const) {
          const foot = /<footer class="report-foot">[\s\S]*<\/footer>/.exec(
            await reports.report(node, audience, language),
          )![0];
          expect(foot).toContain(`<code dir="ltr">${reports.release.sha256}</code>`);
          expect(foot).toContain(language === 'en' ? 'released 3 May 2026' : '3 مايو 2026');
          expect(foot).not.toContain('no-print');
        }
      }
    }
  });

  it('are Arabic through and through in Arabic, with the same figures', async () => {
    const { words } = reports.house.services.languages.get('en')!;
    const english = Object.values({ ...words.reports, ...words.results }).filter((text) => !text.includes('{{'));
    const figures = (body: string) => [...body.matchAll(/data-share="(\d+)"|class="(full|empty)"/g)].map(String);
    for (const node of NODES) {
      for (const audience of ['adults', 'children'] as const) {
        const body = await reports.report(node, audience, 'ar');
        expect(body).toContain('<html lang="ar" dir="rtl">');
        // The fallback of a survey without Arabic would say that it is in another language.
        expect(body).not.toMatch(/<(h3|caption) lang="en"/);
        // One short word can stand in a name; whole phrases cannot.
        const text = plain(body);
        for (const phrase of english.filter(({ length }) => length > 8)) expect(text).not.toContain(phrase);
        expect(figures(body)).toEqual(figures(await reports.report(node, audience, 'en')));
      }
    }
  });

  it('need no script and offer no form or menu on paper', async () => {
    for (const audience of ['adults', 'children'] as const) {
      const report = /<article class="report[\s\S]*<\/article>/.exec(await reports.report('authority', audience))![0];
      expect(report).not.toMatch(/<(nav|form|button|details|script)\b/);
      expect(report).not.toMatch(/<(table|section|p)[^>]* hidden/);
    }
  });

  it('note in the record who looked at which place', async () => {
    await adults('cluster:dun');
    const { query } = reports.house.services.database;
    const subjects = await query.selectFrom('audit_entries').select(['action', 'subject']).execute();
    expect(subjects).toContainEqual({
      action: 'results-viewed',
      subject: `/results/${reports.current}/reports/cluster%3Adun`,
    });
  });
});

describe('bad use', () => {
  it('answers 404 to whatever is not there, and shows nothing', async () => {
    const of = `/results/${reports.current}/reports`;
    for (const url of [
      '/results/no-such-release/reports',
      '/results/no-such-release/reports/authority',
      `${of}/cluster:nowhere`,
      `${of}/locality:north`,
      `${of}/rest:ald`,
      `${of}/constructor`,
      `${of}/authority?for=everybody`,
      `${of}/authority?for=`,
    ]) {
      const reply = await reports.get(url);
      expect(reply.statusCode, url).toBe(404);
      expect(reply.body, url).not.toMatch(/<table|report-foot|\d%/);
    }
  });

  it('opens for planners, analysts and approvers alone', async () => {
    const url = `/results/${reports.current}/reports/authority`;
    for (const role of ['planner', 'analyst', 'approver'] as const) {
      expect((await reports.get(url, role)).statusCode).toBe(200);
    }
    for (const role of ['forum-member', 'youth-worker', 'administrator', 'auditor'] as const) {
      expect((await reports.get(url, role)).statusCode).toBe(403);
    }
  });
});
