/**
 * The loader: the one script a shop embeds. It shows the launcher, keeps the visitor's token, tells the server what only
 * the page knows, and opens the frame when asked. It never throws into the page, changes nothing of it and adds one
 * global, `window.vetrina`. It knows nothing of chat or panel; those live in the frame.
 */
import { openCallAllowance } from "./call-allowance";
import { openEventQueue } from "./event-queue";
import { guard, isFunction, isRecord } from "./guard";
import { type Meeting, openMeeting } from "./meeting";
import { openPageFacts } from "./page-facts";
import { readAsked, readCart, readContext, readOrder, readProduct } from "./read-call";
import { readConsent, readSettings, type Settings } from "./settings";
import { openBox } from "./storage";
import { openVisitor } from "./visitor";

const GLOBAL = "vetrina";
/** Set on our function, so that a second script tag finds the first. */
const LOADED = "loaded";
/** As lib/protocol/http takes it. */
const MAX_TOKEN_CHARS = 2_048;

/** @returns sends what waits, in a way that survives the page */
function load(settings: Settings): () => void {
  const kept = openBox(() => window.localStorage);
  const visitor = openVisitor(
    settings,
    kept,
    () => meeting.visitorChanged(),
    () => meeting.pageChanged(),
  );
  const tab = openBox(() => window.sessionStorage);
  const events = openEventQueue(settings, visitor, tab, (after) => meeting.invite(after));
  const mayCall = openCallAllowance(() => performance.now());
  const meeting: Meeting = openMeeting(settings, visitor, tab);
  const facts = openPageFacts(events, () => meeting.pageChanged());
  meeting.follow(facts);

  const calls: Record<string, (value: unknown, handler: unknown) => void> = {
    cart(value) {
      const cart = readCart(value);
      if (cart) events.record({ type: "cart_changed", currency: cart.currency, lines: [...cart.lines] });
    },
    order(value) {
      const order = readOrder(value);
      if (!order) return;
      const { orderId, currency, totalMinor } = order;
      events.record({ type: "order_placed", orderId, currency, totalMinor, lines: [...order.lines] });
      events.flush();
    },
    product(value) {
      const product = readProduct(value);
      if (product) facts.name(product);
    },
    context(value) {
      const values = readContext(value);
      if (values) events.record({ type: "context_told", values });
    },
    consent(value) {
      const level = readConsent(value);
      if (level === undefined) return;
      visitor.allow(level);
      events.lookAgain();
    },
    identify(value) {
      const token = isRecord(value) ? value.token : undefined;
      if (typeof token === "string" && token.length <= MAX_TOKEN_CHARS) visitor.identify(token);
    },
    logout() {
      events.flush();
      visitor.logOut();
    },
    open: (value) => meeting.open(readAsked(value)),
    close: () => meeting.close(),
    on(name, handler) {
      if (typeof name === "string" && isFunction(handler)) meeting.on(name, handler);
    },
  };

  const call = (name: unknown, value?: unknown, handler?: unknown) => {
    guard<unknown>(() => {
      if (typeof name === "string" && Object.getOwnPropertyDescriptor(calls, name) && mayCall())
        calls[name]?.(value, handler);
    })(undefined);
  };
  const early: unknown = Reflect.get(window, GLOBAL);
  Reflect.set(call, LOADED, true);
  Reflect.set(window, GLOBAL, call);
  // Calls made before we arrived, kept by the one-line stub of docs/loader.md.
  const queue: unknown = isFunction(early) || isRecord(early) ? Reflect.get(early, "q") : undefined;
  if (isRecord(queue)) {
    for (let i = 0; i < Number(queue.length); i++) {
      const past: unknown = queue[i];
      if (isRecord(past)) call(past[0], past[1], past[2]);
    }
  }

  document.addEventListener(
    "visibilitychange",
    guard(() => {
      if (document.visibilityState === "hidden") events.flush();
    }),
  );
  return () => events.flush();
}

/**
 * After the page's own work: the load event, then an idle moment (Safari has no requestIdleCallback). A visitor who goes
 * on before that still saw this page.
 */
function loadWhenIdle(settings: Settings) {
  let flush: (() => void) | undefined;
  const run = guard(() => {
    flush ??= load(settings);
  });
  const idle = () => {
    if (typeof window.requestIdleCallback === "function") window.requestIdleCallback(run, { timeout: 1_500 });
    else setTimeout(run, 1, undefined);
  };
  if (document.readyState === "complete") idle();
  else window.addEventListener("load", idle, { once: true });
  window.addEventListener("pagehide", () => {
    run(undefined);
    guard(() => flush?.())(undefined);
  });
}

guard(() => {
  const present: unknown = Reflect.get(window, GLOBAL);
  if (isFunction(present) && Reflect.get(present, LOADED)) return;
  const settings = readSettings(document);
  if (settings) loadWhenIdle(settings);
})(undefined);
