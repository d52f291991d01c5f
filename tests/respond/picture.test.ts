import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

let house: FieldworkHouse;
let codes: string[];

beforeAll(async () => {
  house = await openFieldwork();
  codes = await house.codes(await house.openWave(), 'burnside');
});
afterAll(() => house.close());

/** A pupil who chose the kite and has answered one question. */
async function begin(code = codes.pop()!): Promise<{ code: string; pupil: Pupil }> {
  const pupil = await new Pupil(house).post('/respond/sessions', { code });
  await pupil.assent();
  await pupil.choosePicture('kite');
  await pupil.answer();
  return { code, pupil };
}

const hide = (pupil: Pupil) => pupil.post('/respond/hiding', {});
const show = (pupil: Pupil, picture: string) => pupil.post('/respond/picture', { picture });

describe('the picture', () => {
  it('is chosen once, between the choice and the first question', async () => {
    const pupil = await new Pupil(house).post('/respond/sessions', { code: codes.pop()! });
    await pupil.assent();
    expect(pupil.url).toBe('/respond/picture-choice');
    expect(pupil.page.match(/name="picture"/g)).toHaveLength(13);
    expect((await pupil.post('/respond/picture-choice', {})).status).toBe(422);
    expect(pupil.page).toContain('Choose one picture');
    expect((await pupil.go('/respond/pages/1')).url).toBe('/respond/picture-choice');
    expect((await pupil.choosePicture('kite')).url).toBe('/respond/pages/1');
    // A form that comes again does not change it.
    await pupil.answer();
    await pupil.choosePicture('boat');
    await hide(pupil);
    expect((await show(pupil, 'boat')).status).toBe(422);
    expect((await show(pupil, 'kite')).url).toBe('/respond/pages/2');
  });

  it('shows the answers of an earlier session again, and nobody else sees them', async () => {
    const { code } = await begin();
    const finder = await new Pupil(house).post('/respond/sessions', { code });
    expect(finder.url).toBe('/respond/pages/2');
    expect((await finder.go('/respond/pages/1')).page).not.toContain(' checked');
    expect((await show(finder, 'boat')).status).toBe(422);
    expect((await finder.go('/respond/pages/1')).page).not.toContain(' checked');
    await show(finder, 'kite');
    expect((await finder.go('/respond/pages/1')).page).toContain(' checked');
  });

  it('opens nothing any more after three wrong ones, not even for the right one', async () => {
    const { code } = await begin();
    const guesser = await new Pupil(house).post('/respond/sessions', { code });
    for (const guess of ['boat', 'cat', 'tree']) expect((await show(guesser, guess)).status).toBe(422);
    expect((await show(guesser, 'kite')).url).toBe('/');
    const again = await new Pupil(house).post('/respond/sessions', { code });
    await show(again, 'kite');
    const last = await new Pupil(house).post('/respond/sessions', { code });
    expect((await last.go('/respond/pages/1')).page).not.toContain(' checked');
    // The survey itself goes on.
    expect((await last.go('/respond/next')).url).toBe('/respond/pages/2');
  });

  it('may be left out; then earlier answers stay unseen', async () => {
    const code = codes.pop()!;
    await (await new Pupil(house).start(code)).answer();
    const later = await new Pupil(house).post('/respond/sessions', { code });
    expect((await later.go('/respond/picture')).url).toBe('/');
  });

  it.each(['elephant', 'none'])('"%s" opens nothing', async (picture) => {
    const { pupil } = await begin();
    await hide(pupil);
    expect((await show(pupil, picture)).status).toBe(400);
  });
});

describe('“Hide this”', () => {
  it('hides every page until the picture is chosen, and then goes on where the pupil was', async () => {
    const { pupil } = await begin();
    expect(pupil.page).toContain('Hide this');
    expect(pupil.page).not.toContain('Leave quickly');
    await hide(pupil);
    for (const url of [
      '/respond/next',
      '/respond/pages/1',
      '/respond/pages/2',
      '/respond/check',
      '/respond/stop',
      '/respond/assent',
      '/respond/reading',
      '/respond/ways',
    ])
      expect((await pupil.go(url)).url, url).toBe('/respond/picture');
    expect(pupil.page).not.toMatch(/progress|name="answer"/);
    expect((await show(pupil, 'kite')).url).toBe('/respond/pages/2');
  });

  it('takes no answer while it hides', async () => {
    const { pupil } = await begin();
    const version = pupil.hidden('version');
    await hide(pupil);
    await pupil.post('/respond/pages/2', { version, move: 'skip' });
    expect(pupil.url).toBe('/respond/picture');
    await show(pupil, 'kite');
    expect(pupil.url).toBe('/respond/pages/2');
  });

  it('asks for the code again where no picture was chosen', async () => {
    const code = codes.pop()!;
    const pupil = await new Pupil(house).start(code);
    expect((await hide(pupil)).url).toBe('/');
    expect((await pupil.go('/respond/next')).status).toBe(403);
    expect((await pupil.post('/respond/sessions', { code })).url).toBe('/respond/pages/1');
  });

  it('opens by the code too, for those who forgot their picture; earlier answers stay unseen', async () => {
    const { code, pupil } = await begin();
    await hide(pupil);
    const other = await new Pupil(house).post('/respond/sessions', { code });
    expect(other.url).toBe('/respond/pages/2');
    expect((await other.go('/respond/pages/1')).page).not.toContain(' checked');
  });

  it('lets nobody end, agree or ask for a ticket meanwhile', async () => {
    const { pupil } = await begin();
    await pupil.go('/respond/stop');
    const attempt = pupil.hidden('attempt');
    await hide(pupil);
    for (const [url, fields] of [
      ['/respond/assent', { attempt, decision: 'yes' }],
      ['/respond/assent', { attempt, decision: 'no' }],
      ['/respond/sending', { attempt }],
      ['/respond/stopping', { attempt, choice: 'throw-away' }],
    ] as const)
      expect((await pupil.post(url, fields)).url, url).toBe('/respond/picture');
    expect((await pupil.post('/respond/tickets', {})).status).toBeGreaterThanOrEqual(400);
    await show(pupil, 'kite');
    expect(pupil.url).toBe('/respond/pages/2');
  });

  it('counts tries that come at once one by one', async () => {
    const { pupil } = await begin();
    await hide(pupil);
    const wrong = ['boat', 'cat', 'tree', 'umbrella', 'bicycle', 'apple', 'star', 'fish', 'guitar', 'hat'];
    await Promise.all(wrong.map((picture) => show(pupil.copy(), picture)));
    expect((await show(pupil, 'kite')).url).not.toBe('/respond/pages/2');
  });
});

describe('whoever finds the slip', () => {
  it('learns no answer from the pages that it led to', async () => {
    const code = codes.pop()!;
    const pupil = await new Pupil(house).post('/respond/sessions', { code });
    await pupil.assent();
    await pupil.choosePicture('kite');
    // No club: the next page asks what makes it hard.
    while (!pupil.page.includes('value="every-week"')) await pupil.answer();
    await pupil.answer('no');
    const led = /<h1>([^<]*)</.exec(pupil.page)![1]!;
    const finder = await new Pupil(house).post('/respond/sessions', { code });
    expect(finder.page).not.toContain(led);
    await finder.answerAll();
    expect(finder.url).toBe('/respond/check');
    expect(finder.page).not.toContain(led);
    await show(finder, 'kite');
    expect(finder.page).toContain(led);
  });
});

describe('a device of one’s own', () => {
  it('is one that came by the link, which spends nothing by being followed', async () => {
    const code = codes.pop()!;
    const pupil = await new Pupil(house).go(`/respond/codes/${code}`);
    expect(pupil.page).toContain(`value="${code}"`);
    await pupil.post('/respond/sessions', { code, device: pupil.hidden('device') });
    await pupil.assent();
    await pupil.choosePicture('none');
    expect(pupil.page).toContain('Leave quickly');
    expect(pupil.page).not.toContain('Hide this');
  });
});
