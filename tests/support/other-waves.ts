import { createWaveLinks } from '../../server/storage/wave-links.ts';
import { Pupil, type FieldworkHouse } from './fieldwork.ts';

/* Waves beside the usual one: parents who come by a link, and a wave whose readers read what is written. */

const TIMES = { startsOn: '2026-05-01', endsOn: '2026-06-30' };

export interface ParentsWave {
  wave: string;
  /** Where the link leads. */
  linkPath: string;
  letterPath: string;
}

/** Opens a wave of parents with one link. */
export async function openParents(house: FieldworkHouse): Promise<ParentsWave> {
  const made = await house.post('administrator', '/fieldwork/waves', {
    name: 'Parents 2026',
    family: 'parents',
    ...TIMES,
  });
  const wave = String(made.headers.location);
  await house.post('administrator', `${wave}/opening`, {});
  await house.post('administrator', `${wave}/links`, { locality: '' });
  const [link] = await createWaveLinks(house.services.database).ofWave(wave.split('/').at(-1)!);
  if (!link) throw new Error('The wave of parents has no link: expected one. Look at /fieldwork/waves/:wave/links.');
  return {
    wave,
    linkPath: `/respond/links/${link.token}`,
    letterPath: `${wave}/links/${link.token}/letter`,
  };
}

/** Opens a wave that names the text reader, in which one pupil writes. @returns the path of what was written */
export async function openWithText(house: FieldworkHouse, words: string): Promise<string> {
  const wave = await house.makeWave();
  await house.post('administrator', `${wave}/readers`, { readers: house.accounts['text-reader'] });
  await house.post('administrator', `${wave}/opening`, {});
  const [code] = await house.codes(wave, 'burnside');
  const pupil = await new Pupil(house).start(code!);
  for (let page = 0; page < 100 && !/<input type="text" name="answer"/.test(pupil.page); page += 1)
    await pupil.answer();
  await pupil.answer(words);
  const room = await house.app.inject({ url: '/respond/texts', headers: await house.as('text-reader') });
  const path = /href="(\/respond\/texts\/[^"]+)"/.exec(room.body)?.[1];
  if (!path) throw new Error('Nothing is in the room of the readers: expected what the pupil wrote.');
  return path;
}
