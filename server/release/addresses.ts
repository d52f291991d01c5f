/* Addresses of a release, and of the job that makes it: they have the same id. */

export const releaseHref = (id: string) => `/release/releases/${id}`;
export const auditHref = (id: string) => `${releaseHref(id)}/audit`;
export const eventsHref = (id: string) => `${releaseHref(id)}/events`;
export const correctionHref = (id: string) => `${releaseHref(id)}/correction`;
export const refusalHref = (id: string) => `${releaseHref(id)}/refusal`;
