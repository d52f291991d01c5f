import { Type } from 'typebox';
import { findingFaults, type FindingPlace } from '../core/loop/finding.ts';
import { SUGGESTION_RULES, type SuggestionFacts } from '../core/loop/suggestions.ts';
import { Fault, Superseded } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createFindingMarks } from '../storage/finding-marks.ts';
import { createFindings } from '../storage/findings.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { findingsPage, newFindingPage } from './finding-pages.ts';
import { createQuotations, type Quoted } from './released.ts';
import { Name, Place, placeOf, tidy, Typed } from './shapes.ts';
import { createSuggestionDesk } from './suggesting.ts';

const NewFinding = Type.Object(
  {
    ...Place,
    whyItMatters: Typed,
    forWhom: Type.Optional(Typed),
    /** Of a suggestion: the rule that made it, and the groups that it compared. */
    rule: Type.Optional(Type.Enum(SUGGESTION_RULES)),
    groups: Type.Optional(Name),
  },
  { additionalProperties: false },
);
const AtPlace = Type.Object(Place);

/** The list of findings and making one. */
export async function findingRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const marks = createFindingMarks(database);
  const desk = createSuggestionDesk(services);
  const findings = createFindings(database);
  const quotations = createQuotations(database);
  const audit = createAudit(database);

  /** The figure of a published release of this authority, shown or refused. */
  async function quote(me: SignedIn, releaseId: string, place: FindingPlace): Promise<Quoted> {
    const quoted = await quotations.open(me, me.authorityId, releaseId, place);
    if (quoted === 'no-release') throw new Fault('not-found');
    // One answer for both, and for a place outside one's area, so that nobody learns which places there are.
    if (quoted === 'no-place' || quoted === 'hidden') throw new Fault('hidden-result');
    const { supersededBy } = quoted.entry;
    if (supersededBy !== null) throw new Superseded(releaseId, supersededBy);
    return quoted;
  }

  /** What suggested a finding, worked out anew: a form only says which of the suggestions it was. */
  async function factsOf(
    me: SignedIn,
    releaseId: string,
    place: FindingPlace,
    { rule, groups = '' }: { rule?: SuggestionFacts['rule']; groups?: string },
  ): Promise<SuggestionFacts | null> {
    if (rule === undefined) return null;
    const of = (await desk.releases(me)).find(({ entry }) => entry.id === releaseId);
    const node = of?.release.node(place.node);
    const found = of && node ? await desk.at(me, of, node) : [];
    const suggestion = found.find(
      (one) =>
        one.facts.rule === rule &&
        (one.facts.groups?.join(' ') ?? '') === groups &&
        one.place.band === place.band &&
        one.place.item === place.item &&
        one.place.option === place.option,
    );
    if (!suggestion) throw new Fault('bad-request', `No suggestion by the rule "${rule}" is made for this figure.`);
    return suggestion.facts;
  }

  app.get('/replies/findings', { config: { access: ['planner'] } }, async (request, reply) => {
    const me = person(request);
    const groups = await marks.groups(me.authorityId);
    const last = new Map((await marks.priorities(me.authorityId)).map((mark) => [mark.findingId, mark]));
    const seen = await quotations.seen(me, await findings.list(me.authorityId));
    const list = seen.map(({ finding, quoted }) => {
      const mark = last.get(finding.id);
      return { finding, quoted, prioritySince: mark?.isPriority ? mark.at : '', group: groups.get(finding.id) ?? '' };
    });
    return reply.page('replies/findings', findingsPage(request.language, list));
  });

  app.get(
    '/replies/findings/new',
    { schema: { querystring: AtPlace }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const { release } = request.query;
      const quoted = await quote(me, release, placeOf(request.query));
      await audit.write({
        at: clock(),
        accountId: me.accountId,
        action: 'results-viewed',
        subject: subjectOf(request.query),
      });
      const form = { releaseId: release, whyItMatters: '', forWhom: undefined, facts: null, faults: [] };
      return reply.page('replies/new-finding', newFindingPage(request.language, quoted, form));
    },
  );

  app.post(
    '/replies/findings',
    { schema: { body: NewFinding }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const { accountId, authorityId } = me;
      const { release: releaseId, ...fields } = request.body;
      const place = placeOf(fields);
      const quoted = await quote(me, releaseId, place);
      const whyItMatters = tidy(fields.whyItMatters);
      const forWhom = tidy(fields.forWhom ?? '');
      const facts = await factsOf(me, releaseId, place, fields);
      const faults = findingFaults({ whyItMatters, forWhom });
      if (faults.length > 0) {
        const page = newFindingPage(request.language, quoted, { releaseId, whyItMatters, forWhom, facts, faults });
        return reply.code(422).page('replies/new-finding', page);
      }
      const id = await findings.make({ authorityId, releaseId, place, whyItMatters }, accountId, clock());
      await marks.keepOrigin(id, { forWhom, facts });
      await audit.write({ at: clock(), accountId, action: 'finding-made', subject: id });
      return reply.redirect(`/replies/findings/${id}?done=finding`, 303);
    },
  );
}

function subjectOf(query: { release: string; node: string; band: string; item: string; option: string }): string {
  return [query.release, query.node, query.band, query.item, query.option].join('/');
}
