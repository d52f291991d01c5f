import type { Transaction } from 'kysely';
import { newDraftBody, sealDraft } from './draft-body.ts';
import { hashToken, newToken, type Secrets } from './secrets.ts';
import { countStart } from './settlement.ts';
import type { Tables } from './tables.ts';

/** A code whose draft begins or goes on. */
export interface StartedCode {
  hmac: string;
  waveId: string;
}

/**
 * Begins the draft of a code that is unspent, and signs this device in to it; any other device's session ends. A code
 * that is started goes on.
 * @returns the token of the device
 */
export async function startDraft(
  trx: Transaction<Tables>,
  secrets: Secrets,
  { hmac, waveId }: StartedCode,
  versionId: string,
  ownDevice: boolean,
): Promise<string> {
  const token = newToken();
  const taken = await trx
    .updateTable('codes')
    .set({ state: 'started', spare: 0 })
    .where('hmac', '=', hmac)
    .where('state', '=', 'unspent')
    .returning(['school_id', 'stage', 'class'])
    .executeTakeFirst();
  if (taken) {
    await countStart(trx, waveId, taken);
    const body = sealDraft(secrets, waveId, hmac, newDraftBody());
    await trx
      .insertInto('drafts')
      .values({ code_hmac: hmac, wave_id: waveId, version_id: versionId, stage: taken.stage ?? '', body })
      .execute();
  }
  await trx.updateTable('respondent_sessions').set({ superseded: 1 }).where('code_hmac', '=', hmac).execute();
  await trx
    .insertInto('respondent_sessions')
    .values({
      token_hash: hashToken(token),
      code_hmac: hmac,
      wave_id: waveId,
      superseded: 0,
      ticket_hash: null,
      own_device: ownDevice ? 1 : 0,
    })
    .execute();
  return token;
}
