export const proposalHref = (id: string) => `/studio/proposals/${id}`;
