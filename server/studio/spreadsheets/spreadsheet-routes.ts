import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LONGEST, sameWords, tidy } from '../../core/survey/proposal.ts';
import { readSurvey } from '../../core/xlsform/read-survey.ts';
import { writeSurvey } from '../../core/xlsform/write-survey.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createProposals } from '../../storage/proposals.ts';
import { createSpreadsheets, type Spreadsheet } from '../../storage/spreadsheets.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import { readUpload, takeUploads, type Upload } from '../../web/uploads.ts';
import type { FieldFault } from '../../web/views.ts';
import { PastedWords } from '../../web/pasted.ts';
import { WorkbookError } from '../../web/workbooks/archive.ts';
import { readWorkbook, writeWorkbook } from '../../web/workbooks/workbook-file.ts';
import { createDraftDesk } from '../drafts/draft-desk.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { contributionOf } from '../proposals/draft-contribution.ts';
import type { SeenProposal, SeenProposals } from '../proposals/seen-proposals.ts';
import { contentOf, nameSurveys, newestSurveys, takenIdsOf } from '../surveys.ts';
import { apart } from '../words.ts';
import { SPREADSHEETS_HREF, versionFileHref } from './addresses.ts';
import { judgeDrafts, type JudgedDraft } from './judged-drafts.ts';
import { routesOf, withRoute, type Led } from './sheet-routes.ts';
import { sheetDrafts, type SheetDraft } from './sheet-drafts.ts';
import { newSpreadsheetPage, spreadsheetPage, type SheetForm } from './spreadsheet-page.ts';
import { IN_FORUMS } from '../access.ts';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Made = Type.Object({ made: Type.Optional(Type.Integer({ minimum: 0, maximum: 500 })) });
const Chosen = Type.Object(
  {
    chosen: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 240 })),
    why: PastedWords,
  },
  { additionalProperties: false },
);

/** Surveys as spreadsheets (docs/xlsform.md): out of Heard, and back as drafts. */
export async function spreadsheetRoutes(
  app: App,
  services: Services,
  access: ForumAccess,
  seen: SeenProposals,
): Promise<void> {
  const { database, clock } = services;
  const surveys = createSurveys(database);
  const sheets = createSpreadsheets(database);
  const proposals = createProposals(database);
  const audit = createAudit(database);
  const desk = createDraftDesk(services);

  app.get(
    versionFileHref(':id'),
    { schema: { params: WithId }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const version = await surveys.find(request.params.id);
      if (!version) throw new Fault('not-found');
      const texts = [...(await surveys.texts(version.id)).values()];
      const file = await writeWorkbook(writeSurvey(version.definition, texts));
      const name = `heard_${version.surveyId}_${version.number}.xlsx`;
      return reply.header('content-disposition', `attachment; filename="${name}"`).type(WORKBOOK).send(file);
    },
  );

  async function showNew(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: { surveyId: string; faults: FieldFault[] },
  ): Promise<FastifyReply> {
    const names = nameSurveys(request.language, await newestSurveys(surveys));
    return reply.page('studio/spreadsheets/new-spreadsheet', newSpreadsheetPage(request.language, names, typed));
  }

  app.get(`${SPREADSHEETS_HREF}/new`, { config: IN_FORUMS }, (request, reply) =>
    showNew(request, reply, { surveyId: '', faults: [] }),
  );

  await takeUploads(app, (uploads) => {
    uploads.post(SPREADSHEETS_HREF, { config: IN_FORUMS }, async (request, reply) => {
      const { file, fields } = await readUpload(request);
      const surveyId = fields['survey'] ?? '';
      const { language } = request;
      const faults: FieldFault[] = [];
      const survey = await surveys.newestOf(surveyId);
      if (!survey) faults.push({ field: 'survey', message: language.words.spreadsheets['fault-survey'] });
      const read = await readFile(language, file);
      if ('fault' in read) faults.push(read.fault);
      if (faults.length > 0 || 'fault' in read) return showNew(request, reply.code(422), { surveyId, faults });
      const sheet = { surveyId, name: read.name, read: readSurvey(read.sheets) };
      const id = await sheets.keep(sheet, person(request).accountId, clock());
      return reply.redirect(`${SPREADSHEETS_HREF}/${id}`, 303);
    });
  });

  /** @throws Fault 'not-found' for what somebody else sent, or was sent before the last one */
  async function find(request: FastifyRequest, id: string) {
    const sheet = await sheets.find(id, person(request).accountId);
    const newest = await newestSurveys(surveys);
    const worded = newest.find(({ version }) => version.surveyId === sheet?.surveyId);
    if (!sheet || !worded) throw new Fault('not-found');
    const list = await seen.list(request);
    const { drafts, unchanged } = sheetDrafts(sheet.read, contentOf(worded), request.language.code);
    return {
      sheet,
      worded,
      newest,
      unchanged,
      drafts: judgeDrafts(desk, drafts, sheet.read.survey?.items ?? [], worded),
      draftOf: (draft: SheetDraft) => list.find((one) => isDraftOf(one, sheet, draft)),
    };
  }
  type Found = Awaited<ReturnType<typeof find>>;

  function show({ language }: FastifyRequest, reply: FastifyReply, found: Found, form: SheetForm): FastifyReply {
    return reply.page('studio/spreadsheets/spreadsheet', spreadsheetPage(language, found, form));
  }

  app.get(
    `${SPREADSHEETS_HREF}/:id`,
    { schema: { params: WithId, querystring: Made }, config: IN_FORUMS },
    async (request, reply) => {
      const found = await find(request, request.params.id);
      const { words } = request.language;
      const isEmpty = found.sheet.read.survey === null;
      const faults = isEmpty ? [{ field: 'not-taken', message: words.spreadsheets['fault-nothing'] }] : [];
      return show(request, reply, found, { chosen: undefined, why: '', faults, made: request.query.made ?? 0 });
    },
  );

  app.post(
    `${SPREADSHEETS_HREF}/:id/drafts`,
    { schema: { params: WithId, body: Chosen }, config: IN_FORUMS },
    async (request, reply) => {
      const found = await find(request, request.params.id);
      const { chosen = [], why } = request.body;
      const waiting = found.drafts.filter(
        (draft) => chosen.includes(draft.content.item.id) && found.draftOf(draft) === undefined,
      );
      const { led, ids } = routesOf(found, waiting);
      const faults = [...chosenFaults(request.language, waiting, led), ...whyFaults(request.language, why)];
      if (faults.length > 0) return show(request, reply.code(422), found, { chosen, why, faults, made: 0 });
      let made = 0;
      // In the order of the spreadsheet: whatever leads to a question gets its id before it.
      for (const draft of waiting) {
        const id = await propose(request, found, withRoute(draft, ids), tidy(why));
        if (id === undefined) continue;
        ids.set(draft.content.item.id, id);
        made += 1;
      }
      return reply.redirect(`${SPREADSHEETS_HREF}/${found.sheet.id}?made=${made}`, 303);
    },
  );

  /** @returns the id that its item got; nothing where somebody made the same one meanwhile, or what leads to it */
  async function propose(
    request: FastifyRequest,
    { worded, newest }: Found,
    draft: SheetDraft | undefined,
    whyAsk: string,
  ): Promise<string | undefined> {
    if (!draft) return undefined;
    const { accountId, authorityId } = person(request);
    const { surveyId, family } = worded.version;
    const content = { ...draft.content, whyAsk };
    // What the survey asks already was said by nobody here.
    const said = draft.purpose === 'withdrawal' ? { ...content, texts: {} } : content;
    const contribution = await contributionOf(access, request, said, clock());
    const proposal = { authorityId, surveyId, purpose: draft.purpose, content, proposedBy: accountId, contribution };
    const outcome = await proposals.add(proposal, takenIdsOf(newest, family), clock());
    if (outcome === 'there-already') return undefined;
    await audit.write({ at: clock(), accountId, action: 'question-proposed', subject: outcome.id });
    return (await proposals.find(outcome.id))?.drafts[0]?.item.id;
  }
}

/** The sheets of what was sent, or what is wrong with it in words. */
async function readFile({ words }: Language, file: Upload['file']) {
  if (typeof file === 'string') return { fault: { field: 'file', message: words.uploads[file] } };
  try {
    return { name: file.name, sheets: await readWorkbook(file.bytes) };
  } catch (error) {
    if (error instanceof WorkbookError) return { fault: { field: 'file', message: words.uploads[error.fault] } };
    throw error;
  }
}

function chosenFaults(language: Language, waiting: readonly JudgedDraft[], led: readonly Led[]): FieldFault[] {
  const { spreadsheets } = language.words;
  const fault = (message: string) => ({ field: 'chosen', message });
  if (waiting.length === 0) return [fault(spreadsheets['fault-none'])];
  return [
    ...(waiting.some(({ faults }) => faults.length > 0) ? [fault(spreadsheets['fault-ticked'])] : []),
    ...led.map(({ item, question }) =>
      fault(language.say('spreadsheets', 'fault-route', { item: apart(item), question: apart(question) })),
    ),
  ];
}

function whyFaults({ words: { spreadsheets } }: Language, why: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const length = [...tidy(why)].length;
  if (length === 0) faults.push({ field: 'why', message: spreadsheets['fault-why'] });
  if (length > LONGEST.why) faults.push({ field: 'why', message: spreadsheets['fault-why-long'] });
  return faults;
}

/** Whether a proposal does what a draft of a spreadsheet would. */
function isDraftOf(proposal: SeenProposal, sheet: Spreadsheet, { purpose, content }: SheetDraft): boolean {
  if (proposal.surveyId !== sheet.surveyId || proposal.purpose !== purpose || proposal.state === 'ended') return false;
  if (purpose !== 'new') return proposal.state !== 'published' && proposal.item.id === content.item.id;
  const words = content.texts[content.language]?.text ?? '';
  return Object.values(proposal.texts).some((text) => sameWords(text.text, words));
}
