import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Fault } from '../errors.ts';
import { networkOf } from '../web/network.ts';

/** Tries of one kind that are counted by name and by the network of an address: a line has many IPv6 addresses. */
export interface Tries {
  /** Counted before anything is looked at, so that many tries at once are no way round. @throws Fault 'too-many' */
  count(address: string, name: string): Promise<void>;
  /** After a try that was right. */
  forgive(address: string, name: string): Promise<void>;
}

/** Ten tries for a name from one place, a hundred for a name or from a place: nobody is locked out from afar by a few. */
export function passwordTries(): Tries {
  const here = new RateLimiterMemory({ points: 10, duration: 600 });
  const byName = new RateLimiterMemory({ points: 100, duration: 3600 });
  const byNetwork = new RateLimiterMemory({ points: 100, duration: 600 });
  return {
    count(address, name) {
      const network = networkOf(address);
      return refuseBeyond([here.consume(`${name} ${network}`), byName.consume(name), byNetwork.consume(network)]);
    },
    async forgive(address, name) {
      const network = networkOf(address);
      await Promise.all([here.delete(`${name} ${network}`), byName.reward(name), byNetwork.reward(network)]);
    },
  };
}

/**
 * Five tries of a code for an account from one place, thirty an hour from all. Three of a million codes are right at
 * a time, so whoever has the password needs most of a year of trying, all of it in the record, for an even chance.
 */
export function codeTries(): Tries {
  const here = new RateLimiterMemory({ points: 5, duration: 600 });
  const byAccount = new RateLimiterMemory({ points: 30, duration: 3600 });
  return {
    count: (address, account) =>
      refuseBeyond([here.consume(`${account} ${networkOf(address)}`), byAccount.consume(account)]),
    async forgive(address, account) {
      await Promise.all([here.delete(`${account} ${networkOf(address)}`), byAccount.reward(account)]);
    },
  };
}

async function refuseBeyond(counted: Promise<unknown>[]): Promise<void> {
  try {
    await Promise.all(counted);
  } catch {
    throw new Fault('too-many');
  }
}
