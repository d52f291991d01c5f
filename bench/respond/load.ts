import { firstChoices } from '../../tests/support/first-choices.ts';
import type { HttpClient } from '../../server/commands/http-client.ts';

/** A pupil in the middle of a survey, on a connection of their own. */
export interface BusyPupil {
  client: HttpClient;
  /** The question page in hand. */
  path: string;
  body: string;
}

export interface LoadResult {
  answers: number;
  seconds: number;
  /** Milliseconds of every POST. */
  posts: number[];
}

/**
 * A closed loop: every pupil answers, follows the redirect, checks the next page, and goes on,
 * until the time is over. At the end of the survey a pupil goes back to the first question.
 * @param thinking milliseconds before each answer, up to twice as long by chance; none unless told
 * @throws if any reply is not the page it should be
 */
export async function runLoad(pupils: readonly BusyPupil[], seconds: number, thinking = 0): Promise<LoadResult> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const posts: number[] = [];
  await Promise.all(
    pupils.map(async (pupil) => {
      while (performance.now() < end) {
        if (thinking > 0) await new Promise((resolve) => setTimeout(resolve, 2 * thinking * Math.random()));
        posts.push(await answerOnce(pupil));
      }
    }),
  );
  return { answers: posts.length, seconds: (performance.now() - start) / 1000, posts };
}

/** Answers the page in hand and opens the next one. @returns milliseconds of the POST */
export async function answerOnce(pupil: BusyPupil): Promise<number> {
  const saved = await pupil.client.post(pupil.path, formFor(pupil.body));
  if (saved.status !== 303)
    throw new Error(`Expected a redirect after ${pupil.path}, found ${saved.status}: ${saved.body.slice(0, 300)}`);
  const atEnd = !/pages\/\d+$/.test(saved.location);
  const next = atEnd ? pupil.path.replace(/\d+$/, '1') : saved.location;
  const page = await pupil.client.get(next);
  if (
    page.status !== 200 ||
    !page.body.includes(`action="${next}"`) ||
    !page.body.trimEnd().endsWith(pageEnd(page.body))
  ) {
    throw new Error(`Expected the whole question page ${next}, found ${page.status}: ${page.body.slice(0, 300)}`);
  }
  pupil.path = next;
  pupil.body = page.body;
  return saved.took;
}

function pageEnd(body: string): string {
  return body.includes('</html>') ? '</html>' : 'x';
}

/** The form of a page with its first option chosen, as a browser sends it. */
function formFor(body: string): string {
  const version = /name="version" value="([^"]*)"/.exec(body)?.[1] ?? '';
  const first = /name="answer"(?: id="answer-0")? value="([^"]+)"/.exec(body)?.[1];
  // Reading a page takes time from the server on the same cores: only what is no plain choice is read whole.
  const choices = first && !first.startsWith('state:') ? { answer: first } : firstChoices(body);
  const fields = Object.entries(choices).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
  return `version=${version}&move=next${fields.join('')}`;
}
