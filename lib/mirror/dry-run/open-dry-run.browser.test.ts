/** Dry runs as the server makes them: processes, proxy and browser are real, pages good and hostile. */
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import type { DryRunAnswer, DryRunReport } from "./dry-run-port";
import { type DryRunOptions, openDryRuns } from "./open-dry-run";

/** Milliseconds for a test of several looks: each starts a process and a browser. */
const SEVERAL_MS = 150_000;
const RED = "color:#f00;font:bold 40px sans-serif";
const ACCOUNT = `<!doctype html><html lang=de><meta charset=utf-8><title>Konto</title><body style="background:#fff">
<p class=who style="${RED}">Annabella</p><p class=mail>annabella.rossi@example.de</p>
<section class=box><h2 style="${RED}">Rechnung</h2></section>
<a class=out href="/out">Abmelden</a><label>E-Mail <input name=email class=field></label>
<x-card></x-card><iframe class=inner srcdoc="<p class=street style='${RED}'>Rossi</p>"></iframe>
<script>document.querySelector("x-card").attachShadow({mode:"open"}).innerHTML='<p class=tel style="${RED}">Bella</p>'</script>`;

let hidden: Listening;
const pages: Readonly<Record<string, () => string>> = {
  "/account": () => ACCOUNT,
  "/spies": () => `${ACCOUNT}<img src="${hidden.origin}/image"><iframe src="${hidden.origin}/frame"></iframe>
<link rel=stylesheet href="${hidden.origin}/style"><script>
fetch("${hidden.origin}/fetch",{mode:"no-cors"}).catch(()=>{});
new WebSocket("${hidden.origin.replace("http", "ws")}/socket");
navigator.sendBeacon("${hidden.origin}/beacon","x");
new Image().src="http://localhost:${hidden.port}/by-name";
open("${hidden.origin}/window")</script>`,
  // A call between browsers knows ways of its own to find its other end: datagrams, and lines that no proxy sees.
  "/calls": () => `<p id=p>0</p><script>
const at="${hidden.origin.slice("http://".length)}";
const call=new RTCPeerConnection({iceServers:[{urls:"stun:"+at},
{urls:["turn:"+at+"?transport=udp","turn:"+at+"?transport=tcp"],username:"u",credential:"c"}]});
call.createDataChannel("x");call.createOffer().then((offer)=>call.setLocalDescription(offer));
try{new WebTransport("https://"+at+"/").ready.catch(()=>{})}catch{}
const ticks=setInterval(()=>{p.textContent++;if(p.textContent>20)clearInterval(ticks)},100)</script>`,
  "/frames": () => {
    const frame = (style: string) =>
      `<iframe class=f style="${style}" srcdoc="<p class=street style='${RED}'>Rossi</p>"></iframe>`;
    const within = ["padding:40px", "border:20px solid #fff", "transform:scale(1.5)", "zoom:1.5"];
    return `<body style="background:#fff">${within.map(frame).join("<br style='line-height:300px'>")}`;
  },
  "/leads": () => `<script>location="${hidden.origin}/led"</script>`,
  "/spins": () => "<script>for(;;){}</script>",
  // Some 200 MB a second, and no answer to anybody.
  "/eats": () =>
    `<body><script>const all=[];for(;;){all.push(new Uint8Array(1e7).fill(1));const until=performance.now()+50;
while(performance.now()<until);}</script>`,
};

interface Listening {
  readonly origin: string;
  readonly port: number;
  readonly asked: IncomingMessage[];
  readonly server: Server;
}

async function listen(address: string): Promise<Listening> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (request.url === "/redirects") {
      response.writeHead(302, { location: `${hidden.origin}/redirected` }).end();
      return;
    }
    const page = pages[request.url ?? ""]?.();
    response.writeHead(page === undefined ? 404 : 200, {
      "content-type": "text/html; charset=utf-8",
      "set-cookie": "seen=1",
    });
    response.end(page ?? "nothing");
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  const port = bound && typeof bound === "object" ? bound.port : 0;
  return { origin: `http://${address}:${port}`, port, asked, server };
}

let shop: Listening;
const faults: unknown[] = [];
beforeAll(async () => {
  hidden = await listen("127.0.0.2");
  shop = await listen("127.0.0.1");
});
afterAll(async () => {
  for (const { server } of [shop, hidden]) {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

function open(more: Partial<DryRunOptions> = {}) {
  return openDryRuns({
    allowed: readAllowedPlaces(`127.0.0.1:${shop.port}`),
    variables: { PATH: process.env.PATH, HOME: process.env.HOME, CHROME_PATH: "/usr/bin/chromium" },
    onFault: (error) => faults.push(error),
    ...more,
  });
}

function reportOf(answer: DryRunAnswer): DryRunReport {
  expect(faults).toEqual([]);
  if (answer.kind !== "report") throw new Error(`no report: ${answer.problem}`);
  return answer.report;
}

async function countRed({ picture }: DryRunReport): Promise<number> {
  const { data } = await sharp(Buffer.from(picture.base64, "base64"))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let i = 0; i < data.length; i += 3)
    if ((data[i] ?? 0) > 180 && (data[i + 1] ?? 0) < 90 && (data[i + 2] ?? 0) < 90) red++;
  return red;
}

/** Those that open a page, and their browsers. */
function processesLeft(): readonly string[] {
  const rows = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  return rows.filter(
    (row) => row.includes("dry-run/child.mjs") || row.includes("--host-resolver-rules=MAP * ~NOTFOUND"),
  );
}

it("[MI200] tells what is found, what changes, how much, and which rule names nothing", async () => {
  const report = reportOf(
    await open().run({
      url: `${shop.origin}/account`,
      saved: { mask: [".field-of-old"], hide: [".who"] },
      edited: {
        mask: [".who", ".street", { path: "/orders/*", selector: ".elsewhere" }],
        hide: [".box", ".nobody"],
        noControl: [".out"],
      },
    }),
  );
  expect(report).toMatchObject({ mode: "default", isCut: false, moreFindings: 0, moreChanges: 0 });
  expect(report.findings).toMatchObject([{ what: "text", path: ".mail", mask: ".mail", sample: "an…" }]);
  const changeOf = (path: string) => report.changes.find((one) => one.path === path);
  expect(changeOf(".who")).toMatchObject({ sight: { from: "boxed", to: "masked" }, mayAct: null });
  expect(changeOf(".box")).toMatchObject({ sight: { from: "shown", to: "boxed" } });
  expect(changeOf(".inner >>> .street")).toMatchObject({ sight: { from: "shown", to: "masked" } });
  expect(changeOf(".out")).toMatchObject({ sight: null, mayAct: false });
  // What lies in a box is told by the box alone, and what is as before not at all.
  expect(report.changes).toHaveLength(4);
  expect(changeOf(".box")?.box?.width).toBeGreaterThan(100);
  expect(report.unmatched).toEqual([{ list: "hide", selector: ".nobody" }]);
  expect(report.edited.boxed).toBe(report.saved.boxed);
  expect(report.edited.masked).toBe(report.saved.masked + 2);
  expect(report.edited.forbidden).toBe(report.saved.forbidden + 1);
});

it("[MI200] on a private path the whole page is a box, and by the same rules nothing changes", async () => {
  const url = `${shop.origin}/account`;
  const whole = reportOf(await open().run({ url, saved: {}, edited: { privatePaths: ["/account"] } }));
  expect(whole.mode).toBe("off");
  expect(whole.changes).toMatchObject([{ sight: { from: "shown", to: "boxed" } }]);
  expect(await countRed(whole)).toBe(0);
  const same = reportOf(await open().run({ url, saved: { hide: [".who"] }, edited: { hide: [".who"] } }));
  expect(same.changes).toEqual([]);
  expect(same.saved).toEqual(same.edited);
});

it("[MI201] nothing masked or hidden is in the picture", async () => {
  const url = `${shop.origin}/account`;
  const bare = reportOf(await open().run({ url, saved: {}, edited: {} }));
  expect(await countRed(bare)).toBeGreaterThan(500);
  expect(bare.picture).toMatchObject({ width: 1_280, height: 1_600 });
  const edited = { mask: [".who", ".street", ".tel"], hide: [".box"] };
  expect(await countRed(reportOf(await open().run({ url, saved: {}, edited })))).toBe(0);
  const all = reportOf(await open().run({ url, saved: {}, edited: { mode: "allow-list" } }));
  expect(await countRed(all)).toBe(0);
});

it("[MI201] nor in frames that are padded, scaled or zoomed", async () => {
  const url = `${shop.origin}/frames`;
  const bare = reportOf(await open().run({ url, saved: {}, edited: {} }));
  expect(await countRed(bare)).toBeGreaterThan(2_000);
  expect(await countRed(reportOf(await open().run({ url, saved: {}, edited: { mask: [".street"] } })))).toBe(
    0,
  );
});

it(
  "[MI203] neither the page nor what it loads, leads to or opens reaches a private network",
  async () => {
    hidden.asked.length = 0;
    const runs = open();
    const empty = { saved: {}, edited: {} };
    expect(reportOf(await runs.run({ url: `${shop.origin}/spies`, ...empty })).changes).toEqual([]);
    expect((await runs.run({ url: `${shop.origin}/leads`, ...empty })).kind).toBe("problem");
    expect((await runs.run({ url: `${shop.origin}/redirects`, ...empty })).kind).toBe("problem");
    expect(await runs.run({ url: `${hidden.origin}/account`, ...empty })).toEqual({
      kind: "problem",
      problem: "private network",
    });
    expect(hidden.asked.map(({ url }) => url)).toEqual([]);
  },
  SEVERAL_MS,
);

it("[MI203] calls between browsers reach it neither, by datagrams or by lines of their own", async () => {
  const datagrams = createSocket("udp4");
  let heard = 0;
  const onLine = () => heard++;
  datagrams.on("message", onLine);
  await new Promise<void>((resolve) => datagrams.bind(hidden.port, "127.0.0.2", resolve));
  hidden.server.on("connection", onLine);
  reportOf(await open().run({ url: `${shop.origin}/calls`, saved: {}, edited: {} }));
  hidden.server.off("connection", onLine);
  await new Promise<void>((resolve) => datagrams.close(resolve));
  expect(heard).toBe(0);
});

it("[MI203] no cookie of an earlier look is sent", async () => {
  shop.asked.length = 0;
  const runs = open();
  for (let i = 0; i < 2; i++) {
    reportOf(await runs.run({ url: `${shop.origin}/account`, saved: {}, edited: {} }));
  }
  const looks = shop.asked.filter(({ url }) => url === "/account");
  expect(looks).toHaveLength(2);
  for (const { headers } of looks) expect(headers.cookie).toBeUndefined();
});

it(
  "[MI204] a page that never ends, or eats memory, or sends too much, ends; the next one is looked at",
  async () => {
    const empty = { saved: {}, edited: {} };
    const folder = mkdtempSync(join(tmpdir(), "dry-run-test-"));
    const variables = { PATH: process.env.PATH, CHROME_PATH: "/usr/bin/chromium", TMPDIR: folder };
    const quick = open({ limits: { pageMs: 8_000 }, variables });
    expect(await quick.run({ url: `${shop.origin}/spins`, ...empty })).toMatchObject({ kind: "problem" });
    reportOf(await quick.run({ url: `${shop.origin}/account`, ...empty }));
    const small = open({ limits: { memoryMb: 600 }, variables });
    expect(await small.run({ url: `${shop.origin}/eats`, ...empty })).toEqual({
      kind: "problem",
      problem: "too much",
    });
    const thin = open({ limits: { bytes: 100 } });
    expect(await thin.run({ url: `${shop.origin}/account`, ...empty })).toEqual({
      kind: "problem",
      problem: "too much",
    });
    const late = open({ limits: { wholeMs: 6_000 }, variables });
    expect(await late.run({ url: `${shop.origin}/spins`, ...empty })).toEqual({
      kind: "problem",
      problem: "too late",
    });
    await expect.poll(processesLeft, { timeout: 15_000 }).toEqual([]);
    // What tsx has compiled is kept for the next one.
    expect(readdirSync(folder).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  SEVERAL_MS,
);

it("[MI204] one at a time, in a sandbox, and none any more once closed", async () => {
  const runs = open();
  const order = { url: `${shop.origin}/account`, saved: {}, edited: {} };
  const first = runs.run(order);
  const browsers = () => processesLeft().filter((row) => row.includes("--headless"));
  await expect.poll(browsers, { timeout: 30_000 }).not.toEqual([]);
  // Root has no sandbox to give: Chromium refuses it.
  for (const row of browsers()) expect(row.includes("--no-sandbox")).toBe(process.getuid?.() === 0);
  const [child = ""] = processesLeft().filter((row) => row.includes("dry-run/child.mjs"));
  expect(readFileSync(`/proc/${Number.parseInt(child, 10)}/oom_score_adj`, "utf8")).toBe("1000\n");
  expect(await runs.run(order)).toEqual({ kind: "problem", problem: "busy" });
  reportOf(await first);
  reportOf(await runs.run(order));
  const last = runs.run(order);
  await runs.close();
  expect((await last).kind).toBe("problem");
  expect(await runs.run(order)).toEqual({ kind: "problem", problem: "busy" });
  await expect.poll(processesLeft, { timeout: 15_000 }).toEqual([]);
});

it.each([
  ["without a browser", "/account", { PATH: "/nowhere" }, "no browser", 0],
  [
    "with a program that is none",
    "/account",
    { PATH: "/usr/bin:/bin", CHROME_PATH: "/bin/false" },
    "no browser",
    1,
  ],
  ["of a page that is not there", "/missing", undefined, "refused", 0],
])("[MI205] %s it says so, and why to who runs the server", async (_name, path, variables, problem, told) => {
  const runs = open(variables === undefined ? {} : { variables });
  const answer = await runs.run({ url: `${shop.origin}${path}`, saved: {}, edited: {} });
  expect(answer).toEqual({ kind: "problem", problem });
  expect(faults.splice(0)).toHaveLength(told);
});
