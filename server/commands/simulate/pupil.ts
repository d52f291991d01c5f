import type { Answers } from '../../core/survey/answer.ts';
import type { SurveyDefinition } from '../../core/survey/definition.ts';
import { stepNumbered, type Step } from '../../core/survey/journey.ts';
import { fieldOf, optOutValue } from '../../core/survey/read-answer.ts';
import type { HttpClient, HttpReply } from '../http-client.ts';
import { demand, the } from '../loop/trouble.ts';

/** What one pupil is going to do. */
export interface Plan {
  code: string;
  wish: 'send' | 'decline' | 'stop' | 'leave';
  timeRunsOut: 'keep' | 'throw-away';
  language: 'en' | 'ar';
  /** Pages answered before stopping or leaving. */
  pages: number;
  definition: SurveyDefinition;
  /** What they would answer to every question; the server decides which of them it asks. */
  answers: Answers;
}

/** What was seen of one pupil. */
export interface Seen {
  /** Question pages whose answer or skip was taken. */
  pages: number;
  /** Of these, with an answer. */
  answered: number;
  /** Milliseconds of each of their POSTs. */
  posts: number[];
  /** What makes their sending happen once; it stands in their forms. */
  attempt: string;
}

const QUESTION = /^\/respond\/pages\/(\d+)$/;
const MOST_PAGES = 200;

/** Answers as one pupil does on a device, from the front page to the thank-you. @throws Trouble at the first surprise */
export async function answerAs(client: HttpClient, plan: Plan): Promise<Seen> {
  await page(client, '/');
  if (plan.language === 'ar') await redirected(client.get('/languages/ar'), /^\//);
  await redirected(client.post('/respond/sessions', form({ code: plan.code })), /^\/respond\/next$/);
  const assent = await page(client, '/respond/assent');
  const attempt = the(/name="attempt" value="([^"]+)"/.exec(assent)?.[1], 'the attempt on the assent page');
  const seen: Seen = { pages: 0, answered: 0, posts: [], attempt };
  if (plan.wish === 'decline') {
    await redirected(client.post('/respond/assent', form({ attempt, decision: 'no' })), /^\/respond\/finished/);
    return seen;
  }
  const { timeRunsOut } = plan;
  await redirected(
    client.post('/respond/assent', form({ attempt, decision: 'yes', timeRunsOut })),
    /^\/respond\/next$/,
  );
  const pictures = [...(await page(client, '/respond/picture-choice')).matchAll(/name="picture"[^>]*value="([^"]+)"/g)];
  const picture = pictures[plan.code.charCodeAt(0) % pictures.length]?.[1] ?? 'none';
  const { location: next } = await redirected(client.post('/respond/picture-choice', form({ picture })), /^\//);
  const first = next === '/respond/next' ? (await redirected(client.get(next), /^\//)).location : next;
  const end = await answerPages(client, plan, first, seen);
  if (plan.wish === 'send') {
    demand(end === '/respond/check', 'to arrive at the check', end);
    await page(client, end);
    await thanked(client, await redirected(client.post('/respond/sending', form({ attempt })), /^\/respond\/finished/));
  } else if (plan.wish === 'stop') {
    await page(client, '/respond/stop');
    const stopping = client.post('/respond/stopping', form({ attempt, choice: timeRunsOut }));
    await thanked(client, await redirected(stopping, /^\/respond\/finished/));
  }
  return seen;
}

/** @returns where the last answer led */
async function answerPages(client: HttpClient, plan: Plan, first: string, seen: Seen): Promise<string> {
  const most = plan.wish === 'send' ? MOST_PAGES : plan.pages;
  let here = first;
  for (let count = 0; count < most && QUESTION.test(here); count += 1) {
    const body = await page(client, here);
    const step = the(stepNumbered(plan.definition, Number(QUESTION.exec(here)?.[1])), `a question at ${here}`);
    demand(body.includes(`action="${here}"`), `the form of ${here}`, 'another page');
    const version = /name="version" value="([^"]*)"/.exec(body)?.[1] ?? '';
    const fields = fieldsFor(step, plan.answers, body);
    const move = fields.length === 0 && step.parts.length > 0 ? 'skip' : 'next';
    const sent = new URLSearchParams([['version', version], ['move', move], ...fields]).toString();
    const saved = await redirected(client.post(here, sent), /^\/respond\//, here);
    seen.posts.push(saved.took);
    seen.pages += 1;
    if (fields.some(([, value]) => !value.startsWith('state:'))) seen.answered += 1;
    demand(saved.location !== here, `another page after ${here}`, 'the same');
    here = saved.location;
  }
  return here;
}

/** The fields of a page as a browser would send them. @throws Trouble if the page does not offer what is chosen */
function fieldsFor(step: Step, answers: Answers, body: string): [string, string][] {
  return step.parts.flatMap((part): [string, string][] => {
    const answer = answers[part.id];
    const name = fieldOf(step, part);
    if (answer === undefined || answer.state === 'skipped') return [];
    if (answer.state !== 'answered') return [[name, optOutValue(answer.state)]];
    const values = [answer.value].flat().map(String);
    const typed = ['number', 'short-text', 'long-text'].includes(part.kind);
    for (const value of typed ? [] : values) {
      demand(body.includes(`value="${value}"`), `the choice ${value} of ${part.id}`, 'a page without it');
    }
    return values.map((value) => [name, value]);
  });
}

async function thanked(client: HttpClient, { location }: HttpReply): Promise<void> {
  await page(client, location);
}

/** A whole page. @throws Trouble for any other status, or a page that is cut off */
async function page(client: HttpClient, path: string): Promise<string> {
  const { status, body } = await client.get(path);
  demand(status === 200, `the page ${path} with status 200`, status);
  demand(body.trimEnd().endsWith('</html>'), `the whole page ${path}`, `${body.length} characters without an end`);
  return body;
}

async function redirected(asked: Promise<HttpReply>, to: RegExp, what = String(to)): Promise<HttpReply> {
  const reply = await asked;
  demand(reply.status === 303 || reply.status === 302, `a redirect (${what})`, `status ${reply.status}`);
  demand(to.test(reply.location), `to be led to ${String(to)}`, reply.location);
  return reply;
}

function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
