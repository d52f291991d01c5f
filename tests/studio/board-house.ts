import { openForum, type TestForum } from '../support/forum.ts';
import type { Somebody } from '../support/somebody.ts';
import { house } from './studio-house.ts';

/** A board that has just begun, and two members of its forum. */
export interface TestBoard {
  forum: TestForum;
  /** Its address. */
  board: string;
  author: Somebody;
  other: Somebody;
}

export async function beginBoard(): Promise<TestBoard> {
  const forum = await openForum(house);
  const author = await forum.join('Quiet Otter');
  const other = await forum.join('Paper Kite', 'boat');
  const fields = { forum: forum.id, title: 'After school', about: 'What is there to do?' };
  const board = String((await forum.worker.post('/studio/boards', fields)).headers.location);
  return { forum, board, author, other };
}
