import type { SurveyRead } from '../core/xlsform/read-survey.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What Heard took of a spreadsheet that somebody sent. */
export interface Spreadsheet {
  id: string;
  /** The survey that it was sent for. */
  surveyId: string;
  /** The file's name, for showing. */
  name: string;
  read: SurveyRead;
}

export interface Spreadsheets {
  /** Keeps what was read, in the place of what the same person sent before. @returns its id */
  keep(sheet: Omit<Spreadsheet, 'id'>, accountId: string, at: string): Promise<string>;
  /** What this person sent last, if that is its id. */
  find(id: string, accountId: string): Promise<Spreadsheet | undefined>;
}

export function createSpreadsheets({ query }: Pick<Database, 'query'>): Spreadsheets {
  return {
    async keep({ surveyId, name, read }, accountId, at) {
      const row = { id: newId(), survey_id: surveyId, name, read: JSON.stringify(read), sent_at: at };
      await query
        .insertInto('spreadsheets')
        .values({ account_id: accountId, ...row })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
        .execute();
      return row.id;
    },
    async find(id, accountId) {
      const row = await query
        .selectFrom('spreadsheets')
        .select(['id', 'survey_id', 'name', 'read'])
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row && { id: row.id, surveyId: row.survey_id, name: row.name, read: JSON.parse(row.read) as SurveyRead };
    },
  };
}
