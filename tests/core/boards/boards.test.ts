import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardLines, linesFault, LONGEST_CARD, MOST_LINES } from '../../../server/core/boards/cards.ts';
import {
  EVENT_KINDS,
  eventState,
  eventToOpen,
  isBoardEnded,
  linkableKinds,
  type BoardEvent,
} from '../../../server/core/boards/events.ts';
import { isNew, seenVersion, waitingChanges, type Looked } from '../../../server/core/boards/looking.ts';
import { dayFault } from '../../../server/core/boards/undertakings.ts';

const AT = '2026-05-01T09:00:00.000Z';
const event = (kind: BoardEvent['kind'], endedAt: string | null = AT): BoardEvent => ({ kind, openedAt: AT, endedAt });

describe('the events of a board', () => {
  it('are opened one after the other, and none while another is open', () => {
    expect(eventToOpen([])).toBe('needs');
    expect(eventToOpen([event('needs', null)])).toBeUndefined();
    expect(eventToOpen([event('needs')])).toBe('obstacles');
    expect(eventToOpen([event('needs'), event('obstacles')])).toBe('ideas');
    expect(eventToOpen(EVENT_KINDS.map((kind) => event(kind)))).toBeUndefined();
  });

  it('have all ended before a board has', () => {
    expect(isBoardEnded([event('needs'), event('obstacles'), event('ideas', null)])).toBe(false);
    expect(isBoardEnded(EVENT_KINDS.map((kind) => event(kind)))).toBe(true);
    expect([eventState([], 'ideas'), eventState([event('ideas', null)], 'ideas')]).toEqual(['to-come', 'open']);
  });

  it('are linked to those before, the nearest first', () => {
    expect(EVENT_KINDS.map(linkableKinds)).toEqual([[], ['needs'], ['obstacles', 'needs']]);
  });
});

describe('lines from a room', () => {
  it('are a card each, without bullets, empty lines and repetitions', () => {
    expect(cardLines('- Warm  place\r\n\r\n• A bus\nWarm place\n')).toEqual(['Warm place', 'A bus']);
  });

  it.each([
    [[], { code: 'none' }],
    [Array.from({ length: MOST_LINES + 1 }, (_, number) => `${number}`), { code: 'too-many' }],
    [['fine', 'x'.repeat(LONGEST_CARD + 1)], { code: 'too-long', line: 2 }],
    [['😀'.repeat(LONGEST_CARD)], null],
  ])('are refused with the reason', (lines, fault) => {
    expect(linesFault(lines)).toEqual(fault);
  });

  it('come out the same when they are typed in again', () => {
    const word = fc.stringMatching(/^[a-z][a-z -]{0,20}$/);
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const lines = cardLines(words.join('\n'));
        expect(cardLines(lines.map((line) => `  * ${line} `).join('\r\n'))).toEqual(lines);
      }),
    );
  });
});

describe('what somebody sees of a board', () => {
  const people = fc.constantFrom('me', 'other', 'third');
  const pieces = fc.array(fc.array(people, { minLength: 1, maxLength: 6 }), { maxLength: 8 }).map((all) =>
    all.map((changes, index) => ({
      id: `${index}`,
      versions: changes.map((changedBy, place) => ({ version: place + 1, changedBy })),
    })),
  );
  const lookAt = (all: { id: string; versions: { version: number }[] }[], look: number): Looked => ({
    look,
    sights: new Map(all.map(({ id, versions }) => [id, { version: versions.length, look }])),
  });

  it('is everything right after they looked: nothing waits', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const looked = lookAt(all, 1);
        expect(waitingChanges(all, 'me', looked)).toBe(0);
        for (const piece of all) expect(seenVersion(piece, 'me', looked)).toBe(piece.versions.at(-1));
      }),
    );
  });

  it('does not move through what others do later, and what waits is counted once a piece', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(), { minLength: 1 }), (all, places) => {
        const looked = lookAt(all, 1);
        const changed = new Set(all.length > 0 ? places.map((place) => place % all.length) : []);
        const later = all.map((piece, index) =>
          changed.has(index)
            ? { ...piece, versions: [...piece.versions, { version: piece.versions.length + 1, changedBy: 'other' }] }
            : piece,
        );
        for (const [index, piece] of later.entries())
          expect(seenVersion(piece, 'me', looked)).toBe(all[index]!.versions.at(-1));
        expect(waitingChanges(later, 'me', looked)).toBe(changed.size);
      }),
    );
  });

  it('shows their own changes at once, and what others added only when they look', () => {
    const nothing: Looked = { look: 1, sights: new Map() };
    const own = { id: 'own', versions: [{ version: 1, changedBy: 'me' }] };
    const theirs = { id: 'theirs', versions: [{ version: 1, changedBy: 'other' }] };
    expect(seenVersion(own, 'me', nothing)).toBe(own.versions[0]);
    expect(seenVersion(theirs, 'me', nothing)).toBeUndefined();
    expect(waitingChanges([own, theirs], 'me', nothing)).toBe(1);
  });

  it('marks what is new since the look before, and nothing at the first look', () => {
    const card = { id: 'card', versions: [{ version: 1, changedBy: 'other' }] };
    expect(isNew(card, 'me', lookAt([card], 1))).toBe(false);
    expect(isNew(card, 'me', lookAt([card], 2))).toBe(true);
    expect(isNew(card, 'other', lookAt([card], 2))).toBe(false);
    expect(isNew(card, 'me', { ...lookAt([card], 2), look: 3 })).toBe(false);
  });
});

describe('the day until which something is promised', () => {
  it.each([
    ['2026-05-01', null],
    ['2027-01-31', null],
    ['2026-04-30', 'past'],
    ['2026-02-30', 'not-a-day'],
    ['2026-13-01', 'not-a-day'],
    ['soon', 'not-a-day'],
    ['', 'not-a-day'],
  ])('%s: %s', (typed, fault) => {
    expect(dayFault(typed, '2026-05-01')).toBe(fault);
  });
});
