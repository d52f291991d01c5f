import { Type } from 'typebox';
import { areaFault, rolesThatSeeAll } from '../core/people/area.ts';
import { passwordFault } from '../core/people/password.ts';
import { roleFault } from '../core/people/granting.ts';
import { ROLES, type Role } from '../core/roles.ts';
import type { AreaChoice } from '../storage/account-areas.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault } from '../web/views.ts';

/* What people fill in about accounts, and what is wrong with it in words. */

export const WithId = Type.Object({ id: Type.String({ maxLength: 60 }) });
export const RolesField = Type.Optional(Type.Array(Type.Enum(ROLES), { maxItems: ROLES.length, uniqueItems: true }));
export const Roles = Type.Object({ roles: RolesField }, { additionalProperties: false });
/** Ids of places; more than any authority has. */
const AreasField = Type.Optional(Type.Array(Type.String({ maxLength: 120 }), { maxItems: 500, uniqueItems: true }));
export const Areas = Type.Object({ areas: AreasField }, { additionalProperties: false });
export const RolesAndAreas = Type.Object({ roles: RolesField, areas: AreasField }, { additionalProperties: false });
export const NameField = Type.String({ maxLength: 40 });
export const PasswordField = Type.String({ maxLength: 200 });

export function roleFaults(
  { words }: Language,
  wanted: readonly Role[],
  standing: { authority: 'real' | 'demonstration'; held: readonly Role[] },
): FieldFault[] {
  const fault = roleFault(wanted, standing);
  return fault ? [{ field: 'roles', message: words.people[`faultRoles-${fault}`] }] : [];
}

export function areaFaults(
  { words }: Language,
  roles: readonly Role[],
  area: readonly string[],
  choices: readonly AreaChoice[],
): FieldFault[] {
  const { people } = words;
  const known = new Set(
    choices.flatMap(({ locality, clusters }) => [locality, ...clusters].flatMap((one) => one?.id ?? [])),
  );
  const fault = areaFault(roles, area, known);
  if (fault === null) return [];
  const lifted = rolesThatSeeAll(roles).map((role) => people[`seesAll-${role}`]);
  const said = fault === 'sees-all' ? lifted : [];
  return [{ field: 'areas', message: [...said, people[`faultAreas-${fault}`]].join(' ') }];
}

export function nameFaults({ words }: Language, name: string): FieldFault[] {
  return /^[a-z0-9][a-z0-9.-]{2,39}$/.test(name) ? [] : [{ field: 'name', message: words.people.faultName }];
}

export function passwordFaults({ words }: Language, password: string, name: string): FieldFault[] {
  const fault = passwordFault(password, name);
  return fault ? [{ field: 'password', message: words.people[`faultPassword-${fault}`] }] : [];
}
