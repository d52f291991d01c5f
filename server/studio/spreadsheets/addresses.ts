export const SPREADSHEETS_HREF = '/studio/spreadsheets';

/** A version as an XLSForm. */
export const versionFileHref = (versionId: string) => `/studio/versions/${versionId}/spreadsheet`;
