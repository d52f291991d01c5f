import type {
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Settings } from '../settings.ts';
import type { Database } from '../storage/database.ts';
import type { Secrets } from '../storage/secrets.ts';
import type { Language, LanguageCode } from './language.ts';

/** What every capability is given. Made once in main.ts (or in a test) and passed on by name. */
export interface Services {
  settings: Settings;
  database: Database;
  secrets: Secrets;
  languages: ReadonlyMap<LanguageCode, Language>;
  clock: Clock;
}

/** The time, as ISO-8601 UTC text. */
export type Clock = () => string;

/** The server as capabilities see it: request shapes come from their TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
