/** The launcher: one button in a shadow root, beside the page's body so that no `:last-child` of the page changes. */
import type { Labels } from "./labels";
import { putStyles } from "./put-styles";
import type { Settings } from "./settings";
import { css } from "./styles";

export interface Launcher {
  readonly root: ShadowRoot;
  readonly host: HTMLElement;
  /** `loading`: open, but the frame has not answered yet, so the button stays as the way back. */
  show(state: "closed" | "loading" | "ready"): void;
  setUnread(count: number): void;
  setLabels(labels: Labels): void;
  focus(): void;
}

const SVG = "http://www.w3.org/2000/svg";
/** A speech bubble with a picture's corner marks inside: talk about what both can see. */
const bubble =
  "M14 3.5C7.9 3.5 3.5 7.6 3.5 12.7c0 2.9 1.4 5.4 3.7 7.1l-.7 4.4 4.6-2.5c.9.2 1.9.3 2.9.3 6.1 0 10.5-4.1 10.5-9.3S20.1 3.5 14 3.5z";
const corners = "M9.5 11V9.5H12M16 9.5h2.5V11M18.5 14.5V16H16M12 16H9.5v-1.5";
const cross = "M8 8l12 12M20 8L8 20";

/** A count above this is shown as "9+": the badge is 20 px wide. */
const MAX_BADGE = 9;

export function createLauncher(
  document: Document,
  settings: Settings,
  pressed: (event: Event) => void,
): Launcher {
  const host = document.createElement("vetrina-launcher");
  const root = host.attachShadow({ mode: "open" });
  putStyles(root, css, settings.nonce);

  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("data-testid", "vt-launcher");
  button.setAttribute("aria-haspopup", "dialog");
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 28 28");
  drawing.setAttribute("aria-hidden", "true");
  const outline = document.createElementNS(SVG, "path");
  const inner = document.createElementNS(SVG, "path");
  drawing.appendChild(outline);
  drawing.appendChild(inner);
  const badge = document.createElement("b");
  badge.setAttribute("aria-hidden", "true");
  button.appendChild(drawing);
  button.appendChild(badge);
  button.addEventListener("click", pressed);
  root.appendChild(button);

  let state: "closed" | "loading" | "ready" = "closed";
  let unread = 0;
  let labels: Labels | undefined;

  function render() {
    const open = state !== "closed";
    button.className = `${settings.position} ${open ? state : ""}`;
    outline.setAttribute("d", open ? cross : bubble);
    inner.setAttribute("d", open ? "" : corners);
    button.setAttribute("aria-expanded", open ? "true" : "false");
    badge.textContent = unread && !open ? (unread > MAX_BADGE ? `${MAX_BADGE}+` : `${unread}`) : "";
    if (labels) {
      const name = open ? labels.close : labels.open;
      button.setAttribute("aria-label", unread && !open ? `${name}, ${unread} ${labels.unread}` : name);
    }
  }
  render();

  return {
    root,
    host,
    show(next) {
      state = next;
      render();
    },
    setUnread(count) {
      unread = Math.floor(count);
      render();
    },
    setLabels(next) {
      labels = next;
      render();
    },
    focus: () => button.focus({ preventScroll: true }),
  };
}
