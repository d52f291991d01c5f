import argon2 from 'argon2';

/**
 * A password stored so that it is compared quickly: a stored hash says itself how dear it is. The server makes none like it,
 * and no setting has it do so; what it makes is tried in tests/people/sign-in.test.ts.
 */
export function quickHash(password: string): Promise<string> {
  return argon2.hash(password, { memoryCost: 1024, timeCost: 2, parallelism: 1 });
}
