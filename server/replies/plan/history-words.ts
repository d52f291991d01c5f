import { measureChanges, type MeasureWords } from '../../core/loop/plan/measures.ts';
import type { PlanEvent } from '../../core/loop/plan/plan.ts';
import { writeQuarter } from '../../core/loop/plan/quarters.ts';
import { partsChanged } from '../../core/loop/plan/words.ts';
import { isolated, type Language } from '../../web/language.ts';
import { labelsOf } from './action-form.ts';
import type { PlanPlaces } from './plan-desk.ts';
import { numberWords, partWords } from './plan-words.ts';

/** One thing that happened: when, who, and what in words, before and after. */
export interface HistoryLine {
  date: string;
  by: string;
  words: string[];
}

export function historyLines(language: Language, history: readonly PlanEvent[], places: PlanPlaces): HistoryLine[] {
  return history.map((event) => ({
    date: language.date(event.at),
    by: event.by || language.words.findings.somebody,
    words: eventWords(language, event, places),
  }));
}

function eventWords(language: Language, event: PlanEvent, places: PlanPlaces): string[] {
  const { plan } = language.words;
  const apart = (text: string) => isolated(language, text || plan.empty);
  switch (event.kind) {
    case 'made':
      return [plan.historyMade];
    case 'reworded':
      return partsChanged(event.before, event.after).map(({ field }) =>
        language.say('plan', 'historyChanged', {
          part: labelsOf(language)[field],
          before: apart(partWords(language, field, event.before, places)),
          after: apart(partWords(language, field, event.after, places)),
        }),
      );
    case 'progress':
      return [language.say('plan', 'historyProgress', { date: language.date(event.on), words: apart(event.words) })];
    case 'judged':
      return [
        event.colour === null
          ? language.say('plan', 'historyRule', { reason: apart(event.reason) })
          : language.say('plan', 'historyJudged', {
              colour: plan[`colour-${event.colour}`],
              reason: apart(event.reason),
            }),
      ];
    case 'ended':
      return [language.say('plan', `history-${event.state}`, { reason: apart(event.reason) })];
    case 'measured':
      return [language.say('plan', 'historyMeasured', { measure: apart(event.words.name) })];
    case 'remeasured':
      return remeasuredWords(language, event.before, event.after);
    case 'value':
      return [
        language.say('plan', event.before === '' ? 'historyValue' : 'historyValueChanged', {
          ...{ measure: apart(event.measure), quarter: isolated(language, writeQuarter(event.quarter)) },
          ...{ before: event.before, after: event.after },
        }),
      ];
  }
}

function remeasuredWords(language: Language, before: MeasureWords, after: MeasureWords): string[] {
  const { plan } = language.words;
  const labels = { name: plan.measureName, unit: plan.unit, better: plan.better, baseline: plan.baseline, target: plan.target }; // prettier-ignore
  const words = (measure: MeasureWords, field: keyof MeasureWords) => {
    if (field === 'better') return plan[`better-${measure.better}`];
    if (field === 'name' || field === 'unit') return measure[field];
    return numberWords(language, measure[field], measure);
  };
  return measureChanges(before, after).map((field) =>
    language.say('plan', 'historyChanged', {
      part: labels[field],
      before: isolated(language, words(before, field) || plan.empty),
      after: isolated(language, words(after, field) || plan.empty),
    }),
  );
}
