import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox } from "./outbox";
import { websocketFrame } from "./websocket-frame";

/** Milliseconds. */
const PRESENCE_MS = 30;
const PULSE_MS = 4;
const [anna, bea] = [1, 2];

const bytes = (...values: number[]) => new Uint8Array(values);
const stroke = bytes(0, 2, 1, 7);
const cursor = (clientId: number, clock: number) => bytes(1, clientId, clock);

let written: Buffer[][];
let waiting: number;
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  waiting = 0;
  const wire = {
    waiting: () => waiting,
    write: (frames: readonly Buffer[]) => void written.push([...frames]),
  };
  outbox = new Outbox(wire, { presenceMs: PRESENCE_MS, lossyAboveBytes: 1_000 });
});
afterEach(() => {
  outbox.close();
  // The last beat finds nothing to do.
  vi.advanceTimersByTime(PULSE_MS);
  vi.useRealTimers();
});

const writes = () => written.splice(0);
const show = (clientId: number, clock: number) => outbox.show(clientId, cursor(clientId, clock));
const framed = (...payloads: Uint8Array[]) => payloads.map(websocketFrame);

describe("what leaves on one socket", () => {
  it("[SY66] presence goes at once after a pause", () => {
    show(anna, 1);
    expect(writes()).toEqual([framed(cursor(anna, 1))]);
    vi.advanceTimersByTime(PRESENCE_MS);
    show(anna, 2);
    expect(writes()).toEqual([framed(cursor(anna, 2))]);
  });

  it("[SY66] presence after a write waits for the next one and goes with it, the newest of each", () => {
    outbox.send(stroke);
    writes();
    show(anna, 1);
    show(bea, 1);
    show(anna, 2);
    expect(writes()).toEqual([]);
    outbox.send(stroke);
    expect(writes()).toEqual([framed(cursor(anna, 2), cursor(bea, 1), stroke)]);
    vi.advanceTimersByTime(10 * PRESENCE_MS);
    expect(writes()).toEqual([]);
  });

  it("[SY66] presence waits for presenceMs from its coming, and a pulse at most", () => {
    outbox.send(stroke);
    writes();
    vi.advanceTimersByTime(PRESENCE_MS - 5);
    show(anna, 1);
    vi.advanceTimersByTime(PRESENCE_MS - 1);
    expect(writes()).toEqual([]);
    vi.advanceTimersByTime(1 + PULSE_MS);
    expect(writes()).toEqual([framed(cursor(anna, 1))]);
  });

  it("[SY66] everything else goes at once, each in a write of its own", () => {
    outbox.send(stroke);
    outbox.send(stroke);
    expect(writes()).toEqual([framed(stroke), framed(stroke)]);
  });

  it("[SY66] a slow line is sent no presence until it drained, then the newest of each", () => {
    waiting = 1_000;
    for (let clock = 1; clock <= 100; clock++) show(anna, clock);
    outbox.send(stroke);
    vi.advanceTimersByTime(10 * PRESENCE_MS);
    expect(writes()).toEqual([framed(stroke)]);
    waiting = 0;
    vi.advanceTimersByTime(PRESENCE_MS);
    expect(writes()).toEqual([framed(cursor(anna, 100))]);
  });

  it("[SY66] presence of who is gone is not sent any more, nor anything on a closed line", () => {
    outbox.send(stroke);
    writes();
    show(anna, 1);
    show(bea, 1);
    outbox.forget(anna);
    vi.advanceTimersByTime(PRESENCE_MS + PULSE_MS);
    expect(writes()).toEqual([framed(cursor(bea, 1))]);
    show(bea, 2);
    outbox.close();
    vi.advanceTimersByTime(PRESENCE_MS);
    expect(writes()).toEqual([]);
  });
});
