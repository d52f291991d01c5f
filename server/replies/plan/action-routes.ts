import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { COLOURS, ENDINGS, type Colour } from '../../core/loop/plan/colour.ts';
import { isDecimal, measureFaults, readDecimal, type MeasureWords } from '../../core/loop/plan/measures.ts';
import type { PlanChange } from '../../core/loop/plan/plan.ts';
import { readQuarter } from '../../core/loop/plan/quarters.ts';
import type { PlanFault } from '../../core/loop/plan/words.ts';
import { isCivilDate, TEXT_LENGTH, textProblem } from '../../core/loop/fields.ts';
import { createAudit } from '../../storage/audit.ts';
import { createFindings } from '../../storage/findings.ts';
import { newId } from '../../storage/identifiers.ts';
import { createPlan } from '../../storage/plan.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { createEngagementDesk } from '../engagement/engagement-desk.ts';
import { createQuotations } from '../released.ts';
import { figureName } from '../sentences.ts';
import { Id, tidy, Typed } from '../shapes.ts';
import { actionPage, type TypedSmall } from './action-page.ts';
import { actionHref, measureHref, PLAN } from './addresses.ts';
import { createPlanDesk, type SeenAction } from './plan-desk.ts';
import { FreshId, PLAN_DONE, planner, WithAction } from './plan-routes.ts';

const Progress = Type.Object({ on: Typed, words: Typed }, { additionalProperties: false });
const Judgement = Type.Object(
  { colour: Type.Enum([...COLOURS, 'rule']), reason: Typed },
  { additionalProperties: false },
);
const EndingForm = Type.Object({ state: Type.Enum(ENDINGS), reason: Typed }, { additionalProperties: false });
const measureShape = {
  name: Typed,
  unit: Typed,
  better: Type.Enum(['higher', 'lower']),
  baseline: Typed,
  target: Typed,
};
const NewMeasure = Type.Object({ ...measureShape, id: FreshId }, { additionalProperties: false });
const ChangedMeasure = Type.Object(measureShape, { additionalProperties: false });
const Value = Type.Object({ quarter: Typed, value: Typed }, { additionalProperties: false });
const Link = Type.Object({ finding: Id }, { additionalProperties: false });
const WithMeasure = Type.Object({ measure: Id });
const Shown = Type.Object({ done: Type.Optional(Type.Enum(PLAN_DONE)) });

/** One action with its history, and everything that is added to it. */
export async function planActionRoutes(app: App, { database, clock }: Services): Promise<void> {
  const plan = createPlan(database);
  const desk = createPlanDesk({ database, clock });
  const findings = createFindings(database);
  const quotations = createQuotations(database);
  const engagement = createEngagementDesk({ database, clock });
  const audit = createAudit(database);
  const today = () => clock().slice(0, 10);

  async function show(request: FastifyRequest, reply: FastifyReply, seen: SeenAction, typed?: TypedSmall, done = '') {
    const me = person(request);
    const known = await quotations.seen(me, await findings.list(me.authorityId));
    const named = known.map(({ finding, quoted }) => ({
      id: finding.id,
      name: `${figureName(request.language, quoted)} (${quoted.figure.node.name})`,
    }));
    const page = actionPage(request.language, {
      seen,
      places: await desk.places(me),
      history: await plan.history(seen.action.id),
      findings: named.filter(({ id }) => seen.action.findings.includes(id)),
      linkable: named.filter(({ id }) => !seen.action.findings.includes(id)),
      involved: await engagement.about(me, [
        { kind: 'action', id: seen.action.id },
        ...seen.action.findings.map((id) => ({ kind: 'finding' as const, id })),
      ]),
      today: today(),
      freshId: newId(),
      done,
      ...(typed && { typed }),
    });
    return reply.code(typed ? 422 : 200).page('replies/plan/action', page);
  }

  /** Writes one change, or shows again what was typed and what is wrong with it. */
  async function writeOr(
    request: FastifyRequest,
    reply: FastifyReply,
    seen: SeenAction,
    { change, ...typed }: TypedSmall & { change: () => PlanChange },
  ) {
    if (typed.faults.length > 0) return show(request, reply, seen, typed);
    const { accountId, authorityId } = person(request);
    await plan.write(authorityId, [change()], accountId, clock());
    await audit.write({ at: clock(), accountId, action: 'plan-action-changed', subject: seen.action.id });
    return reply.redirect(`${actionHref(seen.action.id)}?done=changed`, 303);
  }

  const action = `${PLAN}/actions/:action`;

  app.get(action, { schema: { params: WithAction, querystring: Shown }, ...planner }, async (request, reply) => {
    const { done } = request.query;
    const seen = await desk.own(person(request), request.params.action);
    return show(request, reply, seen, undefined, done ? request.language.words.plan[`done-${done}`] : '');
  });

  app.post(
    `${action}/progress`,
    { schema: { params: WithAction, body: Progress }, ...planner },
    async (request, reply) => {
      const seen = await desk.writable(person(request), request.params.action);
      const values = { on: tidy(request.body.on), words: tidy(request.body.words) };
      const faults = [...pastDate('on', values.on, today()), ...written('words', values.words)];
      const change = () => ({ kind: 'progress' as const, action: seen.action.id, ...values });
      return writeOr(request, reply, seen, { form: 'progress', values, faults, change });
    },
  );

  app.post(
    `${action}/judgements`,
    { schema: { params: WithAction, body: Judgement }, ...planner },
    async (request, reply) => {
      const seen = await desk.writable(person(request), request.params.action);
      const values = { colour: String(request.body.colour), reason: tidy(request.body.reason) };
      const colour = COLOURS.find((one) => one === values.colour) ?? null;
      const faults = [...sameColour(seen, colour), ...written('reason', values.reason)];
      const change = () => ({ kind: 'judge' as const, action: seen.action.id, colour, reason: values.reason });
      return writeOr(request, reply, seen, { form: 'judgements', values, faults, change });
    },
  );

  app.post(
    `${action}/endings`,
    { schema: { params: WithAction, body: EndingForm }, ...planner },
    async (request, reply) => {
      const seen = await desk.writable(person(request), request.params.action);
      const { state } = request.body;
      const values = { state, reason: tidy(request.body.reason) };
      const faults = written('reason', values.reason);
      const change = () => ({ kind: 'end' as const, action: seen.action.id, ...values });
      return writeOr(request, reply, seen, { form: 'endings', values, faults, change });
    },
  );

  app.post(
    `${action}/measures`,
    { schema: { params: WithAction, body: NewMeasure }, ...planner },
    async (request, reply) => {
      const seen = await desk.writable(person(request), request.params.action);
      const { id, ...form } = request.body;
      const words = readMeasure(form);
      const change = () => ({ kind: 'measure' as const, id, action: seen.action.id, words });
      return writeOr(request, reply, seen, {
        form: 'measures',
        values: { ...words },
        faults: measureFaults(words),
        change,
      });
    },
  );

  app.post(`${action}/findings`, { schema: { params: WithAction, body: Link }, ...planner }, async (request, reply) => {
    const me = person(request);
    const seen = await desk.writable(me, request.params.action);
    const { finding } = request.body;
    const own = await quotations.seen(me, await findings.list(me.authorityId));
    const isOwn = own.some((one) => one.finding.id === finding);
    const faults: PlanFault[] = isOwn ? [] : [{ field: 'finding', problem: 'missing' }];
    const change = () => ({ kind: 'link' as const, action: seen.action.id, finding });
    return writeOr(request, reply, seen, { form: 'findings', values: {}, faults, change });
  });

  const measure = measureHref(':measure');

  app.post(measure, { schema: { params: WithMeasure, body: ChangedMeasure }, ...planner }, async (request, reply) => {
    const { measure: id } = request.params;
    const seen = await desk.ofMeasure(person(request), id);
    const words = readMeasure(request.body);
    const change = () => ({ kind: 'remeasure' as const, measure: id, words });
    const typed = { form: `measure-${id}`, values: { ...words }, faults: measureFaults(words) };
    return writeOr(request, reply, seen, { ...typed, change });
  });

  app.post(
    `${measure}/values`,
    { schema: { params: WithMeasure, body: Value }, ...planner },
    async (request, reply) => {
      const { measure: id } = request.params;
      const seen = await desk.ofMeasure(person(request), id);
      const values = { quarter: tidy(request.body.quarter), value: readDecimal(request.body.value) };
      // "Q1" alone could be of any year here.
      const quarter = /\d{4}/.test(values.quarter) ? readQuarter(values.quarter, 0) : undefined;
      const faults: PlanFault[] = [
        ...(quarter === undefined ? [{ field: 'quarter', problem: 'not-a-quarter' as const }] : []),
        ...(isDecimal(values.value) ? [] : [{ field: 'value', problem: 'not-a-number' as const }]),
      ];
      const change = () => ({ kind: 'value' as const, measure: id, quarter: quarter!, value: values.value });
      return writeOr(request, reply, seen, { form: `value-${id}`, values, faults, change });
    },
  );
}

function readMeasure(form: {
  name: string;
  unit: string;
  better: string;
  baseline: string;
  target: string;
}): MeasureWords {
  return {
    name: tidy(form.name),
    unit: tidy(form.unit),
    better: form.better === 'lower' ? 'lower' : 'higher',
    baseline: readDecimal(form.baseline),
    target: readDecimal(form.target),
  };
}

function written(field: string, text: string): PlanFault[] {
  const problem = textProblem(text, TEXT_LENGTH);
  return problem ? [{ field, problem }] : [];
}

/** Progress is what was; a day that is still to come has none. */
function pastDate(field: string, date: string, today: string): PlanFault[] {
  if (date === '') return [{ field, problem: 'missing' }];
  if (!isCivilDate(date)) return [{ field, problem: 'not-a-date' }];
  return date > today ? [{ field, problem: 'in-future' }] : [];
}

/** A colour that the rule sets already needs nobody to set it. */
function sameColour({ action, rule }: SeenAction, colour: Colour | null): PlanFault[] {
  const isSame = colour === null ? action.judgement === null : colour === rule.colour;
  return isSame ? [{ field: 'colour', problem: 'same-colour' }] : [];
}
