import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LANGUAGES, type Language, type LanguageCode } from '../web/language.ts';

/** The language that an address asks for: frames and feeds carry no cookie. */
export const InLanguage = Type.Object({ in: Type.Optional(Type.Enum(LANGUAGES.map(({ code }) => code))) });

/** Speaks the language that the address asks for, if it asks for one. */
export function speakIn(
  request: FastifyRequest,
  languages: ReadonlyMap<LanguageCode, Language>,
  asked: { in?: LanguageCode },
): void {
  const language = asked.in && languages.get(asked.in);
  if (language) request.language = language;
}
