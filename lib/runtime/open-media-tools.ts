/** What reads uploads beside Node itself: the system's ffmpeg, a clamd, and the threads for papers. */
import { closePaperPool } from "@/lib/media/paper/read-paper";
import { createScanner, scanSlot, scanUpload } from "@/lib/media/scan-upload";
import { ffmpegSlot, findFfmpeg } from "@/lib/media/video/ffmpeg";
import type { Env } from "./env";
import type { Log } from "./log";

/** @returns ends the threads */
export async function openMediaTools(
  log: Log,
  { clamd, ffmpeg }: Pick<Env, "clamd" | "ffmpeg">,
): Promise<() => Promise<void>> {
  const program = await findFfmpeg(ffmpeg, process.env.PATH ?? "");
  ffmpegSlot.provide(program);
  if (program === null && ffmpeg !== "off") {
    log.warn({ ffmpeg }, "no ffmpeg: videos play only where the browser knows their codec");
  }
  const onFound = (signature: string) => log.warn({ signature }, "an upload was infected");
  scanSlot.provide(clamd === null ? null : createScanner({ ...clamd, onFound }));
  // It may still be reading its signatures: uploads wait for it, the start does not.
  scanUpload([]).catch((error: unknown) => log.warn({ err: error }, "clamd does not answer"));
  return closePaperPool;
}
