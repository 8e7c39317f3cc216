/**
 * What the frame wants in the shop's cart, handed to the shop's own handler, and its answer back. Under one key a line is
 * put once, also when she presses again after a page load, or in another tab: what is in the cart already is not put again.
 */
import type { ToFrame, ToLoader } from "@/lib/protocol/bridge";
import { isRecord, start } from "./guard";
import { toMajor } from "./read-call";
import type { Box } from "./storage";

type Ask = Extract<ToLoader, { type: "add-to-cart" }>;
interface Answer {
  readonly ok: boolean;
  readonly reason: string;
}

/** localStorage: keys of the lines that were put last, newest first. */
const PUT = "vetrina.put";
/** Characters of them: some sixty lines; a conversation proposes a dozen. */
const KEPT_CHARS = 2_400;
/** As lib/protocol/basket. */
const MAX_REASON_CHARS = 200;

/** What a handler answered, which may be anything: only a plain no is one, and it may say why. */
export function readAnswer(value: unknown): Answer {
  if (value === false) return { ok: false, reason: "refused" };
  if (!isRecord(value) || value.ok !== false) return { ok: true, reason: "" };
  const { reason } = value;
  return {
    ok: false,
    reason: typeof reason === "string" && reason ? reason.slice(0, MAX_REASON_CHARS) : "refused",
  };
}

/** @param ask all handlers of the page, in order */
export function openCartDoor(
  ask: (line: unknown, wishlist: boolean) => readonly unknown[],
  post: (message: ToFrame) => void,
  kept: Box,
): (message: Ask) => void {
  /** What the page is being asked right now. */
  const asking = new Map<string, Promise<Answer>>();
  const wasPut = (key: string) => ` ${kept.read(PUT) ?? ""} `.includes(` ${key} `);

  async function put({ line, currency, key, wishlist }: Ask): Promise<Answer> {
    const { id, quantity } = line;
    const price = toMajor(line.unitMinor, currency);
    let answer: Answer = { ok: false, reason: "no-handler" };
    try {
      const asked = key ? { id, quantity, price, currency, key } : { id, quantity, price, currency };
      const results = ask(asked, wishlist === true);
      for (let i = 0; i < results.length; i++) answer = readAnswer(await results[i]);
    } catch {
      answer = { ok: false, reason: "failed" };
    }
    if (key && answer.ok) {
      kept.write(PUT, `${key} ${kept.read(PUT) ?? ""}`.slice(0, KEPT_CHARS));
    }
    return answer;
  }

  return (message) => {
    start(async () => {
      const { requestId, key } = message;
      let answer: Answer = { ok: true, reason: "already" };
      if (!key || !wasPut(key)) {
        const running = (key && asking.get(key)) || put(message);
        if (key) asking.set(key, running);
        answer = await running;
        if (key) asking.delete(key);
      }
      post({ app: "vetrina", type: "cart-result", requestId, ok: answer.ok, reason: answer.reason });
    });
  };
}
