import type { SectionId } from '../../core/loop/annual/sections.ts';

/* Addresses of annual reports: those of planners, and those that everybody reads. */

export const ANNUAL = '/replies/annual';
export const reportHref = (report: string) => `${ANNUAL}/${report}`;
export const draftHref = (report: string) => `${reportHref(report)}/draft`;
export const sectionHref = (report: string, section: SectionId | ':section') =>
  `${reportHref(report)}/sections/${section}`;
export const readingsHref = (report: string) => `${reportHref(report)}/readings`;
export const editionsHref = (report: string) => `${reportHref(report)}/editions`;
export const withdrawalsHref = (report: string, edition: number | ':edition') =>
  `${editionsHref(report)}/${edition}/withdrawals`;
export const publicReportHref = (authority: string, report: string) =>
  `/replies/${encodeURIComponent(authority)}/annual/${report}`;
