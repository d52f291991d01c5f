import type { SurveyRead } from '../../core/xlsform/read-survey.ts';

/** What became of a form, in lines to read: what was taken, then what was not, by sheet and row. */
export function reportOf({ survey, texts, questions, notTaken, assumed, missing }: SurveyRead): string[] {
  const languages = texts.map(({ language }) => language).join(', ');
  const head = survey
    ? `Taken: ${questions.length} items as the survey "${survey.id}", in ${languages || 'no language'}.`
    : 'No row could be taken.';
  return [
    head,
    ...questions.map(({ row, id, kind }) => `  row ${row}: ${id} (${kind})`),
    ...part(
      'Not taken, or only in part:',
      notTaken.map(({ sheet, row, column, value, reason }) => `${sheet} row ${row}, ${column} "${value}": ${reason}`),
    ),
    ...part('Assumed, since the form does not say it:', assumed),
    ...part('Words that are missing before it can be asked:', missing),
  ];
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
