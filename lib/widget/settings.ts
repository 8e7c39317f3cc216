import { type ConsentLevel, consentLevels } from "@/lib/protocol/consent";

/** What the shop wrote into its script tag. */
export interface Settings {
  /** Origin that served us; the only one we talk to. */
  readonly origin: string;
  readonly shopKey: string;
  /** Where the launcher stands; `none` for shops that open us from a button of their own. */
  readonly position: "right" | "left" | "none";
  /** Open as soon as the page has loaded. */
  readonly open: boolean;
  /** What happens in the frame is told to the page's `dataLayer`, too. */
  readonly dataLayer: boolean;
  /** What may be recorded until the page says otherwise; absent: what the shop's settings say. */
  readonly consent: ConsentLevel | undefined;
  /** For style elements on browsers without constructed style sheets. */
  readonly nonce: string;
}

/** Null when the tag has no key: then there is nothing we could do. */
export function readSettings(document: Document): Settings | null {
  const current = document.currentScript;
  const script =
    current instanceof HTMLScriptElement
      ? current
      : document.querySelector<HTMLScriptElement>('script[data-shop][src*="/vetrina.js"]');
  const shopKey = script?.getAttribute("data-shop");
  if (!script || !shopKey) return null;
  const position = script.getAttribute("data-position");
  return {
    origin: new URL(script.src).origin,
    shopKey,
    position: position === "left" || position === "none" ? position : "right",
    open: script.hasAttribute("data-open") && script.getAttribute("data-open") !== "false",
    dataLayer: script.hasAttribute("data-layer"),
    consent: readConsent(script.getAttribute("data-consent")),
    nonce: script.nonce || "",
  };
}

/** Undefined for anything that is no level. By index: the page may have broken what walks arrays. */
export function readConsent(value: unknown): ConsentLevel | undefined {
  for (let i = 0; i < consentLevels.length; i++) if (consentLevels[i] === value) return consentLevels[i];
  return undefined;
}
