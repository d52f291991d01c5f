import { EVENT_KINDS } from '../../server/core/boards/events.ts';
import { openForum } from './forum.ts';
import { form, type House } from './house.ts';
import type { Visit } from './visit.ts';

/** The pages of a board that has ended, with an idea that was signed; and of one that has just begun. */
export async function boardVisits(house: House): Promise<Visit[]> {
  const forum = await openForum(house, 'Monday forum');
  const member = await forum.join('Paper Boat');
  const { cookie } = member;
  const begin = async (title: string) => {
    const made = await forum.worker.post('/studio/boards', { forum: forum.id, title, about: 'What is there to do?' });
    return String(made.headers.location);
  };
  const board = await begin('After school');
  let linked = '';
  for (const kind of EVENT_KINDS) {
    await forum.worker.post(`${board}/openings`, { kind });
    await member.post(`${board}/events/${kind}/headings`, { words: 'Places' });
    const said = await member.post(`${board}/events/${kind}/cards`, { words: `Open the hall: ${kind}`, linked });
    linked = String(said.headers.location).split('#said-')[1]!;
    await forum.worker.post(`${board}/endings`, { kind });
  }
  await member.post(`/studio/contributions/${linked}/consent`, { agrees: 'yes' });
  const signing = { as: 'Head of halls', words: 'We open it.', due: '2999-01-01' };
  const { payload, headers } = form(signing);
  const url = `${board}/cards/${linked}/undertakings`;
  await house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...(await house.as('planner')) } });
  const begun = await begin('At lunch');
  await forum.worker.post(`${begun}/openings`, { kind: 'needs' });
  const event = '/studio/boards/:board/events/:kind';
  const card = { route: '/studio/boards/:board/cards/:card', url: `${board}/cards/${linked}` };
  return [
    { route: '/studio/boards', url: '/studio/boards', cookie },
    { route: '/studio/boards', url: '/studio/boards', role: 'youth-worker' },
    { route: '/studio/boards', url: '/studio/boards', role: 'planner' },
    { route: '/studio/boards/:board', url: board, cookie },
    { route: '/studio/boards/:board', url: begun, role: 'youth-worker' },
    { route: '/studio/boards/:board/plan', url: `${board}/plan`, role: 'youth-worker' },
    { route: event, url: `${board}/events/ideas`, cookie },
    { route: event, url: `${begun}/events/needs`, cookie },
    { route: event, url: `${begun}/events/needs`, role: 'youth-worker' },
    { ...card, cookie },
    { ...card, role: 'youth-worker' },
    { route: '/studio/proposals/new', url: `/studio/proposals/new?card=${linked}`, cookie },
    { route: '/studio/boards/:board/undertakings', url: `${board}/undertakings`, role: 'approver' },
  ];
}
