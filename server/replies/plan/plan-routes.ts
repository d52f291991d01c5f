import { Type, type Static } from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { PlanChange } from '../../core/loop/plan/plan.ts';
import {
  emptyWords,
  planFaults,
  TEXT_FIELDS,
  AIMS,
  POVERTY_DRIVERS,
  SHANARRI,
  type PlanFault,
  type PlanWords,
  type TextField,
} from '../../core/loop/plan/words.ts';
import { createAudit } from '../../storage/audit.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import { newId } from '../../storage/identifiers.ts';
import { createPlan, type Written } from '../../storage/plan.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { tidy, Typed } from '../shapes.ts';
import { actionFormPage, type TypedAction } from './action-form.ts';
import { actionHref, PLAN } from './addresses.ts';
import { createPlanDesk } from './plan-desk.ts';
import { planPage } from './plan-page.ts';

export const planner = { config: { access: ['planner'] } } as const;
/** Ids are made by the page that asks, so that sending a form twice makes one thing. */
export const FreshId = Type.String({ pattern: '^[\\w-]{20,40}$' });
export const WithAction = Type.Object({ action: Type.String({ maxLength: 40 }) });

const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, Typed])) as Record<TextField, typeof Typed>;
const Words = {
  ...texts,
  place: Type.String({ maxLength: 120 }),
  startsOn: Typed,
  dueOn: Typed,
  uncrc: Typed,
  shanarri: Type.Optional(Type.Array(Type.Enum(SHANARRI), { maxItems: 20 })),
  poverty: Type.Optional(Type.Array(Type.Enum(POVERTY_DRIVERS), { maxItems: 20 })),
  aims: Type.Optional(Type.Array(Type.Enum(AIMS), { maxItems: 20 })),
};
const ChangeForm = Type.Object(Words, { additionalProperties: false });
const NewForm = Type.Object({ ...Words, id: FreshId, reference: Typed }, { additionalProperties: false });

export const PLAN_DONE = ['made', 'changed', 'imported'] as const;
const Shown = Type.Object({ done: Type.Optional(Type.Enum(PLAN_DONE)) });

/** The plan, and writing its actions. */
export async function planRoutes(app: App, { database, clock }: Services): Promise<void> {
  const plan = createPlan(database);
  const desk = createPlanDesk({ database, clock });
  const audit = createAudit(database);
  const authorities = createAuthorities(database);

  app.get(PLAN, { schema: { querystring: Shown }, ...planner }, async (request, reply) => {
    const me = person(request);
    const { done } = request.query;
    const authority = await authorities.find(me.authorityId);
    const page = planPage(request.language, await desk.list(me), await desk.places(me), {
      authority: authority?.name ?? '',
      mayImport: me.area === null,
      today: clock().slice(0, 10),
      done: done ? request.language.words.plan[`done-${done}`] : '',
    });
    return reply.page('replies/plan/plan', page);
  });

  app.get(`${PLAN}/actions/new`, planner, async (request, reply) => {
    const places = await desk.places(person(request));
    const [place = ''] = places.writable.has('authority') ? ['authority'] : places.writable;
    const words = { ...emptyWords(), place };
    const typed = { id: newId(), isNew: true, reference: '', words, articles: '', faults: [] };
    return reply.page('replies/plan/action-form', actionFormPage(request.language, places, typed));
  });

  app.post(`${PLAN}/actions`, { schema: { body: NewForm }, ...planner }, async (request, reply) => {
    const { id, reference, ...form } = request.body;
    const typed = { ...read(form), id, isNew: true, reference: tidy(reference) };
    const places = await desk.places(person(request));
    const faults: PlanFault[] = [
      ...(typed.reference.length > 20 ? [{ field: 'reference', problem: 'too-long' as const }] : []),
      ...planFaults(typed.words, places.writable),
    ];
    if (faults.length === 0) {
      const written = await write(request, [{ kind: 'make', id, reference: typed.reference, words: typed.words }], id);
      if (written.outcome === 'written') return reply.redirect(`${actionHref(id)}?done=made`, 303);
      faults.push({ field: 'reference', problem: 'taken' });
    }
    const page = actionFormPage(request.language, places, { ...typed, faults });
    return reply.code(422).page('replies/plan/action-form', page);
  });

  app.get(`${PLAN}/actions/:action/change`, { schema: { params: WithAction }, ...planner }, async (request, reply) => {
    const me = person(request);
    const { action } = await desk.writable(me, request.params.action);
    const { id, reference, words } = action;
    const typed = { id, isNew: false, reference, words, articles: words.uncrc.join(', '), faults: [] };
    const page = actionFormPage(request.language, await desk.places(me), typed);
    return reply.page('replies/plan/action-form', page);
  });

  app.post(
    `${PLAN}/actions/:action`,
    { schema: { params: WithAction, body: ChangeForm }, ...planner },
    async (request, reply) => {
      const me = person(request);
      const { action } = await desk.writable(me, request.params.action);
      const typed = { ...read(request.body), id: action.id, isNew: false, reference: action.reference };
      const places = await desk.places(me);
      const faults = planFaults(typed.words, places.writable);
      if (faults.length > 0) {
        const page = actionFormPage(request.language, places, { ...typed, faults });
        return reply.code(422).page('replies/plan/action-form', page);
      }
      await write(request, [{ kind: 'reword', action: action.id, words: typed.words }], action.id);
      return reply.redirect(`${actionHref(action.id)}?done=changed`, 303);
    },
  );

  async function write(request: FastifyRequest, changes: PlanChange[], subject: string): Promise<Written> {
    const { accountId, authorityId } = person(request);
    const written = await plan.write(authorityId, changes, accountId, clock());
    const action = changes[0]?.kind === 'make' ? 'plan-action-made' : 'plan-action-changed';
    if (written.outcome === 'written') await audit.write({ at: clock(), accountId, action, subject });
    return written;
  }
}

/** What was typed, as an action; articles that are none stay as they were typed, to be put right. */
function read(form: Static<typeof ChangeForm>): Pick<TypedAction, 'words' | 'articles' | 'faults'> {
  const written = Object.fromEntries(TEXT_FIELDS.map((field) => [field, tidy(form[field])])) as Record<
    TextField,
    string
  >;
  const { shanarri = [], poverty = [], aims = [] } = form;
  const words: PlanWords = {
    ...written,
    place: form.place,
    startsOn: tidy(form.startsOn),
    dueOn: tidy(form.dueOn),
    shanarri: SHANARRI.filter((one) => shanarri.includes(one)),
    uncrc: readArticles(form.uncrc),
    poverty: POVERTY_DRIVERS.filter((one) => poverty.includes(one)),
    aims: AIMS.filter((one) => aims.includes(one)),
  };
  return { words, articles: tidy(form.uncrc), faults: [] };
}

/** "12, 31" as numbers, each once and in order; what is no number is one that no article has. */
export function readArticles(text: string): number[] {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 0));
  return [...new Set(numbers)].toSorted((one, other) => one - other);
}
