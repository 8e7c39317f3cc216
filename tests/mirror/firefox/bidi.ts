/**
 * Debian's Firefox, started in a profile of its own and spoken to by WebDriver BiDi: https://w3c.github.io/webdriver-bidi.
 * Playwright drives only a Firefox of its own making (docs/decisions/0072).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

export interface Firefox {
  /** @throws Error with Firefox's words when it refuses */
  send<Result>(method: string, params: object): Promise<Result>;
  close(): Promise<void>;
}

/** What it tells by itself: the event's name and what it says. */
type OnEvent = (method: string, params: unknown) => void;

interface Told {
  readonly type: "event";
  readonly method: string;
  readonly params: unknown;
}
type Answer =
  | { readonly id: number; readonly type: "success"; readonly result: unknown }
  | { readonly id: number; readonly type: "error"; readonly error: string; readonly message: string };

/** What it would else do by itself: ask hosts, and go through a developer's proxy to the test's own server. */
const PREFERENCES = {
  "network.proxy.type": 0,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

/** @param events names of those that are told; not none */
export async function openFirefox(events: readonly string[], onEvent: OnEvent): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), "vetrina-firefox-"));
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const words = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const program = spawn("/usr/bin/firefox-esr", words, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<void>((resolve) => program.once("exit", () => resolve()));
  const leave = async () => {
    program.kill("SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const { send, hangUp } = await converse(`${await addressOf(program)}/session`, onEvent);
    await send("session.new", { capabilities: {} });
    await send("session.subscribe", { events });
    return {
      send,
      async close() {
        await send("browser.close", {}).catch(() => {});
        hangUp();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** It says on which port it listens. */
function addressOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    program.once("error", reject);
    program.once("exit", () => reject(new Error(`Firefox ended: ${said}`)));
    program.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const address = /BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
  });
}

interface Talk extends Pick<Firefox, "send"> {
  hangUp(): void;
}

async function converse(address: string, onEvent: OnEvent): Promise<Talk> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  let count = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.on("message", (data) => {
    const message: Answer | Told = JSON.parse(String(data));
    if (message.type === "event") onEvent(message.method, message.params);
    else waiting.get(message.id)?.(message);
  });
  socket.on("close", () => {
    for (const [id, answer] of waiting) answer({ id, type: "error", error: "it is gone", message: "" });
  });
  return {
    async send<Result>(method: string, params: object): Promise<Result> {
      if (socket.readyState !== WebSocket.OPEN) throw new Error(`${method}: Firefox is gone`);
      const id = ++count;
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ id, method, params }));
      });
      waiting.delete(id);
      if (answer.type === "error") throw new Error(`${method}: ${answer.error} ${answer.message}`);
      // Whoever asks knows what the protocol answers.
      return answer.result as Result;
    },
    hangUp: () => socket.terminate(),
  };
}
