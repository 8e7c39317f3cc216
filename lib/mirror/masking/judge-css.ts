/** Style sheets and style attributes. */
import { imageAddress } from "./addresses";
import { filterCss } from "./css-text";
import type { GateContext } from "./gate-context";
import { maskReason } from "./mask-reason";
import { HIDE, type Scope, SHOW } from "./scope";
import { dropped, masked, shown, type Verdict } from "./verdict";

/** @param place a sheet is its author's; a style attribute is often written by script, from what the customer did */
export function judgeCss(
  context: GateContext,
  text: string,
  scope: Scope,
  place: "sheet" | "inline",
): Verdict {
  if (context.policy.mode === "off") return dropped("mirror off");
  if (scope & HIDE) return dropped("hide rule");
  const reason = maskReason(context.policy, scope);
  // Replicas may load typefaces from nowhere but the customer's browser: other origins' are refused to them anyway.
  const isFont = place === "sheet" && /^\s*@font-face/i.test(text);
  const address = (url: string): string | null => {
    if (url.startsWith("#")) return url;
    const image = imageAddress(url, context.addresses);
    switch (image.kind) {
      case "plain":
      case "spacer":
        if (isFont) return context.book.keyOf(image.url);
        if (reason && place === "inline") return null;
        return context.book.tell(image.url);
      case "opaque":
        return reason && !isFont ? null : context.book.keyOf(image.url);
      case "made here": {
        const isAuthors = place === "sheet" && !reason && /^data:(image|font)\//i.test(image.url);
        if (isAuthors) return context.taint.clean(image.url);
        return /^data:(font|application\/(x-)?font)/i.test(image.url) || (scope & SHOW && !reason)
          ? context.book.keyOf(image.url)
          : null;
      }
      case "none":
        return null;
    }
  };
  const filtered = filterCss(text, {
    strict: reason !== null,
    address,
    clean: (string) => context.taint.clean(string),
  });
  const told = context.taint.clean(filtered, true);
  return told === text ? shown(told) : masked(told, reason ?? "design");
}
