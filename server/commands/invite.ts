import { parseArgs } from 'node:util';
import { roleFault } from '../core/people/granting.ts';
import { isRole, ROLES, type Role } from '../core/roles.ts';
import { StartError } from '../errors.ts';
import { readSettings } from '../settings.ts';
import { createAudit } from '../storage/audit.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { openDatabase } from '../storage/database.ts';
import { createInvitations } from '../storage/invitations.ts';

/*
 * `npm run invite -- --authority ID [--role ROLE]…`: the one-time link of somebody whom the operator of the server lets
 * in, an administrator unless roles are given. Approvers of a real authority take two administrators who were each
 * invited in this way, so invite two people. It writes three rows, so it may run beside a server.
 */

const USAGE = 'npm run invite -- --authority ID [--role ROLE]…';

function readOptions(options: string[]): { authority: string; roles: Role[] } {
  const { authority, role } = parsed(options);
  const roles = role.filter(isRole);
  if (!authority || roles.length < role.length) {
    throw new StartError(`Expected ${USAGE} with roles among ${ROLES.join(', ')}, found: ${options.join(' ')}`);
  }
  return { authority, roles };
}

function parsed(options: string[]): { authority?: string | undefined; role: string[] } {
  try {
    const { values } = parseArgs({
      args: options,
      options: { authority: { type: 'string' }, role: { type: 'string', multiple: true, default: ['administrator'] } },
    });
    return values;
  } catch (error) {
    throw new StartError(`${(error as Error).message} Expected: ${USAGE}.`);
  }
}

/** @returns lines to print. @throws StartError if there is no such authority, or the roles cannot be given like this */
async function invite(options: string[]): Promise<string[]> {
  const { authority: id, roles } = readOptions(options);
  const database = openDatabase(readSettings(process.env).databaseUrl);
  try {
    const authorities = await createAuthorities(database).list();
    const authority = authorities.find((one) => one.id === id);
    if (!authority) {
      const known = authorities.map((one) => one.id).join(', ') || 'none; import one first';
      throw new StartError(`There is no authority "${id}". Authorities here: ${known}.`);
    }
    const fault = roleFault(roles, { authority: authority.kind, held: [] });
    if (fault) throw new StartError(`The roles ${roles.join(', ')} cannot be given by an invitation (${fault}).`);
    const at = new Date().toISOString();
    const made = await createInvitations(database).make({ authorityId: id, roles, invitedBy: null }, at);
    const subject = `${made.id} ${roles.join(' ')}`;
    await createAudit(database).write({ at, accountId: null, authorityId: id, action: 'invited', subject });
    return [
      `An invitation to ${authority.name} (${roles.join(', ')}), for one person, once, within seven days:`,
      `  /people/invitations/${made.token}`,
      'Put the address of your server before it and hand it over by a way that only this person reads.',
    ];
  } finally {
    await database.close();
  }
}

try {
  console.log((await invite(process.argv.slice(2))).join('\n'));
} catch (error) {
  if (error instanceof StartError || (error as Error).name === 'SettingsError') console.error((error as Error).message);
  else console.error(error);
  process.exitCode = 1;
}
