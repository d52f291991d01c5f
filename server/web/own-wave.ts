import type { FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { Wave, Waves } from '../storage/waves.ts';
import { person } from './access.ts';

/** A wave of the authority of whoever asks. @throws Fault not-found for any other */
export async function ownWave(waves: Waves, request: FastifyRequest, id: string): Promise<Wave> {
  const wave = await waves.find(id);
  if (!wave || wave.authorityId !== person(request).authorityId) throw new Fault('not-found');
  return wave;
}
