/**
 * A dry run in a process of its own: reads one order, writes one answer, ends. It has none of the server's secrets, goes
 * nowhere but through the server's proxy, and ends itself and its browser past its memory.
 */
import { text } from "node:stream/consumers";
import { bundlePageScript } from "../lint/bundle-page-script";
import { launchChromium } from "../lint/launch-chromium";
import { LintProblem, type LintProblemKind } from "../lint/lint-problem";
import { type ChildOrder, childOrderSchema, type DryRunAnswer, type DryRunProblem } from "./dry-run-port";
import { lookAtPage } from "./look-at-page";
import { giveMemoryFirst, memoryOfFamily } from "./memory";

const MEMORY_EVERY_MS = 200;
/** What of a browser would go past a proxy: datagrams, and names that it would look up by itself. */
const PROXY_ONLY = [
  "--disable-quic",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];
const problemOf: Readonly<Record<LintProblemKind, DryRunProblem>> = {
  usage: "not read",
  "no browser": "no browser",
  "not opened": "not opened",
  refused: "refused",
  elsewhere: "elsewhere",
  "too late": "too late",
  "not read": "not read",
};

async function run(order: ChildOrder): Promise<DryRunAnswer> {
  // Not earlier: what tsx has compiled before lies in the machine's own folder.
  process.env.TMPDIR = order.folder;
  const script = await bundlePageScript(new URL("dry-run.page.ts", import.meta.url));
  const browser = await launchChromium(order.chromium, {
    proxy: { server: order.proxy },
    // Left alone, playwright-core switches it off. Root has none: Chromium refuses it.
    chromiumSandbox: process.getuid?.() !== 0,
    args: PROXY_ONLY,
  });
  try {
    return { kind: "report", report: await lookAtPage(browser, order, script) };
  } finally {
    await browser.close().catch(() => {});
  }
}

let hasAnswered = false;
/** The browser ends with this process, however that ends. */
function answer(said: DryRunAnswer): void {
  if (hasAnswered) return;
  hasAnswered = true;
  process.stdout.write(JSON.stringify(said), () => process.exit(0));
}

giveMemoryFirst();
const order = childOrderSchema.parse(JSON.parse(await text(process.stdin)));
setInterval(() => {
  if (memoryOfFamily(process.pid) > order.maxMemoryMb) answer({ kind: "problem", problem: "too much" });
}, MEMORY_EVERY_MS).unref();
run(order).then(answer, (error: unknown) => {
  if (!(error instanceof LintProblem)) throw error;
  // The admin reads that there is none; whoever runs the server, why.
  if (error.kind === "no browser") process.stderr.write(String(error.cause));
  answer({ kind: "problem", problem: problemOf[error.kind] });
});
