import { describe, expect, it } from 'vitest';
import { areaFault, bindingOf, isInArea, rolesThatSeeAll, schoolsOfArea } from '../../../server/core/people/area.ts';
import { ROLES } from '../../../server/core/roles.ts';

const PLACES = [
  { id: 'locality:east', schools: ['ash', 'birch', 'cedar'] },
  { id: 'cluster:north', schools: ['ash', 'birch'] },
  { id: 'cluster:middle', schools: ['cedar', 'moor'] },
  { id: 'cluster:empty', schools: [] },
];
const inside = (area: string[]) => {
  const schools = schoolsOfArea(area, PLACES);
  return PLACES.filter((place) => isInArea(area, schools, place)).map(({ id }) => id);
};

describe('an area', () => {
  it('holds its places and those whose schools are all of it', () => {
    expect(inside(['locality:east'])).toEqual(['locality:east', 'cluster:north']);
    expect(inside(['cluster:middle'])).toEqual(['cluster:middle']);
    expect(inside(['cluster:north', 'cluster:middle'])).toEqual(['locality:east', 'cluster:north', 'cluster:middle']);
    expect(inside(['cluster:gone'])).toEqual([]);
  });

  it('binds planners, unless a role of theirs sees all', () => {
    const places = [{ id: 'cluster:north' }];
    expect(bindingOf(['planner'], [])).toBeNull();
    expect(ROLES.filter((role) => bindingOf(['planner', role], places) === null)).toEqual([
      'analyst',
      'approver',
      'administrator',
      'auditor',
    ]);
    expect(rolesThatSeeAll(['auditor', 'planner', 'analyst'])).toEqual(['analyst', 'auditor']);
  });

  it('is given to planners alone, of places that there are, and not beside a role that sees all', () => {
    const known = new Set(['cluster:north']);
    expect(areaFault(['planner'], ['cluster:north'], known)).toBeNull();
    expect(areaFault(['auditor'], [], known)).toBeNull();
    expect(areaFault(['planner'], ['cluster:north', 'cluster:gone'], known)).toBe('unknown');
    expect(areaFault(['planner', 'analyst'], ['cluster:north'], known)).toBe('sees-all');
    expect(areaFault(['forum-member'], ['cluster:north'], known)).toBe('no-planner');
  });
});
