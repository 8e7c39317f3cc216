import { expect, it } from "vitest";
import { createMetrics } from "./metrics";

const none = () => ({
  rooms: 0,
  connections: 0,
  unsavedBytes: 0,
  unsentBytes: 0,
  nodesConnected: false,
  mirror: { mirrors: 0, viewers: 0, connections: 0, unsentBytes: 0, queuedBytes: 0 },
});

it("[RU10] without a token only this machine reads the metrics, with one only who has it", () => {
  const local = createMetrics(null, none);
  expect(local.mayRead(null, "127.0.0.1")).toBe(true);
  expect(local.mayRead(null, "::ffff:127.0.0.1")).toBe(true);
  expect(local.mayRead(null, "10.0.0.7")).toBe(false);
  expect(local.mayRead(null, "")).toBe(false);
  const guarded = createMetrics("a-token-of-this-test", none);
  expect(guarded.mayRead("Bearer a-token-of-this-test", "10.0.0.7")).toBe(true);
  expect(guarded.mayRead("Bearer a-token-of-this-tes", "127.0.0.1")).toBe(false);
  expect(guarded.mayRead(null, "127.0.0.1")).toBe(false);
});

it("[RU11] counts what the sync server tells, and reads rooms and connections when asked", async () => {
  let rooms = 1;
  const { meters, read } = createMetrics(null, () => ({
    ...none(),
    rooms,
    connections: 2,
    unsavedBytes: 300,
    unsentBytes: 40,
  }));
  meters.frameIn("update", 100);
  meters.frameIn("update", 50);
  meters.frameOut(150);
  meters.refused("forbidden");
  meters.closed("tooMany");
  meters.applied(0.2);
  meters.journaled(3, 20);
  meters.journalFailed();
  rooms = 7;
  const { contentType, text } = await read();
  expect(contentType).toContain("text/plain");
  for (const line of [
    'vetrina_sync_frames_in_total{kind="update"} 2',
    "vetrina_sync_bytes_in_total 150",
    "vetrina_sync_bytes_out_total 150",
    'vetrina_sync_refused_total{reason="forbidden"} 1',
    'vetrina_sync_closed_total{reason="tooMany"} 1',
    'vetrina_sync_apply_seconds_bucket{le="0.00025"} 1',
    "vetrina_sync_journal_updates_total 3",
    'vetrina_sync_journal_lag_seconds_bucket{le="0.025"} 1',
    "vetrina_sync_journal_failures_total 1",
    "vetrina_sync_rooms 7",
    "vetrina_sync_connections 2",
    "vetrina_sync_unsaved_bytes 300",
    "vetrina_sync_unsent_bytes 40",
    "vetrina_sync_nodes_connected 0",
  ]) {
    expect(text).toContain(`\n${line}\n`);
  }
});
