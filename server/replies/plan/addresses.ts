/* Addresses of the action plan. */

export const PLAN = '/replies/plan';
export const actionHref = (id: string) => `${PLAN}/actions/${id}`;
export const measureHref = (id: string) => `${PLAN}/measures/${id}`;
export const importHref = (id: string) => `${PLAN}/imports/${id}`;
