import { describe, expect, it } from "vitest";
import { EndedBadly, type LeashedRun, runOnLeash } from "./leash";

const never = new AbortController().signal;
/** Milliseconds: more than any of them needs on a busy machine. */
const PATIENCE_MS = 60_000;
const script = (code: string, more: Partial<LeashedRun> = {}) =>
  runOnLeash({
    program: process.execPath,
    words: ["--max-old-space-size=64", "-e", code],
    maxCpuSeconds: 30,
    timeoutMs: PATIENCE_MS,
    signal: never,
    ...more,
  });
const endOf = (run: Promise<void>) => run.catch((error: unknown) => error);

describe("a program on a leash", () => {
  it("[ME88] says what it prints, and sees none of our settings", async () => {
    const lines: string[] = [];
    await script(
      "console.log(Object.keys(process.env).sort().join()); console.log(process.env.LC_ALL, process.env.MORE)",
      {
        variables: { MORE: "more" },
        onLine: (line) => lines.push(line),
      },
    );
    expect(lines[0]?.split(",")).not.toContain("HOME");
    expect(lines[1]).toBe("C more");
  });

  it(
    "[ME88] takes all its memory, and ends alone",
    async () => {
      const end = await endOf(script("const all = []; for (;;) all.push({ one: all.length });"));
      expect(end).toBeInstanceOf(EndedBadly);
      expect(end).toMatchObject({ by: "SIGABRT" });
    },
    PATIENCE_MS,
  );

  it(
    "[ME88] works without end, and is ended",
    async () => {
      const end = await endOf(script("for (;;) {}", { maxCpuSeconds: 1 }));
      expect(end).toBeInstanceOf(EndedBadly);
      expect(end).toMatchObject({ by: expect.stringMatching(/^SIG(KILL|XCPU)$/) });
    },
    PATIENCE_MS,
  );

  it("[ME88] fails, and says its last words", async () => {
    const end = await endOf(script("console.error('the last words'); process.exit(3)"));
    expect(end).toMatchObject({ by: null, complaint: "the last words" });
  });

  it("[ME88] that is not there is an error", async () => {
    await expect(script("", { program: "/nowhere/program" })).rejects.toThrow("/nowhere/program");
  });
});
