/** How much may be recorded: what the shop said of this visitor, else its setting, and never more than her browser asks for. */
import { type ConsentLevel, consentLevels } from "@/lib/protocol/consent";

/**
 * @param told by the page, of this visitor; a claim, so it can be believed only where the shop's own pages speak
 * @param request `Sec-GPC: 1` (Global Privacy Control, https://w3c.github.io/gpc/) is her word against being followed
 */
export function allowedRecording(
  shop: { readonly consent: ConsentLevel },
  told: ConsentLevel | undefined,
  request: { readonly headers: Headers },
): ConsentLevel {
  const level = told ?? shop.consent;
  return request.headers.get("sec-gpc") === "1" ? atMost(level, "anonymous") : level;
}

function atMost(level: ConsentLevel, most: ConsentLevel): ConsentLevel {
  return consentLevels.indexOf(level) <= consentLevels.indexOf(most) ? level : most;
}
