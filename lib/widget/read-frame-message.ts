/** Messages from our frame, read by hand: the loader carries no schema library. Shapes are those of lib/protocol/bridge. */
import type { ToLoader } from "@/lib/protocol/bridge";
import { isRecord } from "./guard";

const APP = "vetrina";

/** Null for anything that is not exactly one of our messages. The caller has checked origin and source. */
export function readFrameMessage(data: unknown): ToLoader | null {
  if (!isRecord(data) || data.app !== APP) return null;
  switch (data.type) {
    case "ready":
    case "close":
    case "mirror-start":
    case "show":
      return { app: APP, type: data.type };
    case "layout":
      return typeof data.panel === "boolean" ? { app: APP, type: "layout", panel: data.panel } : null;
    case "unread":
      return typeof data.count === "number" && data.count >= 0
        ? { app: APP, type: "unread", count: data.count }
        : null;
    case "renew-visitor":
      return typeof data.refused === "string"
        ? { app: APP, type: "renew-visitor", refused: data.refused }
        : null;
    case "mirror-keep":
      return typeof data.resume === "string" || data.resume === null
        ? { app: APP, type: "mirror-keep", resume: data.resume }
        : null;
    case "navigate":
      return typeof data.url === "string" && /^https?:\/\//i.test(data.url)
        ? { app: APP, type: "navigate", url: data.url }
        : null;
    case "told":
      return isRecord(data.event) && typeof data.event.event === "string"
        ? { app: APP, type: "told", event: { ...data.event, event: data.event.event } }
        : null;
    case "add-to-cart": {
      const { requestId, line, currency, key } = data;
      if (typeof requestId !== "string" || typeof currency !== "string" || !isRecord(line)) return null;
      const { id, quantity, unitMinor } = line;
      if (typeof id !== "string" || typeof quantity !== "number" || typeof unitMinor !== "number")
        return null;
      const asked = { requestId, line: { id, quantity, unitMinor }, currency };
      // Kept between spaces.
      const named = typeof key === "string" && /^[\w-]{1,64}$/.test(key) ? { key } : {};
      const wished = data.wishlist === true ? { wishlist: true } : {};
      return { app: APP, type: "add-to-cart", ...asked, ...named, ...wished };
    }
    default:
      return null;
  }
}
