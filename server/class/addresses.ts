/* Addresses that a class is told, typed by hand or scanned. */

export const CLASS_HREF = '/class';
export const JOIN_HREF = '/join';

/** The school's page of a wave. */
export const schoolHref = (waveId: string, schoolId: string) => `/class/waves/${waveId}/schools/${schoolId}`;

/** Where the link of a sheet leads; only the PIN is typed there. */
export const sheetAddress = (origin: string, link: string) => `${origin}${CLASS_HREF}/links/${link}`;

/** Where the QR code on the board leads: to joining with the long code filled in. */
export const joinAddress = (origin: string, longCode: string) => `${origin}/class/join/${longCode}`;
