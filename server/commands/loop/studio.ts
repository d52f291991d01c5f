import { contentHash, createSurveys } from '../../storage/surveys.ts';
import { createWaves } from '../../storage/waves.ts';
import type { Browser } from './browser.ts';
import type { MadeWave } from './fieldwork.ts';
import { linksOf, wordsOf } from './markup.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* A young person's question on its way into the next version, past its forum, an approver and an analyst. */

const SURVEY = 'primary';
const QUESTION = 'Do you feel safe on the way home from school?';
/** The first is the answer that the loop's finding is about. */
const OPTIONS = ['Yes, always', 'Most days', 'Some days', 'Never'];
/** The same in Arabic, in the order in which the form asks for it. */
const IN_ARABIC = [
  'هل هناك شعور بالأمان في طريق العودة من المدرسة؟',
  'نعم، دائمًا',
  'في معظم الأيام',
  'في بعض الأيام',
  'أبدًا',
];
const WHY = 'Because the council plans paths and crossings, and should know where we are afraid.';
const REASON = 'Plain words, not sensitive in itself, and it helps to plan safe ways home.';

/** A version as its page shows it. */
export interface SeenVersion {
  id: string;
  href: string;
  hash: string;
}

/** Opens the page of the newest version from the studio's own list. */
export async function seeNewest(forumMember: Browser, town: Town): Promise<SeenVersion> {
  const versions = createSurveys(town.services.database);
  const newest = the(await versions.newestOf(SURVEY), `a version of ${SURVEY}`);
  await forumMember.visit('/studio');
  await forumMember.follow(`/studio/versions/${newest.id}`);
  return seen(forumMember);
}

/** A question with four answers, from an idea on a board. @returns the address of the proposal */
export async function proposeQuestion(forumMember: Browser, idea: string): Promise<string> {
  await forumMember.visit(idea);
  await forumMember.follow(/^\/studio\/proposals\/new\?card=/);
  const empty = forumMember.form('/studio/proposals');
  empty.choose('survey', SURVEY).choose('language', 'en').choose('kind', 'one-choice');
  await forumMember.send(empty, { name: 'look', value: 'kind' });
  const form = forumMember.form('/studio/proposals');
  form.choose('domain', 'local-area');
  form
    .fill('question', QUESTION)
    .fill('option', ...OPTIONS)
    .fill('why', WHY);
  const { path } = await forumMember.send(form);
  demand(/^\/studio\/proposals\/[^/]+$/.test(path), 'to arrive at the page of the proposal', path);
  return path;
}

/** A youth worker records that the forum agreed, which whoever proposed it cannot. */
export async function agreeToQuestion(youthWorker: Browser, forumMember: Browser, proposal: string): Promise<void> {
  const { status } = await forumMember.meddle(`${proposal}/decisions`);
  demand(status === 403, 'a forum member who decides to be refused with status 403', status);
  await youthWorker.visit('/studio');
  await youthWorker.follow(proposal);
  const form = youthWorker.form(`${proposal}/decisions`);
  form.choose('outcome', 'agreed').choose('counted', 'in-the-room').fill('inFavour', '12').fill('against', '2');
  await youthWorker.send(form);
}

/** An approver checks the ethics; without a reason that is refused. */
export async function checkQuestion(approver: Browser, proposal: string): Promise<void> {
  await approver.visit('/studio');
  await approver.follow(proposal);
  const { status } = await approver.trySending(approver.form(`${proposal}/checks`));
  demand(status === 422, 'a check without a reason to be refused with status 422', status);
  const form = approver.form(`${proposal}/checks`);
  form.choose('outcome', 'approved').choose('legalBasis', 'public-task').choose('specialCondition', 'none');
  await approver.send(form.choose('sensitivity', 'low').fill('reason', REASON));
}

/** The analyst publishes the next version with the words in both languages. */
export async function publishVersion(analyst: Browser): Promise<SeenVersion> {
  await analyst.visit('/studio');
  await analyst.follow(`/studio/publications/new?survey=${SURVEY}`);
  const form = analyst.form('/studio/publications');
  const fields = form.typed().filter((name) => name.includes('.ar.'));
  demand(fields.length === IN_ARABIC.length, `${IN_ARABIC.length} fields for Arabic`, fields.join(', '));
  fields.forEach((name, index) => form.fill(name, IN_ARABIC[index] ?? ''));
  await analyst.send(form);
  return seen(analyst);
}

function seen({ page }: Browser): SeenVersion {
  const id = the(/^\/studio\/versions\/([^/]+)$/.exec(page.path)?.[1], `the page of a version, not ${page.path}`);
  const code = /<code class="hash"[^>]*>([^<]*)</.exec(page.body)?.[1];
  return { id, href: page.path, hash: wordsOf(the(code, `a content hash on ${page.path}`)) };
}

/**
 * Whether the next version is there: its number, its new question in both languages, and all old ones.
 * @returns the id of the new question
 */
export async function demandNewVersion(town: Town, before: SeenVersion, after: SeenVersion): Promise<string> {
  const surveys = createSurveys(town.services.database);
  const old = the(await surveys.find(before.id), 'the old version in the database');
  const now = the(await surveys.newestOf(SURVEY), 'a newest version in the database');
  demand(now.id === after.id, `the published version ${after.id} as the newest`, now.id);
  demand(now.number === old.number + 1, `version number ${old.number + 1}`, now.number);
  demand(now.contentHash === after.hash && after.hash !== before.hash, 'a content hash of its own', after.hash);
  const oldIds = old.definition.items.map(({ id }) => id);
  const [added, ...others] = now.definition.items.filter(({ id }) => !oldIds.includes(id));
  demand(added !== undefined && others.length === 0, 'exactly one new question', others.length + (added ? 1 : 0));
  demand(now.definition.items.length === oldIds.length + 1, 'every old question still there', 'some missing');
  const texts = await surveys.texts(now.id);
  for (const [language, words] of [
    ['en', QUESTION],
    ['ar', IN_ARABIC[0]],
  ] as const) {
    const found = texts.get(language)?.items[added.id]?.text;
    demand(found === words, `"${words}" in the new version's words (${language})`, `"${found}"`);
  }
  return added.id;
}

/** Whether the old version and its wave are as they were: page, hash over the stored content, wave's versions. */
export async function demandOldVersionUnchanged(
  analyst: Browser,
  town: Town,
  wave: MadeWave,
  asked: { before: SeenVersion; versionIds: readonly string[] },
): Promise<true> {
  const { before, versionIds } = asked;
  await analyst.visit(before.href);
  const { hash } = seen(analyst);
  demand(hash === before.hash, `the hash ${before.hash} on the old version's page`, hash);
  demand(!analyst.page.body.includes(QUESTION), 'the old version without the new question', 'it among them');
  const surveys = createSurveys(town.services.database);
  const version = the(await surveys.find(before.id), 'the old version in the database');
  const texts = [...(await surveys.texts(before.id)).values()];
  const stored = contentHash({ definition: version.definition, texts });
  demand(stored === before.hash, `the hash ${before.hash} over the stored content`, stored);
  const now = await versionsOfWave(town, wave);
  demand(now.join() === versionIds.join(), `the wave to ask ${versionIds.join(', ')} still`, now.join(', '));
  demand(now.includes(before.id), `the wave to ask the old version ${before.id}`, now.join(', '));
  const link = linksOf(analyst.page.body).some(
    ({ href }) => href !== before.href && href.startsWith('/studio/versions/'),
  );
  demand(link, 'a link from the old version to the new one', 'none');
  return true;
}

export async function versionsOfWave({ services }: Town, wave: MadeWave): Promise<string[]> {
  const found = the(await createWaves(services.database).find(wave.id), 'the wave in the database');
  return found.versionIds.toSorted();
}
