import { Writable } from "node:stream";
import pino from "pino";
import { afterEach, describe, expect, it, vi } from "vitest";
import { scanSlot, scanUpload } from "@/lib/media/scan-upload";
import { ffmpegSlot } from "@/lib/media/video/ffmpeg";
import { MALWARE, startClamd } from "@/tests/support/clamd";
import { FFMPEG } from "@/tests/support/videos";
import { openMediaTools } from "./open-media-tools";

/** Milliseconds: clamd takes its time to start. */
vi.setConfig({ testTimeout: 120_000 });

const lines: string[] = [];
const log = pino(
  {},
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
);
afterEach(() => {
  lines.length = 0;
  scanSlot.provide(null);
  ffmpegSlot.provide(null);
});

describe("tools for what is uploaded", () => {
  it("[RU14] ffmpeg is found, done without when it is not there, and left alone when it is off", async () => {
    const close = await openMediaTools(log, { clamd: null, ffmpeg: "ffmpeg" });
    expect(ffmpegSlot.get()).toBe(FFMPEG);
    await openMediaTools(log, { clamd: null, ffmpeg: "off" });
    expect(ffmpegSlot.get()).toBeNull();
    expect(lines).toEqual([]);
    await openMediaTools(log, { clamd: null, ffmpeg: "/nowhere/ffmpeg" });
    expect(ffmpegSlot.get()).toBeNull();
    expect(lines.join()).toContain("no ffmpeg");
    await close();
  });

  it("[RU14] a clamd that is not there is told in the log, and keeps files out", async () => {
    await openMediaTools(log, { clamd: { host: "127.0.0.1", port: 1 }, ffmpeg: "off" });
    await expect(scanUpload([Buffer.from("fine")])).rejects.toMatchObject({ code: "unavailable" });
    await vi.waitFor(() => expect(lines.join()).toContain("clamd does not answer"));
  });

  it("[RU14] the log learns what clamd found", async () => {
    const clamd = await startClamd();
    await openMediaTools(log, { clamd, ffmpeg: "off" });
    await expect(scanUpload([Buffer.from(MALWARE)])).rejects.toMatchObject({ code: "infected" });
    expect(lines.join()).toContain("Vetrina.Test");
    await clamd.close();
  });
});
