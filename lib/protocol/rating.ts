/** What a customer can say of a conversation that has ended: from very bad to very good. */
export const scores = [1, 2, 3, 4, 5] as const;
export type Score = (typeof scores)[number];

/** From this score on she counts as satisfied: good and very good. */
export const SATISFIED_FROM = 4;
