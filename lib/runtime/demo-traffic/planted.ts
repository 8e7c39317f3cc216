/** What is planted in generated traffic, and what is not: the numbers that the reports are to find again. Shares, 0 to 1. */
export const planted = {
  /** Conversations that end in an order, and how much better one agent does. */
  sold: 0.65,
  betterBy: 0.2,
  /** The pair that sells together: of the orders with the first, how many take the second along. */
  pair: { first: "NIVES", second: "DOLOMITI", share: 0.6 },
  /** Of visitors who look at a product for long enough to be invited: how many are held out, who buy as they would anyway. */
  heldOut: 0.2,
  buysAnyway: 0.1,
  /** What an invitation adds to that, in points: 0.08 are eight more of a hundred. */
  invitationAdds: 0.08,
  /** What the best agent does otherwise: draws in more of her conversations, shows one product more beside the one that is asked about, and answers in less time. */
  draws: 0.45,
  bestDraws: 0.75,
  others: [0, 2],
  bestOthers: [1, 3],
  firstAnswerSeconds: 38,
  bestFirstAnswerSeconds: 19,
  refunded: 0.06,
  cancelled: 0.02,
  /** Orders that the shop's server has proven; of the others only a page has told. */
  confirmed: 0.85,
  /** Customers who say how it was, once somebody has talked with them. */
  rated: 0.35,
} as const;

/** Invented people; the first is the one who sells better. */
export const demoAgents = [
  "Giulia Ferri",
  "Jonas Weber",
  "Claire Dubois",
  "Mateo Ruiz",
  "Emma Hughes",
] as const;
