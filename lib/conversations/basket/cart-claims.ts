/** What the shop's page told last of a visitor's cart: a claim, and the best that anybody has. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import type { VisitorId } from "@/lib/protocol/ids";

/** As lib/insights stores it. */
const cartSchema = z.object({
  lines: z.array(z.object({ externalId: z.string(), quantity: z.number() })),
});

interface ToldCart {
  readonly at: Date;
  /** Pieces of this variant. */
  piecesOf(externalId: string): number;
}

const nothingTold: ToldCart = { at: new Date(0), piecesOf: () => 0 };

/** @returns an empty cart when none was told, or none that reads */
export async function findToldCart(visitorId: VisitorId): Promise<ToldCart> {
  const event = await getDb().event.findFirst({
    where: { visitorId, type: "cart_changed", source: "browser" },
    orderBy: { occurredAt: "desc" },
    select: { data: true, receivedAt: true },
  });
  const cart = cartSchema.safeParse(event?.data);
  if (event === null || !cart.success) return nothingTold;
  const { lines } = cart.data;
  return {
    at: event.receivedAt,
    piecesOf: (externalId) =>
      lines.filter((line) => line.externalId === externalId).reduce((sum, line) => sum + line.quantity, 0),
  };
}
