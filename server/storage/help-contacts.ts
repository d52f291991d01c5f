import type { Transaction } from 'kysely';
import { LEVELS, type Level } from '../core/survey/stage.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import type { Tables } from './tables.ts';

/** A contact in one language: its name, and what it is and when it is open. */
export interface ContactWords {
  name: string;
  about: string;
}

/** What an administrator says of a contact. A telephone number or a web address may be empty, not both. */
export interface ContactFields {
  level: Level;
  phone: string;
  /** An https address. */
  web: string;
  /** By language code. */
  words: Readonly<Record<string, ContactWords>>;
}

/** Whom a person who answers can turn to. */
export interface HelpContact extends ContactFields {
  id: string;
}

/** A contact that Heard itself knows; its words are in locales/, under this key. */
export interface DefaultContact {
  key: 'childline' | 'breathing-space' | 'samaritans' | 'parentline' | 'nhs24';
  phone: string;
  web: string;
}

const CHILDLINE: DefaultContact = { key: 'childline', phone: '0800 1111', web: 'https://www.childline.org.uk' };
const BREATHING_SPACE: DefaultContact = {
  key: 'breathing-space',
  phone: '0800 83 85 87',
  web: 'https://breathingspace.scot',
};
const SAMARITANS: DefaultContact = { key: 'samaritans', phone: '116 123', web: 'https://www.samaritans.org' };
const PARENTLINE: DefaultContact = {
  key: 'parentline',
  phone: '08000 28 22 33',
  web: 'https://www.children1st.org.uk',
};
const NHS24: DefaultContact = { key: 'nhs24', phone: '111', web: 'https://www.nhsinform.scot' };

/** Shown for a level for which an authority has no contacts of its own. */
export const DEFAULT_CONTACTS: Readonly<Record<Level, readonly DefaultContact[]>> = {
  'p5-p7': [CHILDLINE],
  's1-s3': [CHILDLINE],
  's4-s6': [CHILDLINE, BREATHING_SPACE, SAMARITANS],
  adult: [PARENTLINE, NHS24, BREATHING_SPACE, SAMARITANS],
};

export interface HelpContacts {
  /** Contacts of an authority, by level and in their order. */
  ofAuthority(authorityId: string): Promise<HelpContact[]>;
  /** Contacts of one level of an authority, in their order. */
  ofLevel(authorityId: string, level: Level): Promise<HelpContact[]>;
  find(authorityId: string, id: string): Promise<HelpContact | undefined>;
  /** Adds a contact at the end of its level and gives its id; one that says the same is the same contact. */
  add(authorityId: string, fields: ContactFields): Promise<string>;
  /** Says something else of a contact. In another level it stands at the end. @returns false if it is gone */
  change(authorityId: string, id: string, fields: ContactFields): Promise<boolean>;
  /** Changes places with the contact before or after it, if there is one. @returns whether it moved */
  move(authorityId: string, id: string, direction: 'up' | 'down'): Promise<boolean>;
  /** @returns false if it was gone already */
  remove(authorityId: string, id: string): Promise<boolean>;
}

const COLUMNS = ['id', 'level', 'phone', 'web', 'words'] as const;

export function createHelpContacts({ query }: Database): HelpContacts {
  const inOrder = (authorityId: string) =>
    query
      .selectFrom('help_contacts')
      .select(COLUMNS)
      .where('authority_id', '=', authorityId)
      .orderBy('position')
      .orderBy('id');

  return {
    async ofAuthority(authorityId) {
      const contacts = (await inOrder(authorityId).execute()).map(toContact);
      return LEVELS.flatMap((level) => contacts.filter((contact) => contact.level === level));
    },
    ofLevel: async (authorityId, level) =>
      (await inOrder(authorityId).where('level', '=', level).execute()).map(toContact),
    async find(authorityId, id) {
      const row = await inOrder(authorityId).where('id', '=', id).executeTakeFirst();
      return row && toContact(row);
    },
    add: (authorityId, fields) =>
      query.transaction().execute(async (trx) => {
        const columns = toColumns(fields);
        const same = await trx
          .selectFrom('help_contacts')
          .select('id')
          .where('authority_id', '=', authorityId)
          .where('level', '=', columns.level)
          .where('phone', '=', columns.phone)
          .where('web', '=', columns.web)
          .where('words', '=', columns.words)
          .executeTakeFirst();
        if (same) return same.id;
        const id = newId();
        const position = await placeAtTheEnd(trx, authorityId, fields.level);
        await trx
          .insertInto('help_contacts')
          .values({ id, authority_id: authorityId, position, ...columns })
          .execute();
        return id;
      }),
    change: (authorityId, id, fields) =>
      query.transaction().execute(async (trx) => {
        const before = await trx
          .selectFrom('help_contacts')
          .select(['level', 'position'])
          .where('authority_id', '=', authorityId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (!before) return false;
        const stays = before.level === fields.level;
        const position = stays ? before.position : await placeAtTheEnd(trx, authorityId, fields.level);
        await trx
          .updateTable('help_contacts')
          .set({ position, ...toColumns(fields) })
          .where('id', '=', id)
          .execute();
        return true;
      }),
    move: (authorityId, id, direction) =>
      query.transaction().execute(async (trx) => {
        const all = await trx
          .selectFrom('help_contacts')
          .select(['id', 'level'])
          .where('authority_id', '=', authorityId)
          .orderBy('position')
          .orderBy('id')
          .execute();
        const level = all.find((contact) => contact.id === id)?.level;
        const order = all.filter((contact) => contact.level === level).map((contact) => contact.id);
        const from = order.indexOf(id);
        const other = from < 0 ? undefined : order[from + (direction === 'up' ? -1 : 1)];
        if (other === undefined) return false;
        order[order.indexOf(other)] = id;
        order[from] = other;
        for (const [position, contactId] of order.entries()) {
          await trx.updateTable('help_contacts').set({ position }).where('id', '=', contactId).execute();
        }
        return true;
      }),
    async remove(authorityId, id) {
      const removed = await query
        .deleteFrom('help_contacts')
        .where('authority_id', '=', authorityId)
        .where('id', '=', id)
        .executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },
  };
}

async function placeAtTheEnd(trx: Transaction<Tables>, authorityId: string, level: Level): Promise<number> {
  const last = await trx
    .selectFrom('help_contacts')
    .select('position')
    .where('authority_id', '=', authorityId)
    .where('level', '=', level)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ? last.position + 1 : 0;
}

function toContact(row: { id: string; level: string; phone: string; web: string; words: string }): HelpContact {
  const { id, level, phone, web, words } = row;
  return { id, level: level as Level, phone, web, words: JSON.parse(words) as HelpContact['words'] };
}

/** Words are written language by language in one order, so that equal words are equal text. */
function toColumns({ level, phone, web, words }: ContactFields) {
  const languages = Object.keys(words).toSorted();
  const sorted = languages.map((code) => [code, { name: words[code]?.name, about: words[code]?.about }]);
  return { level, phone, web, words: JSON.stringify(Object.fromEntries(sorted)) };
}
