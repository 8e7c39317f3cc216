/** Pictures' addresses: plain ones as they are, others under a number, those made in the page not at all. */
import { imageAddress, readSrcset } from "./addresses";
import type { GateContext } from "./gate-context";
import { maskReason } from "./mask-reason";
import { type Scope, SHOW } from "./scope";
import { dropped, masked, shown, type Verdict } from "./verdict";

export function judgeImage(context: GateContext, value: string, scope: Scope): Verdict {
  const reason = maskReason(context.policy, scope);
  if (reason) return dropped(reason);
  const address = imageAddress(value, context.addresses);
  switch (address.kind) {
    case "plain":
    case "spacer":
      return shown(context.book.tell(address.url));
    case "made here":
      if (!(scope & SHOW)) return dropped("upload");
      return opaque(context, address.url);
    case "opaque":
      return opaque(context, address.url);
    case "none":
      return dropped("not listed");
  }
}

function opaque(context: GateContext, url: string): Verdict {
  const key = context.book.keyOf(url);
  return key ? masked(key, "query or token") : dropped("query or token");
}

export function judgeSrcset(context: GateContext, value: string, scope: Scope): Verdict {
  const reason = maskReason(context.policy, scope);
  if (reason) return dropped(reason);
  const told: string[] = [];
  let changed = false;
  for (const { url, descriptor } of readSrcset(value)) {
    const verdict = judgeImage(context, url, scope);
    if (verdict.as !== "shown") changed = true;
    if (verdict.value) told.push(descriptor ? `${verdict.value} ${descriptor}` : verdict.value);
  }
  if (told.length === 0) return dropped("query or token");
  return changed ? masked(told.join(", "), "query or token") : shown(told.join(", "));
}
