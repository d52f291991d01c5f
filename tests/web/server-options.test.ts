import { afterEach, describe, expect, it } from 'vitest';
import { form, openHouse, type House } from '../support/house.ts';

let house: House;
afterEach(() => house.close());

const signIn = (forwarded: string, remoteAddress = '10.0.0.1') => {
  const { payload, headers } = form({ name: 'nobody', password: 'wrong' });
  const forwardedFor = { 'x-forwarded-for': forwarded };
  return house.app.inject({
    method: 'POST',
    url: '/people/sign-in',
    payload,
    headers: { ...headers, ...forwardedFor },
    remoteAddress,
  });
};

/** Ten wrong tries, each of which says that it comes from another place. @returns what the next one gets */
async function afterTen(forwarded: (number: number) => string): Promise<number> {
  await Promise.all(Array.from({ length: 10 }, (_, number) => signIn(forwarded(number))));
  return (await signIn(forwarded(10))).statusCode;
}

describe('where somebody asks from', () => {
  it('is nothing that they can say themselves, without a proxy', async () => {
    house = await openHouse();
    expect(await afterTen((number) => `192.0.2.${number}`)).toBe(429);
  }, 30_000);

  it('is what the nearest proxy saw, and not what was written before it', async () => {
    house = await openHouse({ environment: { HEARD_TRUST_PROXY: '1' } });
    expect(await afterTen((number) => `192.0.2.${number}, 198.51.100.1`)).toBe(429);
    expect((await signIn('192.0.2.1, 198.51.100.2')).statusCode).toBe(422);
  }, 30_000);
});

describe('a form', () => {
  it('that says one thing twice, or more than it has room for, is refused', async () => {
    house = await openHouse();
    const { headers } = form({});
    const post = async (payload: string) =>
      (await house.app.inject({ method: 'POST', url: '/people/sign-in', payload, headers })).statusCode;
    expect(await post('name=a&password=b')).toBe(422);
    expect(await post('name=a&name=b&password=c')).toBe(400);
    expect(await post('name=a&password=c&__proto__=x')).toBe(400);
    expect(await post('name=a&password=c&roles=administrator')).toBe(400);
    expect(await post(`name=a&password=${'x'.repeat(201)}`)).toBe(400);
    expect(await post(`name=a&password=${'x'.repeat(70_000)}`)).toBe(413);
  });
});
