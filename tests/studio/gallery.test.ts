import Fastify from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../../server/core/survey/kinds.ts';
import { readExamples } from '../../server/storage/survey-folders.ts';
import { galleryRoutes } from '../../server/studio/gallery-routes.ts';
import { demandAccess } from '../../server/web/access.ts';
import { serveAssets } from '../../server/web/assets.ts';
import { chooseLanguage, loadLanguages } from '../../server/web/language.ts';
import { servePages } from '../../server/web/pages.ts';
import type { App } from '../../server/web/services.ts';

/* The gallery by itself: it needs pages and files, and no database. */

const languages = loadLanguages();
const examples = readExamples();
let app: App;

beforeAll(async () => {
  app = Fastify().withTypeProvider<TypeBoxTypeProvider>();
  app.decorateRequest('signedIn', null);
  app.decorateRequest('language', null as never);
  app.addHook('onRequest', (request, _reply, done) => {
    request.language = languages.get(chooseLanguage(undefined, request.headers['accept-language']))!;
    done();
  });
  await app.register(serveAssets);
  demandAccess(app);
  await servePages(app);
  await galleryRoutes(app);
});
afterAll(() => app.close());

async function gallery(language: 'en' | 'ar') {
  const reply = await app.inject({ url: '/studio/kinds', headers: { 'accept-language': language } });
  expect(reply.statusCode).toBe(200);
  return reply.body;
}

/** The page's part about one example. */
function partAbout(body: string, id: string): string {
  const part = body.split('<section').find((section) => section.includes(`<h2 id="${id}">`));
  expect(part, id).toBeDefined();
  return part!;
}

describe('the gallery of kinds', () => {
  it('has an example of every kind', () => {
    const kinds = new Set(examples.definition.items.map((item) => item.kind));
    expect([...kinds].toSorted()).toEqual(Object.keys(KINDS).toSorted());
  });

  it.each(['en', 'ar'] as const)('shows every example in every state, in %s', async (language) => {
    const body = await gallery(language);
    const words = languages.get(language)!.words.questions;
    const text = examples.texts.find((one) => one.language === language)!;
    for (const item of examples.definition.items) {
      const part = partAbout(body, item.id);
      const titles = [...part.matchAll(/<h3>([^<]*)<\/h3>/g)].map((match) => match[1]);
      const states = item.kind === 'information' ? ['fresh'] : ['fresh', 'answered', 'fault'];
      for (const state of states) expect(titles).toContain(words[`galleryState-${state}` as keyof typeof words]);
      expect(part.split('<form').length - 1).toBeGreaterThanOrEqual(states.length);
      expect(part).toContain(`>${text.items[item.id]!.text}<`);
      if (item.kind === 'information') continue;
      expect(part.match(/class="fault"/g)).toHaveLength(1);
      expect(part).toContain(words.galleryCheck);
      for (const level of ['p5-p7', 's1-s3', 's4-s6'] as const) expect(part).toContain(words[`level-${level}`]);
    }
  });

  it('shows rows together and one on a page', async () => {
    const part = partAbout(await gallery('en'), 'example-grid');
    expect(part.match(/class="lead-in"/g)).toHaveLength(2);
    expect(part.match(/<fieldset class="rows"/g)).toHaveLength(4);
  });

  it('shows symbols only where it says so', async () => {
    const body = await gallery('en');
    const pictured = examples.definition.items.filter(({ id }) => /<img/.test(partAbout(body, id)));
    expect(pictured.map(({ kind }) => kind)).toEqual(['one-choice', 'tick-all', 'grid', 'ranking']);
    const forms = partAbout(body, 'example-one-choice').split('<form').slice(1);
    expect(forms.filter((form) => form.includes('<img'))).toHaveLength(1);
  });

  it('says what the coach finds hard about a kind, and that it fits elsewhere', async () => {
    const { questions, coach } = languages.get('en')!.words;
    const part = partAbout(await gallery('en'), 'example-ladder');
    expect(part).toContain(coach['reason-ladder-too-young'].split('{{')[0]);
    expect(part).toContain(questions['coachSeverity-block']);
    expect(part.split(questions['coach-none']).length - 1).toBe(2);
  });

  it('says in Arabic how far the coach can judge', async () => {
    expect(await gallery('ar')).toContain(languages.get('ar')!.words.coach['limit-part-of-language']);
  });

  it('can be tried by anybody: its ids stand once, its forms go nowhere, its files are those of answering', async () => {
    const body = await gallery('en');
    const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(200);
    expect(new Set(ids).size).toBe(ids.length);
    expect(body.match(/<h1[\s>]/g)).toHaveLength(1);
    for (const [form] of body.matchAll(/<form class="page"[^>]*>[\s\S]*?<\/form>/g)) {
      expect(form).toMatch(/^<form class="page"><button type="submit" hidden disabled>/);
      expect(form.match(/<button/g)).toHaveLength(1);
    }
    const files = [...body.matchAll(/(?:href|src)="(\/public\/(?:css|js)\/respond[^"]+)"/g)].map((match) => match[1]!);
    expect(files).toHaveLength(2);
    for (const file of files) expect((await app.inject(file)).statusCode).toBe(200);
  });
});
