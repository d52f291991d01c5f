import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Fault } from '../errors.ts';
import { networkOf } from '../web/network.ts';

/** Tries of one kind that are counted by name and by the network that the address is in. */
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
  const byPlace = new RateLimiterMemory({ points: 100, duration: 600 });
  return byNetwork({
    count: (network, name) =>
      refuseBeyond([here.consume(`${name} ${network}`), byName.consume(name), byPlace.consume(network)]),
    async forgive(network, name) {
      await Promise.all([here.delete(`${name} ${network}`), byName.reward(name), byPlace.reward(network)]);
    },
  });
}

/**
 * Five tries of a code for an account from one place, thirty an hour from all. Three of a million codes are right at
 * a time, so whoever has the password needs most of a year of trying, all of it in the record, for an even chance.
 */
export function codeTries(): Tries {
  const here = new RateLimiterMemory({ points: 5, duration: 600 });
  const byAccount = new RateLimiterMemory({ points: 30, duration: 3600 });
  return byNetwork({
    count: (network, account) => refuseBeyond([here.consume(`${account} ${network}`), byAccount.consume(account)]),
    async forgive(network, account) {
      await Promise.all([here.delete(`${account} ${network}`), byAccount.reward(account)]);
    },
  });
}

/** Whoever has an IPv6 line could take another address for every try: what is counted is the line. */
function byNetwork(tries: Tries): Tries {
  return {
    count: (address, name) => tries.count(networkOf(address), name),
    forgive: (address, name) => tries.forgive(networkOf(address), name),
  };
}

async function refuseBeyond(counted: Promise<unknown>[]): Promise<void> {
  try {
    await Promise.all(counted);
  } catch {
    throw new Fault('too-many');
  }
}
