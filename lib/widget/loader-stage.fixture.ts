/**
 * A stage for the built loader in a real browser: strangers' pages on one origin, on another a server that stands for
 * ours and writes down what it is told.
 */
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { buildInvite, buildLoader } from "./build.mjs";
import { readSubject } from "./read-subject";
import type { VetrinaCall } from "./vetrina-call";

declare global {
  interface Window {
    vetrina?: VetrinaCall;
  }
}

const KEY = "test-shop-key";

interface Sent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Stands for our frame: says it is ready, shows what it is told, and does what buttons say. */
const frameHtml = `<!doctype html><title>frame</title><body><pre id="log"></pre><script>
const log = [];
addEventListener("message", (event) => { log.push(event.data); document.getElementById("log").textContent = JSON.stringify(log); });
window.send = (message) => parent.postMessage({ app: "vetrina", ...message }, "*");
send({ type: "ready" });
</script>`;

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

export class LoaderStage {
  gzipBytes = 0;
  ourOrigin = "";
  shopOrigin = "";
  events: Sent[] = [];
  /** Who each batch of events was sent for, or what it was said to be. */
  senders: string[] = [];
  visitors = 0;
  frames = 0;
  errors: string[] = [];
  /** The shop's page of the running test. */
  html = "";
  csp = "";
  /** Seconds after which visitors of product pages are invited; null: they are not. */
  inviteAfter: number | null = null;
  /** Whether the server lets them be invited, and what it was asked and told of it. */
  invites = true;
  invitations: Record<string, unknown>[] = [];
  /** What the shop's settings allow to record. */
  recording: "none" | "anonymous" | "full" = "full";
  /** Customer numbers that were told, by visitor token. */
  persons = new Map<string, string>();
  /** Tokens with which somebody logged out. */
  loggedOut: string[] = [];
  #ours: Server | undefined;
  #shop: Server | undefined;
  #browser: Browser | undefined;
  #context: BrowserContext | undefined;
  #page: Page | undefined;

  get page(): Page {
    if (!this.#page) throw new Error("no page is open");
    return this.#page;
  }

  async open(): Promise<void> {
    const loaderFile = join(mkdtempSync(join(tmpdir(), "vetrina-loader-")), "vetrina.js");
    this.gzipBytes = (await buildLoader(loaderFile)).gzipBytes;
    const inviteFile = join(dirname(loaderFile), "vetrina-invite.js");
    await buildInvite(inviteFile);
    this.#ours = createServer((request, response) => {
      const path = request.url ?? "";
      response.setHeader("access-control-allow-origin", this.shopOrigin);
      if (path === "/vetrina.js" || path === "/vetrina-invite.js") {
        response.setHeader("content-type", "text/javascript");
        response.end(readFileSync(path === "/vetrina.js" ? loaderFile : inviteFile));
      } else if (path.startsWith("/frame")) {
        this.frames++;
        response.setHeader("content-type", "text/html");
        response.end(frameHtml);
      } else {
        let body = "";
        request.on("data", (chunk) => {
          body += chunk;
        });
        request.on("end", () => {
          const answer = this.#answer(path, JSON.parse(body));
          if (answer === null) response.writeHead(204).end();
          else response.end(JSON.stringify(answer));
        });
      }
    });
    this.#shop = createServer((_, response) => {
      if (this.csp) response.setHeader("content-security-policy", this.csp);
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(this.html);
    });
    this.ourOrigin = `http://127.0.0.1:${await listen(this.#ours)}`;
    this.shopOrigin = `http://localhost:${await listen(this.#shop)}`;
    this.#browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-background-networking"],
    });
  }

  /** As our server answers; the rules behind it are tested in lib/visitors. */
  #answer(path: string, body: Record<string, unknown>): object | null {
    if (path === "/api/v1/visitors") {
      const recording = body.consent ?? this.recording;
      if (body.purpose === "visit" && recording !== "full") return { visitorToken: null, recording };
      this.visitors++;
      const visitorToken = `token-of-visitor-${this.visitors}`;
      return { visitorToken, orderToken: `order of ${visitorToken}`, recording };
    }
    if (path === "/api/v1/visitors/identify") {
      const token = `${body.visitorToken}`;
      const person = readSubject(`${body.identity}`);
      const before = this.persons.get(token);
      const split = before !== undefined && before !== person;
      if (split) this.visitors++;
      const outcome = split ? "split" : before === person ? "same" : "joined";
      const newer = {
        split: `token-of-visitor-${this.visitors}`,
        same: token,
        joined: `${token}, logged in`,
      };
      const visitorToken = newer[outcome];
      this.persons.set(visitorToken, person);
      return { visitorToken, orderToken: `order of ${visitorToken}`, outcome };
    }
    if (path === "/api/v1/visitors/logout") {
      this.loggedOut.push(`${body.visitorToken}`);
      return null;
    }
    if (path === "/api/v1/invitations") {
      this.invitations.push(body);
      return body.opened ? null : { show: this.invites };
    }
    const events = body.events as Sent[];
    for (const event of events) this.events.push(event);
    this.senders.push(`${body.visitorToken ?? body.consent}`);
    const { inviteAfter } = this;
    return inviteAfter !== null && events.some(({ type }) => type === "product_viewed")
      ? { inviteAfter }
      : null;
  }

  async openPage(): Promise<void> {
    this.events = [];
    this.senders = [];
    this.visitors = 0;
    this.frames = 0;
    this.errors = [];
    this.csp = "";
    this.recording = "full";
    this.inviteAfter = null;
    this.invites = true;
    this.invitations = [];
    this.persons.clear();
    this.loggedOut = [];
    this.#context = await this.#browser?.newContext({ viewport: { width: 1200, height: 800 } });
    this.#page = await this.#context?.newPage();
    this.page.on("pageerror", (error) => this.errors.push(String(error)));
    this.page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("favicon")) this.errors.push(message.text());
    });
  }

  async closePage(): Promise<void> {
    await this.#context?.close();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#ours?.close();
    this.#shop?.close();
  }

  readonly tag = (extra = "") =>
    `<script async ${extra} src="${this.ourOrigin}/vetrina.js" data-shop="${KEY}"></script>`;
  readonly product = (id: string) =>
    `<script type="application/ld+json">${JSON.stringify({ "@type": "Product", sku: id, name: id })}</script>`;
  readonly shopPage = (head: string, body = "<h1>Shop</h1><p>Text</p>") =>
    `<!doctype html><html lang="de"><head><title>Shop</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
  readonly launcher = () => this.page.getByTestId("vt-launcher");
  readonly frame = () => this.page.frameLocator("iframe");
  readonly log = () => this.frame().locator("#log").textContent();
  readonly sent = (type: string) => this.events.filter((event) => event.type === type);

  async visit(path = "/"): Promise<void> {
    await this.page.goto(this.shopOrigin + path);
    // Attached, not visible: an open frame hides it.
    await this.launcher().waitFor({ state: "attached" });
  }

  async openFrame(): Promise<void> {
    await this.launcher().click();
    await soon(() => this.log()).toContain("hello");
  }
}

/** Waits for a condition; generous, because a loaded machine is not a broken loader. */
export const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
