import { afterEach, expect, it, vi } from "vitest";
import type { Box } from "./storage";
import { openVisitor } from "./visitor";

afterEach(() => vi.unstubAllGlobals());

const settings = {
  origin: "https://vetrina.example",
  shopKey: "key",
  position: "right",
  open: false,
  dataLayer: false,
  consent: undefined,
  nonce: "",
} as const;

/** A page's storage, and what is in it. */
function newBox(kept = new Map<string, string>()): { readonly kept: Map<string, string>; readonly box: Box } {
  const box: Box = {
    read: (name) => kept.get(name) ?? null,
    write: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
  return { kept, box };
}

const open = (box: Box, replaced = () => {}) => openVisitor(settings, box, replaced, () => undefined);

/** A server that answers when the test lets it; each answer that it gives is another visitor. */
function slowServer() {
  const waiting: (() => void)[] = [];
  let visitors = 0;
  const fetch = vi.fn(async () => {
    const visitorToken = `visitor ${++visitors}`;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return Response.json({ recording: "full", visitorToken });
  });
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("navigator", {});
  /** Answers whatever is asked, now and next, last question first. */
  const answerAll = () =>
    vi.waitUntil(() => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) next();
      return waiting.length === 0;
    });
  return { fetch, answerAll };
}

it("[WI11] whoever opens the chat while her first page is being asked about is one visitor, whichever answer comes first", async () => {
  const { fetch, answerAll } = slowServer();
  const { kept, box } = newBox();
  const visitor = open(box);
  const asked = Promise.all([visitor.recording(), visitor.token(), visitor.recording()]);
  await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
  await answerAll();
  const [recording, token, again] = await asked;
  expect(token).toBe("visitor 1");
  expect([recording?.visitorToken, again?.visitorToken]).toEqual([token, token]);
  expect(kept.get("vetrina.visitor.key")).toBe(token);
});

it("[WI11] a tab that was slower takes the token that another tab of hers has kept", async () => {
  const { fetch, answerAll } = slowServer();
  const { kept, box } = newBox();
  const visitor = open(box);
  const token = visitor.token();
  await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
  kept.set("vetrina.visitor.key", "of the other tab");
  await answerAll();
  expect(await token).toBe("of the other tab");
});

it("[WI14] whoever logs out while the server is still being told who she is is nobody's from then on", () => {
  // The server takes the word, and its answer never comes.
  const fetch = vi.fn(() => new Promise<Response>(() => undefined));
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("navigator", {});
  const { kept, box } = newBox(new Map([["vetrina.visitor.key", "token"]]));
  const replaced = vi.fn();
  const visitor = open(box, replaced);
  visitor.identify(`x.${Buffer.from(JSON.stringify({ sub: "K-1" })).toString("base64url")}.y`);
  expect(fetch).toHaveBeenCalledOnce();
  visitor.logOut();
  expect([...kept]).toEqual([]);
  expect(replaced).toHaveBeenCalledOnce();
});
