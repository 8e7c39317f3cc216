/** The harness' videos: 8 plays, 9 is of a kind that no browser knows, and its name says so. Made when first asked for. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResolvedItem } from "@/lib/protocol/http";
import { ffmpeg, H264, makeVideo } from "../support/videos";

const WIDTH = 640;
const HEIGHT = 360;
/** Long enough that no test reaches its end by waiting. */
const SECONDS = 64;

interface Made {
  readonly video: Buffer;
  readonly poster: Buffer;
}
let made: Promise<Made> | null = null;

async function make(): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), "panel-video-"));
  try {
    const path = await makeVideo(join(folder, "video.mp4"), {
      picture: `testsrc2=s=${WIDTH}x${HEIGHT}:r=25:d=${SECONDS}`,
      sound: `sine=d=${SECONDS}`,
      words: [...H264, "-g", "25", "-movflags", "+faststart"],
    });
    const poster = join(folder, "poster.jpg");
    await ffmpeg("-i", path, "-frames:v", "1", poster);
    return { video: await readFile(path), poster: await readFile(poster) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** False when the address is not a video's. */
export async function answerVideo(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const path = request.url ?? "/";
  const item = /\/items\/asset\/.*([89])$/.exec(path);
  if (item) {
    const broken = item[1] === "9";
    const body: ResolvedItem = {
      width: WIDTH,
      height: HEIGHT,
      title: "",
      sizes: broken ? [] : [{ longest: WIDTH, url: "/poster/8" }],
      tiles: null,
      video: {
        url: broken ? "/video/9" : "/video/8",
        type: "video/mp4",
        durationMs: SECONDS * 1_000,
        playsAnywhere: !broken,
      },
      covered: false,
      product: null,
      pictureIds: [],
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    return true;
  }
  if (path === "/video/9") {
    response.writeHead(200, { "content-type": "video/mp4" }).end("no video at all");
    return true;
  }
  if (path !== "/video/8" && path !== "/poster/8") return false;
  made ??= make();
  const { video, poster } = await made;
  if (path === "/poster/8") response.writeHead(200, { "content-type": "image/jpeg" }).end(poster);
  else answerRange(video, request, response);
  return true;
}

function answerRange(bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  const first = Number(range?.[1] ?? 0);
  const last = range?.[2] ? Number(range[2]) : bytes.length - 1;
  response.writeHead(range ? 206 : 200, {
    "content-type": "video/mp4",
    "accept-ranges": "bytes",
    "content-length": last - first + 1,
    ...(range ? { "content-range": `bytes ${first}-${last}/${bytes.length}` } : {}),
  });
  response.end(bytes.subarray(first, last + 1));
}
