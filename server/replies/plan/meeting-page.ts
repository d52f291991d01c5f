import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { boardOf, type Board, type Gathered } from './dashboard-page.ts';

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/meeting': Board & { backHref: string };
  }
}

/** How many of each a sheet of A4 holds, with the longest words: tests/journeys/print.journey.ts prints it. */
export const SHEET = { priorities: 5, unanswered: 5, overdue: 5, dates: 6, rates: 3 } as const;
/** Of each priority. */
const ACTIONS = 2;
const MEASURES = 1;
/** Characters of what somebody wrote. The dashboard, where a link leads, has all of them. */
const LONGEST = 80;

/** The dashboard on one sheet of A4, with what is left out said in words. */
export function meetingPage(language: Language, gathered: Gathered): Views['replies/plan/meeting'] {
  const whole = boardOf(language, gathered);
  const shown = cut(whole);
  const left = (Object.keys(SHEET) as (keyof typeof SHEET)[]).flatMap((part) => {
    const count = whole[part].length - shown[part].length;
    return count > 0 ? [language.say('dashboard', `left-${part}`, { count: language.number(count) })] : [];
  });
  const list = new Intl.ListFormat(language.code).format(left);
  return {
    ...whole,
    ...shown,
    title: language.say('dashboard', 'meetingTitle', { authority: isolated(language, gathered.authority) }),
    leftOut: left.length > 0 ? language.say('dashboard', 'leftOut', { list }) : '',
    backHref: '/replies/dashboard',
  };
}

function cut(board: Board): Pick<Board, keyof typeof SHEET> {
  return {
    priorities: board.priorities.slice(0, SHEET.priorities).map((line) => ({
      ...line,
      actions: line.actions.slice(0, ACTIONS).map((action) => ({
        ...action,
        task: shortened(action.task),
        measures: action.measures.slice(0, MEASURES),
      })),
    })),
    unanswered: board.unanswered.slice(0, SHEET.unanswered),
    overdue: board.overdue
      .slice(0, SHEET.overdue)
      .map((line) => ({ ...line, task: shortened(line.task), lead: shortened(line.lead) })),
    dates: board.dates.slice(0, SHEET.dates).map((line) => ({ ...line, name: shortened(line.name) })),
    rates: board.rates.slice(0, SHEET.rates),
  };
}

/** As many whole words as there is room for. */
function shortened(words: string): string {
  if (words.length <= LONGEST) return words;
  const room = words.slice(0, LONGEST);
  return `${room.slice(0, Math.max(room.lastIndexOf(' '), LONGEST / 2)).trimEnd()}…`;
}
