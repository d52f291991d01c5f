import { describe, expect, it } from 'vitest';
import { decide, get, house, propose, QUESTION, useStudio } from '../../studio/studio-house.ts';
import { makeEntry, plain } from './visits.ts';

const RECORD = '/replies/engagement';
useStudio();

describe('a forum’s decision', () => {
  it('may begin an entry, for the youth worker who recorded it', async () => {
    expect((await decide(await propose())).statusCode).toBe(303);
    const list = plain((await get('youth-worker', RECORD)).body);
    expect(list).toContain(`The forum decided about a question: ${QUESTION}`);
    const from = /\?from=(decision[^"]+)"/.exec(list)![1]!;
    const form = plain((await get('youth-worker', `${RECORD}/entries/new?from=${from}`)).body);
    // Six for it and one against: who thought what stays in the studio.
    for (const words of ['value="2026-05-01"', `Whether to ask: ${QUESTION}`, 'name="group-0-people" type="text" value="7"', 'The forum agreed to the question.']) expect(form).toContain(words); // prettier-ignore
    const planners = (await get('planner', RECORD)).body;
    expect(planners).not.toContain(QUESTION);
    expect((await get('planner', `${RECORD}/entries/new?from=${from}`)).statusCode).toBe(404);
    await makeEntry(house, await house.as('youth-worker'), { begunFrom: decodeURIComponent(from) });
    expect((await get('youth-worker', RECORD)).body).not.toContain('The forum decided about a question');
  });
});
