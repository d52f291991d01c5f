import { COLOURS, isOverdue } from '../../core/loop/plan/colour.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { actionHref, PLAN } from './addresses.ts';
import type { PlanPlaces, SeenAction } from './plan-desk.ts';
import { colourView, measureView, placeWords, ruleWords, type ColourView, type MeasureView } from './plan-words.ts';

interface PlannedView {
  href: string;
  reference: string;
  task: string;
  group: string;
  lead: string;
  partners: string;
  place: string;
  due: string;
  overdue: string;
  colour: ColourView;
  /** Which rule, and what a person says instead, with the reason. */
  rule: string;
  judged: string;
  measures: MeasureView[];
  progress: { date: string; words: string } | null;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/plan': {
      title: string;
      wide: boolean;
      done: string;
      lead: string;
      priorities: { name: string; actions: PlannedView[] }[];
      newHref: string;
      /** Empty for somebody who is bound to an area. */
      importHref: string;
      files: { href: string; words: string }[];
    };
    'replies/plan/colour': { colour: ColourView };
  }
}

/** The whole plan by priority, with how each action stands. */
export function planPage(
  language: Language,
  actions: readonly SeenAction[],
  places: PlanPlaces,
  { authority, mayImport, today, done }: { authority: string; mayImport: boolean; today: string; done: string },
): Views['replies/plan/plan'] {
  const words = language.words.plan;
  const byPriority = Map.groupBy(actions, ({ action }) => action.words.priority);
  return {
    title: language.say('plan', 'title', { authority: isolated(language, authority) }),
    wide: true,
    done,
    lead: leadWords(language, actions, today),
    priorities: [...byPriority].map(([name, own]) => ({
      name: name || words.noPriority,
      actions: own.map((seen) => plannedView(language, seen, places, today)),
    })),
    newHref: `${PLAN}/actions/new`,
    importHref: mayImport ? `${PLAN}/imports/new` : '',
    files: (['xlsx', 'csv'] as const).map((format) => ({
      href: `${PLAN}/file.${format}`,
      words: words[`download-${format}`],
    })),
  };
}

/** "12 actions: 2 red, 3 amber, 6 green; 1 is overdue." */
function leadWords(language: Language, actions: readonly SeenAction[], today: string): string {
  const count = (of: string) => actions.filter(({ colour }) => colour === of).length;
  const overdue = actions.filter(({ action }) => isOverdue(action, today)).length;
  const [red, amber, green] = COLOURS.map((colour) => language.number(count(colour)));
  const said = [
    language.say('plan', 'actionCount', { count: actions.length }),
    language.say('plan', 'colourCounts', { red: red!, amber: amber!, green: green! }),
    ...(overdue > 0 ? [language.say('plan', 'overdueCount', { count: overdue })] : []),
  ];
  return said.join(' ');
}

export function plannedView(language: Language, seen: SeenAction, places: PlanPlaces, today: string): PlannedView {
  const { action, colour, rule } = seen;
  const { words, judgement, progress, measures } = action;
  const [latest] = progress;
  return {
    href: actionHref(action.id),
    reference: action.reference,
    task: words.task,
    group: words.group,
    lead: words.lead,
    partners: words.partners,
    place: placeWords(language, words.place, places),
    due: language.date(words.dueOn),
    overdue: isOverdue(action, today) ? language.words.plan.overdue : '',
    colour: colourView(language, colour),
    // Where a person says otherwise, the colour of the rule is said too.
    rule: [
      ...(judgement ? [language.words.plan.byRule, `${colourView(language, rule.colour).words}.`] : []),
      ruleWords(language, rule),
    ].join(' '),
    judged: judgement && action.state !== 'stopped' ? judgedWords(language, judgement) : '',
    measures: measures.map((measure) => measureView(language, measure)),
    progress: latest ? { date: language.date(latest.on), words: latest.words } : null,
  };
}

/** Which colour a person set, when and why. */
export function judgedWords(
  language: Language,
  { colour, reason, at, by }: { colour: 'red' | 'amber' | 'green'; reason: string; at: string; by: string },
): string {
  return language.say('plan', 'judged', {
    colour: language.words.plan[`colour-${colour}`],
    reason: isolated(language, reason),
    date: language.date(at),
    who: isolated(language, by || language.words.findings.somebody),
  });
}
