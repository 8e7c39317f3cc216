/** Dry runs as the server makes them: processes, proxy and browser are real, pages good and hostile. */
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import type { DryRunAnswer, DryRunReport } from "./dry-run-port";
import { type DryRunOptions, type DryRuns, openDryRuns } from "./open-dry-run";
import { ACCOUNT } from "./pages.fixture";

/** Milliseconds for a test of several looks: each starts a process and a browser. */
const SEVERAL_MS = 150_000;
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
  expect(report.picture).toMatchObject({ width: 1_280, height: 1_600 });
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

it(
  "[MI203] neither the page nor what it loads, leads to or opens reaches a private network",
  async () => {
    hidden.asked.length = 0;
    const look = (url: string) => open().run({ url, saved: {}, edited: {} });
    const [spies, leads, redirects, account] = await Promise.all([
      look(`${shop.origin}/spies`),
      look(`${shop.origin}/leads`),
      look(`${shop.origin}/redirects`),
      look(`${hidden.origin}/account`),
    ]);
    expect(reportOf(spies).changes).toEqual([]);
    expect([leads.kind, redirects.kind]).toEqual(["problem", "problem"]);
    expect(account).toEqual({ kind: "problem", problem: "private network" });
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

it(
  "[MI204] a page that never ends, or eats memory, or sends too much, ends; the next one is looked at",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "dry-run-test-"));
    const variables = { PATH: process.env.PATH, CHROME_PATH: "/usr/bin/chromium", TMPDIR: folder };
    const ask = (runs: DryRuns, path: string) =>
      runs.run({ url: `${shop.origin}${path}`, saved: {}, edited: {} });
    const quick = open({ limits: { pageMs: 8_000 }, variables });
    const [spun, eaten, sent, late] = await Promise.all([
      ask(quick, "/spins"),
      ask(open({ limits: { memoryMb: 600 }, variables }), "/eats"),
      ask(open({ limits: { bytes: 100 }, variables }), "/account"),
      ask(open({ limits: { wholeMs: 6_000 }, variables }), "/spins"),
    ]);
    expect(spun).toMatchObject({ kind: "problem" });
    expect(eaten).toEqual({ kind: "problem", problem: "too much" });
    expect(sent).toEqual({ kind: "problem", problem: "too much" });
    expect(late).toEqual({ kind: "problem", problem: "too late" });
    reportOf(await ask(quick, "/account"));
    await expect.poll(processesLeft, { timeout: 15_000 }).toEqual([]);
    // What tsx has compiled is kept for the next one.
    expect(readdirSync(folder).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  SEVERAL_MS,
);

it("[MI203, MI204] one at a time, in a sandbox, without cookies of an earlier one, and none any more once closed", async () => {
  shop.asked.length = 0;
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
  const looks = shop.asked.filter(({ url }) => url === "/account");
  expect(looks).toHaveLength(2);
  for (const { headers } of looks) expect(headers.cookie).toBeUndefined();
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
