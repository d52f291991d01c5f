import { Worker } from 'node:worker_threads';
import { seededRandom } from '../../core/seeded-random.ts';
import { createFieldworkCounters } from '../../storage/fieldwork-counters.ts';
import { createWaves } from '../../storage/waves.ts';
import { loadLanguages } from '../../web/language.ts';
import type { Browser } from './browser.ts';
import { countStoredResponses } from './stored-responses.ts';
import { attribute, decode, formsOf } from './markup.ts';
import type { Fieldwork, Slip, Tally } from './pupils.ts';
import type { Town } from './town.ts';
import { demand, the, Trouble } from './trouble.ts';

/* The administrator's part, and the pupils'. */

/** Of the secondary schools, how many do not agree to be shown. */
const NOT_AGREED = 2;
const BANDS = ['p5-p7', 's1-s2', 's3-s4'];

export interface MadeWave {
  id: string;
  href: string;
  /** Codes of secondary schools that did not agree to be shown. */
  notAgreed: string[];
}

/** Makes a wave of all schools and settles it step by step; some secondary schools agree to be shown and some do not. */
export async function makeWave(administrator: Browser, town: Town, seed: string, name: string): Promise<MadeWave> {
  await administrator.visit('/fieldwork');
  await administrator.follow('/fieldwork/waves/new');
  const wave = await beginWave(administrator, name, 'pupils');
  await demandRefusal(administrator, wave.href);
  const notAgreed = await chooseSchools(administrator, town, wave.href, seed);
  await settleSteps(administrator, wave.href, { ...stagesOf(BANDS), ...stepsOf(town) });
  return { ...wave, notAgreed };
}

/**
 * Makes a wave that asks about a reply, of the schools and stages that stand ticked because the reply is about them.
 * @returns it with the number of its schools
 */
export async function makeWaveAbout(
  administrator: Browser,
  town: Town,
  replyId: string,
): Promise<MadeWave & { schools: number }> {
  await administrator.visit(`/fieldwork/waves/new?reply=${replyId}`);
  const wave = await beginWave(administrator, 'What children think of the reply', 'feedback-check');
  const { body } = await administrator.visit(wave.href);
  demand(/data-step="reply" data-done="yes"/.test(body), 'the reply to be chosen already', 'it is missing');
  const schools = await primariesTicked(administrator, town, wave.href);
  await settleSteps(administrator, wave.href, { stages: {}, schools: { choices: { schools } }, ...stepsOf(town) });
  return { ...wave, notAgreed: [], schools: schools.length };
}

/** Of the schools that stand ticked on the page, the primaries: the secondary school of a place has no pupils in P5–P7. */
async function primariesTicked(administrator: Browser, { authority }: Town, wave: string): Promise<string[]> {
  const { body } = await administrator.visit(`${wave}/setup/schools`);
  const ticked = new URLSearchParams(administrator.form(`${wave}/setup/schools`).press()).getAll('schools');
  const ids = schoolIds(body);
  const primaries = authority.schools.filter(({ sector }) => sector === 'primary').map(({ name }) => ids.get(name));
  const schools = ticked.filter((id) => primaries.includes(id));
  demand(schools.length > 0, 'primary schools of the place of the reply to stand ticked', ticked.length);
  return schools;
}

/** Sends the form of a new wave, which is on the page in hand. */
async function beginWave(administrator: Browser, name: string, family: string): Promise<{ id: string; href: string }> {
  const { path } = await administrator.send(
    administrator.form('/fieldwork/waves').fill('name', name).choose('family', family),
  );
  const href = path.split(/[?#]/)[0] ?? path;
  const id = the(/^\/fieldwork\/waves\/([^/?]+)$/.exec(href)?.[1], `the page of the new wave, not ${path}`);
  administrator.demandMark('data-state', 'made');
  return { id, href };
}

/** Nothing is settled yet, so somebody who meddles opens nothing. */
async function demandRefusal(administrator: Browser, wave: string): Promise<void> {
  const refused = await administrator.meddle(`${wave}/opening`);
  demand(refused.status === 422, 'opening a wave that is not settled to be refused with status 422', refused.status);
}

/** Asks all schools. @returns codes of the secondary schools that did not agree to be shown */
async function chooseSchools(administrator: Browser, town: Town, wave: string, seed: string): Promise<string[]> {
  await administrator.visit(`${wave}/setup/schools`);
  const ids = schoolIds(administrator.page.body);
  const { schools } = town.authority;
  demand(ids.size === schools.length, `${schools.length} schools to choose from`, ids.size);
  const secondaries = seededRandom(`${seed}/agreement`).shuffled(
    schools.filter(({ sector }) => sector === 'secondary'),
  );
  const [notAgreed, agreed] = [secondaries.slice(0, NOT_AGREED), secondaries.slice(NOT_AGREED)];
  const idOf = ({ name }: { name: string }) => the(ids.get(name), `the school ${name} on the page`);
  const form = administrator
    .form(`${wave}/setup/schools`)
    .choose('schools', ...schools.map(idOf))
    .choose('agreed', ...agreed.map(idOf));
  await administrator.send(form);
  return notAgreed.map(({ code }) => code);
}

/** What a step is filled with: text by field, and what is chosen. */
interface FilledStep {
  texts?: Record<string, string>;
  choices?: Record<string, readonly string[]>;
}

const stagesOf = (bands: readonly string[]): Record<string, FilledStep> => ({ stages: { choices: { bands } } });

/** The steps after schools and stages in the order of the list; the wave of a loop says of itself that nobody has assessed it. */
function stepsOf(town: Town): Record<string, FilledStep> {
  const today = dayFrom(town, 0);
  const nobody = 'Nobody: this is a run of the loop';
  return {
    dates: { texts: { startsOn: today, endsOn: dayFrom(town, 42) } },
    languages: { choices: { languages: ['ar'] } },
    help: { texts: { checkedBy: nobody, checkedOn: today } },
    'opting-out': { texts: { optOutsUntil: dayFrom(town, -1) }, choices: { disagreement: ['talk-first'] } },
    target: { texts: { percent: '80' } },
    assessment: { texts: { reviewedBy: nobody, reviewedOn: today } },
    conditions: {
      choices: {
        article6: ['public-task'],
        article9: ['substantial-public-interest'],
        schedule1: ['paragraph-6'],
      },
    },
    controller: { texts: { controller: nobody, processor: nobody } },
    rights: { texts: { equalityOn: today, childrensRightsOn: today } },
    retention: { texts: { retainedUntil: dayFrom(town, 365) } },
    complaints: { texts: { complaintsRoute: 'Nobody to complain to: this is a run of the loop.' } },
    rehearsal: { texts: { leftOutReason: 'A run of the loop is a rehearsal of everything.' } },
  };
}

/** Fills each step on its page, and sees it done on the list. */
async function settleSteps(administrator: Browser, wave: string, steps: Record<string, FilledStep>): Promise<void> {
  for (const [step, { texts = {}, choices = {} }] of Object.entries(steps)) {
    await administrator.visit(`${wave}/setup/${step}`);
    const form = administrator.form(`${wave}/setup/${step}`);
    for (const [field, text] of Object.entries(texts)) form.fill(field, text);
    for (const [field, chosen] of Object.entries(choices)) form.choose(field, ...chosen);
    const { body } = await administrator.send(form);
    const done = new RegExp(`data-step="${step}" data-done="yes"`).test(body);
    demand(done, `the step ${step} to be done on ${administrator.page.path}`, 'it is still missing');
  }
}

/** Ids of schools by their names, as the form of a new wave pairs them. */
function schoolIds(html: string): Map<string, string> {
  const rows = [
    ...html.matchAll(/<tr>\s*<th scope="row"><bdi>([^<]*)<\/bdi>[\s\S]*?<input([^>]*name="schools"[^>]*)>/g),
  ];
  return new Map(rows.map(([, name = '', tag = '']) => [decode(name), attribute(tag, 'value') ?? '']));
}

/** A civil date some days from now. */
export function dayFrom({ services }: Town, days: number): string {
  return new Date(Date.parse(services.clock()) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether a wave asks a version, which is the newest when it is made. */
export async function demandAsks({ services }: Town, wave: MadeWave, versionId: string): Promise<void> {
  const found = the(await createWaves(services.database).find(wave.id), 'the wave in the database');
  demand(found.versionIds.includes(versionId), `the wave to ask the version ${versionId}`, found.versionIds.join(', '));
}

export async function openWave(administrator: Browser, wave: MadeWave): Promise<void> {
  await administrator.visit(wave.href);
  await administrator.send(administrator.form(`${wave.href}/opening`));
  administrator.demandMark('data-state', 'open');
}

/**
 * Makes codes school by school; each page shows them once.
 * @param asked how many schools the wave asks; all unless told
 */
export async function makeCodes(administrator: Browser, town: Town, wave: MadeWave, asked?: number): Promise<Slip[]> {
  const { body } = await administrator.visit(wave.href);
  const forms = formsOf(body, /\/schools\/[^/]+\/codes$/);
  const { schools, rolls } = town.authority;
  const count = asked ?? schools.length;
  demand(forms.length === count, `a form for codes for each of ${count} schools`, forms.length);
  const slips: Slip[] = [];
  for (const form of forms) {
    const page = await administrator.send(form);
    const codes = [...page.body.matchAll(/data-code="([^"]+)"/g)].map(([, code = '']) => code);
    const school = the(/download="codes-([^"]+)\.csv"/.exec(page.body)?.[1], 'the file of codes on the same page');
    const roll = rolls.filter((row) => row.school === school).reduce((sum, row) => sum + row.pupils, 0);
    demand(
      asked !== undefined || codes.length === roll,
      `a code for each of ${roll} pupils of school ${school}`,
      codes.length,
    );
    const file = decodeURIComponent(administrator.link(/^data:text\/csv/).href);
    demand(
      codes.every((code) => file.includes(code)),
      `every code of school ${school} in its file`,
      'some missing',
    );
    slips.push(...codes.map((code) => ({ school, code })));
  }
  const different = new Set(slips.map(({ code }) => code)).size;
  demand(different === slips.length, `${slips.length} different codes`, different);
  return slips;
}

/** Lets pupils answer, in a thread of their own: their devices share no memory with the server. */
export async function letPupilsAnswer(town: Town, slips: readonly Slip[], seed: string): Promise<Tally> {
  const languages = loadLanguages();
  const spentIn = (code: 'en' | 'ar') => languages.get(code)?.words.respond.faultSpent ?? '';
  const workerData: Fieldwork = {
    address: town.address,
    slips,
    seed,
    spentWords: { en: spentIn('en'), ar: spentIn('ar') },
  };
  const tally = await inWorker(workerData);
  demand(tally.started === slips.length, `all ${slips.length} codes to be started`, tally.started);
  const { declined, brokenOff, brokenOffKept, left, inArabic, sentAgain, refusedAgain } = tally;
  for (const [what, count] of Object.entries({ declined, brokenOffKept, left, inArabic, sentAgain })) {
    demand(count > 0, `somebody among the pupils with ${what}`, 'nobody; choose another seed');
  }
  demand(brokenOff > brokenOffKept, 'somebody to break off without keeping', 'nobody; choose another seed');
  demand(refusedAgain >= declined, `each of ${declined} declined codes to be refused afterwards`, refusedAgain);
  return tally;
}

function inWorker(workerData: Fieldwork): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pupils-worker.ts', import.meta.url), { workerData });
    worker.once('message', (message: { tally: Tally } | { trouble: string }) => {
      if ('tally' in message) resolve(message.tally);
      else reject(new Error(message.trouble));
    });
    worker.once('error', reject);
    worker.once('exit', (status) => reject(new Trouble('the pupils to finish', `their thread ended with ${status}`)));
  });
}

/** Closes the wave for good; without saying so twice it is refused. */
export async function closeWave(administrator: Browser, wave: MadeWave): Promise<void> {
  await administrator.visit(wave.href);
  const closing = `${wave.href}/closing`;
  const refused = await administrator.trySending(administrator.form(closing));
  demand(refused.status === 422, 'closing without being sure to be refused with status 422', refused.status);
  await administrator.send(administrator.form(closing).choose('sure', 'yes'));
  administrator.demandMark('data-state', 'closed');
}

/** Somebody who left comes back after the close, and cannot go on. */
export async function comeBackLate(town: Town, { leftCode }: Tally): Promise<void> {
  const late = town.browser();
  await late.visit('/');
  const { status } = await late.trySending(late.form('/respond/sessions').fill('code', leftCode));
  demand(status === 422, 'the code of an unfinished survey to be refused after the close with status 422', status);
}

/**
 * What the database says after the close, set against what the pupils' browsers saw.
 * @param least how many questions a response answers at least, one with the other
 * @returns responses
 */
export async function compareWithDatabase(
  { services }: Town,
  wave: MadeWave,
  tally: Tally,
  least: number,
): Promise<number> {
  const { database } = services;
  const counts = await createFieldworkCounters(database).ofWave(wave.id);
  const sum = (of: 'started' | 'declined' | 'sent' | 'brokenOff' | 'brokenOffKept') =>
    counts.reduce((total, count) => total + count[of], 0);
  const stored = {
    started: sum('started'),
    declined: sum('declined'),
    sent: sum('sent'),
    // The counters hold apart what the loop reports together: broken off with and without keeping.
    brokenOff: sum('brokenOff') + sum('brokenOffKept'),
    brokenOffKept: sum('brokenOffKept'),
  };
  for (const name of ['started', 'declined', 'sent', 'brokenOff', 'brokenOffKept'] as const) {
    demand(stored[name] === tally[name], `${tally[name]} ${name} in the counters, as the browsers saw`, stored[name]);
  }
  const responses = await countStoredResponses(database, wave.id);
  const { started, declined, brokenOff, brokenOffKept, answered } = tally;
  const expected = started - declined - brokenOff + brokenOffKept;
  demand(responses === expected, `${expected} responses in the database`, responses);
  const fewest = least * expected;
  demand(answered >= fewest, `at least ${least} answered questions a response, ${fewest}`, answered);
  return expected;
}
