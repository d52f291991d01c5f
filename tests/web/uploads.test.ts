import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeUploads, readUpload } from '../../server/web/uploads.ts';
import { WorkbookError } from '../../server/web/workbooks/archive.ts';
import { readWorkbook } from '../../server/web/workbooks/workbook-file.ts';
import { loadLanguages, LANGUAGES } from '../../server/web/language.ts';
import { openHouse, type House } from '../support/house.ts';
import { uploadForm } from '../support/upload.ts';

/* What becomes of a file in a form, at an address that only this test has, in a whole server. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
  await takeUploads(house.app, (uploads) => {
    uploads.post('/uploads-of-the-test', { config: { access: ['planner'] } }, async (request) => {
      const { file, fields } = await readUpload(request);
      return typeof file === 'string' ? { file, fields } : { name: file.name, size: file.bytes.length, fields };
    });
  });
});
afterAll(() => house.close());

const text = (content: string) => new TextEncoder().encode(content);

async function send(form: { payload: Buffer; headers: Record<string, string> }, as?: Record<string, string>) {
  const headers = { ...form.headers, ...(as ?? (await house.as('planner'))) };
  return house.app.inject({ method: 'POST', url: '/uploads-of-the-test', payload: form.payload, headers });
}

describe('a form with a file', () => {
  it('gives the file and the fields', async () => {
    const reply = await send(uploadForm([{ name: 'plan.csv', bytes: text('a,b\n') }], { note: 'ملاحظة' }));
    expect(reply.json()).toEqual({ name: 'plan.csv', size: 4, fields: { note: 'ملاحظة' } });
  });

  it('shows of a name its last part alone', async () => {
    for (const [name, shown] of [
      ['C:\\\\plans\\\\plan.xlsx', 'plan.xlsx'],
      ['../../etc/passwd', 'passwd'],
      ['plan\u202e.csv', 'plan.csv'],
      ['x'.repeat(300), 'x'.repeat(120)],
    ] as const) {
      const reply = await send(uploadForm([{ name, bytes: text('a') }]));
      expect(reply.json<{ name: string }>().name).toBe(shown);
    }
  });

  it.each([
    ['without a file', uploadForm([], { note: 'x' }), 'missing'],
    ['with no file chosen, as browsers send it', uploadForm([{ name: '', bytes: text('') }]), 'missing'],
    [
      'with two files',
      uploadForm([
        { name: 'a.csv', bytes: text('a') },
        { name: 'b.csv', bytes: text('b') },
      ]),
      'several',
    ],
    ['with too large a file', uploadForm([{ name: 'a.csv', bytes: new Uint8Array(5 * 1024 * 1024 + 1) }]), 'too-large'],
  ] as const)('%s is told by a value, so that its page can say it', async (_what, form, problem) => {
    const reply = await send(form);
    expect(reply.statusCode).toBe(200);
    expect(reply.json<{ file: string }>().file).toBe(problem);
  });

  it('takes a file of just the largest size', async () => {
    const reply = await send(uploadForm([{ name: 'a.csv', bytes: new Uint8Array(5 * 1024 * 1024) }]));
    expect(reply.json<{ size: number }>().size).toBe(5 * 1024 * 1024);
  });

  it('that breaks off, has no boundary or too many fields is a bad request', async () => {
    const whole = uploadForm([{ name: 'a.csv', bytes: text('some text') }]);
    const many = uploadForm([], Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`field-${at}`, 'x'])));
    const outcomes = [
      await send({ ...whole, payload: whole.payload.subarray(0, whole.payload.length - 30) }),
      await send({ ...whole, headers: { 'content-type': 'multipart/form-data' } }),
      await send(many),
      await send(uploadForm([], { __proto__x: 'fine', constructor: 'not' })),
    ];
    expect(outcomes.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400]);
  });

  it('that carries no file at all is a form without one', async () => {
    const reply = await send({
      payload: Buffer.from('note=x'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(reply.json()).toEqual({ file: 'missing', fields: {} });
  });

  it('is refused from another site and from whoever may not, before it is read', async () => {
    const whole = uploadForm([{ name: 'a.csv', bytes: text('a') }]);
    const planner = await house.as('planner');
    expect((await send(whole, { ...planner, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await send(whole, await house.as('analyst'))).statusCode).toBe(403);
    expect((await send(whole, {})).statusCode).toBe(403);
  });

  it('is taken nowhere else', async () => {
    const { payload, headers } = uploadForm([{ name: 'a.csv', bytes: text('a') }], { name: 'x', password: 'y' });
    const reply = await house.app.inject({ method: 'POST', url: '/people/sign-in', payload, headers });
    expect(reply.statusCode).toBe(400);
  });
});

describe('what is wrong with a workbook', () => {
  it('has words in every language, whichever fault it is', async () => {
    const languages = loadLanguages();
    for (const bytes of [text(''), text('%PDF'), text('a,b'), text('PK\x03\x04')]) {
      const fault = await readWorkbook(bytes).then(
        () => undefined,
        (error: unknown) => (error instanceof WorkbookError ? error.fault : undefined),
      );
      expect(fault).toBeDefined();
      for (const { code } of LANGUAGES) expect(languages.get(code)!.words.uploads[fault!]).toBeTruthy();
    }
  });
});
