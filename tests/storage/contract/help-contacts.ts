import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEVELS } from '../../../server/core/survey/stage.ts';
import {
  createHelpContacts,
  DEFAULT_CONTACTS,
  type ContactFields,
  type HelpContacts,
} from '../../../server/storage/help-contacts.ts';
import { AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const OTHER = 'otherglen';

function contact(name: string, change: Partial<ContactFields> = {}): ContactFields {
  const words = { en: { name, about: `About ${name}` }, ar: { name: `${name} ar`, about: `${name} about ar` } };
  return { level: 's1-s3', phone: '0131 496 0000', web: '', words, ...change };
}

export function helpContactsContract(openDatabaseForTest: OpenDatabase): void {
  describe('help contacts', () => {
    let test: TestDatabase;
    let contacts: HelpContacts;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, OTHER);
      contacts = createHelpContacts(test.database);
    });
    beforeEach(async () => void (await test.database.query.deleteFrom('help_contacts').execute()));
    afterAll(() => test.end());

    const names = async (level: ContactFields['level'] = 's1-s3') =>
      (await contacts.ofLevel(AUTHORITY_ID, level)).map(({ words }) => words.en!.name);
    const addAll = async (...all: string[]) => {
      const ids: string[] = [];
      for (const name of all) ids.push(await contacts.add(AUTHORITY_ID, contact(name)));
      return ids;
    };

    it('come back as they were added, in the order in which they were added', async () => {
      const fields = contact('First', { web: 'https://first.example' });
      const id = await contacts.add(AUTHORITY_ID, fields);
      await addAll('Second', 'Third');
      expect(await contacts.find(AUTHORITY_ID, id)).toEqual({ id, ...fields });
      expect(await names()).toEqual(['First', 'Second', 'Third']);
    });

    it('are those of one level and of one authority; all of an authority go by level first', async () => {
      await contacts.add(AUTHORITY_ID, contact('Grown-up', { level: 'adult' }));
      await contacts.add(AUTHORITY_ID, contact('Older', { level: 's4-s6' }));
      await contacts.add(AUTHORITY_ID, contact('Young', { level: 'p5-p7' }));
      await contacts.add(AUTHORITY_ID, contact('Older too', { level: 's4-s6' }));
      await contacts.add(OTHER, contact('Elsewhere', { level: 's4-s6' }));
      expect(await names('s4-s6')).toEqual(['Older', 'Older too']);
      expect(await names('s1-s3')).toEqual([]);
      const all = await contacts.ofAuthority(AUTHORITY_ID);
      expect(all.map(({ words }) => words.en!.name)).toEqual(['Young', 'Older', 'Older too', 'Grown-up']);
    });

    it('that say the same are the same contact, pressed twice or at once', async () => {
      const [one, other] = await Promise.all([
        contacts.add(AUTHORITY_ID, contact('Twice')),
        contacts.add(AUTHORITY_ID, contact('Twice')),
      ]);
      expect(one).toBe(other);
      const { en, ar } = contact('Twice').words;
      expect(await contacts.add(AUTHORITY_ID, contact('Twice', { words: { ar: ar!, en: en! } }))).toBe(one);
      expect(await contacts.add(OTHER, contact('Twice'))).not.toBe(one);
      expect(await contacts.add(AUTHORITY_ID, contact('Twice', { level: 'adult' }))).not.toBe(one);
      expect(await names()).toEqual(['Twice']);
    });

    it('change in their place, and stand at the end of another level', async () => {
      const [first] = await addAll('First', 'Second');
      await contacts.add(AUTHORITY_ID, contact('Grown-up', { level: 'adult' }));
      expect(await contacts.change(AUTHORITY_ID, first!, contact('Changed', { phone: '111' }))).toBe(true);
      expect(await names()).toEqual(['Changed', 'Second']);
      expect((await contacts.find(AUTHORITY_ID, first!))?.phone).toBe('111');
      await contacts.change(AUTHORITY_ID, first!, contact('Moved', { level: 'adult' }));
      expect([await names(), await names('adult')]).toEqual([['Second'], ['Grown-up', 'Moved']]);
    });

    it('move up and down within their level, and stay where there is nowhere to go', async () => {
      const [first, , third] = await addAll('First', 'Second', 'Third');
      await contacts.add(AUTHORITY_ID, contact('Grown-up', { level: 'adult' }));
      expect(await contacts.move(AUTHORITY_ID, third!, 'up')).toBe(true);
      expect(await names()).toEqual(['First', 'Third', 'Second']);
      expect(await contacts.move(AUTHORITY_ID, first!, 'down')).toBe(true);
      expect(await names()).toEqual(['Third', 'First', 'Second']);
      expect(await contacts.move(AUTHORITY_ID, third!, 'up')).toBe(false);
      expect(await names()).toEqual(['Third', 'First', 'Second']);
      expect(await names('adult')).toEqual(['Grown-up']);
    });

    it('leave the order of the others when one is removed, and are removed once', async () => {
      const [, second] = await addAll('First', 'Second', 'Third');
      expect(await contacts.remove(AUTHORITY_ID, second!)).toBe(true);
      expect(await contacts.remove(AUTHORITY_ID, second!)).toBe(false);
      await addAll('Fourth');
      expect(await names()).toEqual(['First', 'Third', 'Fourth']);
    });

    it('are out of reach for another authority', async () => {
      const [id] = await addAll('Mine', 'Mine too');
      expect(await contacts.find(OTHER, id!)).toBeUndefined();
      expect(await contacts.change(OTHER, id!, contact('Theirs'))).toBe(false);
      expect(await contacts.move(OTHER, id!, 'down')).toBe(false);
      expect(await contacts.remove(OTHER, id!)).toBe(false);
      expect(await names()).toEqual(['Mine', 'Mine too']);
    });

    it('of every level have something to fall back on: Childline for each pupil', () => {
      for (const level of LEVELS) expect(DEFAULT_CONTACTS[level].length, level).toBeGreaterThan(0);
      for (const level of ['p5-p7', 's1-s3', 's4-s6'] as const) {
        expect(DEFAULT_CONTACTS[level][0]).toMatchObject({ key: 'childline', phone: '0800 1111' });
      }
    });
  });
}
