/**
 * The figures that operators watch, by prom-client: the process's own (memory, event loop, garbage collection) and the
 * sync server's and the mirrors'. Names follow Prometheus' conventions (https://prometheus.io/docs/practices/naming/).
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { MirrorFigures } from "@/lib/mirror/relay/create-mirror-relay";
import type { MirrorMeters } from "@/lib/mirror/relay/ports";
import type { MetricsPort } from "@/lib/protocol/metrics-slot";
import type { SyncFigures } from "@/lib/sync/server/create-sync-server";
import type { SyncMeters } from "@/lib/sync/server/ports";
import { registerMirrorMetrics } from "./mirror-metrics";

/** Seconds: an update takes well under a millisecond, a slow one blocks everybody. */
const APPLY_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1];
/** Seconds: what a killed server may lose is what waits here. */
const LAG_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

export interface SyncGauges extends SyncFigures {
  /** Whether we hear the other processes; false without any. */
  readonly nodesConnected: boolean;
  readonly mirror: MirrorFigures;
}

export interface Metrics extends MetricsPort {
  readonly meters: SyncMeters;
  readonly mirrorMeters: MirrorMeters;
}

/**
 * @param token who may read from elsewhere; null: nobody
 * @param gauges read when somebody asks
 */
export function createMetrics(token: string | null, gauges: () => SyncGauges): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `vetrina_sync_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `vetrina_sync_${name}`, help, buckets, registers });

  /** For what is counted with every frame: a plain number, handed over when somebody asks. */
  const tally = (name: string, help: string) => {
    const counted = { total: 0 };
    new Counter({
      name: `vetrina_sync_${name}`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(counted.total);
      },
    });
    return counted;
  };

  const framesIn = new Map<string, number>();
  new Counter({
    name: "vetrina_sync_frames_in_total",
    help: "Frames received, by kind",
    labelNames: ["kind"],
    registers,
    collect() {
      this.reset();
      for (const [kind, total] of framesIn) this.inc({ kind }, total);
    },
  });
  const bytesIn = tally("bytes_in_total", "Bytes of frames received");
  const framesOut = tally("frames_out_total", "Frames sent");
  const bytesOut = tally("bytes_out_total", "Bytes of frames sent");
  const refused = counter("refused_total", "Updates that were not taken, by reason", ["reason"]);
  const closed = counter("closed_total", "Connections that the server ended, by reason", ["reason"]);
  const apply = histogram("apply_seconds", "Checking and applying one update", APPLY_BUCKETS);
  const journaled = counter("journal_updates_total", "Updates stored");
  const lag = histogram("journal_lag_seconds", "From an update's arrival until it is stored", LAG_BUCKETS);
  const failed = counter("journal_failures_total", "Writes to the journal that failed and are tried again");
  const gauge = (name: string, help: string, read: (figures: SyncGauges) => number) =>
    new Gauge({
      name: `vetrina_sync_${name}`,
      help,
      registers,
      collect() {
        this.set(read(gauges()));
      },
    });
  gauge("rooms", "Rooms in memory", ({ rooms }) => rooms);
  gauge("connections", "Open connections", ({ connections }) => connections);
  gauge("unsaved_bytes", "Bytes of updates that wait to be stored", ({ unsavedBytes }) => unsavedBytes);
  gauge("unsent_bytes", "Bytes that wait for slow readers", ({ unsentBytes }) => unsentBytes);
  gauge("nodes_connected", "Whether the line to other processes works (0 where there is none)", (figures) =>
    figures.nodesConnected ? 1 : 0,
  );

  return {
    mirrorMeters: registerMirrorMetrics(registry, () => gauges().mirror),
    meters: {
      frameIn(kind, bytes) {
        framesIn.set(kind, (framesIn.get(kind) ?? 0) + 1);
        bytesIn.total += bytes;
      },
      frameOut(bytes) {
        framesOut.total++;
        bytesOut.total += bytes;
      },
      refused: (reason) => refused.inc({ reason }),
      closed: (reason) => closed.inc({ reason }),
      applied: (milliseconds) => apply.observe(milliseconds / 1_000),
      journaled(updates, lagMs) {
        journaled.inc(updates);
        lag.observe(lagMs / 1_000);
      },
      journalFailed: () => failed.inc(),
    },
    mayRead: (authorization, address) =>
      token === null ? loopback.has(address) : isSame(authorization ?? "", `Bearer ${token}`),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

/** Hashed first: the comparison takes equally long whatever the length and the first difference. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
