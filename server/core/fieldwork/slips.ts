/*
 * Slips: one code each, dealt at school from its own list. What a slip knows of its pupil is what the
 * roll holds jointly; a combination held by fewer than three in a class is made coarser, so that a slip
 * never points at one child.
 */
export interface RollGroup {
  stage: string;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  pupils: number;
}

export const LEAST_IN_GROUP = 3;

/** What is given up first, second and last until a combination is common enough. */
const COARSER: ((group: RollGroup) => RollGroup)[] = [
  (group) => ({ ...group, asn: null }),
  (group) => ({ ...group, quintile: null }),
  (group) => ({ ...group, sex: null }),
];

/**
 * The groups of one school with small ones made coarser, within each class.
 * Every group holds three pupils or more, unless the whole class holds fewer.
 */
export function coarsen(groups: readonly RollGroup[]): RollGroup[] {
  let current = merge(groups);
  for (const coarser of COARSER) {
    current = merge(current.map((group) => (group.pupils < LEAST_IN_GROUP ? coarser(group) : group)));
  }
  return absorbRests(current);
}

/** A rest that is still small takes in others of its class until it is not, or nobody is left. */
function absorbRests(groups: RollGroup[]): RollGroup[] {
  const rest = groups.find((group) => group.pupils < LEAST_IN_GROUP && classMates(groups, group).length > 0);
  if (!rest) return groups;
  const smallest = classMates(groups, rest).toSorted((a, b) => a.pupils - b.pupils)[0]!;
  const joined: RollGroup = { ...rest, sex: null, quintile: null, asn: null, pupils: rest.pupils + smallest.pupils };
  return absorbRests(merge([...groups.filter((group) => group !== rest && group !== smallest), joined]));
}

function classMates(groups: readonly RollGroup[], one: RollGroup): RollGroup[] {
  return groups.filter((other) => other !== one && other.stage === one.stage && other.class === one.class);
}

function merge(groups: readonly RollGroup[]): RollGroup[] {
  const merged = new Map<string, RollGroup>();
  for (const group of groups) {
    if (group.pupils === 0) continue;
    const key = JSON.stringify([group.stage, group.class, group.sex, group.quintile, group.asn]);
    const before = merged.get(key);
    merged.set(key, { ...group, pupils: group.pupils + (before?.pupils ?? 0) });
  }
  return [...merged.values()];
}

/** How many of a class have used a code already. */
export interface ClassStarted {
  stage: string;
  class: string;
  started: number;
}

/**
 * Who still needs a slip when codes are made again. Which pupils of a class have used theirs is not
 * known, so the new slips of such a class know nothing but the class.
 */
export function withoutStarted(groups: readonly RollGroup[], started: readonly ClassStarted[]): RollGroup[] {
  const begun = started.filter((one) => one.started > 0);
  const isBegun = (group: RollGroup) =>
    begun.some((one) => one.stage === group.stage && one.class === (group.class ?? ''));
  const rests = begun.map((one): RollGroup => {
    const ofClass = groups.filter((group) => group.stage === one.stage && (group.class ?? '') === one.class);
    const pupils = ofClass.reduce((sum, group) => sum + group.pupils, 0) - one.started;
    return {
      stage: one.stage,
      class: one.class || null,
      sex: null,
      quintile: null,
      asn: null,
      pupils: Math.max(pupils, 0),
    };
  });
  return [...groups.filter((group) => !isBegun(group)), ...rests];
}
