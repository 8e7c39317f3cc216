import { afterEach, expect, it, vi } from "vitest";
import type { Box } from "./storage";
import { openVisitor } from "./visitor";

afterEach(() => vi.unstubAllGlobals());

it("[WI14] whoever logs out while the server is still being told who she is is nobody's from then on", () => {
  // The server takes the word, and its answer never comes.
  const fetch = vi.fn(() => new Promise<Response>(() => undefined));
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("navigator", {});
  const kept = new Map([["vetrina.visitor.key", "token"]]);
  const box: Box = {
    read: (name) => kept.get(name) ?? null,
    write: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
  const replaced = vi.fn();
  const settings = {
    origin: "https://vetrina.example",
    shopKey: "key",
    position: "right",
    open: false,
    consent: undefined,
    nonce: "",
  } as const;
  const visitor = openVisitor(settings, box, replaced);
  visitor.identify(`x.${Buffer.from(JSON.stringify({ sub: "K-1" })).toString("base64url")}.y`);
  expect(fetch).toHaveBeenCalledOnce();
  visitor.logOut();
  expect([...kept]).toEqual([]);
  expect(replaced).toHaveBeenCalledOnce();
});
