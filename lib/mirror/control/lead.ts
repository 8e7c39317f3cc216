/** Leads the customer to another page of the shop: never off it. */
import type { ActRefusal, MirrorAct } from "@/lib/protocol/mirror";
import type { ActPlace } from "./perform-act";

type Leading = Extract<MirrorAct, { type: "back" | "forward" | "reload" | "goto" }>;

export function lead(act: Leading, { view, origins }: ActPlace): ActRefusal | null {
  switch (act.type) {
    case "back":
      view.history.back();
      return null;
    case "forward":
      view.history.forward();
      return null;
    case "reload":
      view.location.reload();
      return null;
    case "goto": {
      const url = parse(act.url, view.location.href);
      const isAllowed =
        url !== null && url.username === "" && url.password === "" && origins.includes(url.origin);
      if (!isAllowed) return "not-allowed-address";
      view.location.assign(url.href);
      return null;
    }
  }
}

function parse(text: string, base: string): URL | null {
  try {
    const url = new URL(text, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}
