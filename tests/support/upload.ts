import type { House } from './house.ts';

/** The body of a form with files as a browser sends it (RFC 7578). */
export function uploadForm(
  files: readonly { name: string; bytes: Uint8Array; field?: string }[],
  fields: Readonly<Record<string, string>> = {},
): { payload: Buffer; headers: Record<string, string> } {
  const boundary = '----HeardTestBoundary7f1c';
  const parts = [
    ...Object.entries(fields).map(([name, value]) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    ]),
    ...files.map(({ name, bytes, field = 'file' }) => [
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n` +
          'Content-Type: application/octet-stream\r\n\r\n',
      ),
      Buffer.from(bytes),
      Buffer.from('\r\n'),
    ]),
  ];
  return {
    payload: Buffer.concat([...parts.flat(), Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

/** Sends a small table for the action plan. @returns the id under which it is looked at */
export async function sentTable(house: House, place = 'Whole authority'): Promise<string> {
  const table = `No.,Task,Lead,Due,Place\n90,Open the hall of ${place},Youth Work,2027-03-31,${place}\n`;
  const { payload, headers } = uploadForm([{ name: 'plan.csv', bytes: new TextEncoder().encode(table) }], {
    year: '2026',
  });
  const reply = await house.app.inject({
    method: 'POST',
    url: '/replies/plan/imports',
    payload,
    headers: { ...headers, ...(await house.as('planner')) },
  });
  return String(reply.headers.location).split('/').at(-1)!;
}
