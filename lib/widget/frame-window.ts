/** The frame: an iframe from our origin, made when first asked for, and the checked message bridge to it. */
import type { ToFrame, ToLoader } from "@/lib/protocol/bridge";
import { guard } from "./guard";
import { readFrameMessage } from "./read-frame-message";
import type { Settings } from "./settings";

export interface FrameWindow {
  readonly exists: boolean;
  readonly isReady: boolean;
  /** Makes the iframe if there is none yet. */
  mount(title: string, locale: string): void;
  show(open: boolean): void;
  setPanel(panel: boolean): void;
  post(message: ToFrame, port?: MessagePort): void;
  focus(): void;
  /** As if it had never been made: the next one belongs to somebody else. */
  remove(): void;
}

/** Under this width the frame fills the screen; the same number stands in the style sheet's media query. */
export const PHONE_BELOW_PX = 640;

export function createFrameWindow(
  root: ShadowRoot,
  host: HTMLElement,
  settings: Settings,
  received: (message: ToLoader) => void,
): FrameWindow {
  let iframe: HTMLIFrameElement | null = null;
  let ready = false;
  let open = false;
  let panel = false;

  const render = () => {
    if (!iframe) return;
    iframe.className = `${settings.position}${panel ? " panel" : ""}${open ? " open" : ""}`;
    // A closed frame is out of the tab order and of the accessibility tree.
    iframe.tabIndex = open ? 0 : -1;
    iframe.setAttribute("aria-hidden", open ? "false" : "true");
  };

  const listen = guard<MessageEvent>((event) => {
    if (!iframe || event.origin !== settings.origin || event.source !== iframe.contentWindow) return;
    const message = readFrameMessage(event.data);
    if (!message) return;
    if (message.type === "ready") ready = true;
    received(message);
  });

  // A phone's keyboard shrinks the visible part only; the full-screen frame follows it, or its input hides below.
  const fitKeyboard = guard<unknown>(() => {
    const view = window.visualViewport;
    if (!view || !open || window.innerWidth >= PHONE_BELOW_PX || view.scale > 1) return;
    host.style.setProperty("--vt-height", `${view.height}px`);
    host.style.setProperty("--vt-top", `${view.offsetTop}px`);
  });

  return {
    get exists() {
      return iframe !== null;
    },
    get isReady() {
      return ready;
    },
    mount(title, locale) {
      if (iframe) {
        iframe.title = title;
        return;
      }
      iframe = document.createElement("iframe");
      iframe.title = title;
      iframe.allow = "camera; clipboard-read; clipboard-write; fullscreen; web-share";
      iframe.setAttribute("data-testid", "vt-frame");
      iframe.src = `${settings.origin}/frame?shop=${encodeURIComponent(settings.shopKey)}&lang=${encodeURIComponent(locale)}`;
      window.addEventListener("message", listen);
      window.visualViewport?.addEventListener("resize", fitKeyboard);
      window.visualViewport?.addEventListener("scroll", fitKeyboard);
      render();
      root.appendChild(iframe);
      // Read once, so that the closed state is painted and opening can move from it.
      void iframe.offsetWidth;
    },
    show(next) {
      open = next;
      render();
      fitKeyboard(undefined);
    },
    setPanel(next) {
      panel = next;
      render();
    },
    post(message, port) {
      if (ready) iframe?.contentWindow?.postMessage(message, settings.origin, port ? [port] : []);
    },
    focus: () => iframe?.focus({ preventScroll: true }),
    remove() {
      iframe?.remove();
      iframe = null;
      ready = false;
      panel = false;
      window.removeEventListener("message", listen);
    },
  };
}
