import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import {
  canRetry,
  changeQueue,
  MAX_WAITING,
  nextToStart,
  UPLOADS_AT_ONCE,
  type Upload,
  type UploadEvent,
} from "./upload-queue";

const file = (id: string, bytes = 1_000) => ({ id, name: `${id}.jpg`, bytes, what: "picture" as const });
const play = (...events: readonly UploadEvent[]) => events.reduce<readonly Upload[]>(changeQueue, []);
const stateOf = (queue: readonly Upload[], id: string) => queue.find((one) => one.id === id)?.state;

const id = fc.constantFrom("a", "b", "c", "d");
const anyEvent: fc.Arbitrary<UploadEvent> = fc.oneof(
  fc.record({ type: fc.constant("started" as const), id }),
  fc.record({
    type: fc.constant("progressed" as const),
    id,
    progress: fc.record({
      phase: fc.constantFrom("sending" as const, "reading" as const),
      share: fc.double({ min: -1, max: 2, noNaN: true }),
    }),
  }),
  fc.record({
    type: fc.constant("failed" as const),
    id,
    error: fc.constantFrom("offline" as const, "too_large" as const),
  }),
  fc.record({ type: fc.constant("retried" as const), id }),
  fc.record({ type: fc.constant("left" as const), id }),
);

describe("files on their way", () => {
  it("[FR3] a file that is too large or empty is refused before a byte is sent, others wait their turn", () => {
    const queue = play({
      type: "added",
      files: [file("big", MAX_UPLOAD_BYTES + 1), file("fits", MAX_UPLOAD_BYTES), file("empty", 0)],
    });
    expect(stateOf(queue, "big")).toEqual({ kind: "failed", error: "too_large" });
    expect(stateOf(queue, "empty")).toEqual({ kind: "failed", error: "empty" });
    expect(nextToStart(queue).map((one) => one.id)).toEqual(["fits"]);
  });

  it("[FR4] no more than two are sent at once, in the order they were chosen", () => {
    let queue = play({ type: "added", files: ["a", "b", "c"].map((one) => file(one)) });
    expect(nextToStart(queue).map((one) => one.id)).toEqual(["a", "b"]);
    queue = ["a", "b"].reduce((now, one) => changeQueue(now, { type: "started", id: one }), queue);
    expect(nextToStart(queue)).toEqual([]);
    queue = changeQueue(queue, { type: "left", id: "a" });
    expect(nextToStart(queue).map((one) => one.id)).toEqual(["c"]);
  });

  it("[FR4] whatever happens in whatever order, at most two are ever sent and progress never runs back", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let queue = play({ type: "added", files: ["a", "b", "c", "d"].map((one) => file(one)) });
        for (const event of events) {
          if (event.type === "started" && !nextToStart(queue).some((one) => one.id === event.id)) continue;
          const before = queue;
          queue = changeQueue(queue, event);
          expect(queue.filter((one) => one.state.kind === "sending").length).toBeLessThanOrEqual(
            UPLOADS_AT_ONCE,
          );
          if (event.type !== "progressed") continue;
          const [was, is] = [stateOf(before, event.id), stateOf(queue, event.id)];
          if (was?.kind === "sending" && is?.kind === "sending") {
            if (was.phase === "reading") expect(is.phase).toBe("reading");
            if (was.phase !== is.phase) continue;
            expect(is.share).toBeGreaterThanOrEqual(was.share);
            expect(is.share).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it("[FR5] a lost line may be tried again; a broken picture may not", () => {
    const failed = (error: "offline" | "broken_picture") =>
      play(
        { type: "added", files: [file("a")] },
        { type: "started", id: "a" },
        { type: "failed", id: "a", error },
      );
    expect(failed("offline").map(canRetry)).toEqual([true]);
    expect(stateOf(changeQueue(failed("offline"), { type: "retried", id: "a" }), "a")).toEqual({
      kind: "queued",
    });
    expect(failed("broken_picture").map(canRetry)).toEqual([false]);
    expect(stateOf(changeQueue(failed("broken_picture"), { type: "retried", id: "a" }), "a")?.kind).toBe(
      "failed",
    );
  });

  it("[FR5] a whole folder dropped by mistake does not become a thousand uploads", () => {
    const files = Array.from({ length: 1_000 }, (_, index) => file(String(index)));
    expect(play({ type: "added", files })).toHaveLength(MAX_WAITING);
  });
});
