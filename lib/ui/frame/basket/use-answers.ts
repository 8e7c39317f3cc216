import { useState } from "react";
import { AppError } from "@/lib/protocol/errors";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { BasketKeeper, Yes } from "./basket-keeper";

/** Her yes and no: one at a time, and why one was not taken. */
export function useAnswers(keeper: BasketKeeper | null) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<BasketKey | null>(null);

  const run = async (work: (keeper: BasketKeeper) => Promise<void>) => {
    if (keeper === null || busy) return;
    setBusy(true);
    setFailed(null);
    await work(keeper).catch((error: unknown) => setFailed(wordsFor(error)));
    setBusy(false);
  };
  return {
    busy,
    failed,
    confirm: (lines: readonly Yes[]) => run((one) => one.confirm(lines)),
    decline: (lineIds: readonly string[]) => run((one) => one.decline(lineIds)),
  };
}

function wordsFor(error: unknown): BasketKey {
  if (!(error instanceof AppError)) return "errorUnavailable";
  if (error.code === "conversation_closed") return "errorEnded";
  return error.code === "conflict" || error.code === "not_found" ? "errorChanged" : "errorUnavailable";
}
