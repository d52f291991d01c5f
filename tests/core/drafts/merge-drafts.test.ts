import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOfDraft } from '../../../server/core/drafts/compare-drafts.ts';
import { contentOf } from '../../../server/core/drafts/draft-of-form.ts';
import type { DraftContent } from '../../../server/core/drafts/draft.ts';
import { mergeDrafts, type Side } from '../../../server/core/drafts/merge-drafts.ts';
import { anyDraft } from '../../support/arbitrary-drafts.ts';
import { MOOD, withOptions, withText } from './mood-draft.ts';

function merged(base: DraftContent | undefined, mine: DraftContent, theirs: DraftContent, choices = {}): DraftContent {
  return contentOf(mergeDrafts(base, mine, theirs, 'primary').form(choices), mine.item.id, mine.item);
}
const sameId = (draft: DraftContent): DraftContent => ({ ...draft, item: { ...draft.item, id: 'draft' } });
const draft = anyDraft.map(sameId);

describe('two drafts made from one', () => {
  it('take over what only one of them changed, whatever that was', () => {
    fc.assert(
      fc.property(draft, draft, (base, changed) => {
        for (const [mine, theirs] of [
          [base, changed],
          [changed, base],
          [changed, changed],
        ] as const) {
          expect(mergeDrafts(base, mine, theirs, 'primary').conflicts).toEqual([]);
          expect(changesOfDraft(changed, merged(base, mine, theirs))).toEqual([]);
        }
      }),
    );
  });

  it('are put together where they changed different things, also in one list of answers', () => {
    const mine = withOptions(MOOD, { good: 'Good', bad: 'Bad', no: 'I would rather not say' });
    const theirs = { ...withText(MOOD, 'How do you feel today?'), whyAsk: 'Feelings change.' };
    const both = merged(MOOD, mine, theirs);
    expect(both).toEqual({ ...withText(mine, 'How do you feel today?'), whyAsk: 'Feelings change.' });

    const added = withOptions(MOOD, { good: 'Good', so: 'So-so', bad: 'Bad' });
    expect(mergeDrafts(MOOD, mine, added, 'primary').conflicts).toEqual([]);
    expect(merged(MOOD, mine, added)).toEqual(
      withOptions(MOOD, { good: 'Good', so: 'So-so', bad: 'Bad', no: 'I would rather not say' }),
    );
  });

  it('ask about what both changed differently, and nothing of either is lost', () => {
    const mine = withText(MOOD, 'How are you feeling?');
    const theirs = withText(MOOD, 'How do you feel?');
    const { conflicts } = mergeDrafts(MOOD, mine, theirs, 'primary');
    expect(conflicts).toEqual([
      {
        name: 'en:text',
        kind: 'words',
        part: 'text',
        language: 'en',
        mine: 'How are you feeling?',
        theirs: 'How do you feel?',
      },
    ]);
    expect(merged(MOOD, mine, theirs, { 'en:text': 'theirs' })).toEqual(theirs);
    expect(merged(MOOD, mine, theirs, { 'en:text': 'mine' })).toEqual(mine);
  });

  it('ask about an answer that one took out and the other reworded', () => {
    const mine = withOptions(MOOD, { good: 'Good', fine: 'Fine' });
    const theirs = withOptions(MOOD, { good: 'Good', bad: 'Very bad' });
    const { conflicts } = mergeDrafts(MOOD, mine, theirs, 'primary');
    expect(conflicts.map(({ name }) => name)).toEqual(['option:bad']);
    expect(merged(MOOD, mine, theirs)).toEqual(mine);
    expect(merged(MOOD, mine, theirs, { 'option:bad': 'theirs' }).texts.en?.options).toEqual({
      good: 'Good',
      bad: 'Very bad',
      fine: 'Fine',
    });
  });

  it('ask which order holds where both moved answers', () => {
    const three = withOptions(MOOD, { a: 'A', b: 'B', c: 'C' });
    const mine = withOptions(MOOD, { b: 'B', a: 'A', c: 'C' });
    const theirs = withOptions(MOOD, { c: 'C', a: 'A', b: 'B' });
    expect(mergeDrafts(three, mine, theirs, 'primary').conflicts.map(({ name }) => name)).toEqual(['option-order']);
    expect(merged(three, mine, theirs, { 'option-order': 'theirs' })).toEqual(theirs);
  });
});

describe('two proposals made apart', () => {
  it('make either of them, when everything is chosen from one side', () => {
    fc.assert(
      fc.property(draft, draft, (mine, theirs) => {
        const merge = mergeDrafts(undefined, mine, theirs, 'primary');
        for (const [side, whole] of [
          ['mine', mine],
          ['theirs', theirs],
        ] as [Side, DraftContent][]) {
          const choices = Object.fromEntries(merge.conflicts.map(({ name }) => [name, side]));
          expect(changesOfDraft(whole, contentOf(merge.form(choices), 'draft'))).toEqual([]);
        }
      }),
    );
  });
});
