import type { FastifyRequest } from 'fastify';
import type { Services } from './services.ts';

/** How this server is reached, such as "https://heard.example": for addresses that stand on paper or on a board. */
export function originOf(request: FastifyRequest, { settings }: Pick<Services, 'settings'>): string {
  return `${settings.behindHttps ? 'https' : request.protocol}://${request.host}`;
}
