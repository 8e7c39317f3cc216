/** What operators watch of the mirrors: how many, for how many, and what is passed on; of pages and people nothing. */
import { Counter, Gauge, type Registry } from "prom-client";
import type { MirrorFigures } from "@/lib/mirror/relay/create-mirror-relay";
import type { MirrorMeters } from "@/lib/mirror/relay/ports";

/** @param figures read when somebody asks */
export function registerMirrorMetrics(registry: Registry, figures: () => MirrorFigures): MirrorMeters {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `vetrina_mirror_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, read: (figures: MirrorFigures) => number) =>
    new Gauge({
      name: `vetrina_mirror_${name}`,
      help,
      registers,
      collect() {
        this.set(read(figures()));
      },
    });
  gauge("live", "Pages that are shared, paused or waited for", ({ mirrors }) => mirrors);
  gauge("viewers", "People who watch a page", ({ viewers }) => viewers);
  gauge("connections", "Open connections", ({ connections }) => connections);
  gauge("unsent_bytes", "Bytes that wait in sockets for slow readers", ({ unsentBytes }) => unsentBytes);
  gauge("queued_bytes", "Bytes of pages that wait for slow viewers", ({ queuedBytes }) => queuedBytes);
  const framesIn = counter("frames_in_total", "Frames of pages received, by kind", ["kind"]);
  const bytesIn = counter("bytes_in_total", "Bytes of pages received");
  const framesOut = counter("frames_out_total", "Frames of pages sent to viewers");
  const bytesOut = counter("bytes_out_total", "Bytes of pages sent to viewers");
  const refused = counter("refused_total", "Requests and frames that were not taken, by reason", ["reason"]);
  const closed = counter("closed_total", "Connections that the relay ended, by reason", ["reason"]);
  return {
    frameIn(kind, bytes) {
      framesIn.inc({ kind });
      bytesIn.inc(bytes);
    },
    frameOut(bytes) {
      framesOut.inc();
      bytesOut.inc(bytes);
    },
    refused: (reason) => refused.inc({ reason }),
    closed: (reason) => closed.inc({ reason }),
  };
}
