import { createReleases, sha256 } from '../../server/storage/releases.ts';
import { sealTextRelease } from '../../server/core/texts/text-release.ts';
import { createTextReleases } from '../../server/storage/text-releases.ts';
import { createWaveLinks } from '../../server/storage/wave-links.ts';
import { Pupil, type FieldworkHouse } from './fieldwork.ts';
import { OF_WHOEVER_COMES, reviewAgain, settleWave } from './settled-wave.ts';

/* Waves beside the usual one: parents who come by a link, and a wave whose readers read what is written. */

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
  });
  const wave = String(made.headers.location);
  await settleWave(house, wave, OF_WHOEVER_COMES);
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
  await reviewAgain(house, wave);
  await house.post('administrator', `${wave}/opening`, {});
  const [code] = await house.codes(wave, 'burnside');
  const pupil = await new Pupil(house).start(code!);
  for (let page = 0; page < 100 && !/<input type="text" name="answer"/.test(pupil.page); page += 1)
    await pupil.answer();
  await pupil.answer(words);
  const room = await house.app.inject({ url: '/respond/texts', headers: await house.as('text-reader') });
  const path = /href="(\/respond\/texts\/[^"/]+)"/.exec(room.body)?.[1];
  if (!path) throw new Error('Nothing is in the room of the readers: expected what the pupil wrote.');
  return path;
}

/** Lets a text be sorted: it counts as sent, is read, and its question gets a theme. @returns the path of its wave's desk */
export async function readyToSort(house: FieldworkHouse, textPath: string): Promise<string> {
  const { query } = house.services.database;
  const id = textPath.split('/').at(-1)!;
  const text = await query.selectFrom('written_texts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  await query.insertInto('sent_texts').values({ text_id: id, band_id: 'p5-p7' }).execute();
  await house.post('text-reader', `${textPath}/reading`, { outcome: 'no-concern' });
  const desk = `/respond/texts/waves/${text.wave_id}`;
  const theme = { question: text.question_id, 'title-en': 'Quiet places', 'title-ar': 'أماكن هادئة' };
  await house.post('text-reader', `${desk}/themes`, theme);
  return desk;
}

/** A text release of a release, with nothing in it. @returns its id */
export async function addTextRelease({ services, accounts }: FieldworkHouse, releaseId: string): Promise<string> {
  const { database, clock } = services;
  const releases = createReleases(database);
  const [entry, release] = [await releases.entry(releaseId), await releases.open(releaseId)];
  if (!entry || !release) throw new Error(`There is no release ${releaseId}: expected one that was made before.`);
  const sealed = sealTextRelease({ format: 1, release: release.sha256, questions: [] }, sha256);
  const of = { waveId: entry.waveId, releaseId };
  const added = await createTextReleases(database).add(of, sealed, accounts.analyst, clock());
  if (added === 'done-already') throw new Error(`The wave of release ${releaseId} has a text release already.`);
  return added.id;
}
