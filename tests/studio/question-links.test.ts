import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForum } from '../support/forum.ts';
import { hrefsIn, IDEA, ITEM, linksIn, openTrailHouse, type TrailHouse } from '../support/trail-house.ts';

/* The neighbours of a question in the chain: the idea that it came from, and what was answered. */

let trail: TrailHouse;
let asked: string;
beforeAll(async () => {
  trail = await openTrailHouse();
  asked = `/studio/versions/${trail.version.id}#asked-${ITEM}`;
});
afterAll(() => trail.house.close());

/** The part of a version's page about the question. */
const questionOn = (body: string, item = ITEM) =>
  body.slice(body.indexOf(`id="asked-${item}"`)).split('<li class="card"')[0]!;
const versionFor = async (role: Parameters<TrailHouse['get']>[0], language: 'en' | 'ar' = 'en') =>
  questionOn((await trail.get(role, `/studio/versions/${trail.version.id}`, language)).body);

describe('an idea and the question that it became', () => {
  it('lead to each other, for those who are in the forum', async () => {
    const onVersion = questionOn((await trail.author.get(`/studio/versions/${trail.version.id}`)).body);
    expect(onVersion).toContain('It came from an idea of a youth forum.');
    expect(hrefsIn(onVersion)).toEqual(expect.arrayContaining([trail.card, trail.proposal]));
    expect(onVersion).toContain(IDEA);
    const onCard = (await trail.author.get(trail.card)).body;
    expect(hrefsIn(onCard)).toEqual(expect.arrayContaining([trail.proposal, asked]));
    const onBoard = (await trail.author.get(`${trail.card.split('/cards/')[0]}/events/ideas`)).body;
    expect(hrefsIn(onBoard)).toContain(asked);
  });

  it('have the proposal between them, which says where it is asked', async () => {
    for (const role of ['analyst', 'approver', 'youth-worker'] as const) {
      expect(hrefsIn(await versionFor(role))).toContain(trail.proposal);
      const { body } = await trail.get(role, trail.proposal);
      const place = trail.version.definition.items.findIndex(({ id }) => id === ITEM) + 1;
      expect(linksIn(body)).toContainEqual({ href: asked, words: `It is number ${place} in version 2` });
    }
    expect(hrefsIn((await trail.author.get(trail.proposal)).body)).toContain(trail.card);
  });

  it('leave the words of the forum in the forum', async () => {
    const stranger = await (await openForum(trail.house, 'Monday forum')).join('Far Away');
    const page = `/studio/versions/${trail.version.id}`;
    const bodies = [
      questionOn((await stranger.get(page)).body),
      ...(await Promise.all((['planner', 'analyst', 'approver', 'auditor'] as const).map((role) => versionFor(role)))),
    ];
    for (const body of bodies) {
      expect(body).toContain('It came from an idea of a youth forum.');
      expect(body).not.toContain('/studio/boards/');
      expect(body).not.toContain(IDEA);
    }
    for (const role of ['planner', 'auditor', 'administrator'] as const)
      expect(await versionFor(role)).not.toContain('/studio/proposals/');
  });

  it('say so in Arabic', async () => {
    expect(await versionFor('planner', 'ar')).toContain('جاء من فكرة طُرحت في منتدى للشباب.');
  });

  it('are not said of questions that nobody proposed, nor of the version before', async () => {
    for (const { id } of [trail.version, trail.before]) {
      const { body } = await trail.get('analyst', `/studio/versions/${id}`);
      const others = body.split('<li class="card"').filter((card) => !card.includes(`id="asked-${ITEM}"`));
      for (const card of others) expect(card).not.toContain('It came from');
    }
  });
});

describe('a question and its results', () => {
  const result = (item: string) => `/results/${trail.releaseId}/items/${item}`;

  it('lead to each other, for whoever reads results', async () => {
    for (const role of ['planner', 'analyst', 'approver'] as const) {
      expect(linksIn(await versionFor(role))).toContainEqual({ href: result(ITEM), words: 'Spring 2026' });
      const page = await trail.get(role, result(ITEM));
      expect(page.statusCode).toBe(200);
      expect(hrefsIn(page.body)).toContain(asked);
    }
    for (const role of ['forum-member', 'youth-worker', 'auditor', 'administrator', 'text-reader'] as const)
      expect(await versionFor(role)).not.toContain('/results/');
  });

  it('are named by their rows and indicators where there are several, and all open', async () => {
    const { body } = await trail.get('planner', `/studio/versions/${trail.version.id}`);
    const safe = linksIn(questionOn(body, 'feel-safe'));
    expect(safe.map(({ href }) => href)).toEqual(expect.arrayContaining([result('feel-safe'), result('feels-safe')]));
    const indicator = safe.find(({ href }) => href === result('feels-safe'))!;
    expect(indicator.words.replace(/[\u2068\u2069]/g, '')).toMatch(/^Spring 2026: [A-Z]/);
    const all = new Set(hrefsIn(body).filter((href) => href.startsWith(result(''))));
    expect(all.size).toBeGreaterThan(5);
    for (const href of all) expect((await trail.get('planner', href)).statusCode, href).toBe(200);
  });

  it('of an indicator lead to the question that it is worked out from', async () => {
    const { body } = await trail.get('planner', result('feels-safe'));
    expect(hrefsIn(body)).toContain(`/studio/versions/${trail.version.id}#asked-feel-safe`);
  });

  it('are none of a version that no released wave asked', async () => {
    const { body } = await trail.get('planner', `/studio/versions/${trail.before.id}`);
    expect(body).not.toContain(`/results/${trail.releaseId}`);
  });
});
