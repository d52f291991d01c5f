import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOfDraft, movedCodes } from '../../../server/core/drafts/compare-drafts.ts';
import type { DraftContent } from '../../../server/core/drafts/draft.ts';
import { wordDifferences } from '../../../server/core/drafts/word-differences.ts';
import { anyDraft } from '../../support/arbitrary-drafts.ts';
import { MOOD, withOptions, withText } from './mood-draft.ts';

describe('what changed between two drafts', () => {
  it('is nothing for a draft and itself', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(changesOfDraft(draft, structuredClone(draft))).toEqual([]);
      }),
    );
  });

  it('is told word by word for the question', () => {
    const [change, ...others] = changesOfDraft(MOOD, withText(MOOD, 'How are you today?'));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ change: 'words', language: 'en', piece: 'text', before: 'How are you?' });
    expect(change && 'runs' in change && change.runs.filter(({ state }) => state !== 'same')).toEqual([
      { words: 'today', state: 'added' },
    ]);
  });

  it('names answers that came, went, moved and were reworded', () => {
    const before = withOptions(MOOD, { a: 'A', b: 'B', c: 'C', d: 'D' });
    const after = withOptions(MOOD, { d: 'D', a: 'A', b: 'Bee', e: 'E' });
    expect(
      changesOfDraft(before, after).map((one) => [one.change, 'code' in one ? one.code : 'piece' in one && one.piece]),
    ).toEqual([
      ['words', 'option.b'],
      ['line-removed', 'c'],
      ['line-added', 'e'],
      ['line-moved', 'd'],
    ]);
  });

  it('names kind, stages, route, topic, labels, reason, place and picture', () => {
    const item = {
      ...MOOD.item,
      kind: 'faces',
      stages: ['P6'],
      when: { question: 'age', anyOf: ['11'] },
      topic: 'hunger',
      symbol: 'sun',
      tags: { domain: 'friends', shanarri: ['safe'], uncrc: [12], clustering: 'school-climate' },
    } as DraftContent['item'];
    const after: DraftContent = { ...MOOD, item, whyAsk: 'Because.', after: null };
    const fields = changesOfDraft(MOOD, after).map((one) => 'field' in one && one.field);
    expect(fields.toSorted()).toEqual(
      [
        'kind',
        'stages',
        'when',
        'topic',
        'symbol',
        'domain',
        'shanarri',
        'uncrc',
        'clustering',
        'why',
        'after',
      ].toSorted(),
    );
  });

  it('does not take another order of what is ticked for a change', () => {
    const tagged = (shanarri: ('safe' | 'active')[]): DraftContent => ({
      ...MOOD,
      item: { ...MOOD.item, tags: { domain: 'friends', shanarri, uncrc: [] } } as DraftContent['item'],
    });
    expect(changesOfDraft(tagged(['safe', 'active']), tagged(['active', 'safe']))).toEqual([]);
  });

  it('names words that came in another language', () => {
    const after: DraftContent = { ...MOOD, texts: { ...MOOD.texts, ar: { text: 'كيف حالك؟' } } };
    expect(changesOfDraft(MOOD, after)).toMatchObject([{ change: 'words', language: 'ar', piece: 'text', before: '' }]);
  });
});

describe('lines that moved', () => {
  it('are as few as can be, and putting them back makes the old order', () => {
    const codes = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(fc.shuffledSubarray(codes, { minLength: 5 }), (after) => {
        const moved = movedCodes(codes, after);
        const stayed = after.filter((code) => !moved.includes(code));
        expect(stayed).toEqual(stayed.toSorted());
        expect(moved.length).toBeLessThan(codes.length);
      }),
    );
    expect(movedCodes(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toEqual(['d']);
  });
});

describe('differences of words', () => {
  it('give back both texts', () => {
    const bare = (words: string) => words.replace(/\s+/g, '');
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (before, after) => {
        const runs = wordDifferences(before, after, 'en');
        const without = (state: string) => runs.filter((run) => run.state !== state).map(({ words }) => words);
        expect(bare(without('added').join(''))).toBe(bare(before));
        expect(bare(without('removed').join(''))).toBe(bare(after));
      }),
    );
  });

  it('go by whole words in Arabic too', () => {
    const runs = wordDifferences('كيف حال أصدقائك؟', 'كيف حال عائلتك؟', 'ar');
    expect(runs.filter(({ state }) => state !== 'same')).toEqual([
      { words: 'أصدقائك', state: 'removed' },
      { words: 'عائلتك', state: 'added' },
    ]);
  });
});
