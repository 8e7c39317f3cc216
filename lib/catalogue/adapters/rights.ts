/** Finding out what a connection's keys may not do: by asking for little, and hearing no. */
import { ConnectionProblem } from "./connection-problem";
import type { Params, ShopLine } from "./shop-line";

/** @throws ConnectionProblem for everything but a refusal */
export async function hasRight(
  line: ShopLine,
  path: string,
  params: Params = [["per_page", "1"]],
): Promise<boolean> {
  const answer = await unlessRefused(line.send({ what: path.slice(1), path, params }));
  return answer !== null;
}

/** Null when the keys may not do it. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ConnectionProblem && (error.problem === "rights" || error.problem === "keys"))
      return null;
    throw error;
  }
}
