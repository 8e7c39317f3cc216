import * as z from "zod/mini";

/** Amounts of one currency each, in minor units; never added together. */
export const moneySchema = z.array(z.object({ currency: z.string(), minor: z.number() }));
export type Money = z.infer<typeof moneySchema>;
