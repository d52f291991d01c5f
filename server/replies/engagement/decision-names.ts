import type { DecisionLink, LinkKind } from '../../core/loop/engagement/entry.ts';
import { createActions } from '../../storage/actions.ts';
import { createFindings } from '../../storage/findings.ts';
import { createReplies, type Reply } from '../../storage/replies.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { Services } from '../../web/services.ts';
import { createPlanDesk } from '../plan/plan-desk.ts';
import { actionHref } from '../plan/addresses.ts';
import { addressesOf } from '../public-addresses.ts';
import { createPublicReplies } from '../public-answered.ts';
import { createQuotations } from '../released.ts';
import { deskHref, titleOf } from '../reply-words.ts';
import { figureName } from '../sentences.ts';
import { linkValue } from './addresses.ts';

/** A finding, an action of the plan or a reply by its name, for somebody who may see it. */
export interface NamedDecision extends DecisionLink {
  words: string;
  /** The language of the words; empty where it is the page's, or nobody knows. */
  lang: string;
  href: string;
  /** Of a reply, when its words were written. */
  wordsAt?: string;
}

/** The same as a page prints it: without an address where somebody may not open it, and without its name. */
export interface DecisionView {
  words: string;
  lang: string;
  href: string;
}

export interface DecisionNames {
  /**
   * All that somebody may tie an entry to, and see by name. Planners see what their pages show them; everybody else the
   * replies that are public.
   */
  of(me: SignedIn, language: Language): Promise<NamedDecision[]>;
}

export function createDecisionNames(services: Services): DecisionNames {
  const { database } = services;
  const findings = createFindings(database);
  const actions = createActions(database);
  const replies = createReplies(database);
  const quotations = createQuotations(database);
  const publicReplies = createPublicReplies(services);
  const planDesk = createPlanDesk(services);

  const nameOf = (language: Language, reply: Reply, href: string): NamedDecision => {
    const { title, lang } = titleOf(language, reply);
    return { kind: 'reply', id: reply.id, words: title, lang, href, wordsAt: reply.madeAt };
  };

  async function ofPlanner(me: SignedIn, language: Language): Promise<NamedDecision[]> {
    const seen = await quotations.seen(me, await findings.list(me.authorityId));
    const found = seen.map(({ finding, quoted }): NamedDecision => {
      const words = `${figureName(language, quoted)} (${quoted.figure.node.name})`;
      return { kind: 'finding', id: finding.id, words, lang: '', href: `/replies/findings/${finding.id}` };
    });
    const planned = (await planDesk.list(me)).map(({ action }): NamedDecision => {
      const words = `${action.reference}: ${action.words.task}`;
      return { kind: 'action', id: action.id, words, lang: '', href: actionHref(action.id) };
    });
    const written: NamedDecision[] = [];
    for (const { finding } of seen)
      for (const action of await actions.ofFinding(finding.id))
        for (const reply of await replies.ofAction(action.id))
          written.push(nameOf(language, reply, deskHref(reply.id)));
    return [...found, ...planned, ...written];
  }

  async function ofOthers(me: SignedIn, language: Language): Promise<NamedDecision[]> {
    const shown = await publicReplies.all(me.authorityId);
    return shown.map(({ reply }) => nameOf(language, reply, addressesOf(me.authorityId, reply.id).page));
  }

  return { of: (me, language) => (me.roles.includes('planner') ? ofPlanner(me, language) : ofOthers(me, language)) };
}

/** What an entry is about by name; what whoever looks may not see is named by its kind alone. */
export function decisionViews(
  { words: { engagement } }: Language,
  links: readonly DecisionLink[],
  names: readonly NamedDecision[],
): DecisionView[] {
  const known = new Map(names.map((name) => [linkValue(name), name]));
  return links.map((link) => {
    const found = known.get(linkValue(link));
    if (!found) return { words: engagement[`link-${link.kind}`], lang: '', href: '' };
    return { words: found.words, lang: found.lang, href: found.href };
  });
}

/** Names by their kind, for a form. */
export function ofKind(names: readonly NamedDecision[], kind: LinkKind): NamedDecision[] {
  return names.filter((name) => name.kind === kind);
}
