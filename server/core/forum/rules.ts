/** The house rules of a forum, by key of their words in locales/<language>/forum.json, in their order. */
export const HOUSE_RULES = ['kind', 'own', 'no-contact', 'no-names', 'private', 'ask', 'leave'] as const;

/** The number of their wording: whoever agreed to an earlier one is asked again. Raise it when a rule changes. */
export const RULES_NUMBER = 1;
