import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCodedTexts, type CodedTexts } from '../../../server/storage/coded-texts.ts';
import type { SurveyVersion } from '../../../server/storage/surveys.ts';
import { createTextCodings, type TextCodings } from '../../../server/storage/text-codings.ts';
import { createTextQuotes, type TextQuotes } from '../../../server/storage/text-quotes.ts';
import { createTextReadings } from '../../../server/storage/text-readings.ts';
import { createTextSorting, type TextSorting } from '../../../server/storage/text-sorting.ts';
import { createTextThemes, type TextThemes } from '../../../server/storage/text-themes.ts';
import { createWrittenTexts } from '../../../server/storage/written-texts.ts';
import { addReader, openSortedWave, QUESTION, type SortedWave } from '../../support/sorted-wave.ts';
import { AT, AUTHORITY_ID, rowsOf, storePlaces, storeSurveys, testSecrets } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-09T09:00:00.000Z';

export function textSortingContract(openDatabaseForTest: OpenDatabase): void {
  describe('texts that are sorted into themes', () => {
    const vault = testSecrets();
    const { secrets } = vault;
    let test: TestDatabase;
    let versions: SurveyVersion[];
    let themes: TextThemes;
    let codings: TextCodings;
    let quotes: TextQuotes;
    let coded: CodedTexts;
    let sorting: TextSorting;
    let [one, two, three] = ['', '', ''];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      versions = await storeSurveys(test.database);
      themes = createTextThemes(test.database);
      codings = createTextCodings(test.database);
      quotes = createTextQuotes(test.database, secrets);
      coded = createCodedTexts(test.database);
      sorting = createTextSorting(test.database);
      [one, two, three] = [
        await addReader(test.database, 'first pair of eyes'),
        await addReader(test.database, 'second pair of eyes'),
        await addReader(test.database, 'third pair of eyes'),
      ];
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    const openWave = () => openSortedWave(test.database, secrets, versions, one);
    const lists = async ({ id }: SortedWave, account = one) => (await codings.lists(id, account, 100)).counts;
    const open = (id: string) => createTextReadings(test.database, secrets).open(id, one, AUTHORITY_ID);
    const settle = ({ id }: SortedWave) => createWrittenTexts(test.database, secrets).settleTexts(id);

    /** A wave with one theme and one text that was sent and read. */
    async function waveWithText(words = 'More benches') {
      const wave = await openWave();
      const theme = await wave.addTheme('Parks');
      await wave.write([words]);
      await wave.readAll();
      return { wave, theme, text: await wave.idOf(words) };
    }

    async function sortedTwice(words?: string) {
      const found = await waveWithText(words);
      await codings.code(found.text, { themes: [found.theme], version: 0 }, one, AT);
      await codings.confirm(found.text, { themes: [found.theme], version: 1 }, two, AT);
      return found;
    }

    describe('what can be sorted', () => {
      it('is what was sent last, by band, with nothing of who sent it', async () => {
        const wave = await openWave();
        await wave.addTheme('Parks');
        await wave.write(['First thought', 'Second thought']);
        await wave.readAll();
        expect((await codings.lists(wave.id, one, 100)).toCode).toEqual([
          { id: await wave.idOf('Second thought'), questionId: QUESTION },
        ]);
        const [first, second] = [await wave.idOf('First thought'), await wave.idOf('Second thought')];
        const sent = (await rowsOf(test.fromOutside(), 'sent_texts')).filter(({ text_id }) =>
          [first, second].includes(text_id),
        );
        expect(sent).toEqual([{ text_id: second, band_id: 'p5-p7' }]);
      });

      it('is each of two texts with the same words, if both were sent', async () => {
        const wave = await openWave();
        await wave.addTheme('Parks');
        await wave.write(['Nothing']);
        await wave.write(['Nothing'], 'broken-off');
        await wave.write(['Nothing']);
        await wave.readAll();
        expect(await lists(wave)).toMatchObject({ toCode: 2 });
      });

      it.each([
        ['thrown away', 'broken-off', 0],
        ['declined', 'declined', 0],
        ['kept although it was not finished', 'broken-off-kept', 1],
      ] as const)('is not what was %s', async (_what, ending, count) => {
        const wave = await openWave();
        await wave.addTheme('Parks');
        await wave.write(['Some words'], ending);
        await wave.readAll();
        expect(await lists(wave)).toMatchObject({ toCode: count });
      });

      it('is nothing unread, nothing that was passed on, nothing without themes to its question', async () => {
        const wave = await openWave();
        await wave.write(['Some words']);
        expect(await lists(wave)).toMatchObject({ toCode: 0 });
        await wave.addTheme('Parks');
        expect(await lists(wave)).toMatchObject({ toCode: 0 });
        await wave.readAll('passed-on');
        expect(await lists(wave)).toMatchObject({ toCode: 0 });
        await wave.write(['Other words']);
        await wave.readAll();
        expect(await lists(wave)).toMatchObject({ toCode: 1 });
        const passedOn = await wave.idOf('Some words');
        expect(await codings.find(passedOn)).toBeUndefined();
        expect(await codings.code(passedOn, { themes: [], version: 0 }, one, AT)).toBe('stale');
      });
    });

    describe('themes', () => {
      it('are listed in the order in which they were made, each title once a question', async () => {
        const wave = await openWave();
        const add = (en: string, question = QUESTION, at = AT) =>
          themes.add({ waveId: wave.id, question, title: { en, ar: en } }, one, at);
        expect(await add('Zoo')).toBe('added');
        expect(await add('Bus', QUESTION, LATER)).toBe('added');
        expect(await Promise.all([add('Zoo'), add('Zoo')])).toEqual(['done-already', 'done-already']);
        expect(await add('Zoo', 'anything-else', LATER)).toBe('added');
        const titles = (await themes.ofWave(wave.id)).map(({ question, title }) => `${question} ${title.en}`);
        expect(titles[0]).toBe(`${QUESTION} Zoo`);
        expect(titles.toSorted()).toEqual([`anything-else Zoo`, `${QUESTION} Bus`, `${QUESTION} Zoo`]);
      });

      it('are renamed by whoever saw the title as it is', async () => {
        const wave = await openWave();
        const [parks, buses] = [await wave.addTheme('Parks'), await wave.addTheme('Buses')];
        const rename = (en: string, version: number) => themes.rename(parks, { en, ar: en }, version);
        expect((await Promise.all([rename('Green places', 1), rename('Grass', 1)])).toSorted()).toEqual([
          'renamed',
          'stale',
        ]);
        expect((await themes.find(parks))?.version).toBe(2);
        expect(await rename('Buses', 2)).toBe('done-already');
        expect((await themes.find(buses))?.title.en).toBe('Buses');
      });

      it('are removed unless a text has them or the wave has closed', async () => {
        const { wave, theme, text } = await waveWithText();
        const other = await wave.addTheme('Buses');
        await codings.code(text, { themes: [theme], version: 0 }, one, AT);
        expect((await themes.ofWave(wave.id)).map(({ used }) => used)).toEqual(
          (await themes.ofWave(wave.id)).map(({ id }) => id === theme),
        );
        expect(await themes.remove(theme)).toBe('in-use');
        expect(await themes.remove(other)).toBe('removed');
        expect(await themes.remove(other)).toBe('done-already');
        const last = await wave.addTheme('Sport');
        await wave.close();
        expect(await themes.remove(last)).toBe('in-use');
      });

      it('come too late to a question whose words are gone', async () => {
        const { wave } = await waveWithText();
        await wave.close();
        const add = (question: string) =>
          themes.add({ waveId: wave.id, question, title: { en: 'A', ar: 'أ' } }, one, AT);
        expect(await add(QUESTION)).toBe('added');
        expect(await add('anything-else')).toBe('ended');
        await sorting.end(wave.id, AT);
        expect(await add(QUESTION)).toBe('ended');
      });
    });

    describe('sorting', () => {
      it('counts once two accounts have looked', async () => {
        const { wave, theme, text } = await waveWithText();
        expect(await coded.progress(wave.id)).toEqual({ read: true, coded: false, ended: false });
        expect(await codings.code(text, { themes: [theme], version: 0 }, one, AT)).toBe('done');
        expect(await lists(wave, one)).toEqual({ toCode: 0, toConfirm: 0, waiting: 1, done: 0 });
        expect(await lists(wave, two)).toEqual({ toCode: 0, toConfirm: 1, waiting: 0, done: 0 });
        expect(await coded.ofWave(wave.id)).toEqual([]);
        expect(await codings.confirm(text, { themes: [theme], version: 1 }, one, AT)).toBe('own-work');
        expect(await coded.ofWave(wave.id)).toEqual([]);
        expect(await codings.confirm(text, { themes: [theme], version: 1 }, two, AT)).toBe('done');
        expect(await lists(wave, one)).toEqual({ toCode: 0, toConfirm: 0, waiting: 0, done: 1 });
        expect(await coded.ofWave(wave.id)).toEqual([{ question: QUESTION, band: 'p5-p7', themes: [theme] }]);
        expect(await coded.progress(wave.id)).toEqual({ read: true, coded: true, ended: false });
        expect(await codings.find(text)).toMatchObject({ codedBy: one, confirmedBy: two, themes: [theme] });
      });

      it('is changed by the second person, and counts as the second person says', async () => {
        const { wave, theme, text } = await waveWithText();
        const other = await wave.addTheme('Buses');
        await codings.code(text, { themes: [theme, theme], version: 0 }, one, AT);
        await codings.confirm(text, { themes: [other], version: 1 }, two, AT);
        expect(await coded.ofWave(wave.id)).toMatchObject([{ themes: [other] }]);
      });

      it('may find no theme', async () => {
        const { wave, text } = await waveWithText();
        await codings.code(text, { themes: [], version: 0 }, one, AT);
        await codings.confirm(text, { themes: [], version: 1 }, two, AT);
        expect(await coded.ofWave(wave.id)).toMatchObject([{ themes: [] }]);
      });

      it('by two at once happens once; the other one looks again', async () => {
        const { theme, text } = await waveWithText();
        const code = (account: string) => codings.code(text, { themes: [theme], version: 0 }, account, AT);
        expect((await Promise.all([code(one), code(two)])).toSorted()).toEqual(['done', 'stale']);
        expect((await codings.find(text))?.version).toBe(1);
        const coder = (await codings.find(text))!.codedBy;
        const confirm = (account: string) => codings.confirm(text, { themes: [], version: 1 }, account, AT);
        const others = [one, two, three].filter((account) => account !== coder);
        expect((await Promise.all(others.map(confirm))).toSorted()).toEqual(['done', 'done-already']);
        expect((await codings.find(text))?.themes).toEqual([]);
      });

      it('sent twice changes nothing the second time', async () => {
        const { theme, text } = await waveWithText();
        const coding = { themes: [theme], version: 0 };
        expect([await codings.code(text, coding, one, AT), await codings.code(text, coding, one, LATER)]).toEqual([
          'done',
          'done',
        ]);
        expect((await codings.find(text))?.version).toBe(1);
        const confirm = () => codings.confirm(text, { themes: [theme], version: 1 }, two, AT);
        expect([await confirm(), await confirm()]).toEqual(['done', 'done']);
        expect(await codings.code(text, { themes: [], version: 1 }, one, AT)).toBe('done-already');
        expect((await codings.find(text))?.themes).toEqual([theme]);
      });

      it('from a stale page is refused', async () => {
        const { wave, theme, text } = await waveWithText();
        const other = await wave.addTheme('Buses');
        await codings.code(text, { themes: [theme], version: 0 }, one, AT);
        await codings.code(text, { themes: [other], version: 1 }, one, AT);
        // The second person saw the first version.
        expect(await codings.confirm(text, { themes: [theme], version: 1 }, two, AT)).toBe('stale');
        expect(await codings.code(text, { themes: [], version: 1 }, one, AT)).toBe('stale');
        const spare = await wave.addTheme('Spare');
        await themes.remove(spare);
        expect(await codings.code(text, { themes: [spare], version: 2 }, one, AT)).toBe('stale');
        const foreign = await (await openWave()).addTheme('Parks');
        expect(await codings.confirm(text, { themes: [foreign], version: 2 }, two, AT)).toBe('stale');
        expect(await codings.find(text)).toMatchObject({ themes: [other], version: 2, confirmedBy: null });
      });

      it('lists no more than asked for, and counts all', async () => {
        const wave = await openWave();
        await wave.addTheme('Parks');
        for (const words of ['a', 'b', 'c']) await wave.write([words]);
        await wave.readAll();
        const found = await codings.lists(wave.id, one, 2);
        expect([found.toCode.length, found.counts.toCode]).toEqual([2, 3]);
      });
    });

    describe('a quote', () => {
      const said = { language: 'en', words: 'More […]' };

      it('is proposed for a text that two people have sorted, under one of its themes', async () => {
        const { wave, theme, text } = await waveWithText();
        const other = await wave.addTheme('Buses');
        const propose = (of = theme) => quotes.propose(text, { ...said, theme: of }, one, AT);
        await codings.code(text, { themes: [theme], version: 0 }, one, AT);
        expect(await propose()).toBe('stale');
        await codings.confirm(text, { themes: [theme], version: 1 }, two, AT);
        expect(await propose(other)).toBe('stale');
        expect((await Promise.all([propose(), propose()])).toSorted()).toEqual(['done-already', 'proposed']);
        const [quote] = await quotes.ofWave(wave.id);
        expect(quote).toMatchObject({ ...said, theme, band: 'p5-p7', proposedBy: one, approvedBy: null });
        expect(await quotes.ofText(text)).toEqual({ approved: false });
        const [row] = (await rowsOf(test.fromOutside(), 'text_quotes')).filter(({ text_id }) => text_id === text);
        expect(Buffer.from(row!.body).includes('More')).toBe(false);
      });

      it('is approved by somebody else, once, and can be deleted', async () => {
        const { wave, theme, text } = await sortedTwice();
        await quotes.propose(text, { ...said, theme }, one, AT);
        const id = (await quotes.ofWave(wave.id))[0]!.id;
        expect(await quotes.approve(id, one, AT)).toBe('own-work');
        expect((await Promise.all([quotes.approve(id, two, AT), quotes.approve(id, three, AT)])).toSorted()).toEqual([
          'approved',
          'done-already',
        ]);
        expect(await quotes.ofText(text)).toEqual({ approved: true });
        expect([await quotes.remove(id), await quotes.remove(id)]).toEqual(['removed', 'done-already']);
        expect([await quotes.ofText(text), await quotes.waveOf(id)]).toEqual([undefined, undefined]);
        expect(await quotes.approve(id, two, AT)).toBe('done-already');
      });
    });

    describe('words that were sent', () => {
      it('stay after the close until sorting has ended, without school and stage; all others go', async () => {
        const { wave, theme, text } = await waveWithText();
        await wave.write(['Never sent'], 'broken-off');
        await wave.write(['To another question'], 'sent', 'anything-else');
        await wave.write(['He hurts me']);
        const unsent = [await wave.idOf('Never sent'), await wave.idOf('To another question')];
        const passedOn = await wave.idOf('He hurts me');
        const readings = createTextReadings(test.database, secrets);
        const reading = { readBy: one, readAt: AT, readOn: '2026-05-04' };
        for (const entry of await readings.unread(wave.id, 10))
          await readings.markRead(entry, { ...reading, outcome: entry.id === passedOn ? 'passed-on' : 'no-concern' });
        await wave.close();
        expect(await open(text)).toMatchObject({ words: 'More benches', school: null, stage: null });
        for (const id of [...unsent, passedOn]) expect(await open(id)).toBeUndefined();
        expect(await codings.code(text, { themes: [theme], version: 0 }, one, AT)).toBe('done');
        expect(await sorting.closedAt(wave.id)).toBe(AT);
        await sorting.end(wave.id, LATER);
        await settle(wave);
        expect(await open(text)).toBeUndefined();
        expect(secrets.hasTextSecret(wave.id)).toBe(false);
        expect(await sorting.closedAt(wave.id)).toBeUndefined();
      });

      it('go at once where nothing is sorted', async () => {
        const wave = await openWave();
        await wave.write(['More benches']);
        await wave.readAll();
        const text = await wave.idOf('More benches');
        await wave.close();
        expect(await open(text)).toBeUndefined();
        expect(secrets.hasTextSecret(wave.id)).toBe(false);
        const ids = (await rowsOf(test.database, 'sent_texts')).map(({ text_id }) => text_id);
        expect(ids).not.toContain(text);
      });

      it('wait for what is unread', async () => {
        const { wave, text } = await waveWithText();
        await wave.write(['Not read yet'], 'broken-off');
        const late = await wave.idOf('Not read yet');
        await wave.close();
        expect(await open(late)).toMatchObject({ words: 'Not read yet', stage: 'P6' });
        await sorting.end(wave.id, LATER);
        await settle(wave);
        expect(await open(text)).toMatchObject({ words: 'More benches' });
        expect(await sorting.endedWithWords()).toContain(wave.id);
        await wave.readAll();
        expect([await open(text), await open(late)]).toEqual([undefined, undefined]);
        expect(await sorting.endedWithWords()).not.toContain(wave.id);
      });

      it('are found by the time of their close', async () => {
        const { wave } = await waveWithText();
        expect(await sorting.closedBy(LATER)).not.toContain(wave.id);
        expect(await sorting.closedAt(wave.id)).toBeNull();
        await wave.close();
        expect(await sorting.closedBy(AT)).toContain(wave.id);
        expect(await sorting.closedBy('2026-05-01T08:59:59.999Z')).not.toContain(wave.id);
        await sorting.end(wave.id, LATER);
        expect(await sorting.closedBy(LATER)).not.toContain(wave.id);
        expect(await coded.progress(wave.id)).toMatchObject({ ended: true });
        expect(await coded.waves(AUTHORITY_ID)).toContain(wave.id);
      });
    });
  });
}
