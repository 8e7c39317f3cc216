/** Follows what the page is about, through single-page navigation too, and records page and product views once each. */
import type { EventQueue } from "./event-queue";
import { type FoundProduct, findProduct } from "./find-product";
import { guard } from "./guard";
import { watchRoute } from "./watch-route";

/** Single-page shops change the address first and their content afterwards. */
const SETTLE_MS = 300;
/** A product that is still the one of the page before is probably left over: look once more. */
const SECOND_LOOK_MS = 1_500;
/** Limits of lib/protocol/events. */
const MAX_TEXT = 300;
const MAX_ADDRESS = 2_000;

interface Page {
  readonly url: string;
  readonly title: string;
  /** As the page names it; empty where it names none. */
  readonly language: string;
  readonly productId?: string;
  readonly image?: string;
}

export interface PageFacts {
  current(): Page;
  /** The shop says itself which product this page is about. */
  name(product: FoundProduct): void;
  close(): void;
}

/** Absolute http(s) address, or empty: a page may say anything here. */
function imageAddress(product: FoundProduct): string {
  try {
    const address = product.image && new URL(product.image, window.location.href).href;
    return /^https?:/.test(address) && address.length <= MAX_ADDRESS ? address : "";
  } catch {
    return "";
  }
}

export function openPageFacts(events: EventQueue, changed: () => void): PageFacts {
  let product: FoundProduct | null = null;
  let named = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const address = () => window.location.href.slice(0, MAX_ADDRESS);
  const title = () => document.title.slice(0, MAX_TEXT);

  function viewed(found: FoundProduct) {
    product = found;
    const image = imageAddress(found);
    events.record({
      type: "product_viewed",
      url: address(),
      productId: found.id.slice(0, 200),
      title: (found.title || title()).slice(0, MAX_TEXT),
      ...(image ? { image } : {}),
    });
  }

  const look = guard<string>((leftOver) => {
    const found = named ? null : findProduct(document);
    if (found && found.id === leftOver) {
      timer = setTimeout(() => look(""), SECOND_LOOK_MS);
      return;
    }
    if (found) viewed(found);
    changed();
  });

  const close = watchRoute(window, () => {
    const before = named ? "" : (product?.id ?? "");
    product = null;
    named = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      guard(() => events.record({ type: "page_viewed", url: address(), title: title() }))(undefined);
      look(before);
    }, SETTLE_MS);
  });

  events.record({ type: "page_viewed", url: address(), title: title() });
  look("");

  return {
    current() {
      const page = { url: address(), title: title(), language: document.documentElement.lang.slice(0, 35) };
      if (!product) return page;
      const image = imageAddress(product);
      return { ...page, productId: product.id, ...(image ? { image } : {}) };
    },
    name(found) {
      named = true;
      if (product?.id === found.id) return;
      viewed(found);
      changed();
    },
    close,
  };
}
