import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { FORMATS } from '../../server/results/files/formats.ts';
import { createAudit } from '../../server/storage/audit.ts';
import { csvRows, readWorkbook } from './file-reading.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { plain } from './page-reading.ts';
import { addRelease, pupilsOf, releaseOf } from './wave.ts';

/* What there is to take along from a release, and who may. */

let files: FilesHouse;
beforeAll(async () => {
  files = await openFilesHouse();
});
afterAll(() => files.house.close());

const page = (rest = '') => `/results/${files.current}/files${rest}`;

async function recorded(action: string, subject: string) {
  const entries = await createAudit(files.house.services.database).newest(files.house.authorityId, 1000);
  return entries.some((entry) => entry.action === action && entry.subject === subject);
}

describe('the page of files', () => {
  it('lists every file with what it is good for and its size, as it is sent', async () => {
    const { body, statusCode } = await files.get(page());
    expect(statusCode).toBe(200);
    for (const format of FORMATS) {
      const row = new RegExp(`<tr><th scope="row"><a href="${page(`/${format}`)}" download>.*?</tr>`, 's').exec(
        body,
      )?.[0];
      const size = Math.ceil((await files.file(format)).length / 1000).toLocaleString('en-GB');
      const expected = format === 'groups' ? 'Made when you ask for it' : `${size} kB$`;
      expect(plain(row ?? ''), format).toMatch(new RegExp(` ${expected}`));
      expect(plain(row ?? '').length).toBeGreaterThan(60);
    }
    expect(body).toContain(files.release.sha256.slice(0, 12));
    expect(plain(body)).toContain('An empty figure is never nought.');
    expect(plain(body)).toContain('must not be published');
  });

  it('is linked from the release and from each of its items', async () => {
    for (const url of [`/results/${files.current}`, `/results/${files.current}/items/feels-safe`]) {
      expect((await files.get(url)).body, url).toContain(`href="${page()}"`);
    }
    expect(await recorded('results-viewed', page())).toBe(true);
  });

  it('speaks Arabic', async () => {
    const { body } = await files.get(page(), 'ar');
    expect(body).toContain('<html lang="ar" dir="rtl">');
    expect(plain(body)).toContain('دليل الترميز');
  });
});

describe('a file of the release', () => {
  it('is sent to be saved, under the release number and the language, and recorded', async () => {
    const number = files.release.sha256.slice(0, 12);
    const endings = {
      xlsx: 'xlsx',
      csv: 'csv',
      groups: 'groups.csv',
      spss: 'sps',
      json: 'json',
      schema: 'schema.json',
      codebook: 'codebook.xml',
    };
    for (const format of FORMATS) {
      const reply = await files.get(page(`/${format}`), 'ar');
      expect(reply.headers['content-disposition']).toBe(
        `attachment; filename="release-${number}-ar.${endings[format]}"`,
      );
      expect(reply.headers['x-robots-tag']).toBe('noindex');
      expect(reply.headers['cache-control']).toBe('no-store');
      expect(reply.headers.etag).toBeUndefined();
      expect(Number(reply.headers['content-length'])).toBe(reply.rawPayload.length);
      expect(await recorded('results-exported', page(`/${format}`))).toBe(true);
    }
  });

  it('names the release by id and hash, whatever its format', async () => {
    // Rows of groups are short: they name the release by its number.
    const number = files.release.sha256.slice(0, 12);
    expect((await files.file('groups')).toString('utf8')).toContain(`,${number}\r\n`);
    for (const format of FORMATS.filter((one) => one !== 'schema' && one !== 'groups')) {
      const file = await files.file(format);
      const text =
        format === 'xlsx' ? JSON.stringify(readWorkbook(file).map(({ rows }) => rows)) : file.toString('utf8');
      expect(text, format).toContain(files.release.sha256);
      expect(text, format).toContain(files.current);
    }
  });

  it('is the same whenever and wherever it is made', async () => {
    const first = new Map(
      await Promise.all(FORMATS.map(async (format) => [format, await files.file(format)] as const)),
    );
    const app = await buildApp(files.house.services);
    const headers = await files.house.as('planner');
    for (const format of FORMATS) {
      const { rawPayload } = await app.inject({ url: page(`/${format}`), headers });
      expect(rawPayload.equals(first.get(format)!), format).toBe(true);
    }
    await app.close();
  });

  it('is there in each language at the same time', async () => {
    const asked = await Promise.all((['en', 'ar', 'en', 'ar'] as const).map((language) => files.text('csv', language)));
    expect(asked[0]).toBe(asked[2]);
    expect(asked[1]).toBe(asked[3]);
    expect(asked[0]).not.toBe(asked[1]);
  });
});

describe('bad use', () => {
  it('answers 404 to an unknown format, and to any other release', async () => {
    const { body, statusCode } = await files.get(page('/exe'));
    expect(statusCode).toBe(404);
    expect(body).toContain('<html lang="en"');
    const { house, versions } = files;
    const { definition } = versions[0]!;
    const wave = { ...files.release.wave };
    const waiting = await addRelease(
      house,
      wave,
      releaseOf(versions, wave, pupilsOf([definition, versions[1]!.definition], 1)),
      false,
    );
    for (const id of ['no-such-release', waiting]) {
      for (const rest of ['', ...FORMATS.map((format) => `/${format}`), '/constructor']) {
        expect((await files.get(`/results/${id}/files${rest}`)).statusCode, rest).toBe(404);
      }
    }
  });

  it('gives files to planners, analysts and approvers, and to nobody else', async () => {
    for (const rest of ['', '/csv', '/codebook']) {
      for (const role of ['planner', 'analyst', 'approver'] as const)
        expect((await files.get(page(rest), 'en', role)).statusCode).toBe(200);
      for (const role of ['forum-member', 'youth-worker', 'administrator', 'auditor'] as const)
        expect((await files.get(page(rest), 'en', role)).statusCode).toBe(403);
      expect((await files.house.app.inject({ url: page(rest) })).statusCode).toBe(303);
    }
  });
});

describe('the file of one item', () => {
  it('holds a row for each place and option, hidden ones empty, formulas made harmless', async () => {
    const reply = await files.get(`/results/${files.current}/items/feels-safe/file.csv?band=s1-s2`);
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(reply.headers['content-disposition']).toBe('attachment; filename="heard_Spring-2026_feels-safe_s1-s2.csv"');
    expect(reply.headers['x-robots-tag']).toBe('noindex');
    expect(reply.body.startsWith('\uFEFFplace_name,')).toBe(true);
    expect(reply.body).toContain('\r\n');
    const rows = csvRows(reply.body);
    expect(rows).toHaveLength(files.release.nodes.filter(({ kind }) => kind !== 'rest').length);
    const alder = optionFigure(files.release, { node: 'cluster:ald', band: 's1-s2', item: 'feels-safe' }, 'yes')!;
    const shared = {
      band_name: 'S1–S2',
      question: 'Feels safe in the local area',
      item: 'feels-safe',
      option: 'yes',
      wave: 'Spring 2026',
      release_sha256: files.release.sha256,
    };
    const percents = { share_percent: `${alder.share}`, low_percent: `${alder.low}`, high_percent: `${alder.high}` };
    expect(rows).toContainEqual(
      expect.objectContaining({ ...shared, ...percents, place_name: 'Alder', base: '65', one_school: '1' }),
    );
    const hidden = {
      ...shared,
      share_percent: '',
      low_percent: '',
      count: '',
      base: '',
      one_school: '',
      responses: '',
    };
    expect(rows).toContainEqual(expect.objectContaining({ ...hidden, place: 'cluster:cal', place_name: 'Calder' }));
    expect(rows).toContainEqual(expect.objectContaining({ ...hidden, place: 'cluster:dun', place_name: "'=Dunmore" }));
  });

  it('is recorded as exported', async () => {
    await files.get(`/results/${files.current}/items/club/file.csv`);
    expect(await recorded('results-exported', `/results/${files.current}/items/club`)).toBe(true);
  });

  it('holds the rows that the file of the release has of it', async () => {
    const item = await files.get(`/results/${files.current}/items/club/file.csv?band=p5-p7`);
    const whole = csvRows(await files.file('csv')).filter((row) => row['item'] === 'club' && row['band'] === 'p5-p7');
    expect(whole.length).toBeGreaterThan(20);
    expect(csvRows(item.body)).toEqual(whole);
  });
});
