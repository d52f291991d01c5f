import { expect, it } from 'vitest';
import type { Answer, Answers, AnswerValue } from '../../server/core/survey/answer.ts';
import { isQuestion, type SurveyDefinition, type SurveyItem } from '../../server/core/survey/definition.ts';
import { stepNumbered, type Step } from '../../server/core/survey/journey.ts';
import { answerKindOf, asksForWords } from '../../server/core/survey/kinds.ts';
import { optOutValue, readAnswers, type AnswerFault } from '../../server/core/survey/read-answer.ts';
import type { ItemText } from '../../server/core/survey/text.ts';
import { loadLanguages, type Language } from '../../server/web/language.ts';
import { answersInWords, drawStep, type DrawingOptions, type StepFault } from '../../server/web/questions.ts';
import { around, controls, drawnHtml, elements, nameOf, sentBy, words, type Drawn } from './drawn-form.ts';

const languages = loadLanguages();
export const LANGUAGES: Language[] = [...languages.values()];
export const ENGLISH = languages.get('en')!;

const FAULTS: Record<AnswerFault, true> = {
  blank: true,
  'unknown-option': true,
  'more-than-one': true,
  'none-with-others': true,
  'too-long': true,
  'same-twice': true,
  'place-left-out': true,
  'not-a-number': true,
  'out-of-range': true,
};

/** The pages that an item can be asked on: all of it, and each of its rows. */
export function stepsOf(item: SurveyItem): Step[] {
  const survey: SurveyDefinition = {
    id: 'drawn',
    family: 'drawn',
    stages: [],
    reached: 'open',
    items: [item],
    indicators: [],
  };
  const steps: Step[] = [];
  for (let step; (step = stepNumbered(survey, steps.length + 1));) steps.push(step);
  return steps;
}

/** A page drawn for somebody. */
export function drawn(
  step: Step,
  text: ItemText,
  given: { language?: Language; answers?: Answers; fault?: StepFault; options?: DrawingOptions } = {},
): Drawn {
  const { language = ENGLISH, answers = {}, fault, options } = given;
  return drawnHtml(drawStep(step, text, language, (key) => answers[key], fault, options));
}

/** What nobody should be left without, on any page of any survey. */
export function expectUsable(page: Drawn): void {
  const ids = elements(page).flatMap(({ attributes }) => attributes.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const control of controls(page)) expect(nameOf(control, page), control.attributes.value).not.toBe('');
  for (const { attributes } of elements(page)) {
    for (const id of attributes['aria-describedby']?.split(' ') ?? []) expect(ids).toContain(id);
  }
  for (const { attributes } of elements(page, 'label')) if (attributes.for) expect(ids).toContain(attributes.for);
  for (const group of elements(page, 'fieldset')) expect(words(elements(group, 'legend')[0]!)).not.toBe('');
  expect(words(page)).not.toMatch(/undefined|\[object|\{\{|NaN/);
}

/** What every kind has to keep when it is drawn. */
export function drawnSuite(item: SurveyItem, text: ItemText, values: readonly AnswerValue[]): void {
  const steps = stepsOf(item);
  const asking = steps.filter(({ parts }) => parts.length > 0);
  const everyAnswer = (step: Step): Answer[] => [
    ...values.map((value): Answer => ({ state: 'answered', value })),
    ...(step.parts[0]?.optOuts ?? []).map((state): Answer => ({ state })),
  ];
  const answersTo = (step: Step, answer: Answer): Answers =>
    Object.fromEntries(step.parts.map((part) => [part.id, answer]));

  it('is drawn with its words, a name for every control and ids that stand once', () => {
    for (const step of steps) {
      for (const language of LANGUAGES) {
        const page = drawn(step, text, { language, options: { symbols: true } });
        expectUsable(page);
        expect(elements(page, 'h1')).toHaveLength(1);
        expect(words(page)).toContain(text.text);
      }
    }
  });

  it('offers each of its options once a question, with its words, and then the ways out', () => {
    for (const step of asking) expectOptions(step, text);
  });

  it('shows again what was answered, and sends it as it was', () => {
    for (const step of asking) {
      for (const answer of everyAnswer(step)) {
        const answers = answersTo(step, answer);
        expect(readAnswers(step, sentBy(drawn(step, text, { answers })))).toEqual({ answers });
      }
    }
  });

  it('asks again where nothing was chosen', () => {
    for (const step of steps) {
      const reading = readAnswers(step, sentBy(drawn(step, text)));
      if (isQuestion(item)) expect(reading).toEqual({ fault: 'blank', partId: step.parts[0]!.id });
      else expect('answers' in reading).toBe(true);
    }
  });

  it('says what was wrong beside the control that the summary leads to', () => {
    for (const step of asking) {
      for (const part of step.parts) {
        for (const fault of Object.keys(FAULTS) as AnswerFault[]) expectFault(step, text, { fault, partId: part.id });
      }
    }
  });

  it('keeps what a form with a fault held', () => {
    for (const step of asking) {
      const [answer] = everyAnswer(step);
      const given = sentBy(drawn(step, text, { answers: answersTo(step, answer!) }));
      const fault: StepFault = { fault: 'unknown-option', partId: step.parts[0]!.id, given };
      expect(sentBy(drawn(step, text, { fault }))).toEqual(given);
    }
  });

  it('fetches symbols for nobody who did not ask for them', () => {
    const pictured = { ...item, symbol: 'star' };
    const [step] = stepsOf(pictured);
    expect(elements(drawn(step!, text), 'img')).toEqual([]);
    const [symbol] = elements(drawn(step!, text, { options: { symbols: true } }), 'img');
    expect(symbol?.attributes).toMatchObject({ src: '/public/symbols/star.svg', alt: '', width: '40', height: '40' });
  });

  it('can stand beside others: its ids begin as it was told', () => {
    for (const step of asking) {
      const fault: StepFault = { fault: 'blank', partId: step.parts[0]!.id };
      const page = drawn(step, text, { fault, options: { prefix: 'here-', headingLevel: 4 } });
      expectUsable(page);
      for (const { attributes } of elements(page)) if (attributes.id) expect(attributes.id).toMatch(/^here-/);
      expect(elements(page, 'h4')).toHaveLength(1);
      expect(elements(page, 'h1')).toHaveLength(0);
    }
  });

  it('is put into words where answers are checked, whatever was answered', () => {
    for (const step of steps) {
      for (const language of LANGUAGES) {
        for (const answer of [...everyAnswer(step), { state: 'skipped' } as const]) {
          const lines = answersInWords(step, text, language, () => answer);
          expect(lines.map(({ key }) => key)).toEqual(step.parts.map(({ id }) => id));
          for (const line of lines) {
            expect(line.question).toContain(text.text);
            expect(line.words).not.toMatch(/^$|undefined|\[object|\{\{/);
          }
          expect(new Set(lines.map(({ question }) => question)).size).toBe(lines.length);
        }
      }
    }
  });
}

function expectOptions(step: Step, text: ItemText): void {
  const page = drawn(step, text);
  const fields = new Set(controls(page).map(({ attributes }) => attributes.name!));
  expect(fields.size).toBe(step.parts.length);
  [...fields].forEach((field, index) => {
    const part = step.parts[index]!;
    const inField = controls(page).filter(({ attributes }) => attributes.name === field);
    const boxes = inField.filter(({ attributes }) => ['radio', 'checkbox'].includes(attributes.type ?? ''));
    const optOuts = boxes.filter(({ attributes }) => attributes.value!.startsWith('state:'));
    const options = boxes.filter((box) => !optOuts.includes(box));
    expect(optOuts.map(({ attributes }) => attributes.value)).toEqual(part.optOuts.map(optOutValue));
    for (const [at, optOut] of part.optOuts.entries())
      expect(nameOf(optOuts[at]!, page)).toBe(ENGLISH.words.respond[`optOut-${optOut}`]);
    const codes = part.kind === 'number' || asksForWords(part) || part.kind === 'ranking' ? [] : codesOf(step, index);
    expect(options.map(({ attributes }) => attributes.value)).toEqual(codes);
    for (const option of options) {
      const visible = words(around(option).find(({ tag }) => tag === 'label')!);
      const code = option.attributes.value!;
      expect(visible).toBe(text.options?.[code] ?? code);
      // Whoever says what they see is understood.
      expect(nameOf(option, page).startsWith(visible)).toBe(true);
    }
    for (const list of inField.filter(({ tag }) => tag === 'select')) {
      const [none, ...offered] = elements(list, 'option').map((option) => [option.attributes.value, words(option)]);
      expect(none?.[0]).toBe('');
      expect(offered).toEqual(codesOf(step, index).map((code) => [code, text.options?.[code]]));
    }
  });
}

const codesOf = (step: Step, index: number) => answerKindOf(step.parts[index]!).codes(step.parts[index]!);

function expectFault(step: Step, text: ItemText, fault: StepFault): void {
  const view = drawStep(step, text, ENGLISH, () => undefined, fault);
  const page = drawnHtml(view);
  expectUsable(page);
  expect(view.fault).not.toBe('');
  const [said, ...more] = elements(page).filter(({ attributes }) => attributes.class === 'fault');
  expect(more).toEqual([]);
  expect(words(said!)).toBe(view.fault);
  const control = controls(page).find(({ attributes }) => attributes.id === view.firstField);
  expect(control).toBeDefined();
  const tied = [control!, ...around(control!)].filter(({ attributes }) =>
    attributes['aria-describedby']?.split(' ').includes(said!.attributes.id!),
  );
  expect(tied).toHaveLength(1);
}
