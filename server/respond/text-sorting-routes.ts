import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import { sortingEndsAt } from '../core/texts/sorting-time.ts';
import type { ThemeTitle } from '../core/texts/text-release.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createTextCodings } from '../storage/text-codings.ts';
import { createTextReadings, type ReadersWave } from '../storage/text-readings.ts';
import { createTextSorting } from '../storage/text-sorting.ts';
import { createTextThemes, type TextTheme } from '../storage/text-themes.ts';
import { person } from '../web/access.ts';
import { LANGUAGES } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { endLateSorting } from './late-sorting.ts';
import { MOST_SHOWN, sortingHref } from './text-room-pages.ts';
import { Version } from './text-coding-routes.ts';
import { isTitle, sortingPage, type SortingView } from './text-sorting-pages.ts';
import type { WaveContent, WaveContents } from '../web/wave-content.ts';

const Id = Type.String({ maxLength: 40 });
const WithWave = Type.Object({ wave: Id });
const WithTheme = Type.Object({ theme: Id });
const closed = { additionalProperties: false } as const;
const Typed = Type.String({ maxLength: 400 });
/** One title for each language. */
const titles = { 'title-en': Typed, 'title-ar': Typed };
const NewTheme = Type.Object({ question: Id, ...titles }, closed);
const Renaming = Type.Object({ version: Version, ...titles }, closed);

const reader = { config: { access: ['text-reader'] } } as const;

/** Where the readers of a wave see what there is to sort, and make the themes that they sort by. */
export function textSortingRoutes(app: App, services: Services, contents: WaveContents): void {
  const { database, secrets, clock } = services;
  const readings = createTextReadings(database, secrets);
  const themes = createTextThemes(database);
  const codings = createTextCodings(database);
  const sorting = createTextSorting(database);
  const audit = createAudit(database);

  /** A wave that names this reader and in which something can be sorted still. */
  async function ownWave(request: FastifyRequest, id: string): Promise<{ wave: ReadersWave; keptUntil?: string }> {
    await endLateSorting(services);
    const { accountId, authorityId } = person(request);
    const own = await readings.waves(accountId, authorityId, schoolDate(clock()));
    const wave = own.find((one) => one.id === id);
    const closedAt = wave && (await sorting.closedAt(wave.id));
    // A closed wave without themes has no words to sort.
    if (!wave || (wave.closed && !closedAt)) throw new Fault('not-found');
    return closedAt ? { wave, keptUntil: sortingEndsAt(closedAt) } : { wave };
  }

  /** A theme of such a wave. */
  async function ownTheme(request: FastifyRequest, id: string): Promise<TextTheme> {
    const theme = await themes.find(id);
    if (!theme) throw new Fault('not-found');
    await ownWave(request, theme.waveId);
    return theme;
  }

  function record(request: FastifyRequest, action: AuditAction, subject: string): Promise<void> {
    return audit.write({ at: clock(), accountId: person(request).accountId, action, subject });
  }

  async function showWave(
    request: FastifyRequest,
    reply: FastifyReply,
    waveId: string,
    more: Pick<SortingView, 'typed' | 'fault'> = {},
  ) {
    const { wave, keptUntil } = await ownWave(request, waveId);
    const content = await contents.read(wave.id);
    const lists = await codings.lists(wave.id, person(request).accountId, MOST_SHOWN);
    const view = { wave, content, questions: openQuestions(content), themes: await themes.ofWave(wave.id), lists };
    return reply.page('respond/text-sorting', sortingPage(request.language, { ...view, keptUntil, ...more }));
  }

  app.get('/respond/texts/waves/:wave', { schema: { params: WithWave }, ...reader }, (request, reply) =>
    showWave(request, reply, request.params.wave),
  );

  app.post(
    '/respond/texts/waves/:wave/themes',
    { schema: { params: WithWave, body: NewTheme }, ...reader },
    async (request, reply) => {
      const { wave } = await ownWave(request, request.params.wave);
      const { question } = request.body;
      if (!openQuestions(await contents.read(wave.id)).includes(question)) throw new Fault('not-found');
      const title = readTitle(request.body);
      if (!isWhole(title))
        return showWave(request, reply.code(422), wave.id, { typed: { of: question, values: { ...title } } });
      const theme = { waveId: wave.id, question, title };
      const outcome = await themes.add(theme, person(request).accountId, clock());
      if (outcome === 'ended') throw new Fault('not-ready');
      if (outcome === 'added') await record(request, 'theme-added', wave.id);
      return reply.redirect(`${sortingHref(wave.id)}#question-${question}`, 303);
    },
  );

  app.post(
    '/respond/texts/themes/:theme/title',
    { schema: { params: WithTheme, body: Renaming }, ...reader },
    async (request, reply) => {
      const theme = await ownTheme(request, request.params.theme);
      const title = readTitle(request.body);
      if (!isWhole(title))
        return showWave(request, reply.code(422), theme.waveId, { typed: { of: theme.id, values: { ...title } } });
      const isSame = LANGUAGES.every(({ code }) => title[code] === theme.title[code]);
      const outcome = isSame ? 'renamed' : await themes.rename(theme.id, title, request.body.version);
      if (outcome !== 'renamed') {
        const message = request.language.words.themes[outcome === 'stale' ? 'staleFault' : 'titleTaken'];
        const fault = { field: `question-${theme.question}`, message };
        return showWave(request, reply.code(409), theme.waveId, { fault });
      }
      if (!isSame) await record(request, 'theme-renamed', theme.id);
      return reply.redirect(`${sortingHref(theme.waveId)}#question-${theme.question}`, 303);
    },
  );

  app.post(
    '/respond/texts/themes/:theme/removal',
    { schema: { params: WithTheme }, ...reader },
    async (request, reply) => {
      const theme = await ownTheme(request, request.params.theme);
      const outcome = await themes.remove(theme.id);
      if (outcome === 'in-use') throw new Fault('not-ready');
      if (outcome === 'removed') await record(request, 'theme-removed', theme.id);
      return reply.redirect(`${sortingHref(theme.waveId)}#question-${theme.question}`, 303);
    },
  );
}

/** The questions of a wave that are answered in one's own words. */
function openQuestions({ versions }: WaveContent): string[] {
  const items = [...versions.values()].flatMap(({ version }) => version.definition.items);
  return [...new Set(items.filter(asksForWords).map(({ id }) => id))];
}

function readTitle(body: Record<`title-${keyof ThemeTitle}`, string>): ThemeTitle {
  const tidied = (title: string) => title.replace(/\s+/gu, ' ').trim();
  return { en: tidied(body['title-en']), ar: tidied(body['title-ar']) };
}

const isWhole = ({ en, ar }: ThemeTitle) => isTitle(en) && isTitle(ar);
