import { isQuestion } from '../core/survey/definition.ts';
import { pagesOfAll, type Step } from '../core/survey/journey.ts';
import { hasRows } from '../core/survey/kinds.ts';
import { levelOf, type Stage } from '../core/survey/stage.ts';
import type { ItemText } from '../core/survey/text.ts';
import type { ClassFacts } from '../web/class-facts.ts';
import type { Language } from '../web/language.ts';
import { drawStep, type QuestionView } from '../web/questions.ts';
import { drawAskedReply, readOutReply, type AskedReplyView } from '../web/asked-reply.ts';
import type { Views } from '../web/views.ts';
import { isRehearsal } from '../web/wave-content.ts';
import { itemTextIn, versionForStage, type WaveContent } from '../web/wave-content.ts';
import { CLASS_HREF } from './addresses.ts';
import { classTitle } from './class-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/page': {
      title: string;
      /** Whether answers are thrown away. */
      rehearsal: boolean;
      wide: true;
      /** Style of the pages on which these questions are asked. */
      style: string;
      progressWords: string;
      progressDone: number;
      progressOf: number;
      /** What the teacher says, sentence by sentence. */
      readAloud: string[];
      onlySome: boolean;
      question: QuestionView;
      /** The reply that the wave asks about, on the page that opens it. */
      reply: AskedReplyView | null;
      backHref: string;
      nextHref: string;
    };
  }
}

/**
 * One page of the survey as pupils of a stage see it, to be read together: nothing can be answered on it.
 * @param number from 1; beyond the last page there is none
 */
export function togetherPage(
  language: Language,
  facts: ClassFacts,
  content: WaveContent,
  { stage, number, style }: { stage: Stage; number: number; style: string },
): Views['class/page'] | undefined {
  const version = versionForStage(content, stage);
  if (!version) return undefined;
  const pages = pagesOfAll(version.version.definition, content.travellerOf(stage));
  const page = pages[number - 1];
  if (!page) return undefined;
  const { step, onlySome } = page;
  const text = itemTextIn(version, language.code, step.item.id, levelOf(stage));
  const question = drawStep(step, text, language, () => undefined, undefined, { headingLevel: 2 });
  const reply = version.reply?.itemId === step.item.id ? drawAskedReply(language, version.reply, 3) : null;
  const counted = { number: language.number(number), count: language.number(pages.length) };
  const hrefOf = (other: number) =>
    other >= 1 && other <= pages.length ? `${CLASS_HREF}/pages/${other}?stage=${stage}` : '';
  return {
    title: classTitle(language, facts),
    rehearsal: isRehearsal(facts.wave),
    wide: true,
    style,
    progressWords: language.say('class', 'pageOf', counted),
    progressDone: number,
    progressOf: pages.length,
    readAloud: [...readAloud(language, step, text, question), ...(reply ? readOutReply(language, reply) : [])],
    onlySome,
    question,
    reply,
    backHref: hrefOf(number - 1),
    nextHref: hrefOf(number + 1),
  };
}

/** The words of a page in the order in which they are read out, ending with the ways out of a question. */
function readAloud(language: Language, step: Step, text: ItemText, question: QuestionView): string[] {
  const { respond } = language.words;
  const rows = hasRows(step.item) && step.parts.length > 1 ? Object.values(text.rows ?? {}) : [];
  const options = Object.values(text.options ?? {});
  const ends = [text.low, text.high].filter((end) => end !== undefined);
  const optOuts = [...new Set(step.parts.flatMap((part) => part.optOuts))].map((optOut) => respond[`optOut-${optOut}`]);
  const ways = isQuestion(step.item) ? [...optOuts, language.say('class', 'orSkip', { skip: respond.skip })] : [];
  const { lead, heading, hint } = question;
  return [lead, heading, hint, ...rows, ...options, ...ends, ...ways].filter((line) => line !== '');
}
