import { parseArgs } from 'node:util';
import { StartError } from '../../errors.ts';

const USAGE = `npm run attack -- --url URL [--json] [--sign-in NAME] [--password P] [--release ID] [--limit-variables N]
--url URL             a running demonstration, such as http://127.0.0.1:3000
--json                one JSON object on standard output, progress on standard error
--sign-in NAME        who reads (planner if none is given)
--password P          their password (the demonstration's if none is given)
--release ID          reads and attacks this release only
--limit-variables N   attacks the first N questions and answers only`;

/** The password of every account of the demonstration: see seed.ts, which opens a database and so is not read here. */
export const DEMONSTRATION_PASSWORD = 'demonstration-only';

export interface Options {
  /** Scheme, host and port. */
  url: string;
  json: boolean;
  signIn: string;
  password: string;
  release: string | undefined;
  limit: number;
}

/** @throws StartError with the usage */
export function readOptions(given: string[]): Options {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        url: text,
        json: { type: 'boolean' },
        'sign-in': text,
        password: text,
        release: text,
        'limit-variables': text,
      },
    });
    const limit = values['limit-variables'] === undefined ? Infinity : Number(values['limit-variables']);
    if (!values.url || !URL.canParse(values.url)) throw new Error('--url: expected an address, found none.');
    if (!(limit >= 0)) throw new Error('--limit-variables: expected a number.');
    return {
      url: new URL(values.url).origin,
      json: values.json ?? false,
      signIn: values['sign-in'] ?? 'planner',
      password: values.password ?? DEMONSTRATION_PASSWORD,
      release: values.release,
      limit,
    };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}
