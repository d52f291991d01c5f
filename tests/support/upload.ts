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
