import * as z from "zod/mini";

/** Amounts of one currency each, in minor units, never added together; with the part that only browsers claim (SPEC.md, AT26). */
export const claimedMoneySchema = z.array(
  z.object({ currency: z.string(), minor: z.number(), claimed: z.number() }),
);
export type ClaimedMoney = z.infer<typeof claimedMoneySchema>;
