/** A measured server as a process of its own, asked over IPC, so that its CPU time is nobody else's. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { bundle } from "./bundle";
import type { Measurement, Question } from "./serve";

const SETTLE_WITHIN_MS = 30_000;

export interface ServerProcess {
  /** Such as ws://127.0.0.1:40123; where there are several nodes, one after the other. */
  urlFor(seat: number): string;
  measure(collect?: boolean): Promise<Measurement>;
  /** Waits until the server has freed the rooms that nobody is in. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Several nodes as one server: people of a room are spread over them, and their costs are added up. */
export function together(nodes: readonly ServerProcess[]): ServerProcess {
  const all = <T>(of: (node: ServerProcess) => Promise<T>) => Promise.all(nodes.map(of));
  return {
    urlFor: (seat) => nodes[seat % nodes.length]?.urlFor(seat) ?? "",
    async measure(collect) {
      const each = await all((node) => node.measure(collect));
      const sum = (of: (one: Measurement) => number) => each.reduce((total, one) => total + of(one), 0);
      return {
        cpuMicros: sum(({ cpuMicros }) => cpuMicros),
        residentBytes: sum(({ residentBytes }) => residentBytes),
        heapBytes: sum(({ heapBytes }) => heapBytes),
        rooms: sum(({ rooms }) => rooms),
      };
    },
    settle: async () => void (await all((node) => node.settle())),
    stop: async () => void (await all((node) => node.stop())),
  };
}

/** @param profileFolder where to write a CPU profile of the whole life, or null */
export async function startServer(
  name: string,
  words: readonly string[],
  profileFolder: string | null,
): Promise<ServerProcess> {
  const child = fork(await bundle(name), words, {
    execArgv: [
      "--expose-gc",
      ...(profileFolder === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileFolder}`]),
    ],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`the server ${name} ended with ${code}`);
  });
  gone.catch(() => undefined);
  const next = async () => (await Promise.race([once(child, "message"), gone]))[0] as unknown;
  const ask = async (question: Question) => {
    const answer = next();
    child.send(question);
    return (await answer) as Measurement;
  };
  const { port } = (await next()) as { port: number };
  return {
    urlFor: () => `ws://127.0.0.1:${port}`,
    measure: (collect = false) => ask(collect ? "collect and measure" : "measure"),
    async settle() {
      const end = Date.now() + SETTLE_WITHIN_MS;
      while ((await ask("measure")).rooms > 0) {
        if (Date.now() > end) throw new Error(`${name} keeps rooms that nobody is in`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      child.send("stop" satisfies Question);
      await gone.catch(() => undefined);
    },
  };
}
