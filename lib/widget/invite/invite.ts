/**
 * The invitation: a line beside the launcher, for somebody who has stayed with a product. Loaded only when the server has
 * said that there may be one; after the time it named the server is asked again, and decides. It moves nothing of the page,
 * takes no focus, and is gone with one click.
 */
import { start } from "../guard";
import { putStyles } from "../put-styles";
import type { Settings } from "../settings";
import type { Visitor } from "../visitor";
import { writeJson } from "../write-json";
import { css } from "./invite-styles";
import { words } from "./words";

/** What `/vetrina-invite.js` exports. */
export interface InviteScript {
  invite(place: Place): void;
}

interface Place {
  readonly settings: Settings;
  readonly visitor: Visitor;
  readonly root: ShadowRoot;
  readonly locale: string;
  /** Seconds, as the server said. */
  readonly after: unknown;
  readonly isOpen: () => boolean;
  readonly open: () => void;
}

const SECOND_MS = 1_000;
let timer: ReturnType<typeof setTimeout> | undefined;
/** One a page, whatever the server says. */
let shown = false;

export function invite(place: Place): void {
  const { after } = place;
  if (typeof after !== "number" || shown) return;
  clearTimeout(timer);
  const page = window.location.href;
  timer = setTimeout(() => {
    // She has gone on, or is not looking: the next product begins anew.
    const stays = window.location.href === page && document.visibilityState === "visible";
    if (stays && !place.isOpen()) start(() => decide(place));
  }, after * SECOND_MS);
}

async function decide(place: Place): Promise<void> {
  const answer = await tell(place, false);
  const decided: unknown = answer?.status === 200 ? await answer.json() : null;
  const isShown = typeof decided === "object" && decided !== null && Reflect.get(decided, "show") === true;
  if (!isShown || shown || place.isOpen()) return;
  shown = true;
  show(place);
}

/** Of nobody but somebody whose way may be recorded. */
async function tell({ settings, visitor }: Place, opened: boolean): Promise<Response | null> {
  const visitorToken = visitor.knownRecording()?.visitorToken;
  if (!visitorToken) return null;
  return fetch(`${settings.origin}/api/v1/invitations`, {
    method: "POST",
    mode: "cors",
    credentials: "omit",
    keepalive: true,
    headers: { "content-type": "text/plain" },
    body: writeJson({ shopKey: settings.shopKey, visitorToken, consent: visitor.consent, opened }),
  });
}

function show(place: Place): void {
  const { settings, root, locale } = place;
  const [line = "", no = ""] = words[locale.slice(0, 2).toLowerCase()] ?? words.en ?? [];
  putStyles(root, css, settings.nonce);
  const box = document.createElement("div");
  box.className = `invite ${settings.position}`;
  box.setAttribute("role", "status");
  box.setAttribute("data-testid", "vt-invite");
  const ask = document.createElement("button");
  ask.type = "button";
  ask.textContent = line;
  ask.addEventListener("click", () => {
    box.remove();
    start(async () => {
      await tell(place, true);
    });
    place.open();
  });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "no";
  close.textContent = "×";
  close.setAttribute("aria-label", no);
  close.addEventListener("click", () => box.remove());
  box.appendChild(ask);
  box.appendChild(close);
  root.appendChild(box);
}
