/** Launcher and frame together: opening, closing, coming back on the next page, and the conversation with the frame. */
import type { ToLoader } from "@/lib/protocol/bridge";
import { openCartDoor } from "./cart-door";
import { createFrameWindow, PHONE_BELOW_PX } from "./frame-window";
import { guard, isFunction, isRecord, start } from "./guard";
import type { InviteScript } from "./invite/invite";
import { labelsFor, pageLocale } from "./labels";
import { createLauncher } from "./launcher";
import { openMirrorDoor } from "./mirror-door";
import type { PageFacts } from "./page-facts";
import type { Settings } from "./settings";
import { type Box, openBox } from "./storage";
import type { Visitor } from "./visitor";

/** Empty: it was open on the page before, or somebody asks her something. */
type Opener = "launcher" | "product" | "page" | "";

export interface Meeting {
  /** @param productId the shop's id of what she asks about */
  open(productId?: string): void;
  close(): void;
  on(name: string, handler: (value: unknown) => unknown): void;
  /** Where the frame's hello takes the page from; also shows the launcher. */
  follow(facts: PageFacts): void;
  pageChanged(): void;
  /** @param after seconds, as the server says */
  invite(after: unknown): void;
  /** Somebody else is at this browser now: the frame begins anew, and what the one before saw is gone. */
  visitorChanged(): void;
}

/** A shop that handles it has a wish list, and cards offer it. */
const WISHLIST = "add-to-wishlist";

/** sessionStorage: was the frame open, or used and closed, on the page before? */
const STATE = "vetrina.frame";

export function openMeeting(settings: Settings, visitor: Visitor, box: Box): Meeting {
  const handlers = new Map<string, ((value: unknown) => unknown)[]>();
  let isOpen = false;
  let openedBy: Opener = "";
  let facts: PageFacts | undefined;
  /** True while our own history entry is on top, so that a phone's back button closes the frame. */
  let hasEntry = false;
  /** What she asks about, until the frame has been told. */
  let asked: { readonly productId: string; readonly byHer: boolean } | null = null;
  const locale = () => pageLocale(document, navigator.language);

  const launcher = createLauncher(
    document,
    settings,
    guard(() => {
      if (isOpen) close();
      else open("launcher");
    }),
  );
  const frame = createFrameWindow(launcher.root, launcher.host, settings, receive);
  const addToCart = openCartDoor(
    (line, wishlist) => emit(wishlist ? WISHLIST : "add-to-cart", line),
    (message) => frame.post(message),
    openBox(() => window.localStorage),
  );
  const mirrorDoor = openMirrorDoor(settings, box, frame, launcher.host);

  function emit(name: string, value: unknown): unknown[] {
    const results: unknown[] = [];
    const list = handlers.get(name);
    for (let i = 0; list && i < list.length; i++) results[i] = list[i]?.(value);
    return results;
  }

  function sayHello() {
    start(async () => {
      if (!frame.isReady || !facts) return;
      const visitorToken = await visitor.token();
      if (!visitorToken) return;
      const page = facts.current();
      const mirror = mirrorDoor.kept();
      const kept = mirror === null ? {} : { mirror };
      const wishlist = handlers.has(WISHLIST);
      frame.post({ app: "vetrina", type: "hello", visitorToken, locale: locale(), page, wishlist, ...kept });
      tellVisible();
      tellAsked();
    });
  }

  function tellVisible() {
    frame.post({ app: "vetrina", type: "visible", visible: isOpen, by: openedBy });
  }

  function tellAsked() {
    if (!asked || !frame.isReady) return;
    frame.post({ app: "vetrina", type: "ask", ...asked });
    asked = null;
  }

  function receive(message: ToLoader) {
    switch (message.type) {
      case "ready":
        if (isOpen) {
          launcher.show("ready");
          frame.focus();
        }
        sayHello();
        return;
      case "layout":
        frame.setPanel(message.panel);
        return;
      case "close":
        close();
        launcher.focus();
        return;
      case "unread":
        launcher.setUnread(message.count);
        return;
      case "renew-visitor":
        visitor.forget(message.refused);
        sayHello();
        return;
      case "show":
        open("");
        return;
      case "mirror-start":
        mirrorDoor.start();
        return;
      case "mirror-keep":
        mirrorDoor.keep(message.resume);
        return;
      case "navigate":
        navigate(message.url);
        return;
      case "add-to-cart":
        addToCart(message);
        return;
      case "told":
        tellPage(message.event);
        return;
    }
  }

  /** Only into a layer that the page has made, and only of somebody whose way may be recorded. */
  function tellPage(event: unknown) {
    if (!settings.dataLayer || visitor.knownRecording()?.level !== "full") return;
    const layer: unknown = Reflect.get(window, "dataLayer");
    if (isRecord(layer) && isFunction(layer.push)) layer.push(event);
  }

  function navigate(url: string) {
    // A full-screen frame would cover the page she asked to see.
    if (window.innerWidth < PHONE_BELOW_PX) {
      const replace = hasEntry;
      hasEntry = false;
      close();
      if (replace) {
        window.location.replace(url);
        return;
      }
    }
    window.location.assign(url);
  }

  function ask(productId: string) {
    const activation: unknown = Reflect.get(navigator, "userActivation");
    // Said in her name only when she has just clicked something; a page that opens us by itself only offers it.
    asked = { productId, byHer: isRecord(activation) && activation.isActive === true };
    openedBy = "product";
    if (isOpen) sayHello();
  }

  function open(by: Opener) {
    if (isOpen) return;
    isOpen = true;
    openedBy = by;
    frame.mount(labelsFor(locale()).frame, locale());
    frame.show(true);
    launcher.setUnread(0);
    launcher.show(frame.isReady ? "ready" : "loading");
    box.write(STATE, "open");
    if (window.innerWidth < PHONE_BELOW_PX && !hasEntry) {
      hasEntry = true;
      window.history.pushState(window.history.state, "");
    }
    if (frame.isReady) {
      tellVisible();
      tellAsked();
      frame.focus();
    }
    emit("open", undefined);
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    frame.show(false);
    launcher.show("closed");
    box.write(STATE, "used");
    tellVisible();
    if (hasEntry) {
      hasEntry = false;
      window.history.back();
    }
    emit("close", undefined);
  }

  window.addEventListener(
    "popstate",
    guard(() => {
      if (!hasEntry || !isOpen) return;
      hasEntry = false;
      close();
      launcher.focus();
    }),
  );
  launcher.root.addEventListener("keydown", (event) => {
    guard(() => {
      if (event instanceof KeyboardEvent && event.key === "Escape") close();
    })(undefined);
  });

  return {
    open(productId) {
      if (productId) ask(productId);
      open(productId ? "product" : "page");
    },
    close,
    on(name, handler) {
      if (!isFunction(handler)) return;
      const list = handlers.get(name) ?? [];
      list[list.length] = handler;
      handlers.set(name, list);
      if (name === WISHLIST) sayHello();
    },
    follow(next) {
      facts = next;
      launcher.setLabels(labelsFor(locale()));
      document.documentElement.appendChild(launcher.host);
      const before = box.read(STATE);
      if (settings.open || before === "open") open(before === "open" ? "" : "page");
      // Used on an earlier page of this visit: listen in the background, so that an answer shows as unread.
      else if (before === "used" || mirrorDoor.kept() !== null)
        frame.mount(labelsFor(locale()).frame, locale());
    },
    visitorChanged() {
      if (!frame.exists) return;
      mirrorDoor.keep(null);
      asked = null;
      frame.remove();
      launcher.setUnread(0);
      if (!isOpen) {
        box.write(STATE, null);
        return;
      }
      frame.mount(labelsFor(locale()).frame, locale());
      frame.show(true);
      launcher.show("loading");
    },
    invite(after) {
      if (settings.position === "none") return;
      start(async () => {
        const script: InviteScript = await import(/* @vite-ignore */ `${settings.origin}/vetrina-invite.js`);
        script.invite({
          settings,
          visitor,
          root: launcher.root,
          locale: locale(),
          after,
          isOpen: () => isOpen,
          open: () => open("launcher"),
        });
      });
    },
    pageChanged() {
      launcher.setLabels(labelsFor(locale()));
      sayHello();
    },
  };
}
