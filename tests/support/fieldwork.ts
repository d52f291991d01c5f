import type { Role } from '../../server/core/roles.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { firstChoices } from './first-choices.ts';
import { settleWave } from './settled-wave.ts';
import { form, openHouse, type House, type HouseOptions, type TestClock } from './house.ts';

/** A house with a few schools, their rolls and the shipped surveys: ready for a wave. */
export interface FieldworkHouse extends House {
  clock: TestClock;
  post(role: Role, url: string, fields: Record<string, string | string[]>): ReturnType<typeof postAs>;
  /** Makes a wave over all schools through the pages. @returns its address */
  makeWave(): Promise<string>;
  /** Makes and opens a wave. @returns its address */
  openWave(): Promise<string>;
  /** Makes codes for one school through its page. @returns the codes */
  codes(wave: string, schoolId: string): Promise<string[]>;
}

export const SCHOOLS = [
  { id: 'burnside', name: 'Burnside Primary', sector: 'primary', stages: ['P5', 'P6', 'P7'], pupils: 12 },
  { id: 'hillview', name: 'Hillview Primary', sector: 'primary', stages: ['P5', 'P6', 'P7'], pupils: 8 },
  { id: 'lochend', name: 'Lochend Academy', sector: 'secondary', stages: ['S1', 'S2', 'S3', 'S4'], pupils: 10 },
] as const;

export async function openFieldwork(
  kind: 'real' | 'demonstration' = 'demonstration',
  clock: TestClock = { now: '2026-05-01T09:00:00.000Z' },
  options: Pick<HouseOptions, 'onDisk'> = {},
): Promise<FieldworkHouse> {
  const house = await openHouse({ authority: { id: 'strathlorn', name: 'Strathlorn', kind }, clock, ...options });
  await addPlaces(house);
  const surveys = createSurveys(house.services.database);
  for (const content of readSurveyFolders()) await surveys.publish(content, null, clock.now);
  const post: FieldworkHouse['post'] = (role, url, fields) => postAs(house, role, url, fields);

  async function makeWave(): Promise<string> {
    const made = await post('administrator', '/fieldwork/waves', { name: 'Spring 2026', family: 'pupils' });
    const wave = String(made.headers.location);
    await settleWave({ post }, wave, {
      stages: { bands: ['p5-p7', 's1-s2', 's3-s4'] },
      schools: { schools: SCHOOLS.map((school) => school.id), agreed: ['lochend'] },
    });
    return wave;
  }

  return {
    ...house,
    clock,
    post,
    makeWave,
    async openWave() {
      const wave = await makeWave();
      await post('administrator', `${wave}/opening`, {});
      return wave;
    },
    async codes(wave, schoolId) {
      const page = await post('administrator', `${wave}/schools/${schoolId}/codes`, {});
      return [...page.body.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1]!);
    },
  };
}

async function postAs(house: House, role: Role, url: string, fields: Record<string, string | string[]>) {
  const { payload, headers } = form(fields);
  return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...(await house.as(role)) } });
}

async function addPlaces(house: House): Promise<void> {
  const { query } = house.services.database;
  const authority_id = house.authorityId;
  for (const { id, name, sector, stages, pupils } of SCHOOLS) {
    await query.insertInto('schools').values({ id, authority_id, locality_id: null, code: id, name, sector }).execute();
    for (const stage of stages) {
      const row = {
        school_id: id,
        counted_on: '2026-01-10',
        stage,
        class: `${stage}A`,
        sex: 'female',
        quintile: 2,
        asn: null,
      };
      await query
        .insertInto('roll_counts')
        .values([
          { ...row, id: `${id}-${stage}-f`, pupils },
          { ...row, id: `${id}-${stage}-m`, sex: 'male', pupils: 2 },
        ])
        .execute();
    }
  }
  await query.insertInto('clusters').values({ id: 'loch', authority_id, code: 'loch', name: 'Loch cluster' }).execute();
  for (const { id } of SCHOOLS) {
    await query
      .insertInto('cluster_memberships')
      .values({ cluster_id: 'loch', school_id: id, from_date: '2020-08-01', to_date: null })
      .execute();
  }
}

/** A pupil's browser: keeps its cookie, follows redirects, knows nothing else. */
export class Pupil {
  readonly #house: House;
  readonly #language: string;
  #cookies = new Map<string, string>();
  /** Redirects since the last page. */
  #redirects = 0;
  page = '';
  url = '';
  status = 0;

  constructor(house: House, language = 'en') {
    this.#house = house;
    this.#language = language;
  }

  /** The cookies as the browser sends them. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The same browser in another window: it shares the cookie and goes its own way. */
  copy(): Pupil {
    const copy = new Pupil(this.#house, this.#language);
    copy.#cookies = new Map(this.#cookies);
    return copy;
  }

  async go(url: string): Promise<this> {
    return this.#send({ method: 'GET', url });
  }

  async post(url: string, fields: Record<string, string | string[]>): Promise<this> {
    return this.#send({ method: 'POST', url, ...form(fields) });
  }

  async #send(request: {
    method: 'GET' | 'POST';
    url: string;
    payload?: string;
    headers?: Record<string, string>;
  }): Promise<this> {
    const cookie = `heard-language=${this.#language}; ${this.cookie}`;
    const reply = await this.#house.app.inject({ ...request, headers: { ...request.headers, cookie } });
    for (const set of reply.cookies) {
      if (set.value) this.#cookies.set(set.name, set.value);
      else this.#cookies.delete(set.name);
    }
    const next = reply.headers.location;
    if (next?.startsWith('/')) {
      this.#redirects += 1;
      if (this.#redirects > 20) throw new Error(`Led round in circles: ${request.url} leads to ${next} again.`);
      return this.go(next);
    }
    this.#redirects = 0;
    Object.assign(this, { page: reply.body, url: next ?? request.url, status: reply.statusCode });
    return this;
  }

  /** The value of a hidden field of the page. */
  hidden(name: string): string {
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(this.page)?.[1] ?? '';
  }

  async start(code: string, timeRunsOut: 'keep' | 'throw-away' = 'keep'): Promise<this> {
    await this.post('/respond/sessions', { code });
    await this.assent(timeRunsOut);
    return this.choosePicture('none');
  }

  async assent(timeRunsOut: 'keep' | 'throw-away' = 'keep'): Promise<this> {
    return this.post('/respond/assent', { attempt: this.hidden('attempt'), decision: 'yes', timeRunsOut });
  }

  async choosePicture(picture: string): Promise<this> {
    return this.post('/respond/picture-choice', { picture });
  }

  /** Answers the page in hand, or with the first choice in each of its fields (or reads on). */
  async answer(values?: string | string[] | Record<string, string>): Promise<this> {
    const fields =
      values === undefined
        ? firstChoices(this.page)
        : typeof values === 'string' || Array.isArray(values)
          ? { answer: values }
          : values;
    return this.post(this.url, { version: this.hidden('version'), move: 'next', ...fields });
  }

  async skip(): Promise<this> {
    return this.post(this.url, { version: this.hidden('version'), move: 'skip' });
  }

  async answerAll(): Promise<this> {
    for (let page = 0; page < 100 && this.url.startsWith('/respond/pages/'); page += 1) await this.answer();
    return this;
  }

  async send(): Promise<this> {
    return this.post('/respond/sending', { attempt: this.hidden('attempt') });
  }
}
