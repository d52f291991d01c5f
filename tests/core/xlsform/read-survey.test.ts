import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionFaults } from '../../../server/core/survey/validate.ts';
import { readSurvey, type SurveyRead } from '../../../server/core/xlsform/read-survey.ts';
import type { Sheet } from '../../../server/core/xlsform/workbook.ts';

/** Sheets from lines whose cells are parted by bars. */
function sheet(name: string, ...lines: string[]): Sheet {
  return { name, rows: lines.map((line) => line.split('|').map((cell) => cell.trim())) };
}

const CHOICES = sheet(
  'choices',
  'list_name | name | label::English (en) | label::Français (fr)',
  'yes_no | yes | Yes | Oui',
  'yes_no | no | No | Non',
  'often | 1 | Often | Souvent',
  'often | 2 | Rarely | Rarement',
  'often | 3 | Never | Jamais',
);

function read(survey: string[], ...others: Sheet[]): SurveyRead {
  return readSurvey([sheet('survey', ...survey), ...(others.length > 0 ? others : [CHOICES])]);
}

const item = (found: SurveyRead, id: string) => found.survey?.items.find((one) => one.id === id);
const reasonAt = (found: SurveyRead, row: number, column: string) =>
  found.notTaken.find((one) => one.sheet === 'survey' && one.row === row && one.column === column)?.reason;

const HEAD = 'type | name | label::English (en) | relevant | constraint | parameters | appearance | required';

describe('a form made by others', () => {
  it('becomes questions of the kinds that Heard has, in its languages', () => {
    const found = read([
      'Type | Name | label::English (en) | label::fr | hint::en | Constraint | parameters | appearance',
      'select_one yes_no | Has_Club | A club? | Un club ? | Any club counts. | | |',
      'select multiple often | when | When? | Quand ? | | | |',
      'select_one often | agree | Agree? | D’accord ? | | | | likert',
      'rank often | order | Order? | Ordre ? | | | |',
      'integer | age | Age? | Âge ? | | . >= 5 and . < 19 | |',
      'range | mood | Mood? | Humeur ? | | | start=0 end=10 step=1 |',
      'text | why | Why? | Pourquoi ? | | string-length(.) <= 100 | |',
      'text | more | More? | Plus ? | | | | multiline',
      'note | thanks | Thank you | Merci | Bye | | |',
    ]);
    expect(found.questions.map(({ id, kind, row }) => [id, kind, row])).toEqual([
      ['has-club', 'one-choice', 2],
      ['when', 'tick-all', 3],
      ['agree', 'one-choice', 4],
      ['order', 'ranking', 5],
      ['age', 'number', 6],
      ['mood', 'ladder', 7],
      ['why', 'short-text', 8],
      ['more', 'long-text', 9],
      ['thanks', 'information', 10],
    ]);
    expect(found.notTaken).toEqual([]);
    expect(item(found, 'age')).toMatchObject({ least: 5, most: 18 });
    expect(item(found, 'why')).toMatchObject({ maxLength: 100 });
    expect(found.texts.map(({ language }) => language)).toEqual(['en', 'fr']);
    expect(found.texts[1]?.items['has-club']).toEqual({ text: 'Un club ?', options: { yes: 'Oui', no: 'Non' } });
    expect(found.missing).toContain('fr: item "thanks" has no words for the body of the page ("hint")');
    expect(found.assumed.join()).toMatch(/row 6: the numbers are counted in the groups 5-7/);
  });

  it.each([
    ["${a} = 'yes'", ['yes']],
    ["'yes' = ${a}", ['yes']],
    ["selected(${a}, 'no')", ['no']],
    ["${a} = 'yes' or ${a} = 'no'", ['yes', 'no']],
    ["not(${a} = 'yes')", ['no']],
    ["${a} != 'yes' and (${a} = 'no')", ['no']],
    ['${n} >= 6', ['6-8', '9-10']],
    ['${n} < 3 or ${n} >= 9', ['0-2', '9-10']],
    ['${step} > 8', ['9', '10']],
    ["selected(${m}, '1') or selected(${m}, '3')", ['1', '3']],
    ["${t} != ''", ['written']],
  ])('asks after a condition: %s', (relevant, anyOf) => {
    const found = readSurvey([
      {
        name: 'survey',
        rows: [
          ['type', 'name', 'label', 'relevant', 'constraint', 'parameters'],
          ['select_one yes_no', 'a', 'A'],
          ['integer', 'n', 'N', '', '. >= 0 and . <= 10'],
          ['range', 'step', 'S', '', '', 'start=0 end=10 step=1'],
          ['select_multiple often', 'm', 'M'],
          ['text', 't', 'T'],
          ['note', 'then', 'Then', relevant],
        ],
      },
      CHOICES,
    ]);
    expect(item(found, 'then')?.when?.anyOf).toEqual(anyOf);
    expect(reasonAt(found, 7, 'relevant')).toBeUndefined();
  });

  it.each([
    ["${a} = 'yes' and ${b} = 'yes'", /about 2 questions/],
    ["${later} = 'yes'", /No question named "later"/],
    ["${a} = 'perhaps'", /No answer to "a"/],
    ["selected(${m}, '1') and selected(${m}, '3')", /several answers/],
    ['${n} > 6', /divides the group "6-8"/],
    ['count(${a}) > 1', /cannot be followed/],
    [`${'('.repeat(500)}\${a} = 'yes'${')'.repeat(500)}`, /cannot be followed/],
    ["${a} = 'yes", /cannot be followed/],
  ])('lists a condition that it cannot follow: %s', (relevant, reason) => {
    const found = readSurvey([
      {
        name: 'survey',
        rows: [
          ['type', 'name', 'label', 'relevant', 'constraint'],
          ['select_one yes_no', 'a', 'A'],
          ['select_one yes_no', 'b', 'B'],
          ['select_multiple often', 'm', 'M'],
          ['integer', 'n', 'N', '', '. >= 0 and . <= 10'],
          ['note', 'then', 'Then', relevant],
          ['note', 'later', 'Later'],
        ],
      },
      CHOICES,
    ]);
    expect(item(found, 'then')).toEqual({ id: 'then', kind: 'information' });
    expect(reasonAt(found, 6, 'relevant')).toMatch(reason);
  });

  it.each([
    ['start', /no times/],
    ['geopoint', /where they are/],
    ['image', /no pictures/],
    ['date', /no dates/],
    ['calculate', /calculates nothing/],
    ['decimal', /whole numbers/],
    ['acknowledge', /no box/],
    ['select_one_from_file towns.csv', /no other file/],
    ['begin score', /no questions of the type/],
    ['# asked in class', /comment/],
    ['', /no type/],
    ['select_one lost', /no list "lost"/],
    ['end group', /Nothing has begun/],
  ])('lists each cell of a row that it has no question for: %s', (type, reason) => {
    const found = read([HEAD, `${type} | it | It?`, 'note | last | Last']);
    expect(found.questions.map(({ id }) => id)).toEqual(['last']);
    const cells = found.notTaken.filter(({ sheet: name, row }) => name === 'survey' && row === 2);
    expect(cells.map(({ value }) => value)).toEqual([type, 'it', 'It?'].filter((value) => value !== ''));
    for (const cell of cells) expect(cell.reason).toMatch(reason);
  });

  it('takes what is in a group under the condition of the group, and lists the group', () => {
    const found = read([
      HEAD,
      'select_one yes_no | a | A |',
      "begin_group | g | Group | ${a} = 'yes'",
      'note | in | In',
      'end_group',
      'note | out | Out',
    ]);
    expect(item(found, 'in')?.when).toEqual({ question: 'a', anyOf: ['yes'] });
    expect(item(found, 'out')?.when).toBeUndefined();
    expect(found.notTaken.filter(({ sheet: name }) => name === 'survey').map(({ row, value }) => [row, value])).toEqual(
      [
        [3, 'begin_group'],
        [3, 'g'],
        [3, 'Group'],
        [5, 'end_group'],
      ],
    );
  });

  it('takes a table of the same choice as one question in rows', () => {
    const found = read([
      HEAD,
      'begin group | life | How often? | | | | table-list',
      'select_one often | play | Play',
      'select_one often | rest | Rest',
      'end group',
    ]);
    expect(item(found, 'life')).toMatchObject({ kind: 'grid', rows: [{ code: 'play' }, { code: 'rest' }] });
    expect(found.texts[0]?.items['life']?.rows).toEqual({ play: 'Play', rest: 'Rest' });
    expect(found.notTaken.filter(({ sheet: name }) => name === 'survey')).toEqual([]);
  });

  it('takes nothing from a repeat', () => {
    const found = read([HEAD, 'begin repeat | r | R', 'note | in | In', 'end repeat', 'note | out | Out']);
    expect(found.questions.map(({ id }) => id)).toEqual(['out']);
    expect(found.notTaken.filter(({ row, sheet: name }) => name === 'survey' && row <= 4)).toHaveLength(7);
  });

  it('lists settings of a question that Heard lacks, and takes the question', () => {
    const found = read([
      `${HEAD} | media::audio::en | default | calculation`,
      'select_one yes_no or_other | a | A | | | randomize=true | minimal | yes | a.mp3 | no | 1 + 1',
    ]);
    expect(found.questions).toHaveLength(1);
    const listed = found.notTaken.filter(({ row, sheet: name }) => name === 'survey' && row === 2);
    expect(listed.map(({ column }) => column)).toEqual([
      'type',
      'parameters',
      'appearance',
      'required',
      'media::audio::en',
      'default',
      'calculation',
    ]);
  });

  it('keeps answers apart from those that Heard has of its own, and names apart from each other', () => {
    const found = read(
      [HEAD, 'select_one list | Über uns | A', 'select_one list | uber_uns | B', 'select_one list | 1st | C'],
      sheet('choices', 'list name | name | label', 'list | dont_know | ?', 'list | A B | x', 'list | a_b | y'),
    );
    expect(found.questions.map(({ id }) => id)).toEqual(['uber-uns', 'uber-uns-2', 'q-1st']);
    expect(item(found, 'q-1st')).toMatchObject({
      options: [{ code: 'dont-know-choice' }, { code: 'a-b' }, { code: 'a-b-2' }],
    });
  });

  it('has no survey where nothing could be taken, and lists all of it', () => {
    const found = readSurvey([sheet('Sheet1', 'type | name', 'text | a')]);
    expect(found.survey).toBeNull();
    expect(found.notTaken.map(({ value }) => value)).toEqual(['type', 'name', 'text', 'a']);
  });
});

const TYPES = [
  'select_one l',
  'select_multiple l',
  'rank l',
  'integer',
  'range',
  'text',
  'note',
  'begin group',
  'end group',
];
const OTHERS = ['begin repeat', 'end repeat', 'calculate', '#', 'select_one none', 'x'];
const HEADINGS = [
  'type name label label::en label::ar hint::en media::audio required relevant constraint appearance parameters default',
  'heard::kind heard::stages heard::domain heard::opt-outs heard::places heard::groups heard::topic heard::symbol',
  'calculation x',
]
  .join(' ')
  .split(' ');
const VALUES = [
  'yes',
  '0',
  '. > 1',
  "${a} = 'p'",
  'likert',
  'start=0 end=10 step=1',
  'none',
  'l',
  'P6',
  'faces',
  'friends',
];

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(...VALUES) },
  fc.string({ maxLength: 12 }),
);
const surveySheet = fc
  .tuple(
    fc.shuffledSubarray(HEADINGS, { minLength: 3 }),
    fc.array(fc.array(cell, { maxLength: 26 }), { maxLength: 14 }),
  )
  .chain(([headings, rows]) =>
    fc
      .array(fc.tuple(fc.constantFrom(...TYPES, ...OTHERS), fc.constantFrom('a', 'b', 'c', 'd', 'e')), {
        minLength: rows.length,
        maxLength: rows.length,
      })
      .map((kinds): Sheet => ({
        name: 'survey',
        rows: [['type', 'name', ...headings], ...rows.map((row, index) => [...(kinds[index] ?? []), ...row])],
      })),
  );

const list = sheet('choices', 'list_name | name | label', 'l | p | P', 'l | q | Q', 'l | r | R');

describe('whatever a form holds', () => {
  it('is a sound survey, of which each question stands in a row, with each other cell listed', () => {
    fc.assert(
      fc.property(surveySheet, (form) => {
        const found = readSurvey([form, list, { name: 'other', rows: [['1', '', 'x']] }]);
        if (found.survey) expect(definitionFaults(found.survey)).toEqual([]);
        for (const { reason } of found.notTaken) expect(reason).not.toBe('');
        const listed = new Set(found.notTaken.map(({ sheet: name, row, column }) => `${name} ${row} ${column}`));
        const rowsTaken = new Set(found.questions.map(({ row }) => row));
        const grids = found.survey?.items.some(({ kind }) => kind === 'grid') ?? false;
        form.rows.slice(1).forEach(([type = ''], index) => {
          if (!grids && !rowsTaken.has(index + 2)) expect(listed).toContain(`survey ${index + 2} type`);
          expect(type).not.toBe('');
        });
        expect(listed).toContain('other 1 A');
        expect(listed).toContain('other 1 C');
        const words = JSON.stringify(found.texts);
        form.rows.slice(1).forEach((row, index) =>
          row.forEach((value, column) => {
            const heading = form.rows[0]?.[column] ?? '';
            if (!/^(label|hint)/.test(heading) || value.trim() === '') return;
            if (form.rows[0]?.indexOf(heading) !== column) return;
            const isListed = listed.has(`survey ${index + 2} ${heading}`);
            expect(isListed || words.includes(JSON.stringify(value).slice(1, -1))).toBe(true);
          }),
        );
      }),
      { numRuns: 150 },
    );
  });
});
