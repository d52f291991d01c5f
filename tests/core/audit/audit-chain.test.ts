import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, CHAIN_START, chained, findBreak, type ChainEntry } from '../../../server/core/audit-chain.ts';

const sha256 = (text: string) => hash('sha256', text, 'hex');
const said = fc.record({
  at: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
  account: fc.option(fc.string({ maxLength: 8 })),
  action: fc.constantFrom('signed-in', 'wave-made'),
  subject: fc.string({ maxLength: 8 }),
  authority: fc.option(fc.string({ maxLength: 8 })),
});
type Said = Pick<ChainEntry, 'at' | 'account' | 'action' | 'subject' | 'authority'>;

function chain(all: readonly Said[]): ChainEntry[] {
  const entries: ChainEntry[] = [];
  for (const one of all) entries.push(chained(entries.at(-1) ?? CHAIN_START, one, sha256));
  return entries;
}
const renumbered = (entries: readonly ChainEntry[]) =>
  entries.map((entry, index) => ({ ...entry, sequence: index + 1 }));
const rehashed = (entry: ChainEntry): ChainEntry => ({ ...entry, hash: sha256(canonicalText(entry)) });

/** A chain of three entries or more, and the place of one of them that is not the last. */
const chainAndPlace = fc
  .array(said, { minLength: 3, maxLength: 12 })
  .chain((all) => fc.record({ entries: fc.constant(chain(all)), place: fc.nat({ max: all.length - 2 }) }));

describe('the chain of the record', () => {
  it('holds as it was written, and so does every beginning of it', () => {
    fc.assert(
      fc.property(fc.array(said), fc.nat(), (all, end) => {
        const entries = chain(all);
        expect(findBreak(entries, sha256)).toBeNull();
        expect(findBreak(entries.slice(0, end), sha256)).toBeNull();
      }),
    );
  });

  it('starts with the number 1 after sixty-four noughts, and its texts differ wherever entries do', () => {
    const [first] = chain([{ at: 'a', account: null, action: 'b', subject: 'c', authority: null }]);
    expect(first).toMatchObject({ sequence: 1, previousHash: '0'.repeat(64), hash: sha256(canonicalText(first!)) });
    expect(canonicalText({ ...first!, action: 'b","c', subject: '' })).not.toBe(
      canonicalText({ ...first!, action: 'b', subject: 'c","' }),
    );
    expect(canonicalText({ ...first!, authority: 'null' })).not.toBe(canonicalText(first!));
    expect(canonicalText({ ...first!, account: 'null' })).not.toBe(canonicalText(first!));
  });

  it.each(['at', 'account', 'action', 'subject', 'authority', 'hash'] as const)(
    'shows which entry had its %s changed',
    (field) => {
      fc.assert(
        fc.property(chainAndPlace, ({ entries, place }) => {
          const changed = entries.with(place, { ...entries[place]!, [field]: `${entries[place]![field]}x` });
          expect(findBreak(changed, sha256)).toEqual({ sequence: place + 1, why: 'changed' });
        }),
      );
    },
  );

  it('shows a change whose author made the hash of that entry anew, where the next one no longer follows', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ entries, place }) => {
        const forged = rehashed({ ...entries[place]!, subject: `${entries[place]!.subject}x` });
        expect(findBreak(entries.with(place, forged), sha256)).toEqual({ sequence: place + 1, why: 'changed' });
      }),
    );
  });

  it('shows which entry was removed, the others renumbered or not', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ entries, place }) => {
        const left = entries.toSpliced(place, 1);
        const broken = { sequence: place + 1, why: 'removed' };
        expect(findBreak(left, sha256)).toEqual(broken);
        expect(findBreak(renumbered(left), sha256)).toEqual(broken);
      }),
    );
  });

  it('shows which entry was inserted, with a hash that fits or with any', () => {
    fc.assert(
      fc.property(chainAndPlace, said, ({ entries, place }, more) => {
        const fitting = chained(entries[place - 1] ?? CHAIN_START, { ...more, subject: 'put in later' }, sha256);
        const broken = { sequence: place + 1, why: 'inserted' };
        expect(findBreak(renumbered(entries.toSpliced(place, 0, fitting)), sha256)).toEqual(broken);
        const unfitting = { ...fitting, previousHash: sha256('x'), hash: sha256('y') };
        expect(findBreak(renumbered(entries.toSpliced(place, 0, unfitting)), sha256)).toEqual(broken);
        const halfFitting = { ...fitting, hash: sha256('y') };
        expect(findBreak(renumbered(entries.toSpliced(place, 0, halfFitting)), sha256)).toEqual(broken);
      }),
    );
  });

  it('shows which entry was moved', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), ({ entries, place }, far) => {
        const other = place + 1 + (far % (entries.length - place - 1));
        const swapped = entries.with(place, entries[other]!).with(other, entries[place]!);
        expect(findBreak(renumbered(swapped), sha256)).toEqual({ sequence: place + 1, why: 'moved' });
      }),
    );
  });

  it('shows an entry that was moved far away, the others renumbered', () => {
    const many = Array.from({ length: 1000 }, (_, number) => ({
      at: '',
      account: null,
      action: '',
      subject: `${number}`,
      authority: null,
    }));
    const entries = chain(many);
    const moved = entries.toSpliced(800, 1).toSpliced(9, 0, entries[800]!);
    expect(findBreak(renumbered(moved), sha256)).toEqual({ sequence: 10, why: 'moved' });
  });

  it.each([30_000_000, -1, Number.MAX_SAFE_INTEGER])(
    'looks at few hashes for an entry with the number %d',
    (sequence) => {
      const entries = chain(
        [1, 2, 3].map((number) => ({ at: '', account: null, action: '', subject: `${number}`, authority: null })),
      );
      const madeUp = { ...entries[0]!, sequence, previousHash: sha256('x'), hash: sha256('y') };
      const all = [...entries, madeUp].toSorted((one, other) => one.sequence - other.sequence);
      let hashes = 0;
      const counted = (text: string) => {
        hashes += 1;
        // Without this the check would go on for minutes before it fails.
        if (hashes > 1000) throw new Error('More than a thousand hashes for four entries.');
        return sha256(text);
      };
      expect(findBreak(all, counted)).not.toBeNull();
    },
  );

  it('keeps the hashes of entries from before entries named an authority', () => {
    const entry = {
      sequence: 1,
      at: 'a',
      account: null,
      action: 'b',
      subject: 'c',
      authority: null,
      previousHash: 'd',
    };
    expect(canonicalText(entry)).toBe('[1,"a",null,"b","c","d"]');
  });

  it('cannot show what was cut off at its end: that takes a head kept elsewhere', () => {
    const entries = chain(
      [1, 2, 3].map((number) => ({ at: '', account: null, action: '', subject: `${number}`, authority: null })),
    );
    expect(findBreak(entries.slice(0, 2), sha256)).toBeNull();
    expect(entries.slice(0, 2).at(-1)).not.toEqual(entries.at(-1));
  });
});
