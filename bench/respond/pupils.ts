import { DEMONSTRATION_PASSWORD } from '../../server/commands/seed.ts';
import { HttpClient } from '../../server/commands/http-client.ts';
import type { BusyPupil } from './load.ts';

/* Pupils of the demonstration's open waves, let in as a class is. */

async function signedInAdministrator(port: number): Promise<HttpClient> {
  const client = new HttpClient(port);
  const reply = await client.post('/people/sign-in', `name=administrator&password=${DEMONSTRATION_PASSWORD}&next=`);
  if (reply.status !== 303) throw new Error(`Signing in: expected a redirect, found ${reply.status}.`);
  return client;
}

/** Codes of the open wave, made as an administrator makes them, school by school. */
export async function makeCodes(port: number, wanted: number): Promise<string[]> {
  const administrator = await signedInAdministrator(port);
  const waves = await administrator.get('/fieldwork');
  const wavePaths = [...waves.body.matchAll(/href="(\/fieldwork\/waves\/[\w-]+)"/g)].map((match) => match[1]!);
  const codes: string[] = [];
  for (const path of wavePaths.filter((candidate) => !candidate.endsWith('/new'))) {
    const wave = await administrator.get(path);
    for (const [, action] of wave.body.matchAll(/action="([^"]+\/codes)"/g)) {
      if (codes.length >= wanted) break;
      const sheet = await administrator.post(action!, '');
      codes.push(...[...sheet.body.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1]!));
    }
  }
  administrator.close();
  return codes;
}

/** A pupil who has typed a code, made the choice and has the first question in hand. */
export async function seat(port: number, code: string): Promise<BusyPupil> {
  const client = new HttpClient(port);
  await client.post('/respond/sessions', `code=${code}`);
  const assent = await client.get('/respond/assent');
  const attempt = /name="attempt" value="([^"]+)"/.exec(assent.body)?.[1] ?? '';
  await client.post('/respond/assent', `attempt=${attempt}&decision=yes&timeRunsOut=keep`);
  await client.post('/respond/picture-choice', 'picture=none');
  const page = await client.get('/respond/pages/1');
  if (page.status !== 200) throw new Error(`The first question: expected 200, found ${page.status}.`);
  return { client, path: '/respond/pages/1', body: page.body };
}
