import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { emptyEntry, entryFaults, missingParts, type EntryWords } from '../../core/loop/engagement/entry.ts';
import { merge } from '../../core/loop/engagement/merge.ts';
import { Fault } from '../../errors.ts';
import { createAudit, type AuditAction } from '../../storage/audit.ts';
import { createEngagement, type EngagementEntry } from '../../storage/engagement.ts';
import { newId } from '../../storage/identifiers.ts';
import { person } from '../../web/access.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import { ENTRY_DONE, READERS, WithEntry, WRITERS } from './access.ts';
import { ENGAGEMENT, entryHref, linkValue } from './addresses.ts';
import { createDecisionNames } from './decision-names.ts';
import { createEngagementDesk } from './engagement-desk.ts';
import { ChangeForm, freeTexts, NewForm, readEntry } from './entry-form.ts';
import { entryFormPage, othersWords, type TypedEntry } from './entry-form-page.ts';
import { entryPage, historyPage } from './entry-page.ts';
import type { EntryNames } from './entry-words.ts';
import { createOffers } from './offers.ts';
import { createPersonalLook } from './personal.ts';

const Beginning = Type.Object({
  from: Type.Optional(Type.String({ maxLength: 120 })),
  about: Type.Optional(Type.String({ maxLength: 60 })),
});
const Shown = Type.Object({ done: Type.Optional(Type.Enum(ENTRY_DONE)) });

/** Entries of the record: begun, looked at, changed, and what they said before. */
export async function entryRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const record = createEngagement(database);
  const desk = createEngagementDesk(services);
  const decisions = createDecisionNames(services);
  const offers = createOffers(services);
  const personal = createPersonalLook(services);
  const audit = createAudit(database);
  const today = () => clock().slice(0, 10);
  const note = (request: FastifyRequest, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject });

  async function namesFor(request: FastifyRequest): Promise<EntryNames> {
    const me = person(request);
    return { places: await desk.places(me), decisions: await decisions.of(me, request.language) };
  }

  const showForm = (request: FastifyRequest, reply: FastifyReply, names: EntryNames, typed: TypedEntry) =>
    reply.page('replies/engagement/entry-form', entryFormPage(request.language, names, typed));

  app.get(`${ENGAGEMENT}/entries/new`, { schema: { querystring: Beginning }, ...WRITERS }, async (request, reply) => {
    const names = await namesFor(request);
    const { from = '', about = '' } = request.query;
    const words = await beginning(request, names, from, about);
    const typed = { id: newId(), basedOn: 0, begunFrom: from, words, faults: [], personal: [] };
    return showForm(request, reply, names, typed);
  });

  /** What a new form holds: what Heard holds of something that it offers, or a link to one decision, or nothing. */
  async function beginning(request: FastifyRequest, names: EntryNames, from: string, about: string) {
    const { writable } = names.places;
    const [place = ''] = writable.has('authority') ? ['authority'] : writable;
    if (from !== '') {
      const offered = await offers.of(person(request), request.language, names, place);
      const offer = offered.find(({ key }) => key === from);
      if (!offer) throw new Fault('not-found');
      return offer.entry;
    }
    const linked = names.decisions.filter((name) => linkValue(name) === about).map(({ kind, id }) => ({ kind, id }));
    return { ...emptyEntry(place), links: linked };
  }

  /** What keeps what was typed from being kept. */
  async function lookedAt(
    request: FastifyRequest,
    words: EntryWords,
    { places }: EntryNames,
    { before, confirmed }: { before: readonly string[]; confirmed: string | undefined },
  ) {
    return {
      faults: entryFaults(words, places.writable, today()),
      personal: await personal.unconfirmed(person(request), freeTexts(words), before, confirmed),
    };
  }

  app.post(
    `${ENGAGEMENT}/entries`,
    { schema: { body: NewForm }, ...WRITERS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { id, begunFrom, confirmed } = request.body;
      const names = await namesFor(request);
      const words = readEntry(request.body, names.decisions);
      const looked = await lookedAt(request, words, names, { before: [], confirmed });
      if (looked.faults.length > 0 || looked.personal.length > 0)
        return showForm(request, reply.code(422), names, { id, basedOn: 0, begunFrom, words, ...looked });
      const entry = { id, authorityId, begunFrom: begunFrom || null, words };
      const written = await record.make(entry, accountId, clock());
      // The form was sent before, with other words.
      if (written === 'changed-since') {
        const { entry: kept } = await desk.writable(person(request), id);
        return showMeanwhile(request, reply, names, { kept, base: emptyEntry(kept.words.place), words });
      }
      if (written === 'written') await note(request, 'engagement-entry-made', id);
      return reply.redirect(`${entryHref(id)}?done=made`, 303);
    },
  );

  /** Shows a form again after somebody else kept another version: with both changes, to be looked at and kept. */
  async function showMeanwhile(
    request: FastifyRequest,
    reply: FastifyReply,
    names: EntryNames,
    { kept, base, words }: { kept: EngagementEntry; base: EntryWords; words: EntryWords },
  ) {
    const { merged, theirs, both } = merge(base, words, kept.words);
    const others = othersWords(request.language, both, kept.words, names);
    const typed = {
      ...{ id: kept.id, basedOn: kept.wordsKept.number, begunFrom: '', words: merged },
      ...{ faults: entryFaults(merged, names.places.writable, today()), personal: [] },
      meanwhile: { who: kept.wordsKept.by, theirs, both: others },
    };
    return showForm(request, reply.code(409), names, typed);
  }

  const entry = entryHref(':entry');

  app.get(entry, { schema: { params: WithEntry, querystring: Shown }, ...READERS }, async (request, reply) => {
    const { done } = request.query;
    const seen = await desk.own(person(request), request.params.entry);
    const page = entryPage(request.language, await namesFor(request), seen, {
      lacks: missingParts(seen.entry.words, today()),
      done: done ? request.language.words.engagement[`done-${done}`] : '',
    });
    return reply.page('replies/engagement/entry', page);
  });

  app.get(`${entry}/history`, { schema: { params: WithEntry }, ...READERS }, async (request, reply) => {
    const { entry: seen } = await desk.own(person(request), request.params.entry);
    const history = await record.history(seen.id);
    const page = historyPage(request.language, await namesFor(request), seen, history);
    return reply.page('replies/engagement/history', page);
  });

  app.get(`${entry}/change`, { schema: { params: WithEntry }, ...WRITERS }, async (request, reply) => {
    const seen = await desk.writable(person(request), request.params.entry);
    const { id, words, wordsKept } = seen.entry;
    const typed = { id, basedOn: wordsKept.number, begunFrom: '', words, faults: [], personal: [] };
    return showForm(request, reply, await namesFor(request), typed);
  });

  app.post(
    entry,
    { schema: { params: WithEntry, body: ChangeForm }, ...WRITERS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const me = person(request);
      const { entry: kept } = await desk.writable(me, request.params.entry);
      const { basedOn, confirmed } = request.body;
      const names = await namesFor(request);
      const versions = (await record.history(kept.id)).words;
      const base = versions.find(({ number }) => number === basedOn)?.content;
      if (!base) throw new Fault('not-found', `This entry has no version ${basedOn}.`);
      const words = readEntry(request.body, names.decisions, base.links);
      const looked = await lookedAt(request, words, names, { before: freeTexts(base), confirmed });
      if (looked.faults.length > 0 || looked.personal.length > 0)
        return showForm(request, reply.code(422), names, { id: kept.id, basedOn, begunFrom: '', words, ...looked });
      const written = await record.reword(kept.id, words, basedOn, me.accountId, clock());
      if (written === 'changed-since') {
        const newest = await record.find(kept.id);
        return showMeanwhile(request, reply, names, { kept: newest ?? kept, base, words });
      }
      if (written === 'written') await note(request, 'engagement-entry-changed', kept.id);
      return reply.redirect(`${entryHref(kept.id)}?done=changed`, 303);
    },
  );
}
