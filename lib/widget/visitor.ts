/** The visitor's pseudonymous token: asked for once, kept in the shop's own storage, renewed when the server forgot it. */
import type { Settings } from "./settings";
import type { Box } from "./storage";
import { writeJson } from "./write-json";

export interface Visitor {
  /** Null when the server cannot be reached or refuses this page. */
  token(): Promise<string | null>;
  /** The token if there is one already; for the moment when the page goes away. */
  known(): string | null;
  forget(): void;
}

export function openVisitor(settings: Settings, box: Box): Visitor {
  const name = `vetrina.visitor.${settings.shopKey}`;
  let asking: Promise<string | null> | null = null;
  const ask = async (): Promise<string | null> => {
    try {
      const answer = await fetch(`${settings.origin}/api/v1/visitors`, {
        method: "POST",
        mode: "cors",
        credentials: "omit",
        headers: { "content-type": "text/plain" },
        body: writeJson({ shopKey: settings.shopKey }),
      });
      if (!answer.ok) return null;
      const body: unknown = await answer.json();
      const token: unknown =
        typeof body === "object" && body !== null ? Reflect.get(body, "visitorToken") : null;
      if (typeof token !== "string") return null;
      box.write(name, token);
      return token;
    } catch {
      return null;
    } finally {
      asking = null;
    }
  };
  return {
    async token() {
      const kept = box.read(name);
      if (kept) return kept;
      asking ??= ask();
      return asking;
    },
    known: () => box.read(name),
    forget: () => box.write(name, null),
  };
}
