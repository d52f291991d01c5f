import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, sendBytes } from '../../server/commands/fuzz/wire.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let port: number;
beforeAll(async () => {
  house = await openHouse();
  await house.app.listen({ host: '127.0.0.1', port: 0 });
  port = (house.app.server.address() as AddressInfo).port;
});
afterAll(() => house.close());

describe('a form without a body', () => {
  it.each([
    ['that names its type and no length', {}],
    ['that says its length is nothing', { 'content-length': '0' }],
  ])('%s is answered at once', async (_what, headers) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST', target: '/respond/sessions', headers: { ...type, ...headers } };
    const { status, contentType } = await sendBytes(port, bytesOf(request, port));
    expect(status).toBe(400);
    expect(contentType).toBe('text/html');
  });
});
