import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findNeedles } from '../../../server/commands/privacy/search.ts';

const code = 'ACDE4679';
const hay = (bytes: string | Buffer) => [
  { where: 'a file', bytes: Buffer.concat([Buffer.from('before '), Buffer.from(bytes), Buffer.from(' after')]) },
];

describe('something planted is found', () => {
  it.each([
    ['as it is', code],
    ['small letters', 'acde4679'],
    ['UTF-16', Buffer.from(code, 'utf16le')],
    ['hexadecimal', Buffer.from(code).toString('hex')],
    ['base 64', Buffer.from(code).toString('base64')],
    ['sha256, hexadecimal', createHash('sha256').update(code).digest('hex')],
    ['sha256, base 64 in addresses', createHash('sha256').update(code).digest('base64url')],
    ['md5, bytes', createHash('md5').update(code).digest()],
  ])('written %s', (form, bytes) => {
    const found = findNeedles([{ what: 'code', value: code }], hay(bytes));
    expect(found).toContainEqual({ what: 'code', where: 'a file', form });
  });

  it('and nothing else is', () => {
    expect(findNeedles([{ what: 'code', value: code }], hay('ACDE467 ACDE4678 acde-4679'))).toEqual([]);
  });
});
