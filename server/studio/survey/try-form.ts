import { Type, type Static } from 'typebox';
import { STAGES, type Stage } from '../../core/survey/stage.ts';
import type { Form } from '../../core/survey/read-answer.ts';
import type { HeldPages, TryMove } from '../../core/survey/try-out.ts';
import { LANGUAGES, type LanguageCode } from '../../web/language.ts';
import type { WouldBeWish } from './would-be.ts';

/*
 * The form of a page of a try. Besides the page's own fields it carries all that is known of the try, in hidden fields:
 * what is tried, and for each page that was seen `held:<page>:move` and the fields of its form, `held:<page>:answer` …
 */

const PAGE = '[a-z][a-z0-9-]{0,39}(\\.[a-z0-9-]{1,40})?';
const FIELD = 'answer(-[a-z0-9-]{1,40})?';
const Values = Type.Optional(Type.Array(Type.String({ maxLength: 4000 }), { maxItems: 100 }));

/** What is tried; in the reader's language unless another one is chosen. */
export const TryChoice = Type.Object({
  survey: Type.String({ maxLength: 40 }),
  with: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 50 })),
  topics: Type.Optional(Type.Literal('on')),
  /** Nothing but the proposals that were put in. */
  only: Type.Optional(Type.Literal('yes')),
  stage: Type.Optional(Type.Enum([...STAGES])),
  language: Type.Optional(Type.Enum(LANGUAGES.map(({ code }) => code))),
});

export const TryForm = Type.Object(
  {
    ...TryChoice.properties,
    page: Type.String({ pattern: `^(end|${PAGE})$` }),
    move: Type.Optional(Type.Enum(['next', 'skip', 'back'])),
  },
  {
    patternProperties: {
      [`^held:${PAGE}:move$`]: Type.Enum(['next', 'skip']),
      [`^(held:${PAGE}:)?${FIELD}$`]: Values,
    },
    additionalProperties: false,
  },
);

export interface TryWish extends WouldBeWish {
  surveyId: string;
  /** Whether nothing but the proposals that were put in is asked. */
  only: boolean;
  stage: Stage | null;
  language: LanguageCode;
}

/** @param reads the language that the reader reads in */
export function readTryWish(choice: Static<typeof TryChoice>, reads: LanguageCode): TryWish {
  const { survey, with: proposals = [], topics, only, stage, language } = choice;
  return {
    surveyId: survey,
    proposals,
    withTopics: topics === 'on',
    only: only === 'yes',
    stage: stage ?? null,
    language: language ?? reads,
  };
}

/** The pages that the form brings along, and what was done on its own page. */
export function readTryForm(body: Static<typeof TryForm>): { held: HeldPages; move: TryMove } {
  const held = new Map<string, Form | 'skipped'>();
  const own: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    const [isHeld, page = '', field = ''] = name.split(':');
    if (isHeld === 'held' && field === 'move') {
      if (value === 'skip') held.set(page, 'skipped');
      else held.set(page, heldForm(body, page));
    } else if (name.startsWith('answer')) own[name] = value as string[];
  }
  return { held, move: { page: body.page, move: body.move ?? 'next', form: own } };
}

function heldForm(body: Static<typeof TryForm>, page: string): Form {
  const beginning = `held:${page}:answer`;
  const fields = Object.entries(body).filter(([name]) => name.startsWith(beginning));
  return Object.fromEntries(fields.map(([name, values]) => [name.slice(`held:${page}:`.length), values as string[]]));
}

/** The hidden fields that bring a try along to its next page. */
export function hiddenFields(wish: TryWish, held: HeldPages): { name: string; value: string }[] {
  const { surveyId, proposals, withTopics, only, stage, language } = wish;
  return [
    { name: 'survey', value: surveyId },
    ...proposals.map((value) => ({ name: 'with', value })),
    ...(withTopics ? [{ name: 'topics', value: 'on' }] : []),
    ...(only ? [{ name: 'only', value: 'yes' }] : []),
    ...(stage === null ? [] : [{ name: 'stage', value: stage }]),
    { name: 'language', value: language },
    ...[...held].flatMap(([page, form]) => heldFields(page, form)),
  ];
}

function heldFields(page: string, form: Form | 'skipped'): { name: string; value: string }[] {
  const name = (field: string) => `held:${page}:${field}`;
  if (form === 'skipped') return [{ name: name('move'), value: 'skip' }];
  const fields = Object.entries(form).flatMap(([field, values = []]) =>
    values.map((value) => ({ name: name(field), value })),
  );
  return [{ name: name('move'), value: 'next' }, ...fields];
}
