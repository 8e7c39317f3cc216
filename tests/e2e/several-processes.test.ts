/**
 * Two whole processes of one installation behind a balancer, each with a data folder of its own and pictures in S3: people
 * of one conversation are on different ones.
 */
import { createServer, type Server } from "node:http";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSlot } from "@/lib/protocol/config-slot";
import { openDemo } from "@/lib/runtime/seed-demo";
import { type Balancer, openBalancer } from "../support/balancer";
import { openTestDatabase, type TestDatabase } from "../support/database";
import { startProcess } from "../support/installation";
import { freePort } from "../support/postgres";
import { type RedisServer, startRedis } from "../support/redis";
import { type S3Server, startS3 } from "../support/s3";
import { temporaryDataDir } from "../support/server";
import type { Demo } from "./support/demo";
import { drag, waitForItem, waitForMarks, waitForPicture, waitForShown } from "./support/panel";
import { accept, launchBrowser, openFrame, openMember, openShopper, say } from "./support/people";

let database: TestDatabase;
let redis: RedisServer;
let s3: S3Server;
let folders: ReturnType<typeof temporaryDataDir>[] = [];
let processes: Awaited<ReturnType<typeof startProcess>>[];
let balancer: Balancer;
let demo: Demo;
let browser: Browser;
let shop: Server;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  [redis, s3] = await Promise.all([startRedis(), startS3()]);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const opened = await openDemo({ baseUrl, port, publicUrl: baseUrl });
  if (opened === null) throw new Error("the database is not empty");
  // An installation in earnest has no demo pages: the shop is somebody else's site.
  shop = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>A shop</title><h1>Scarves</h1>
      <script async src="${baseUrl}/vetrina.js" data-shop="${opened.shop.key}"></script>`);
  });
  const shopPort = await freePort();
  await new Promise<void>((resolve) => shop.listen(shopPort, resolve));
  const shopUrl = `http://localhost:${shopPort}`;
  await database.db.shop.update({ where: { id: opened.shop.shopId }, data: { origins: [shopUrl, baseUrl] } });
  demo = { ...opened.demo, shopUrl, realData: "" };
  const environment = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    VETRINA_SECRET: configSlot.get().secret,
    PUBLIC_URL: baseUrl,
    S3_BUCKET: s3.settings.bucket,
    S3_ENDPOINT: s3.settings.endpoint ?? "",
    S3_ACCESS_KEY_ID: s3.settings.credentials?.accessKeyId ?? "",
    S3_SECRET_ACCESS_KEY: s3.settings.credentials?.secretAccessKey ?? "",
  };
  folders = [temporaryDataDir(), temporaryDataDir()];
  processes = [];
  for (const { path } of folders) processes.push(await startProcess(path, environment));
  balancer = await openBalancer(
    port,
    processes.map((process) => process.port),
  );
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  shop?.close();
  await balancer?.close();
  for (const process of processes ?? []) await process.stop("SIGKILL");
  for (const folder of folders) folder.remove();
  await s3?.stop();
  await redis?.close();
  await database?.close();
});

/** Of one process, by its own figures. */
async function connectionsOf({ port }: { readonly port: number }): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^vetrina_sync_connections (\d+)$/m.exec(text)?.[1]);
}

describe("two processes behind a balancer", () => {
  it("two people on different ones see each other's strokes and words, also after one of them was stopped", async () => {
    const agent = await openMember(browser, demo, demo.agent);
    const shopper = await openShopper(browser, demo.shopUrl);
    await openFrame(shopper);
    await say(shopper.frame, "Do you have this in blue?");
    await accept(agent, "Do you have this in blue?");
    const photo = await sharp({ create: { width: 900, height: 1_200, channels: 3, background: "#446688" } })
      .jpeg()
      .toBuffer();
    await shopper.frame
      .getByTestId("panel-upload")
      .setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: photo });
    const item = await waitForItem(shopper.frame);
    await waitForShown(agent.page, item);
    for (const place of [shopper.frame, agent.page]) await waitForPicture(place);
    expect(await Promise.all(processes.map(connectionsOf))).toEqual([1, 1]);

    await Promise.all([
      drag(shopper.page, shopper.frame, "ellipse", [0.3, 0.3], [0.4, 0.4]),
      drag(agent.page, agent.page, "arrow", [0.6, 0.6], [0.5, 0.5]),
    ]);
    for (const place of [shopper.frame, agent.page]) await waitForMarks(place, 2);
    await agent.page.getByTestId("lock-drawing").click();
    await expect.poll(() => shopper.frame.getByTestId("tool-pen").isDisabled()).toBe(true);
    await agent.page.getByTestId("lock-drawing").click();
    await expect.poll(() => shopper.frame.getByTestId("tool-pen").isDisabled()).toBe(false);

    await processes[0]?.stop("SIGTERM");
    await Promise.all([
      drag(shopper.page, shopper.frame, "rect", [0.5, 0.3], [0.6, 0.4]),
      drag(agent.page, agent.page, "pen", [0.3, 0.6], [0.4, 0.7]),
    ]);
    for (const place of [shopper.frame, agent.page]) await waitForMarks(place, 4);
    await say(agent.page, "Still with you");
    await expect.poll(() => shopper.frame.getByTestId("chat-log").textContent()).toContain("Still with you");
    await expect.poll(async () => connectionsOf(processes[1] ?? { port: 0 })).toBe(2);
  });
});
