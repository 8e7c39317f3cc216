/** Files that are refused, from the server's answer to what stands beside them. */
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "@/lib/http/answer";
import { AppError, type ErrorCode, errorCodes, statusOf } from "@/lib/protocol/errors";
import type { UploadProgress } from "@/lib/protocol/http";
import { type Locale, locales } from "@/lib/protocol/locales";
import { type Harness, openHarness } from "@/lib/ui/chat/open-harness.fixture";
import { translator } from "@/lib/ui/messages/define";
import { frameMessages } from "@/lib/ui/messages/frame";
import { maxMegabytes } from "@/lib/ui/uploads/file-kind";
import type { SendError } from "@/lib/ui/uploads/send-file";
import { MAX_WAITING } from "./upload-queue";
import { uploadWords } from "./upload-words";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("lib/ui/frame/upload-harness.page.tsx");
});
afterAll(() => harness.close());

/** What our server does with a file whose fate is `code`. A file's fate is its length, which the server learns first. */
type Fate = (route: Route, code: ErrorCode) => Promise<void>;
const fates: readonly SendError[] = ["empty", ...errorCodes, "offline"];
const bytesOf = (code: SendError) => fates.indexOf(code);
const codeOf = (length: string | undefined) => errorCodes[Number(length) - 1] ?? "internal";

const fulfill = async (route: Route, response: Response) =>
  route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  });
const refusedAtTheDoor: Fate = async (route, code) =>
  fulfill(route, await answer(() => Promise.reject(new AppError(code))));
const taken: Fate = async (route, code) => {
  const headers = { location: `${route.request().url()}/${code}`, "upload-offset": String(bytesOf(code)) };
  await fulfill(route, new Response("", { status: 201, headers: { ...headers, "tus-resumable": "1.0.0" } }));
};
/** What a file that was taken is found to be. */
const found = async (route: Route) => {
  const error = errorCodes.find((code) => route.request().url().endsWith(`/${code}`)) ?? "internal";
  await fulfill(route, await answer(async () => ({ state: "failed", error }) satisfies UploadProgress));
};

/** The address of one upload. */
const ONE = /\/uploads\/\w+$/;

interface Sending {
  readonly page: Page;
  /** Requests that wanted to begin an upload, by code. */
  readonly begun: readonly ErrorCode[];
  choose(codes: readonly SendError[]): Promise<void>;
  close(): Promise<void>;
}

async function open(locale: Locale, fate: Fate): Promise<Sending> {
  const context = await harness.browser.newContext({ locale });
  const page = await context.newPage();
  const begun: ErrorCode[] = [];
  await page.route(/\/uploads$/, (route) => {
    const code = codeOf(route.request().headers()["upload-length"]);
    begun.push(code);
    return fate(route, code);
  });
  await page.route(ONE, found);
  await page.goto(harness.address);
  return {
    ...{ page, begun },
    choose: (codes) =>
      page.getByLabel("Files").setInputFiles(
        codes.map((code) => ({
          name: `${code}.jpg`,
          mimeType: "image/jpeg",
          buffer: Buffer.alloc(bytesOf(code)),
        })),
      ),
    close: () => context.close(),
  };
}

const alertOf = (page: Page, code: SendError) =>
  page
    .getByRole("listitem")
    .filter({ has: page.getByText(`${code}.jpg`, { exact: true }) })
    .getByRole("alert");
const wordsOf = (locale: Locale, code: SendError) =>
  translator(frameMessages, locale)(uploadWords[code], { megabytes: maxMegabytes("picture") });

async function expectWords({ page }: Sending, locale: Locale, codes: readonly SendError[]): Promise<void> {
  for (const code of codes) expect(await alertOf(page, code).textContent(), code).toBe(wordsOf(locale, code));
}

describe("a file that is refused", () => {
  it.each(locales)("[FR6] says why in %s, whatever the server found", async (locale) => {
    const all: readonly SendError[] = [...errorCodes, "empty"];
    for (let first = 0; first < all.length; first += MAX_WAITING) {
      const sending = await open(locale, taken);
      const codes = all.slice(first, first + MAX_WAITING);
      await sending.choose(codes);
      await expectWords(sending, locale, codes);
      await sending.close();
    }
  });

  it("[FR18] at the door and for good says so at once, and is not sent again", async () => {
    const codes = errorCodes.filter((code) => statusOf[code] < 500 && code !== "conflict");
    for (let first = 0; first < codes.length; first += MAX_WAITING) {
      const sending = await open("en", refusedAtTheDoor);
      const some = codes.slice(first, first + MAX_WAITING);
      await sending.choose(some);
      await expectWords(sending, "en", some);
      expect(sending.begun.toSorted()).toEqual(some.toSorted());
      await sending.close();
    }
  });

  const offline: Fate = (route) => route.abort("internetdisconnected");
  it.each<[string, SendError, Fate, { attempts: number; seconds: number }]>([
    ["a server without room", "unavailable", refusedAtTheDoor, { attempts: 6, seconds: 15 }],
    ["a server in trouble", "internal", refusedAtTheDoor, { attempts: 10, seconds: 240 }],
    ["parts that cross each other", "conflict", refusedAtTheDoor, { attempts: 10, seconds: 240 }],
    ["a line that is away", "offline", offline, { attempts: 10, seconds: 240 }],
  ])("[FR18] %s is tried again by itself, then said", async (_, code, fate, { attempts, seconds }) => {
    const sending = await open("en", fate);
    const { page, begun } = sending;
    await page.clock.install();
    await page.reload();
    await page.clock.pauseAt(Date.now() + 60_000);
    await sending.choose([code]);
    const alert = alertOf(page, code);
    let waited = 0;
    await expect
      .poll(
        async () => {
          await page.clock.runFor(1_000);
          waited++;
          return alert.count();
        },
        { timeout: 50_000, interval: 5 },
      )
      .toBe(1);
    await expectWords(sending, "en", [code]);
    expect(begun).toHaveLength(attempts);
    expect(waited).toBeGreaterThanOrEqual(seconds);
    await sending.close();
  });
});

it("[FR20] a file on its way says how far it is, and is given up by one press, on the server too", async () => {
  const sending = await open("en", taken);
  const { page } = sending;
  const ended: string[] = [];
  await page.route(ONE, async (route) => {
    if (route.request().method() === "DELETE") ended.push(route.request().url());
    const state = { state: "reading", share: 0.4 } satisfies UploadProgress;
    await fulfill(route, await answer(async () => (ended.length > 0 ? null : state)));
  });
  await sending.choose(["too_large", "empty"]);
  const tiles = page.getByRole("listitem");
  const tile = tiles.filter({ has: page.getByText("too_large.jpg", { exact: true }) });
  await tile.getByText(translator(frameMessages, "en")("uploadReadingPercent", { percent: 40 })).waitFor();
  expect(await tile.getByRole("progressbar").getAttribute("value")).toBe("40");
  await tile.getByRole("button", { name: "Cancel" }).click();
  await tile.waitFor({ state: "detached" });
  await expect.poll(() => ended).toEqual([expect.stringMatching(/\/too_large$/)]);
  // What failed stays until it is dismissed.
  expect(await tiles.count()).toBe(1);
  await sending.close();
});
