import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/core/survey/answer.ts';
import { changed, openChanges, openDraft, type DraftChange } from '../../../server/storage/draft-body.ts';
import { draftChangesOf } from '../../../server/storage/draft-changes.ts';
import { createDrafts, type Drafts } from '../../../server/storage/drafts.ts';
import { heldDraftsOf, type HeldDraft } from '../../../server/storage/held-drafts.ts';
import { openSecrets } from '../../../server/storage/secrets.ts';
import { createSendings } from '../../../server/storage/sendings.ts';
import {
  rowsOf,
  storeCodes,
  storeOpenWave,
  storePlaces,
  storeSurveys,
  testSecrets,
  type StoredWave,
} from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const saying = (value: string): Answer => ({ state: 'answered', value });

export function draftsContract(openDatabaseForTest: OpenDatabase): void {
  describe('drafts', () => {
    const vault = testSecrets();
    const { secrets } = vault;
    let test: TestDatabase;
    let drafts: Drafts;
    let stored: StoredWave;
    let codes: string[];
    let commits = 0;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      stored = await storeOpenWave(test.database, secrets, await storeSurveys(test.database));
      codes = await storeCodes(test.database, stored.wave.id, 60);
      const counting = {
        ...test.database,
        inOneCommit: (work: () => void) => {
          commits += 1;
          test.database.inOneCommit(work);
        },
      };
      drafts = createDrafts(counting, secrets);
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    async function begin(code = codes.pop()!): Promise<{ code: string; token: string; draft: HeldDraft }> {
      const found = await drafts.findCode(code);
      const token = await drafts.carryOn(found!, stored.primary.id);
      const session = drafts.hold(token);
      if (typeof session === 'string') throw new Error(`A new session is ${session}: expected its draft.`);
      return { code, token, draft: session.draft };
    }

    function change(code: string, itemId: string, answer: Answer, session = 'one'): DraftChange {
      return {
        codeHmac: code,
        waveId: stored.wave.id,
        language: 'en',
        given: { answers: { [itemId]: answer }, session },
      };
    }

    /** The draft as it lies in the database for somebody who looks from outside, with what is noted of it. */
    async function lookedAtFromOutside(code: string) {
      const { query } = test.fromOutside();
      const row = await query
        .selectFrom('drafts')
        .select('body')
        .where('code_hmac', '=', code)
        .executeTakeFirstOrThrow();
      const notes = await query.selectFrom('draft_changes').selectAll().orderBy('number').execute();
      return notes
        .flatMap((note) => openChanges(secrets, note.wave_id, note.changes))
        .filter(({ codeHmac }) => codeHmac === code)
        .reduce(changed, openDraft(secrets, stored.wave.id, code, row.body));
    }

    it('are begun by a code, which is known with its stage and state', async () => {
      const code = codes.pop()!;
      const { id: waveId, startsOn, endsOn } = stored.wave;
      const unspent = { hmac: code, waveId, state: 'unspent', stage: 'P6', closing: false, startsOn, endsOn };
      expect(await drafts.findCode(code)).toEqual(unspent);
      const { draft } = await begin(code);
      expect(draft).toMatchObject({
        stage: 'P6',
        versionId: stored.primary.id,
        body: { timeRunsOut: null, answers: {}, earlier: [] },
      });
      expect(await drafts.findCode(code)).toMatchObject({ state: 'started' });
      expect(await drafts.findCode('nobody was given this')).toBeUndefined();
    });

    it('count a start once, however often the code is typed', async () => {
      const started = async () =>
        (await test.database.query.selectFrom('fieldwork_counters').select('started').execute())[0]?.started ?? 0;
      const before = await started();
      const { code } = await begin();
      await begin(code);
      await begin(code);
      expect(await started()).toBe(before + 1);
    });

    it('keep the choice, each answer, the session that gave it and the language last used', async () => {
      const { code, token } = await begin();
      const base = { codeHmac: code, waveId: stored.wave.id };
      await drafts.save({ ...base, language: 'en', settings: { timeRunsOut: 'keep', picture: 'kite' } });
      await drafts.save(change(code, 'feel-safe', saying('always'), 'one'));
      const last = { answers: { sleep: saying('well') }, session: 'two' };
      await drafts.save({ ...base, language: 'ar', given: last });
      const session = drafts.hold(token);
      expect(typeof session === 'string' ? session : session.draft.body).toMatchObject({
        timeRunsOut: 'keep',
        picture: 'kite',
        language: 'ar',
        answers: { 'feel-safe': saying('always'), sleep: saying('well') },
        session: 'two',
        earlier: ['feel-safe'],
      });
    });

    it('take many answers at once: each is durable and merged into its own draft before its reply comes', async () => {
      const begun = await Promise.all(Array.from({ length: 20 }, () => begin()));
      const before = commits;
      const saves = Array.from({ length: 15 }, (_, index) =>
        begun.map(async ({ code }) => {
          const saved = await drafts.save(change(code, `item-${index}`, saying(`${code} ${index}`)));
          // The reply holds this change, and those that came before it.
          expect(Object.keys(saved?.answers ?? {}).slice(0, index + 1)).toEqual(
            Array.from({ length: index + 1 }, (_value, earlier) => `item-${earlier}`),
          );
        }),
      );
      await Promise.all(saves.flat());
      expect(commits - before, 'commits for 300 answers').toBeLessThanOrEqual(3);
      for (const { code } of begun) {
        const { answers } = await lookedAtFromOutside(code);
        expect(Object.keys(answers)).toHaveLength(15);
        expect(answers['item-7']).toEqual(saying(`${code} 7`));
      }
    });

    it('are on the disk when the reply comes, not later', async () => {
      const { code } = await begin();
      await drafts.save(change(code, 'feel-safe', saying('never')));
      expect((await lookedAtFromOutside(code)).answers['feel-safe']).toEqual(saying('never'));
    });

    it('are read again, whole, when they have fallen out of memory', async () => {
      const { code, token } = await begin();
      await drafts.save(change(code, 'feel-safe', saying('never')));
      heldDraftsOf(test.database).forgetAll();
      await drafts.save(change(code, 'sleep', saying('well')));
      const both = { 'feel-safe': saying('never'), sleep: saying('well') };
      expect((await lookedAtFromOutside(code)).answers).toEqual(both);
      expect(drafts.hold(token)).toMatchObject({ draft: { body: { answers: both } } });
    });

    it('hold the last of several answers to one question', async () => {
      const { code } = await begin();
      await Promise.all(
        ['always', 'mostly', 'never'].map((value) => drafts.save(change(code, 'feel-safe', saying(value)))),
      );
      expect((await lookedAtFromOutside(code)).answers['feel-safe']).toEqual(saying('never'));
    });

    it('do not suffer from a broken neighbour in the same commit', async () => {
      const [one, broken, other] = [(await begin()).code, codes.pop()!, (await begin()).code];
      // Begun, but not in use yet: its first change has to read it.
      await drafts.carryOn((await drafts.findCode(broken))!, stored.primary.id);
      const damaged = { body: Buffer.from('damaged') };
      await test.database.query.updateTable('drafts').set(damaged).where('code_hmac', '=', broken).execute();
      const outcomes = await Promise.allSettled(
        [one, broken, other].map((code) => drafts.save(change(code, 'feel-safe', saying('always')))),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      for (const code of [one, other]) {
        expect((await lookedAtFromOutside(code)).answers['feel-safe']).toEqual(saying('always'));
      }
    });

    it('take nothing after their end, and say so', async () => {
      const { code, token, draft } = await begin();
      const { attempt } = draft.body;
      const settled = { codeHmac: code, attempt, ending: 'declined', supporter: false, kept: null } as const;
      const [, saved] = await Promise.all([
        createSendings(test.database, secrets).finish(() => settled),
        drafts.save(change(code, 'feel-safe', saying('always'))),
      ]);
      expect(saved).toBeUndefined();
      expect(drafts.hold(token)).toBe('none');
      expect(await drafts.save(change(code, 'feel-safe', saying('always')))).toBeUndefined();
    });

    it('belong to the newest session; the older one is told', async () => {
      const first = await begin();
      await drafts.save(change(first.code, 'feel-safe', saying('always')));
      const second = await begin(first.code);
      expect(drafts.hold(first.token)).toBe('elsewhere');
      expect(second.draft.body.answers['feel-safe']).toEqual(saying('always'));
      expect(second.draft.session).not.toBe(first.draft.session);
      const third = await begin(first.code);
      expect([first, second, third].map(({ token }) => typeof drafts.hold(token))).toEqual([
        'string',
        'string',
        'object',
      ]);
    });

    it('stay when a device leaves, for whoever types the code again', async () => {
      const first = await begin();
      await drafts.save(change(first.code, 'feel-safe', saying('always')));
      const ticket = await drafts.giveTicket(first.token);
      await drafts.letGo(first.token);
      expect(drafts.hold(first.token)).toBe('none');
      expect(await drafts.holdByTicket(ticket)).toMatchObject({ draft: { codeHmac: first.code } });
      expect((await begin(first.code)).draft.body.answers['feel-safe']).toEqual(saying('always'));
    });

    it('show the answers of an earlier session again to the session that has shown the picture', async () => {
      const first = await begin();
      await drafts.save(change(first.code, 'feel-safe', saying('always'), first.draft.session));
      const second = await begin(first.code);
      const base = { codeHmac: first.code, waveId: stored.wave.id, language: 'en' };
      await drafts.save({ ...base, given: { answers: { sleep: saying('well') }, session: second.draft.session } });
      expect(drafts.hold(second.token)).toMatchObject({ draft: { body: { earlier: ['feel-safe'] } } });
      await drafts.save({ ...base, shownTo: second.draft.session });
      expect(drafts.hold(second.token)).toMatchObject({
        draft: { body: { earlier: [], session: second.draft.session } },
      });
    });

    it('are found by the ticket of their newest session, which no cookie needs to come with', async () => {
      const first = await begin();
      const ticket = await drafts.giveTicket(first.token);
      expect(await drafts.holdByTicket(ticket)).toMatchObject({ draft: { codeHmac: first.code } });
      const newer = await drafts.giveTicket(first.token);
      expect(await drafts.holdByTicket(ticket)).toBe('none');
      await begin(first.code);
      expect(await drafts.holdByTicket(newer)).toBe('elsewhere');
      expect(await drafts.holdByTicket('a guess')).toBe('none');
    });

    it('say whether their session is on a device of one’s own', async () => {
      const code = codes.pop()!;
      const found = (await drafts.findCode(code))!;
      const own = drafts.hold(await drafts.carryOn(found, stored.primary.id, true));
      expect(own).toMatchObject({ draft: { ownDevice: true } });
      expect((await begin(code)).draft.ownDevice).toBe(false);
    });

    it('go on with another version of their wave and keep their answers', async () => {
      const { code, token } = await begin();
      await drafts.save(change(code, 'feel-safe', saying('always')));
      const easyRead = stored.wave.versionIds.find((id) => id !== stored.primary.id)!;
      await drafts.changeVersion(code, easyRead);
      expect(drafts.hold(token)).toMatchObject({
        draft: { versionId: easyRead, body: { answers: { 'feel-safe': saying('always') } } },
      });
    });

    it('are nobody’s without a token', () => {
      expect(drafts.hold('')).toBe('none');
      expect(drafts.hold('a guess')).toBe('none');
    });

    it('are stored sealed: a server that starts anew opens them, and nothing else does', async () => {
      const { code } = await begin();
      await drafts.save(change(code, 'feel-safe', saying('always')));
      await draftChangesOf(test.database, secrets).gather();
      const { body } = (await rowsOf(test.database, 'drafts')).find((row) => row.code_hmac === code)!;
      expect(Buffer.from(body).includes('always')).toBe(false);
      const restarted = openSecrets(vault.folder);
      expect(openDraft(restarted, stored.wave.id, code, body).answers).toEqual({ 'feel-safe': saying('always') });
      expect(() => openDraft(restarted, stored.wave.id, `${code}x`, body)).toThrow();
      expect(() => openDraft(restarted, 'none', `${code}y`, body)).toThrow(/secret of wave none is gone/);
      for (const index of [0, 20, body.length - 1]) {
        const changed = Buffer.from(body);
        changed[index]! ^= 1;
        expect(() => openDraft(openSecrets(vault.folder), stored.wave.id, code, changed), `byte ${index}`).toThrow();
      }
    });

    it('are sealed anew each time, so that two states never look alike', async () => {
      const { code } = await begin();
      const bodies = new Set<string>();
      for (let time = 0; time < 3; time += 1) {
        await drafts.save(change(code, 'feel-safe', saying('always')));
        await draftChangesOf(test.database, secrets).gather();
        const row = (await rowsOf(test.database, 'drafts')).find((one) => one.code_hmac === code)!;
        bodies.add(Buffer.from(row.body).toString('hex').slice(0, 24));
      }
      expect(bodies.size).toBe(3);
    });
  });
}
