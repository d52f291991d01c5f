import { randomBytes } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH, makeCode } from '../../core/fieldwork/code.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { GUESSES_A_DAY } from '../../respond/code-desk.ts';
import { createCodes, type NewCode } from '../../storage/codes.ts';
import { createPlaces } from '../../storage/places.ts';
import type { Services } from '../../web/services.ts';
import { daysFrom } from '../seed/days.ts';
import { BANDS, makeWave, openWave } from '../seed/waves.ts';
import { demand } from '../loop/trouble.ts';
import { AT_ONCE, Desk, type Outcome } from './desk.ts';
import { mistyped } from './typing.ts';

export interface GuessFigures {
  liveCodes: number;
  /** Codes that are well formed. */
  codes: number;
  /** Guesses that were looked up before the server refused, from one network at once. */
  guessesAtOnce: number;
  /** Refused although they came from other addresses of the same line. */
  sameLineRefused: number;
  guessesADay: number;
  /** Days of guessing without a pause from one network until the first hit is to be expected. */
  expectedDaysToFirstHit: number;
  /** Guesses that happened to be right. */
  hits: number;
  /** Of a school behind one address. */
  signIns: number;
  typingErrors: number;
  /** Errors that were told as such; the others were well formed, and count as a guess. */
  errorsTold: number;
  refused: number;
  seconds: number;
}

const TYPING_ERRORS = 0.05;
/** Documentation addresses (RFC 5737, RFC 3849): a proxy that the server trusts says that they asked. */
const SCHOOL = '192.0.2.10';
const GUESSER = '198.51.100.20';
const LINE = '2001:db8:77:1:';

/** A wave of all schools with so many codes that live. @returns the codes */
export async function addLiveCodes(services: Services, authorityId: string, wanted: number): Promise<string[]> {
  const { database, secrets, clock } = services;
  const schools = await createPlaces(database).schools(authorityId);
  const times = { startsOn: daysFrom(clock(), 0), endsOn: daysFrom(clock(), 30) };
  const asked = { authorityId, name: 'Guessed', family: 'pupils', ...times, bands: BANDS };
  const waveId = await makeWave(services, { ...asked, schools: schools.map(({ id }) => id) }, null, clock());
  await openWave(services, waveId, null, clock());
  const codes = Array.from({ length: wanted }, () => makeCode(() => randomBytes(1)[0]!));
  const stored = codes.map((code): NewCode => ({ hmac: secrets.hashCode(code), ...KNOWS_NOTHING }));
  const school = schools.find(({ sector }) => sector === 'primary') ?? schools[0];
  await createCodes(database).replaceUnspent(waveId, school!.id, stored);
  return codes;
}

const KNOWS_NOTHING = { stage: 'P6', class: null, sex: null, quintile: null, asn: null };

/** Lets a school sign in and somebody guess, over HTTP. */
export async function measureGuessing(
  address: string,
  live: readonly string[],
  { signIns, seed, unknownWords }: { signIns: number; seed: string; unknownWords: string },
): Promise<GuessFigures> {
  const began = performance.now();
  const desk = new Desk(address, unknownWords);
  try {
    const school = await signInAll(desk, live.slice(0, signIns), seed);
    const guesses = await guessUntilRefused(desk);
    const line = await tryLine(desk);
    const codes = CODE_ALPHABET.length ** (CODE_LENGTH - 1);
    return {
      liveCodes: live.length,
      codes,
      ...guesses,
      ...line,
      guessesADay: GUESSES_A_DAY,
      expectedDaysToFirstHit: Math.round(codes / live.length / GUESSES_A_DAY),
      ...school,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
  } finally {
    desk.close();
  }
}

/** A school: each types a code, some wrongly first. */
async function signInAll(desk: Desk, codes: readonly string[], seed: string) {
  const random = seededRandom(`${seed}/typing`);
  const figures = { signIns: 0, typingErrors: 0, errorsTold: 0, refused: 0 };
  const note = (outcome: Outcome) => {
    if (outcome === 'refused') figures.refused += 1;
    return outcome;
  };
  const waiting = codes.values();
  const device = async () => {
    for (const code of waiting) {
      if (random.chance(TYPING_ERRORS)) {
        figures.typingErrors += 1;
        if (note(await desk.type(mistyped(code, random), SCHOOL)) === 'told') figures.errorsTold += 1;
      }
      if (note(await desk.type(code, SCHOOL)) === 'in') figures.signIns += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, device));
  demand(figures.signIns + figures.refused >= codes.length, `${codes.length} to sign in`, figures.signIns);
  return figures;
}

const guess = () => makeCode(() => randomBytes(1)[0]!);

async function guessUntilRefused(desk: Desk): Promise<{ guessesAtOnce: number; hits: number }> {
  let [guessesAtOnce, hits] = [0, 0];
  for (;;) {
    const outcome = await desk.type(guess(), GUESSER);
    if (outcome === 'refused') return { guessesAtOnce, hits };
    guessesAtOnce += 1;
    if (outcome === 'in') hits += 1;
    demand(guessesAtOnce < 10_000, 'guessing to be refused in the end', `${guessesAtOnce} guesses taken`);
  }
}

/** Guesses from a new address of one line each time. */
async function tryLine(desk: Desk): Promise<{ sameLineRefused: number }> {
  let sameLineRefused = 0;
  for (let count = 1; count <= 200; count += 1) {
    if ((await desk.type(guess(), `${LINE}:${count.toString(16)}`)) === 'refused') sameLineRefused += 1;
  }
  return { sameLineRefused };
}
