import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { seal, unseal } from './sealing.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';

/** A device: `secret` is what it shares with us, in base 32. */
export interface Factor {
  id: string;
  secret: string;
}

export interface FactorState {
  /** When the device was set up; null if there is none. */
  confirmedAt: string | null;
  /** Recovery codes that were not used. */
  codesLeft: number;
}

/*
 * The second step of signing in. Secrets of devices are sealed and recovery codes hashed under keys that do not lie in
 * the database: whoever reads it can take no second step.
 */
export interface SecondFactors {
  /** Keeps a new device until its first code confirms it; one that was begun before is forgotten. */
  begin(accountId: string, secret: string, at: string): Promise<void>;
  /** The device that waits for its first code. */
  begun(accountId: string): Promise<Factor | undefined>;
  /** The device in use. */
  confirmed(accountId: string): Promise<Factor | undefined>;
  /**
   * Takes a begun device into use in place of any other, with new recovery codes.
   * @param step the time step of the code that confirmed it, which is used up by that
   * @returns false if the device is not there any more
   */
  confirm(accountId: string, factorId: string, step: number, codes: readonly string[], at: string): Promise<boolean>;
  /** Uses a time step up. @returns false if it, or a later one, was used before */
  useStep(factorId: string, step: number): Promise<boolean>;
  /** Uses a recovery code up. @returns false if it is none, or was used */
  useCode(accountId: string, code: string, at: string): Promise<boolean>;
  /** All codes so far stop working. */
  replaceCodes(accountId: string, codes: readonly string[], at: string): Promise<void>;
  state(accountId: string): Promise<FactorState>;
  /** Forgets device and codes. */
  remove(accountId: string): Promise<void>;
  /** Ids of the accounts of an authority that have a device. */
  accountsWith(authorityId: string): Promise<Set<string>>;
}

export function createSecondFactors({ query }: Database, secrets: Secrets): SecondFactors {
  const sealed = (accountId: string, secret: string) =>
    seal(secrets.peopleKey('second-factor'), JSON.stringify([accountId, secret]));
  const hashed = (accountId: string, code: string) =>
    createHmac('sha256', secrets.peopleKey('recovery-codes'))
      .update(JSON.stringify([accountId, code]))
      .digest('base64url');

  /** @throws if the secret is not this account's: a row was put in the place of another */
  function opened(accountId: string, row: { id: string; secret: Uint8Array }): Factor {
    const [owner, secret] = JSON.parse(unseal(secrets.peopleKey('second-factor'), row.secret)) as [string, string];
    if (owner !== accountId) throw new Error(`The second factor ${row.id} was made for another account.`);
    return { id: row.id, secret };
  }

  async function find(accountId: string, confirmed: boolean): Promise<Factor | undefined> {
    const row = await query
      .selectFrom('account_factors')
      .select(['id', 'secret'])
      .where('account_id', '=', accountId)
      .where('confirmed_at', confirmed ? 'is not' : 'is', null)
      .executeTakeFirst();
    return row && opened(accountId, row);
  }

  async function putCodes(trx: Kysely<Tables>, accountId: string, codes: readonly string[], at: string): Promise<void> {
    await trx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute();
    const rows = codes.map((code) => ({
      account_id: accountId,
      code_hmac: hashed(accountId, code),
      made_at: at,
      used_at: null,
    }));
    if (rows.length > 0) await trx.insertInto('recovery_codes').values(rows).execute();
  }

  return {
    async begin(accountId, secret, at) {
      await query.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('account_factors')
          .where('account_id', '=', accountId)
          .where('confirmed_at', 'is', null)
          .execute();
        await trx
          .insertInto('account_factors')
          .values({
            id: newId(),
            account_id: accountId,
            secret: sealed(accountId, secret),
            made_at: at,
            confirmed_at: null,
            last_step: 0,
          })
          .execute();
      });
    },
    begun: (accountId) => find(accountId, false),
    confirmed: (accountId) => find(accountId, true),
    confirm: (accountId, factorId, step, codes, at) =>
      query.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('account_factors')
          .set({ confirmed_at: at, last_step: step })
          .where('id', '=', factorId)
          .where('account_id', '=', accountId)
          .where('confirmed_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await trx
          .deleteFrom('account_factors')
          .where('account_id', '=', accountId)
          .where('id', '!=', factorId)
          .execute();
        await putCodes(trx, accountId, codes, at);
        return true;
      }),
    async useStep(factorId, step) {
      const { numUpdatedRows } = await query
        .updateTable('account_factors')
        .set({ last_step: step })
        .where('id', '=', factorId)
        .where('last_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async useCode(accountId, code, at) {
      const { numUpdatedRows } = await query
        .updateTable('recovery_codes')
        .set({ used_at: at })
        .where('account_id', '=', accountId)
        .where('code_hmac', '=', hashed(accountId, code))
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    replaceCodes: (accountId, codes, at) => query.transaction().execute((trx) => putCodes(trx, accountId, codes, at)),
    async state(accountId) {
      const factor = await query
        .selectFrom('account_factors')
        .select('confirmed_at as confirmedAt')
        .where('account_id', '=', accountId)
        .where('confirmed_at', 'is not', null)
        .executeTakeFirst();
      const unused = await query
        .selectFrom('recovery_codes')
        .select((column) => column.cast<number>(column.fn.countAll(), 'integer').as('left'))
        .where('account_id', '=', accountId)
        .where('used_at', 'is', null)
        .executeTakeFirstOrThrow();
      return { confirmedAt: factor?.confirmedAt ?? null, codesLeft: unused.left };
    },
    async remove(accountId) {
      await query.transaction().execute(async (trx) => {
        await trx.deleteFrom('account_factors').where('account_id', '=', accountId).execute();
        await trx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute();
      });
    },
    async accountsWith(authorityId) {
      const rows = await query
        .selectFrom('account_factors')
        .innerJoin('accounts', 'accounts.id', 'account_id')
        .select('account_id')
        .where('authority_id', '=', authorityId)
        .where('confirmed_at', 'is not', null)
        .execute();
      return new Set(rows.map((row) => row.account_id));
    },
  };
}
