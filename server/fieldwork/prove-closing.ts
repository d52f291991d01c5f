import { createAudit } from '../storage/audit.ts';
import { createClosingProofs, type AnswerIds, type ClosingProof } from '../storage/closing-proofs.ts';
import type { Services } from '../web/services.ts';

/**
 * Looks whether the close of a wave has done all that it promises, and keeps what was found.
 * @param before ids of the answers before they were rewritten; known at the close alone
 */
export async function proveClosing(
  { database, secrets, clock }: Services,
  waveId: string,
  madeBy: string | null,
  before?: AnswerIds,
): Promise<ClosingProof> {
  const proofs = createClosingProofs(database);
  const outside = { hasSecret: secrets.hasWaveSecret(waveId), logEmptied: database.truncateLog() };
  const proof = await proofs.look(waveId, outside, before);
  await proofs.keep(waveId, proof, madeBy, clock());
  await createAudit(database).write({ at: clock(), accountId: madeBy, action: 'closing-proved', subject: waveId });
  return proof;
}
