import type { AreaPlace } from '../../core/people/area.ts';
import { colourByRule, shownColour, type Colour, type RuleColour } from '../../core/loop/plan/colour.ts';
import type { PlanAction } from '../../core/loop/plan/plan.ts';
import { WHOLE_AUTHORITY } from '../../core/loop/plan/words.ts';
import { Fault } from '../../errors.ts';
import { createAccountAreas } from '../../storage/account-areas.ts';
import { createPlan } from '../../storage/plan.ts';
import { areaOf, type SignedIn } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';

/** An action as somebody sees it on a day. */
export interface SeenAction {
  action: PlanAction;
  rule: RuleColour;
  /** The person's colour where one is set, else the rule's; null of what was stopped. */
  colour: Colour | null;
  /** Whether whoever looks may change it. */
  mayChange: boolean;
}

/** Places that an action may be about, for somebody. */
export interface PlanPlaces {
  /** By name, localities with their clusters after them; without the whole authority. */
  seen: AreaPlace[];
  /** What somebody may write actions for. */
  writable: ReadonlySet<string>;
}

/**
 * The plan as somebody sees it. Somebody bound to an area sees what is of the whole authority and of the area, and
 * changes what is of the area alone.
 */
export interface PlanDesk {
  places(me: SignedIn): Promise<PlanPlaces>;
  list(me: SignedIn): Promise<SeenAction[]>;
  /** @throws Fault 'not-found' for an action that there is not, or that somebody does not see */
  own(me: SignedIn, id: string): Promise<SeenAction>;
  /** @throws Fault 'not-allowed' besides, for one that is seen and is not theirs to change */
  writable(me: SignedIn, id: string): Promise<SeenAction>;
  /** The action that a measure is of. */
  ofMeasure(me: SignedIn, measure: string): Promise<SeenAction>;
}

export function createPlanDesk({ database, clock }: Pick<Services, 'database' | 'clock'>): PlanDesk {
  const plan = createPlan(database);
  const areas = createAccountAreas(database);
  const today = () => clock().slice(0, 10);

  async function places(me: SignedIn): Promise<PlanPlaces> {
    const choices = await areas.choices(me.authorityId, today());
    const area = areaOf(me);
    const seen = choices.flatMap(({ locality, clusters }) => {
      const isWhole = area === null || (locality !== null && area.includes(locality.id));
      const own = clusters.filter(({ id }) => isWhole || area.includes(id));
      return [...(locality && isWhole ? [locality] : []), ...own];
    });
    const writable = new Set(seen.map(({ id }) => id));
    if (area === null) writable.add(WHOLE_AUTHORITY);
    return { seen, writable };
  }

  async function list(me: SignedIn): Promise<SeenAction[]> {
    const { writable } = await places(me);
    const all = await plan.list(me.authorityId);
    return all
      .filter(({ words }) => words.place === WHOLE_AUTHORITY || me.area === null || writable.has(words.place))
      .map((action) => {
        const rule = colourByRule(action, today());
        const colour = shownColour({ ...action, rule });
        // A place that the register has lost is still of the whole authority's planners.
        return { action, rule, colour, mayChange: me.area === null || writable.has(action.words.place) };
      });
  }

  async function own(me: SignedIn, id: string): Promise<SeenAction> {
    const found = (await list(me)).find(({ action }) => action.id === id);
    if (!found) throw new Fault('not-found');
    return found;
  }

  function demandWritable(seen: SeenAction): SeenAction {
    if (!seen.mayChange) throw new Fault('not-allowed', 'This action is of more than the area of whoever asks.');
    return seen;
  }

  return {
    places,
    list,
    own,
    writable: async (me, id) => demandWritable(await own(me, id)),
    async ofMeasure(me, measure) {
      const found = (await list(me)).find(({ action }) => action.measures.some(({ id }) => id === measure));
      if (!found) throw new Fault('not-found');
      return demandWritable(found);
    },
  };
}
