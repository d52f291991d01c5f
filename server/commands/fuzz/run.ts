import { seededRandom, type Random } from '../../core/seeded-random.ts';
import type { Role } from '../../core/roles.ts';
import type { RegisteredRoute } from '../registered-routes.ts';
import { plausibleFields, spoiltForms, wildForm } from './forms.ts';
import { fill, type Known } from './pools.ts';
import { BODIES, BROKEN, CONTENT_TYPES, HEADERS, METHODS, PATH_PARTS, QUERIES, TEXTS } from './values.ts';
import { bytesOf, sendBytes, type WireReply, type WireRequest } from './wire.ts';

export interface FuzzFigures {
  requests: number;
  routes: number;
  /** Routes that answered at least once with a page or a redirect, so that more than their door was tried. */
  routesReached: number;
  /** Replies of 500 and above, or none where there should be one. */
  serverErrors: number;
  /** Pages of errors that show what only a program should see: a stack, a file, words of SQL. */
  leaks: number;
  /** Redirects to another site, but for leaving quickly. */
  openRedirects: number;
  statuses: Record<string, number>;
  /** What went wrong, the first few. */
  first: string[];
}

/** Somebody who asks: the cookies of a browser in which they are signed in. */
export type CookiesOf = (who: Role | 'nobody' | 'respondent') => Promise<string>;

interface Fuzzing {
  port: number;
  known: Known;
  cookiesOf: CookiesOf;
  random: Random;
  figures: FuzzFigures;
  reached: Set<string>;
  /** Where leaving quickly leads, the one address elsewhere. */
  leaveAddress: string;
}

const FIRST = 20;
const FORM = 'application/x-www-form-urlencoded';
/** Wrong values tried in each field of each form, and in each part of each address. */
const TEXTS_A_FIELD = 6;
const PARTS_A_ROUTE = 6;
/** What ends something for good comes last, so that the others find it as it was. */
const LAST = /(closing|opening|ending|removal|refusal|approval|publication|sign-out)$/;

/** Sends requests to every route, and such that fit none, until there are as many as wanted. */
export async function fuzzAll(
  port: number,
  routes: readonly RegisteredRoute[],
  known: Known,
  options: { requests: number; seed: string; cookiesOf: CookiesOf; leaveAddress: string },
): Promise<FuzzFigures> {
  const figures: FuzzFigures = {
    ...{ requests: 0, routes: routes.length, routesReached: 0, serverErrors: 0, leaks: 0, openRedirects: 0 },
    ...{ statuses: {}, first: [] },
  };
  const { cookiesOf, leaveAddress } = options;
  const random = seededRandom(`${options.seed}/fuzz`);
  const fuzzing = { port, known, cookiesOf, leaveAddress, random, figures, reached: new Set<string>() };
  for (const bytes of BROKEN) note(fuzzing, await sendBytes(port, bytes), 'bytes that are no HTTP', true);
  for (const route of routes.toSorted((one, other) => Number(LAST.test(one.url)) - Number(LAST.test(other.url)))) {
    await fuzzRoute(fuzzing, route);
  }
  const names = [...new Set(routes.flatMap(({ body }) => plausibleFields(body, random).map(([name]) => name)))];
  while (figures.requests < options.requests) await sendWild(fuzzing, routes, names);
  return { ...figures, routesReached: fuzzing.reached.size };
}

async function fuzzRoute(fuzzing: Fuzzing, route: RegisteredRoute): Promise<void> {
  const { random } = fuzzing;
  const whoMay = whoMayUse(route);
  const right = await fuzzing.cookiesOf(whoMay);
  const target = () => knownTarget(fuzzing, route);
  const isForm = route.method === 'POST';
  const base = (headers: Record<string, string> = {}): WireRequest => ({
    method: route.method,
    target: target(),
    headers: { cookie: right, ...(isForm ? { 'content-type': FORM } : {}), ...headers },
  });
  const send = (request: WireRequest) => sendOne(fuzzing, route, request);
  if (isForm) for (const body of spoiltForms(route.body, random, TEXTS_A_FIELD)) await send({ ...base(), body });
  else
    for (const address of fuzzing.known.targets.get(`GET ${route.url}`) ?? [target()])
      await send({ ...base(), target: address });
  for (const query of some(QUERIES, 5, random)) await send({ ...base(), target: target().split('?')[0]! + query });
  for (const part of route.url.includes(':') ? some(PATH_PARTS, PARTS_A_ROUTE, random) : []) {
    await send({ ...base(), target: fill(route, () => part) });
  }
  for (const headers of some(HEADERS, 5, random)) await send(base(headers));
  for (const type of some(CONTENT_TYPES, 3, random)) {
    await send({ ...base({ 'content-type': type }), body: BODIES[random.below(BODIES.length)] });
  }
  for (const method of some(METHODS, 3, random)) await send({ ...base(), method });
  for (const who of ['nobody', 'planner', 'respondent'] as const) {
    await send({ ...base({ cookie: await fuzzing.cookiesOf(who) }), body: isForm ? Buffer.from('a=1') : undefined });
  }
}

/** Any address with any form from anybody. */
async function sendWild(fuzzing: Fuzzing, routes: readonly RegisteredRoute[], names: readonly string[]): Promise<void> {
  const { random } = fuzzing;
  const route = routes[random.below(routes.length)]!;
  const values = [...fuzzing.known.pools.values()].flat();
  const target = random.chance(0.5)
    ? knownTarget(fuzzing, route)
    : fill(route, () =>
        random.chance(0.5) ? PATH_PARTS[random.below(PATH_PARTS.length)]! : values[random.below(values.length)]!,
      );
  const query = random.chance(0.4)
    ? `?${names[random.below(names.length)]}=${escaped(TEXTS[random.below(TEXTS.length)]!)}`
    : '';
  await sendOne(fuzzing, route, {
    method: random.chance(0.8) ? route.method : METHODS[random.below(METHODS.length)]!,
    target: target.split('?')[0]! + query,
    headers: {
      cookie: await fuzzing.cookiesOf(random.chance(0.7) ? whoMayUse(route) : 'nobody'),
      'content-type': random.chance(0.8) ? FORM : CONTENT_TYPES[random.below(CONTENT_TYPES.length)]!,
      ...(random.chance(0.2) ? HEADERS[random.below(HEADERS.length)] : {}),
    },
    body: route.method === 'POST' ? wildForm(names, random) : undefined,
  });
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function whoMayUse({ access }: RegisteredRoute): Role | 'nobody' | 'respondent' {
  if (access === undefined || access === 'anyone') return 'nobody';
  if (access === 'signed-in') return 'auditor';
  if (access === 'respondent') return 'respondent';
  return Array.isArray(access) ? (access as Role[])[0]! : 'nobody';
}

function knownTarget({ known, random }: Fuzzing, route: RegisteredRoute): string {
  const targets = known.targets.get(`${route.method} ${route.url}`) ?? [];
  if (targets.length > 0 && random.chance(0.7)) return targets[random.below(targets.length)]!;
  return fill(route, (name) => {
    const values = known.pools.get(name) ?? ['none'];
    return values[random.below(values.length)]!;
  });
}

function some<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  return random.shuffled(items).slice(0, count);
}

async function sendOne(fuzzing: Fuzzing, route: RegisteredRoute, request: WireRequest): Promise<void> {
  const reply = await sendBytes(fuzzing.port, bytesOf(request, fuzzing.port));
  if (reply.status >= 200 && reply.status < 400) fuzzing.reached.add(`${route.method} ${route.url}`);
  // A frame that is announced and never sent is waited for, as it should be, until the server's own limit.
  const mayBeSilent = Object.keys(request.headers ?? {}).some((name) =>
    /^(content-length|transfer-encoding|upgrade|expect)$/.test(name),
  );
  note(
    fuzzing,
    reply,
    `${request.method} ${request.target.slice(0, 200)} ${request.body?.toString('latin1').slice(0, 300) ?? ''}`,
    mayBeSilent,
  );
}

const LEAK =
  /\bat (?:async )?\S+ \(?(?:file:|node:|\/)|node_modules|SQLITE_|SqliteError|TypeError|ReferenceError|\/work\/|server\/[a-z]+\/[a-z-]+\.ts/;

function note(fuzzing: Fuzzing, { status, location, start }: WireReply, what: string, mayBeSilent: boolean): void {
  const { figures, leaveAddress } = fuzzing;
  figures.requests += 1;
  figures.statuses[status] = (figures.statuses[status] ?? 0) + 1;
  const complain = (why: string) => {
    if (figures.first.length < FIRST) figures.first.push(`${why}: ${what}`);
  };
  if (status >= 500 || (status <= 0 && !mayBeSilent)) {
    figures.serverErrors += 1;
    complain(`status ${status}`);
  }
  if (status >= 400 && LEAK.test(start)) {
    figures.leaks += 1;
    complain(`a leak (${LEAK.exec(start)?.[0]})`);
  }
  if (location !== '' && !/^\/(?![/\\])/.test(location) && location !== leaveAddress) {
    figures.openRedirects += 1;
    complain(`a redirect to ${location}`);
  }
}
