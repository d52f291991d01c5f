import { describe, expect, it } from 'vitest';
import {
  changeRefusal,
  checkRefusal,
  decisionRefusal,
  proposalState,
  publicationRefusal,
  type ProposalProgress,
  type StepKind,
} from '../../../server/core/drafts/progress.ts';

const proposed: ProposalProgress = {
  proposedBy: 'otter',
  number: 1,
  drafts: [{ number: 1, writtenBy: 'otter' }],
  steps: [],
  ending: null,
  publication: null,
};
const after = (...steps: [StepKind, string][]): ProposalProgress => ({
  ...proposed,
  steps: steps.map(([step, by]) => ({ number: 1, step, by })),
});
const agreed = after(['agreed', 'heron']);
const approved = after(['agreed', 'heron'], ['approved', 'owl']);
const published = { ...approved, publication: {} };

describe('the way of a proposal', () => {
  it('is one step at a time', () => {
    expect([proposed, agreed, approved, published].map(proposalState)).toEqual([
      'proposed',
      'agreed',
      'approved',
      'published',
    ]);
    expect([proposed, agreed].map((one) => decisionRefusal(one, 'heron'))).toEqual([undefined, 'already-done']);
    expect([proposed, agreed, approved].map((one) => checkRefusal(one, 'owl'))).toEqual([
      'not-ready',
      undefined,
      'already-done',
    ]);
    expect([agreed, approved, published].map(publicationRefusal)).toEqual(['not-ready', undefined, 'already-done']);
  });

  it('begins anew with a newer draft, and where changes are asked for', () => {
    const redrafted = { ...approved, number: 2, drafts: [...approved.drafts, { number: 2, writtenBy: 'kite' }] };
    expect(proposalState(redrafted)).toBe('proposed');
    expect(publicationRefusal(redrafted)).toBe('not-ready');
    const sentBack = after(['agreed', 'heron'], ['changes-asked', 'owl']);
    expect(proposalState(sentBack)).toBe('proposed');
    expect(decisionRefusal(sentBack, 'heron')).toBeUndefined();
    expect(proposalState(after(['not-agreed', 'heron']))).toBe('proposed');
  });

  it('never lets anybody take the next step of their own work', () => {
    expect(decisionRefusal(proposed, 'otter')).toBe('own-work');
    expect(checkRefusal(agreed, 'otter')).toBe('own-work');
    expect(checkRefusal(agreed, 'heron')).toBe('own-work');
    const helped = { ...agreed, number: 2, drafts: [...agreed.drafts, { number: 2, writtenBy: 'owl' }] };
    expect(checkRefusal({ ...helped, steps: [{ number: 2, step: 'agreed', by: 'heron' }] }, 'owl')).toBe('own-work');
  });

  it('stops where it is retired or published', () => {
    const ended = { ...approved, ending: {} };
    expect(proposalState(ended)).toBe('ended');
    expect([ended, published].map(changeRefusal)).toEqual(['already-done', 'already-done']);
    expect(publicationRefusal(ended)).toBe('already-done');
    expect(changeRefusal(approved)).toBeUndefined();
  });
});
