import { createWaveReplies } from '../../server/storage/wave-replies.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { addPlanner } from '../support/area-house.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hrefsIn, IDEA, ITEM, linksIn, openTrailHouse, QUESTION, type TrailHouse } from '../support/trail-house.ts';
import { publishReply, writeReply } from './chain.ts';
import { cellOf } from './released.ts';

/* How a finding, its action and its reply came about: the seven stations, each for those who may open it. */

let trail: TrailHouse;
let finding: string;
let desk: string;
let page: string;
let result: string;
let asked: string;
beforeAll(async () => {
  trail = await openTrailHouse();
  const planner = await trail.house.as('planner');
  const cell = cellOf(trail.releaseId, { item: ITEM, option: 'yes' });
  const made = await publishReply(trail.house, planner, cell);
  finding = made.finding;
  desk = `/replies/replies/${made.replyId}`;
  page = `/replies/strathlorn/${made.replyId}`;
  result = `/results/${trail.releaseId}/items/${ITEM}?band=p5-p7&place=cluster%3Anor`;
  asked = `/studio/versions/${trail.version.id}#asked-${ITEM}`;
});
afterAll(() => trail.house.close());

/** The stations as a page shows them: name, words, address. */
function stationsOn(body: string) {
  const list = body.slice(body.indexOf('<ol class="trail">')).split('</ol>')[0]!;
  return [...list.matchAll(/<li([^>]*)><strong>([^<]*)<\/strong>([\s\S]*?)<\/li>/g)].map(
    ([, mark = '', name, said = '']) => ({
      name,
      words: said.replace(/<[^>]*>/g, '').trim(),
      href: linksIn(said)[0]?.href ?? '',
      isHere: mark.includes('aria-current'),
    }),
  );
}
const ways = (body: string) => stationsOn(body).map(({ href }) => href);
const NAMES = ['Idea', 'Question', 'Result', 'Finding', 'Action', 'Reply', 'Children’s answer'];

describe('the trail of a finding', () => {
  it('leads planners back to the question and result, and on to the action and reply', async () => {
    const { body } = await trail.get('planner', finding);
    const stations = stationsOn(body);
    expect(stations.map(({ name }) => name)).toEqual(NAMES);
    expect(stations[0]).toMatchObject({ words: 'It came from an idea of a youth forum', href: '' });
    const [, question, figure, itself, action, reply] = ways(body);
    expect([question, figure, itself, reply]).toEqual([asked, result, '', desk]);
    expect(action).toMatch(/^#action-/);
    expect(body).toContain(`id="${action!.slice(1)}"`);
    expect(stations.filter(({ isHere }) => isHere).map(({ name }) => name)).toEqual(['Finding']);
    expect(stations[6]).toMatchObject({ words: 'Children have not been asked about the reply yet', href: '' });
  });

  it('has words where nothing is there yet', async () => {
    const planner = await trail.house.as('planner');
    const cell = { ...cellOf(trail.releaseId), whyItMatters: 'Too few.' };
    const { location } = await trail.post('planner', '/replies/findings', cell);
    const fresh = await trail.get('planner', location);
    expect(stationsOn(fresh.body).map(({ words }) => words)).toEqual([
      'No idea of a youth forum is known for it',
      'Asked in Spring 2026',
      'Answered and released',
      'People who plan services found that it matters',
      'No action yet',
      'No reply yet',
      'Children have not been asked about the reply yet',
    ]);
    const written = await writeReply(trail.house, planner, cellOf(trail.releaseId));
    const waiting = stationsOn((await trail.get('planner', written.finding)).body)[5];
    expect(waiting).toMatchObject({
      words: 'Reply written, not published',
      href: `/replies/replies/${written.replyId}`,
    });
  });

  it('is reached from the result, and leads to the same figure there', async () => {
    const item = await trail.get('planner', result);
    expect(item.statusCode).toBe(200);
    expect(hrefsIn(item.body)).toContain(finding);
    expect((await trail.get('analyst', result)).body).not.toContain(finding);
  });

  it('is in Arabic, right to left', async () => {
    const { body } = await trail.get('planner', finding, 'ar');
    expect(stationsOn(body).map(({ name }) => name)).toEqual([
      ...['الفكرة', 'السؤال', 'النتيجة', 'الاستنتاج', 'الإجراء', 'الرد', 'جواب الأطفال'],
    ]);
  });
});

const NOW = '2026-05-01T09:00:00.000Z';

describe('the trail of a reply', () => {
  it('leads planners from its desk to everything before, and from its public page to its desk', async () => {
    const onDesk = await trail.get('planner', desk);
    const [idea, question, figure, found, action, itself] = ways(onDesk.body);
    expect([idea, question, figure, found, itself]).toEqual(['', asked, result, finding, '']);
    expect(action).toMatch(new RegExp(`^${finding}#action-`));
    expect(hrefsIn(onDesk.body)).toContain(page);
    const onPage = await trail.get('planner', page);
    expect(ways(onPage.body).slice(1, 6)).toEqual([asked, result, finding, action, desk]);
  });

  it('shows everybody what is public, and that an idea of a forum stood behind it', async () => {
    const { body } = await trail.house.app.inject({ url: page });
    const stations = stationsOn(body);
    expect(stations.map(({ name }) => name)).toEqual(NAMES);
    expect(stations.map(({ href }) => href)).toEqual(['', '#asked-title', '#said-title', '', '', '', '']);
    for (const anchor of ['asked-title', 'said-title']) expect(body).toContain(`id="${anchor}"`);
    expect(stations[0]!.words).toBe('It came from an idea of a youth forum');
    expect(body).toContain(QUESTION);
    for (const secret of [IDEA, 'Quiet Otter', '/studio/', '/results/', '/replies/findings/', 'Thursday forum'])
      expect(body).not.toContain(secret);
  });

  it('leads each of the others to what they may open, and that opens', async () => {
    for (const [role, expected] of [
      ['analyst', [trail.proposal, asked, result, '', '', '', '']],
      ['youth-worker', [trail.proposal, asked, '#said-title', '', '', '', '']],
      ['auditor', ['', asked, '#said-title', '', '', '', '']],
    ] as const) {
      const { body } = await trail.get(role, page);
      expect(ways(body), role).toEqual(expected);
      for (const href of ways(body).filter((way) => way.startsWith('/')))
        expect((await trail.get(role, href.split('#')[0]!)).statusCode, `${role} ${href}`).toBe(200);
    }
    const member = await trail.author.get(page);
    expect(ways(member.body)[0]).toBe(trail.proposal);
    expect((await trail.author.get(trail.proposal)).statusCode).toBe(200);
  });

  it('leaves a planner who is bound to another place with what is public', async () => {
    await trail.house.services.database.query
      .insertInto('clusters')
      .values([
        { id: 'id-nor', authority_id: trail.house.authorityId, code: 'nor', name: 'Northmuir' },
        { id: 'id-eas', authority_id: trail.house.authorityId, code: 'eas', name: 'Eastwell' },
      ])
      .execute();
    const at = async (area: string, url: string) => {
      const { headers } = await planners[area]!;
      return trail.house.app.inject({ url, headers });
    };
    const planners: Record<string, ReturnType<typeof addPlanner>> = {
      inside: addPlanner(trail.house, ['cluster:nor'], ['planner']),
      outside: addPlanner(trail.house, ['cluster:eas'], ['planner']),
    };
    expect(ways((await at('outside', page)).body)).toEqual(['', asked, '#said-title', '', '', '', '']);
    const inside = ways((await at('inside', page)).body);
    expect(inside.slice(1, 4)).toEqual([asked, result, finding]);
    for (const href of inside.filter((way) => way.startsWith('/')))
      expect((await at('inside', href.split('#')[0]!)).statusCode, href).toBe(200);
    expect((await at('outside', finding)).statusCode).toBe(404);
  });

  it('ends with what children answer, once they are asked', async () => {
    const { database } = trail.house.services;
    const last = async () => stationsOn((await trail.house.app.inject({ url: page })).body)[6]!;
    const waves = createWaves(database);
    const wave = { authorityId: trail.house.authorityId, name: 'What do you think?', family: 'feedback-check' };
    const dates = { startsOn: '2026-05-04', endsOn: '2026-05-08' };
    const waveId = await waves.make({ ...wave, ...dates, bands: [], versionIds: [], schools: [] }, null, NOW);
    await createWaveReplies(database).choose(waveId, page.split('/').at(-1)!, null, NOW);
    expect(await last()).toMatchObject({ words: 'Children have not been asked about the reply yet', href: '' });
    await waves.open(waveId, null, NOW);
    expect(await last()).toMatchObject({
      words: 'Children are asked about the reply; nothing is released yet',
      href: '#answered-back',
    });
    const body = (await trail.house.app.inject({ url: page })).body;
    expect(body).toContain('id="answered-back"');
    expect(ways((await trail.get('planner', finding)).body)[6]).toBe(`${desk}#answered-back`);
    expect((await trail.get('planner', desk)).body).toContain('id="answered-back"');
  });
});
