import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createClosings } from '../../../server/storage/closings.ts';
import { createDrafts } from '../../../server/storage/drafts.ts';
import { openSecrets } from '../../../server/storage/secrets.ts';
import { createSendings } from '../../../server/storage/sendings.ts';
import type { SurveyVersion } from '../../../server/storage/surveys.ts';
import { createTextReadings, type NewReading, type TextReadings } from '../../../server/storage/text-readings.ts';
import { createWrittenTexts, type NewText, type WrittenTexts } from '../../../server/storage/written-texts.ts';
import {
  ASH,
  AT,
  AUTHORITY_ID,
  rowsOf,
  storeCodes,
  storeOpenWave,
  storePlaces,
  storeSurveys,
  testSecrets,
  type StoredWave,
} from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const WORDS = 'Ein Wort: ما <b>here</b>';
const QUESTION = 'one-thing-better';

export function writtenTextsContract(openDatabaseForTest: OpenDatabase): void {
  describe('what young people wrote', () => {
    const vault = testSecrets();
    const { secrets } = vault;
    let test: TestDatabase;
    let versions: SurveyVersion[];
    let texts: WrittenTexts;
    let readings: TextReadings;
    let reader: string;
    let stranger: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      versions = await storeSurveys(test.database);
      texts = createWrittenTexts(test.database, secrets);
      readings = createTextReadings(test.database, secrets);
      [reader, stranger] = [await account('reader'), await account('stranger')];
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    async function account(signInName: string): Promise<string> {
      const added = { authorityId: AUTHORITY_ID, signInName, passwordHash: 'x', roles: ['text-reader'] as const };
      const outcome = await createAccounts(test.database).add(added, AT);
      return outcome === 'name-taken' ? '' : outcome.id;
    }

    /** An open wave with a reader, and codes that are started. */
    async function openWave(count = 4): Promise<StoredWave & { id: string; codes: string[] }> {
      const stored = await storeOpenWave(test.database, secrets, versions);
      const { id } = stored.wave;
      await test.database.query
        .insertInto('wave_readers')
        .values({ wave_id: id, account_id: reader, named_at: AT, named_by: null })
        .execute();
      const codes = await storeCodes(test.database, id, count);
      const drafts = createDrafts(test.database, secrets);
      for (const code of codes) await drafts.carryOn((await drafts.findCode(code))!, stored.primary.id);
      return { ...stored, id, codes };
    }

    const decline = (codeHmac: string) =>
      createSendings(test.database, secrets).finish(() => ({
        codeHmac,
        attempt: codeHmac,
        ending: 'declined',
        supporter: false,
        kept: null,
      }));

    const text = (waveId: string, codeHmac: string, more: Partial<NewText> = {}): NewText => ({
      waveId,
      codeHmac,
      questionId: QUESTION,
      language: 'ar',
      words: WORDS,
      writtenOn: '2026-05-01',
      dueOn: '2026-05-04',
      ...more,
    });
    const reading = (more: Partial<NewReading> = {}): NewReading => ({
      outcome: 'no-concern',
      readBy: reader,
      readAt: '2026-05-04T08:15:00.000Z',
      readOn: '2026-05-04',
      ...more,
    });
    const open = (id: string, accountId = reader) => readings.open(id, accountId, AUTHORITY_ID);
    const unread = (waveId: string) => readings.unread(waveId, 100);
    const countsOf = async (waveId: string, today = '2026-05-04') =>
      (await readings.waves(reader, AUTHORITY_ID, today)).find((wave) => wave.id === waveId)!;

    async function beginClose({ wave }: StoredWave) {
      const closings = createClosings(test.database, secrets, Math.random);
      await closings.begin(wave.id, null, AT);
      return closings;
    }

    /** Everything that a close does with drafts, up to the end. */
    async function close(stored: StoredWave) {
      const closings = await beginClose(stored);
      const { id, bands, way } = stored.wave;
      await closings.settleDrafts({ id, bands, way, versions: new Map(versions.map((one) => [one.id, one])) });
      await texts.settleTexts(id);
      secrets.destroyWaveSecret(id);
      await closings.finish(id, AT);
    }

    it('is noted with school, stage and days, sealed, and with nothing that leads to its author', async () => {
      const { id, codes } = await openWave();
      expect(await texts.note(text(id, codes[0]!))).toBe('noted');
      const [row] = await rowsOf(test.fromOutside(), 'written_texts', id);
      expect(Object.keys(row!).toSorted()).toEqual(
        ['body', 'due_on', 'id', 'question_id', 'school_id', 'stage', 'wave_id', 'written_on'].toSorted(),
      );
      expect(row).toMatchObject({ school_id: ASH, stage: 'P6', question_id: QUESTION, wave_id: id });
      expect([row!.written_on, row!.due_on]).toEqual(['2026-05-01', '2026-05-04']);
      expect(Buffer.from(row!.body).includes('here')).toBe(false);
      expect(JSON.stringify({ ...row, body: '' })).not.toContain(codes[0]);
    });

    it('is opened by its reader with its words and language, and by nobody else', async () => {
      const { id, codes } = await openWave();
      await texts.note(text(id, codes[0]!));
      const [entry] = await unread(id);
      expect(await open(entry!.id)).toEqual({
        id: entry!.id,
        waveId: id,
        questionId: QUESTION,
        school: 'Ash Primary',
        stage: 'P6',
        writtenOn: '2026-05-01',
        dueOn: '2026-05-04',
        reading: null,
        language: 'ar',
        words: WORDS,
      });
      expect(JSON.stringify(entry)).not.toContain('here');
      expect(await open(entry!.id, stranger)).toBeUndefined();
      expect(await readings.open(entry!.id, reader, 'otherglen')).toBeUndefined();
      expect(await open('a guess')).toBeUndefined();
      expect((await readings.waves(stranger, AUTHORITY_ID, AT)).length).toBe(0);
      expect((await readings.waves(reader, 'otherglen', AT)).length).toBe(0);
    });

    it('is not noted for a code that nobody has started, that is spent, or that is of another wave', async () => {
      const { id, codes, primary } = await openWave();
      const other = await openWave(1);
      const [unspent] = await storeCodes(test.database, id, 1, 'P6B');
      await decline(codes[0]!);
      for (const code of [codes[0]!, unspent!, other.codes[0]!, 'a guess'])
        expect(await texts.note(text(id, code)), primary.id).toBe('ended');
      expect(await rowsOf(test.database, 'written_texts', id)).toEqual([]);
    });

    it('lies under a key of its own for each wave, which is made with the first text and for this user alone', async () => {
      const [one, other] = [await openWave(1), await openWave(1)];
      expect(secrets.hasTextSecret(one.id)).toBe(false);
      await texts.note(text(one.id, one.codes[0]!));
      expect([secrets.hasTextSecret(one.id), secrets.hasTextSecret(other.id)]).toEqual([true, false]);
      expect(statSync(join(vault.folder, `texts-${one.id}`)).mode & 0o777).toBe(0o600);
      await texts.note(text(other.id, other.codes[0]!));
      // A body of one wave cannot be passed off as one of another.
      const [row] = await rowsOf(test.database, 'written_texts', one.id);
      await test.database.query
        .updateTable('written_texts')
        .set({ body: row!.body })
        .where('wave_id', '=', other.id)
        .execute();
      await expect(open((await unread(other.id))[0]!.id)).rejects.toThrow();
      await test.database.query.deleteFrom('written_texts').where('wave_id', '=', other.id).execute();
    });

    it('may be the first of a wave many times at once: all can be opened', async () => {
      const { id, codes } = await openWave();
      await Promise.all(codes.map((code, number) => texts.note(text(id, code, { words: `Text ${number}` }))));
      const opened = await Promise.all((await unread(id)).map((entry) => open(entry.id)));
      expect(opened.map((one) => one?.words).toSorted()).toEqual(['Text 0', 'Text 1', 'Text 2', 'Text 3']);
    });

    it('waits in the order in which it is due, and no more of it comes than asked for', async () => {
      const { id, codes } = await openWave();
      for (const [number, day] of ['2026-05-06', '2026-05-04', '2026-05-05'].entries())
        await texts.note(text(id, codes[number]!, { dueOn: day }));
      expect((await unread(id)).map((entry) => entry.dueOn)).toEqual(['2026-05-04', '2026-05-05', '2026-05-06']);
      expect((await readings.unread(id, 2)).map((entry) => entry.dueOn)).toEqual(['2026-05-04', '2026-05-05']);
    });

    it('is overdue once its day is over, until it is read; its wave then comes first', async () => {
      const late = await openWave();
      await openWave();
      const before = await texts.overdueOfAuthority(AUTHORITY_ID, '2026-06-02');
      await texts.note(text(late.id, late.codes[0]!, { dueOn: '2026-06-01' }));
      await texts.note(text(late.id, late.codes[1]!, { dueOn: '2026-06-03' }));
      expect(await countsOf(late.id, '2026-06-01')).toMatchObject({ written: 2, unread: 2, overdue: 0 });
      expect(await countsOf(late.id, '2026-06-02')).toMatchObject({ written: 2, unread: 2, overdue: 1 });
      const waves = await readings.waves(reader, AUTHORITY_ID, '2026-06-02');
      expect(waves.map((wave) => wave.overdue)).toEqual(waves.map((wave) => wave.overdue).toSorted((a, b) => b - a));
      expect(await texts.overdueOfAuthority(AUTHORITY_ID, '2026-06-02')).toBe(before + 1);
      expect(await texts.overdueOfAuthority('otherglen', '2026-06-02')).toBe(0);
      await readings.markRead((await unread(late.id))[0]!, reading());
      expect(await countsOf(late.id, '2026-06-02')).toMatchObject({ written: 2, unread: 1, overdue: 0 });
      expect(await texts.overdueOfAuthority(AUTHORITY_ID, '2026-06-02')).toBe(before);
    });

    it('is read once; a second reading changes nothing', async () => {
      const { id, codes } = await openWave();
      await texts.note(text(id, codes[0]!));
      const [entry] = await unread(id);
      expect(await readings.markRead(entry!, reading())).toBe('done');
      const again = reading({ outcome: 'passed-on', readAt: '2026-05-05T08:15:00.000Z', readOn: '2026-05-05' });
      expect(await readings.markRead(entry!, again)).toBe('done-already');
      expect(await readings.routes(id)).toEqual([]);
      expect(await unread(id)).toEqual([]);
      const read = { outcome: 'no-concern', readAt: '2026-05-04T08:15:00.000Z' };
      expect(await readings.read(id, 10)).toEqual([{ ...entry, reading: read }]);
      expect(await open(entry!.id)).toMatchObject({ words: WORDS, school: 'Ash Primary', reading: read });
    });

    it('leaves a route when it was passed on: school, stage and days, nothing of the text', async () => {
      const { id, codes } = await openWave();
      await texts.note(text(id, codes[0]!));
      const [entry] = await unread(id);
      await readings.markRead(entry!, reading({ outcome: 'passed-on' }));
      expect(await readings.routes(id)).toEqual([
        { school: 'Ash Primary', stage: 'P6', writtenOn: '2026-05-01', passedOn: '2026-05-04' },
      ]);
      const [route] = await rowsOf(test.database, 'text_routes', id);
      expect(route).toMatchObject({ school_id: ASH, passed_on_by: reader });
      expect(Object.values(route!)).not.toContain(entry!.id);
      expect(await countsOf(id)).toMatchObject({ passedOn: 1 });
    });

    it('stays as it is while the wave is open, although all of it is read and nobody is answering', async () => {
      const { id, codes } = await openWave(1);
      await texts.note(text(id, codes[0]!));
      await decline(codes[0]!);
      await readings.markRead((await unread(id))[0]!, reading());
      await texts.settleTexts(id);
      const [entry] = await readings.read(id, 10);
      expect(await open(entry!.id)).toMatchObject({ words: WORDS, school: 'Ash Primary', stage: 'P6' });
    });

    it('stays too while a close has drafts to settle, since more may come', async () => {
      const stored = await openWave();
      await texts.note(text(stored.id, stored.codes[0]!));
      await readings.markRead((await unread(stored.id))[0]!, reading());
      await beginClose(stored);
      await texts.settleTexts(stored.id);
      expect(secrets.hasTextSecret(stored.id)).toBe(true);
      expect(await readings.read(stored.id, 10)).toMatchObject([{ school: 'Ash Primary' }]);
    });

    it('is forgotten by the close as far as it was read; what is unread keeps school and stage', async () => {
      const stored = await openWave();
      for (const code of stored.codes.slice(0, 2)) await texts.note(text(stored.id, code));
      const [first, second] = await unread(stored.id);
      await readings.markRead(first!, reading());
      await close(stored);
      expect(secrets.hasWaveSecret(stored.id)).toBe(false);
      expect(await open(first!.id)).toMatchObject({ words: WORDS, school: null, stage: null });
      expect(await open(second!.id)).toMatchObject({ words: WORDS, school: 'Ash Primary', stage: 'P6' });
      expect(await countsOf(stored.id)).toMatchObject({ closed: true, written: 2, unread: 1 });
      expect(await texts.note(text(stored.id, stored.codes[3]!))).toBe('ended');
    });

    it('is deleted with its key once the wave has closed and the last of it was read; counts and routes stay', async () => {
      const stored = await openWave();
      for (const code of stored.codes.slice(0, 3)) await texts.note(text(stored.id, code));
      await close(stored);
      const [first, second, third] = await unread(stored.id);
      await readings.markRead(first!, reading());
      await readings.markRead(second!, reading({ outcome: 'passed-on' }));
      expect(await open(second!.id)).toBeUndefined();
      expect(await open(third!.id)).toMatchObject({ words: WORDS, school: 'Ash Primary' });
      await readings.markRead(third!, reading());
      expect(secrets.hasTextSecret(stored.id)).toBe(false);
      expect(() => secrets.textKey(stored.id)).toThrow(/is gone/);
      for (const { id } of [first!, second!, third!]) expect(await open(id)).toBeUndefined();
      for (const row of await rowsOf(test.fromOutside(), 'written_texts', stored.id))
        expect([row.school_id, row.stage, row.body.length]).toEqual([null, null, 0]);
      expect(await readings.read(stored.id, 10)).toEqual([]);
      expect(await countsOf(stored.id)).toMatchObject({ written: 3, unread: 0, overdue: 0, passedOn: 1 });
      expect(await readings.routes(stored.id)).toMatchObject([{ school: 'Ash Primary', stage: 'P6' }]);
    });

    it('is deleted by the close itself where everything was read before; other waves keep theirs', async () => {
      const [stored, other] = [await openWave(), await openWave()];
      for (const { id, codes } of [stored, other]) {
        await texts.note(text(id, codes[0]!));
        await readings.markRead((await unread(id))[0]!, reading());
      }
      await close(stored);
      await texts.settleTexts(stored.id);
      expect([secrets.hasTextSecret(stored.id), secrets.hasTextSecret(other.id)]).toEqual([false, true]);
      const [kept] = await readings.read(other.id, 10);
      expect(await open(kept!.id)).toMatchObject({ words: WORDS, school: 'Ash Primary' });
    });

    it('that a backup brings back after it was read goes again, and nothing of it stops the start', async () => {
      const stored = await openWave();
      const { id, codes } = stored;
      for (const code of codes.slice(0, 3)) await texts.note(text(id, code));
      for (const [index, one] of (await unread(id)).entries())
        if (index < 2) await readings.markRead(one, reading({ outcome: index === 0 ? 'passed-on' : 'no-concern' }));
      const { query } = test.database;
      const backedUp = await query.selectFrom('written_texts').selectAll().where('wave_id', '=', id).execute();
      const readBefore = await query.selectFrom('text_readings').select('text_id').execute();
      await close(stored);
      const last = (await unread(id))[0]!;
      await readings.markRead(last, reading());
      expect(secrets.hasTextSecret(id)).toBe(false);
      // The backup: the words are there again, and the last of them is unread.
      await query.deleteFrom('text_readings').where('text_id', '=', last.id).execute();
      for (const { id: textId, ...row } of backedUp)
        await query.updateTable('written_texts').set(row).where('id', '=', textId).execute();
      expect(readBefore.map(({ text_id }) => text_id)).not.toContain(last.id);
      const later = createWrittenTexts(test.database, openSecrets(vault.folder));
      expect(await later.wavesWithLostTexts()).toEqual([]);
      expect(await later.endRestoredTexts(AT)).toEqual([id]);
      expect(await later.endRestoredTexts(AT)).toEqual([]);
      const rows = await rowsOf(test.fromOutside(), 'written_texts', id);
      expect(rows.map((row) => [row.school_id, row.stage, row.body.length])).toEqual([
        [null, null, 0],
        [null, null, 0],
      ]);
      expect(await countsOf(id)).toMatchObject({ written: 2, unread: 0, overdue: 0, passedOn: 1 });
      expect(() => openSecrets(vault.folder).makeTextSecret(id)).toThrow(/ended for good/);
    });

    it('is named when its secret is lost, and no second key hides that', async () => {
      const { id, codes } = await openWave();
      await texts.note(text(id, codes[0]!));
      expect(await texts.wavesWithLostTexts()).toEqual([]);
      rmSync(join(vault.folder, `texts-${id}`));
      // As after a start: the key is in no memory.
      const later = openSecrets(vault.folder);
      const afterwards = createWrittenTexts(test.database, later);
      expect(await afterwards.wavesWithLostTexts()).toEqual([id]);
      await expect(afterwards.note(text(id, codes[1]!))).rejects.toThrow(/secret that they are sealed under is gone/);
      expect(later.hasTextSecret(id)).toBe(false);
      const [entry] = await unread(id);
      await expect(createTextReadings(test.database, later).open(entry!.id, reader, AUTHORITY_ID)).rejects.toThrow(
        /is gone/,
      );
    });
  });
}
