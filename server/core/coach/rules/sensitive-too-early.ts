import { STAGES, levelOf, type Stage } from '../../survey/stage.ts';
import { TOPICS } from '../../survey/topics.ts';
import type { CoachLevel, DraftQuestion, Verdict } from '../draft.ts';
import { SENSITIVE_FROM } from '../limits.ts';
import type { SensitiveTopic } from '../lists.ts';
import type { LookedAt } from '../looked-at.ts';
import { topicsOf } from '../topics-of.ts';

/**
 * Something sensitive asked at an age that is not to be asked it, or before the last third of the survey. The gates
 * are those of waves (survey/topics.ts). A draft for a whole level in which only later stages may be asked is not
 * judged: it depends on who will be asked.
 */
export function sensitiveTooEarly(looked: LookedAt): Verdict {
  const topics = topicsOf(looked);
  const { draft } = looked;
  let isOpen = true;
  for (const topic of topics) {
    const gate = gateOf(topic, draft);
    if (gate.isShut) return { reason: { why: gate.why, values: { from: gate.from } } };
    isOpen &&= gate.isKnown;
  }
  if (topics.some(isUpsetting) && draft.position !== undefined && draft.position < SENSITIVE_FROM) {
    return { severity: 'warn', reason: { why: 'last-third', values: {} } };
  }
  if (!isOpen) return 'not-judged';
  return looked.lists || topics.length > 0 ? 'kept' : 'not-judged';
}

/** Scales of mental health have a gate but ask of good days too: they may stand anywhere. */
export function isUpsetting(topic: SensitiveTopic): boolean {
  return topic !== 'mental-health-scale';
}

interface Gate {
  isShut: boolean;
  /** False where it depends on a stage that is not given. */
  isKnown: boolean;
  why: 'not-at-this-age' | 'only-later-stages';
  from: string;
}

function gateOf(topic: SensitiveTopic, { stage, level }: DraftQuestion): Gate {
  if (topic === 'bullying') return { isShut: false, isKnown: true, why: 'not-at-this-age', from: 'P5' };
  const { from } = TOPICS[topic];
  if (stage) return { isShut: isBefore(stage, from), isKnown: true, why: 'only-later-stages', from };
  const [first, last] = stagesOf(level);
  // The youngest level reads of gates that open for its last stage alone as of no gate for it.
  const isShut = isBefore(last, from) || (level === 'p5-p7' && isBefore(first, from));
  return { isShut, isKnown: !isBefore(first, from), why: 'not-at-this-age', from };
}

function isBefore(stage: Stage, other: Stage): boolean {
  return STAGES.indexOf(stage) < STAGES.indexOf(other);
}

function stagesOf(level: CoachLevel): [first: Stage, last: Stage] {
  // Nobody below P5 is asked.
  const stages = STAGES.filter((stage) => levelOf(stage) === level && !isBefore(stage, 'P5'));
  return [stages[0] ?? 'P5', stages.at(-1) ?? 'S6'];
}
