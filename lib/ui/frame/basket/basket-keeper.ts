/**
 * The customer's side of the basket: says her yes to the server, and puts what the server lets this tab put into the
 * shop's cart. What other tabs do she sees; only the one in which she pressed asks the shop's page.
 */
import type { BasketLine } from "@/lib/protocol/basket";
import { AppError } from "@/lib/protocol/errors";
import { randomId } from "@/lib/sync/client/random-id";
import type { Room, RoomRequest, RoomSnapshot } from "@/lib/sync/client/room";
import type { Bridge } from "../use-bridge";

/** How long the shop's page may take, milliseconds: shorter than the server waits until nobody knows. */
const PUT_WITHIN_MS = 25_000;
/** What the page answered is told again after so many milliseconds, so many times: a minute without a line. */
const TELL_AGAIN_MS = 2_000;
const TELLS = 30;

/** What a basket needs of its room. */
export interface BasketRoom extends Pick<Room, "request" | "subscribe"> {
  getSnapshot(): Pick<RoomSnapshot, "basket">;
}

/** As she sees a line when she says yes. */
export type Yes = Pick<BasketLine, "lineId" | "version" | "quantity">;

export interface BasketKeeper {
  /** @throws AppError as the server refused */
  confirm(lines: readonly Yes[]): Promise<void>;
  decline(lineIds: readonly string[]): Promise<void>;
}

const keepers = new WeakMap<BasketRoom, BasketKeeper>();

/** One a room, whoever asks: a line is put once. */
export function basketKeeper(room: BasketRoom, addToCart: Bridge["addToCart"]): BasketKeeper {
  const known = keepers.get(room);
  if (known) return known;
  const keeper = openKeeper(room, addToCart);
  keepers.set(room, keeper);
  return keeper;
}

function openKeeper(room: BasketRoom, addToCart: Bridge["addToCart"]): BasketKeeper {
  const attempts = new Set<string>();
  const begun = new Set<string>();

  const put = async ({ lineId, externalId, quantity, unitMinor, currency }: BasketLine, attempt: string) => {
    const line = { id: externalId, quantity, unitMinor };
    const answer = await addToCart(line, currency, { key: lineId, withinMs: PUT_WITHIN_MS });
    // Whether it is in the cart nobody knows: the server says so when its time is over.
    if (answer.reason === "no-answer") return;
    await tell(room, { type: "basket-result", lineId, attempt, ...answer });
  };
  room.subscribe(() => {
    for (const line of room.getSnapshot().basket.lines) {
      const { attempt, lineId } = line;
      if (line.state !== "putting" || attempt === null || !attempts.has(attempt)) continue;
      const key = `${lineId} ${attempt}`;
      if (begun.has(key)) continue;
      begun.add(key);
      void put(line, attempt);
    }
  });

  return {
    async confirm(lines) {
      const attempt = randomId();
      attempts.add(attempt);
      await room.request({ type: "basket-confirm", attempt, lines: [...lines] });
    },
    decline: (lineIds) => room.request({ type: "basket-decline", lineIds: [...lineIds] }),
  };
}

/** Until the server has it: a line that is lost now may be back in a moment. */
async function tell(room: BasketRoom, result: RoomRequest): Promise<void> {
  for (let tries = 0; tries < TELLS; tries++) {
    try {
      return await room.request(result);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "unavailable") return;
    }
    await new Promise((resolve) => setTimeout(resolve, TELL_AGAIN_MS));
  }
}
