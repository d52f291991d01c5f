import type { DecisionLink, Period } from '../../core/loop/engagement/entry.ts';
import { WHOLE_AUTHORITY } from '../../core/loop/plan/words.ts';
import type { Role } from '../../core/roles.ts';
import { Fault } from '../../errors.ts';
import { createEngagement, entriesAbout, type EngagementEntry } from '../../storage/engagement.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';
import { createPlanDesk, type PlanPlaces } from '../plan/plan-desk.ts';

/** Who writes entries: those who plan, and those who work with the people involved. */
const WRITERS: readonly Role[] = ['planner', 'youth-worker'];

export interface SeenEntry {
  entry: EngagementEntry;
  /** Whether whoever looks may change it. */
  mayChange: boolean;
}

/**
 * The record as somebody sees it. Somebody bound to an area sees what is of the whole authority and of the area, and
 * changes what is of the area alone, as in the plan.
 */
export interface EngagementDesk {
  places(me: SignedIn): Promise<PlanPlaces>;
  list(me: SignedIn, period?: Period): Promise<SeenEntry[]>;
  /** Entries that are about any of these. */
  about(me: SignedIn, links: readonly DecisionLink[]): Promise<EngagementEntry[]>;
  /** @throws Fault 'not-found' for an entry that there is not, or that somebody does not see */
  own(me: SignedIn, id: string): Promise<SeenEntry>;
  /** @throws Fault 'not-allowed' besides, for one that is seen and is not theirs to change */
  writable(me: SignedIn, id: string): Promise<SeenEntry>;
}

export const mayWrite = ({ roles }: Pick<SignedIn, 'roles'>) => WRITERS.some((role) => roles.includes(role));

export function createEngagementDesk(services: Pick<Services, 'database' | 'clock'>): EngagementDesk {
  const record = createEngagement(services.database);
  const planDesk = createPlanDesk(services);

  async function seenBy(me: SignedIn): Promise<(entry: EngagementEntry) => SeenEntry[]> {
    const { writable } = await planDesk.places(me);
    return (entry) => {
      const { place } = entry.words;
      // A place that the register has lost is still of those who see the whole authority.
      const isOwn = me.area === null || writable.has(place);
      if (!isOwn && place !== WHOLE_AUTHORITY) return [];
      return [{ entry, mayChange: isOwn && mayWrite(me) }];
    };
  }

  const list: EngagementDesk['list'] = async (me, period) =>
    (await record.list(me.authorityId, period)).flatMap(await seenBy(me));

  const own: EngagementDesk['own'] = async (me, id) => {
    const entry = await record.find(id);
    const [seen] = entry?.authorityId === me.authorityId ? (await seenBy(me))(entry) : [];
    if (!seen) throw new Fault('not-found');
    return seen;
  };

  return {
    places: (me) => planDesk.places(me),
    list,
    own,
    async about(me, links) {
      const seen = (await list(me)).map(({ entry }) => entry);
      return entriesAbout(seen, links);
    },
    async writable(me, id) {
      const seen = await own(me, id);
      if (!seen.mayChange) throw new Fault('not-allowed', 'This entry is not of whoever asks, to be changed.');
      return seen;
    },
  };
}
