import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bytesWithin, similarity } from "@/tests/support/pictures";
import {
  FFMPEG,
  ffmpeg,
  frameAt,
  H264,
  HEVC,
  makeVideo,
  playThrough,
  probe,
  VP9,
} from "@/tests/support/videos";
import { ffmpegSlot, findFfmpeg, runFfmpeg } from "./ffmpeg";
import { readVideo, type Video } from "./read-video";
import { MAX_INDEX_BYTES, MAX_VIDEO_BYTES } from "./video-limits";

/** Milliseconds: encoding takes its time on a busy machine. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let whole: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vt-video-"));
  // With frames that refer to later ones: not shown in the order in which they are stored.
  whole = await makeVideo(join(folder, "whole.mp4"), { words: [...H264, "-preset", "veryfast"] });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
beforeEach(() => ffmpegSlot.provide(null));

const never = new AbortController().signal;
const read = async (path: string, signal = never, onProgress?: (fraction: number) => void) =>
  readVideo({ path, folder: await mkdtemp(join(folder, "job-")), signal, ...(onProgress && { onProgress }) });
const write = async (name: string, content: string | Uint8Array) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};
const codecs = async ({ path }: Video) => (await probe(path)).streams.map((stream) => stream.codec_name);

describe("what is accepted", () => {
  it.each([
    ["an MP4 named .pdf", "a.pdf", "mp4", H264, "video/mp4"],
    ["a MOV named .txt", "a.txt", "mov", H264, "video/mp4"],
    ["a WebM named .mp4", "b.mp4", "webm", VP9, "video/webm"],
    ["a Matroska file with WebM's codecs", "c.webm", "matroska", VP9, "video/webm"],
    ["a WebM without sizes, as browsers record", "live.webm", "webm", [...VP9, "-live", "1"], "video/webm"],
    [
      "a MOV with uncompressed sound",
      "pcm.mov",
      "mov",
      [...H264.slice(0, 6), "-c:a", "pcm_s16le"],
      "video/mp4",
    ],
    ["a fragmented MP4", "d.mp4", "mp4", [...H264, "-movflags", "frag_keyframe+empty_moov"], "video/mp4"],
  ])("[ME30] %s", async (_what, name, format, words, type) => {
    const path = await makeVideo(join(folder, name), { words: [...words, "-f", format] });
    const video = await read(path);
    expect(video).toMatchObject({ type, width: 320, height: 180 });
    expect(video.durationMs).toBeGreaterThan(1_900);
    expect(video.durationMs).toBeLessThan(2_200);
    await playThrough(video.path);
  });

  it.each([
    ["nothing", ""],
    ["a playlist", `#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n`],
    ["a concat script", "ffconcat version 1.0\nfile /etc/passwd\n"],
    ["a page", "<!doctype html><video src=x onerror=alert(1)>"],
    ["a PDF", "%PDF-1.7\n"],
  ])("[ME30] %s named .mp4 is no video, with ffmpeg and without", async (what, content) => {
    const path = await write(`${what}.mp4`, content);
    for (const program of [null, FFMPEG]) {
      ffmpegSlot.provide(program);
      await expect(read(path)).rejects.toMatchObject({ code: "unsupported_video" });
    }
  });

  it("[ME30] sound alone is no video, nor is Matroska with codecs that no WebM has", async () => {
    const sound = join(folder, "sound.m4a");
    await ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", sound);
    await expect(read(sound)).rejects.toMatchObject({ code: "unsupported_video" });
    const matroska = await makeVideo(join(folder, "h264.mkv"));
    await expect(read(matroska)).rejects.toMatchObject({ code: "unsupported_video" });
  });
});

describe("limits", () => {
  it("[ME31] too many bytes, seconds and pixels are refused, each by its name", async () => {
    const large = await write("large.mp4", await readFile(whole));
    await truncate(large, MAX_VIDEO_BYTES + 1);
    await expect(read(large)).rejects.toMatchObject({ code: "too_large" });
    const long = await makeVideo(join(folder, "long.mp4"), {
      picture: "color=s=32x32:r=1:d=182",
      sound: null,
    });
    await expect(read(long)).rejects.toMatchObject({ code: "video_too_long" });
    const wide = await makeVideo(join(folder, "wide.mp4"), {
      picture: "color=s=4096x4096:r=5:d=1",
      sound: null,
    });
    await expect(read(wide)).rejects.toMatchObject({ code: "too_many_pixels" });
  });
});

describe("damage and malice", () => {
  it.each([
    ["MP4", "cut.mp4", H264],
    ["MP4 with its index first", "cut-fast.mp4", [...H264, "-movflags", "+faststart"]],
    ["WebM", "cut.webm", VP9],
  ])("[ME32] a %s that was cut off", async (_what, name, words) => {
    const path = await makeVideo(join(folder, name), { words });
    await truncate(path, Math.floor((await readFile(path)).byteLength / 2));
    await expect(read(path)).rejects.toMatchObject({ code: "broken_video" });
  });

  it.each(["stsz", "stts", "stco", "stsc", "ctts", "stss"])(
    "[ME32] an index whose %s claims four billion entries",
    async (table) => {
      const bytes = await readFile(whole);
      // Type, version and flags, then the count; before it stsz has the size that all have in common.
      bytes.writeUInt32BE(0xffffffff, bytes.indexOf(table, 0, "latin1") + (table === "stsz" ? 12 : 8));
      await expect(read(await write(`${table}.mp4`, bytes))).rejects.toMatchObject({ code: "broken_video" });
    },
  );

  it.each([
    [
      "whose times are of ten million samples shown in another order",
      "stts",
      (at: number) => [at + 12, 10_000_000],
    ],
    ["whose table counts on into the next one", "ctts", (at: number) => [at + 8, 1_000]],
    ["whose table is longer than the box around it", "stts", (at: number) => [at - 4, 5_000_000]],
  ] as const)("[ME32] an index %s", async (what, table, lie) => {
    const bytes = await readFile(whole);
    const [at, value] = lie(bytes.indexOf(table, 0, "latin1")) as [number, number];
    bytes.writeUInt32BE(value, at);
    const message = new RegExp(`^${table} of \\d+ (samples|bytes)$`);
    await expect(read(await write("lie.mp4", bytes)), what).rejects.toMatchObject({
      code: "broken_video",
      message,
    });
  });

  it("[ME32] an index with two tables of times, of which a demuxer would take both", async () => {
    const bytes = await readFile(whole);
    bytes.write("stts", bytes.indexOf("ctts", 0, "latin1"), "latin1");
    const refusal = { code: "broken_video", message: "stts twice" };
    await expect(read(await write("twice.mp4", bytes))).rejects.toMatchObject(refusal);
  });

  it("[ME32] a fragment of four billion samples, all alike", async () => {
    const words = [...H264, "-movflags", "frag_keyframe+empty_moov"];
    const bytes = await readFile(await makeVideo(join(folder, "fragments.mp4"), { words }));
    // Version and flags: none, so that no sample has anything of its own to be read.
    bytes.writeUInt32BE(0, bytes.indexOf("trun", 0, "latin1") + 4);
    bytes.writeUInt32BE(0xffffffff, bytes.indexOf("trun", 0, "latin1") + 8);
    const refusal = { code: "broken_video", message: /^a fragment of \d+ samples$/ };
    await expect(read(await write("alike.mp4", bytes))).rejects.toMatchObject(refusal);
  });

  it("[ME32] frames that all have one size of four gigabytes", async () => {
    const bytes = await readFile(whole);
    bytes.writeUInt32BE(0xffffffff, bytes.indexOf("stsz", 0, "latin1") + 8);
    await expect(read(await write("sizes.mp4", bytes))).rejects.toMatchObject({ code: "broken_video" });
  });

  it("[ME32] an index of a hundred megabytes is not read, and one in more boxes than any file has neither", async () => {
    const box = (type: string, size: number) => {
      const header = Buffer.alloc(8);
      header.writeUInt32BE(size);
      header.write(type, 4, "latin1");
      return header;
    };
    const ftyp = Buffer.concat([box("ftyp", 16), Buffer.from("isom\0\0\0\0", "latin1")]);
    const bomb = await write("bomb.mp4", Buffer.concat([ftyp, box("moov", MAX_INDEX_BYTES * 6)]));
    await truncate(bomb, MAX_INDEX_BYTES * 6 + 16);
    await expect(read(bomb)).rejects.toMatchObject({ code: "broken_video", message: /an index of/ });
    const many = await write("many.mp4", Buffer.concat([ftyp, Buffer.alloc(300_000, box("free", 8))]));
    await expect(read(many)).rejects.toMatchObject({ code: "broken_video", message: "too many boxes" });
  });

  it("[ME32, ME88] a WebM whose index takes all memory ends its own process, and the next is read", async () => {
    const live = await readFile(
      await makeVideo(join(folder, "cues.webm"), { words: [...VP9, "-live", "1", "-f", "webm"] }),
    );
    const firstCluster = live.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]));
    // CuePoint of CueTime 0 and CueTrackPositions: CueTrack 1, CueClusterPosition 0.
    const point = Buffer.from([0xbb, 0x8b, 0xb3, 0x81, 0, 0xb7, 0x86, 0xf7, 0x81, 1, 0xf1, 0x81, 0]);
    const points = Buffer.alloc(point.length * 6_000_000, point);
    // Cues, with a size of eight bytes.
    const head = Buffer.from([0x1c, 0x53, 0xbb, 0x6b, 1, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(points.length, 8);
    const bomb = await write(
      "bomb.webm",
      Buffer.concat([live.subarray(0, firstCluster), head, points, live.subarray(firstCluster)]),
    );
    await expect(read(bomb)).rejects.toMatchObject({
      code: "broken_video",
      message: /^beyond all measure/,
    });
    expect(await read(whole)).toMatchObject({ width: 320, height: 180 });
  });

  it("[ME32] random damage ends in a refusal or a video, and never in anything else", async () => {
    const bytes = await readFile(whole);
    const seed = Date.now() % 100_000;
    const random = seededRandom(seed);
    const index = bytes.indexOf("moov", 0, "latin1");
    for (let round = 0; round < 25; round++) {
      const damaged = Buffer.from(bytes);
      for (let hit = 0; hit < 8; hit++) {
        damaged[index + Math.floor(random() * (bytes.length - index))] = Math.floor(random() * 256);
      }
      const outcome = await read(await write("damaged.mp4", damaged)).catch((error) => error.code);
      const codes = ["broken_video", "unsupported_video", "too_many_pixels", "video_too_long"];
      if (typeof outcome !== "object") expect(codes, `seed ${seed}, round ${round}`).toContain(outcome);
    }
  });

  it("[ME32] the event loop keeps turning meanwhile", async () => {
    let turns = 0;
    let done = false;
    const turn = () => {
      turns++;
      if (!done) setImmediate(turn);
    };
    turn();
    await read(whole);
    done = true;
    expect(turns).toBeGreaterThan(50);
  });
});

describe("privacy", () => {
  const SECRETS = [
    "+48.1351",
    "SecretTitle",
    "SecretPhone",
    "SecretChapter",
    "SecretNote",
    "SecretFile",
    "2019-03",
  ];

  /** As a phone writes it, and as somebody careful might hide it. */
  async function makeTelling(name: string, words: readonly string[]): Promise<string> {
    const plain = await makeVideo(join(folder, `plain-${name}`), { words });
    const chapters = await write(
      "chapters.txt",
      ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=SecretChapter\n",
    );
    const captions = await write("captions.srt", "1\n00:00:00,000 --> 00:00:01,000\nSecretNote\n");
    const path = join(folder, name);
    const isWebm = name.endsWith(".webm");
    const attach = isWebm
      ? ["-attach", await write("attached.txt", "SecretFile"), "-metadata:s:t", "mimetype=text/plain"]
      : [];
    await ffmpeg(
      ...[
        "-i",
        plain,
        "-i",
        chapters,
        "-i",
        captions,
        "-map",
        "0",
        "-map",
        "2",
        "-map_chapters",
        "1",
        "-c",
        "copy",
      ],
      ...["-c:s", isWebm ? "webvtt" : "mov_text", ...attach, "-movflags", "use_metadata_tags"],
      ...[
        "-metadata",
        "location=+48.1351+011.5820/",
        "-metadata",
        "title=SecretTitle",
        "-metadata",
        "make=SecretPhone",
      ],
      ...["-metadata", "com.apple.quicktime.location.ISO6709=+48.1351+011.5820/"],
      ...["-metadata", "creation_time=2019-03-04T05:06:07Z", "-metadata:s:v", "title=SecretTitle"],
      ...["-metadata:s:a", "title=SecretTitle", ...(isWebm ? ["-f", "matroska"] : []), path],
    );
    return path;
  }

  it.each([
    ["telling.mp4", H264, null],
    ["telling.mov", H264, FFMPEG],
    ["telling-hevc.mp4", HEVC, null],
    ["telling-hevc.mov", HEVC, FFMPEG],
    ["telling.webm", VP9, null],
    ["telling-too.webm", VP9, FFMPEG],
  ])("[ME33] %s keeps its secrets to itself (ffmpeg: case %#)", async (name, words, program) => {
    const path = await makeTelling(name, words);
    const before = await readFile(path);
    for (const secret of ["+48.1351", "SecretTitle", "SecretPhone", "SecretChapter"]) {
      expect(bytesWithin(before, secret), `${secret} in what was sent`).toBe(true);
    }
    ffmpegSlot.provide(program);
    const video = await read(path);
    const after = await readFile(video.path);
    for (const secret of SECRETS) {
      expect(bytesWithin(after, secret), `${secret} in what leaves`).toBe(false);
      if (video.poster) expect(bytesWithin(video.poster, secret), `${secret} in the poster`).toBe(false);
    }
    const found = await probe(video.path);
    expect(found.streams.map((stream) => stream.codec_type)).toEqual(["video", "audio"]);
    expect(found.chapters).toEqual([]);
    expect(Object.keys(found.format.tags ?? {}).filter((tag) => !OURS.has(tag))).toEqual([]);
    await playThrough(video.path);
  });
  const OURS = new Set(["major_brand", "minor_version", "compatible_brands", "creation_time", "encoder"]);

  it.each([
    ["H.264", H264, "x264 - core"],
    [
      "H.265",
      [...HEVC.slice(0, 4), "-x265-params", "log-level=none:info=1", ...HEVC.slice(6)],
      "x265 (build",
    ],
  ])("[ME33] notes between the frames of %s stay behind", async (what, words, note) => {
    const path = await makeVideo(join(folder, `notes-${what}.mp4`), { words });
    expect(bytesWithin(await readFile(path), note)).toBe(true);
    const video = await read(path);
    expect(bytesWithin(await readFile(video.path), note)).toBe(false);
    await playThrough(video.path);
  });
});

describe("with ffmpeg", () => {
  beforeEach(() => ffmpegSlot.provide(FFMPEG));

  it.each([
    ["HEVC", "in.mov", HEVC],
    ["VP9 in WebM", "in.webm", VP9],
    ["H.264 of 10 bits", "deep.mp4", [...H264.slice(0, 4), "-pix_fmt", "yuv420p10le", "-c:a", "aac"]],
  ])("[ME34] %s becomes what plays everywhere", async (_what, name, words) => {
    const path = await makeVideo(join(folder, name), { words });
    const seen: number[] = [];
    const video = await read(path, never, (fraction) => seen.push(fraction));
    expect(video).toMatchObject({ type: "video/mp4", normalised: true, width: 320, height: 180 });
    const { streams } = await probe(video.path);
    expect(streams).toMatchObject([
      { codec_name: "h264", profile: "High", pix_fmt: "yuv420p" },
      { codec_name: "aac" },
    ]);
    expectIndexFirst(await readFile(video.path));
    expect(await similarity(await frameAt(path, 1), await frameAt(video.path, 1))).toBeGreaterThan(0.95);
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  it("[ME34] what is larger or faster is made smaller and slower, with even sides", async () => {
    const picture = "testsrc2=s=2400x1001:r=60:d=1";
    const words = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"];
    const path = await makeVideo(join(folder, "fast.mp4"), { picture, sound: null, words });
    const video = await read(path);
    expect(video).toMatchObject({ width: 1_920, height: 800, normalised: true });
    const { streams } = await probe(video.path);
    expect(streams).toMatchObject([{ width: 1_920, height: 800, avg_frame_rate: "30/1" }]);
  });

  it("[ME34] high dynamic range becomes what every screen shows", async () => {
    const tags = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc";
    const path = await makeVideo(join(folder, "hdr.mov"), {
      picture: "color=c=0xc0c0c0:s=320x180:r=30:d=1",
      sound: null,
      words: [
        ...["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", `log-level=none:${tags}`],
        ...["-pix_fmt", "yuv420p10le", "-tag:v", "hvc1", "-color_primaries", "bt2020"],
        ...["-color_trc", "arib-std-b67", "-colorspace", "bt2020nc"],
      ],
    });
    const video = await read(path);
    const { streams } = await probe(video.path);
    expect(streams).toMatchObject([{ codec_name: "h264", pix_fmt: "yuv420p", color_transfer: "bt709" }]);
    // A grey stays one, neither washed out nor black.
    const { channels } = await sharp(await frameAt(video.path, 0.5)).stats();
    const [red = 0, green = 0, blue = 0] = channels.map((channel) => channel.mean);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
    expect(green).toBeGreaterThan(100);
    expect(green).toBeLessThan(245);
  });

  it("[ME34] what is so already is repacked, frame by frame the same", async () => {
    const video = await read(whole);
    expect(video).toMatchObject({ type: "video/mp4", normalised: true });
    expect(await frameAt(video.path, 1)).toEqual(await frameAt(whole, 1));
    expectIndexFirst(await readFile(video.path));
  });

  it("[ME36] a turned MOV comes out upright, also when it is normalised", async () => {
    for (const words of [H264, HEVC]) {
      const turned = await makeTurned(words);
      const video = await read(turned);
      expect(video).toMatchObject({ width: 180, height: 320 });
      expect(await similarity(await frameAt(turned, 1), await frameAt(video.path, 1))).toBeGreaterThan(0.95);
      const poster = await sharp(video.poster ?? undefined).metadata();
      expect(poster).toMatchObject({ format: "jpeg", width: 180, height: 320 });
    }
  });

  it("[ME37] the poster is the first moment that is not black", async () => {
    const picture = "color=black:s=320x180:r=30:d=1[a];testsrc2=s=320x180:r=30:d=2[b];[a][b]concat=n=2";
    const path = await makeVideo(join(folder, "dark.mp4"), { picture, sound: null });
    const { poster } = await read(path);
    const { channels } = await sharp(poster ?? undefined).stats();
    expect(channels[1]?.mean).toBeGreaterThan(40);
    expect(await sharp(poster ?? undefined).metadata()).toMatchObject({ format: "jpeg", width: 320 });
  });

  it("[ME37] a video that is black throughout has a black one", async () => {
    const path = await makeVideo(join(folder, "black.mp4"), {
      picture: "color=black:s=64x64:r=5:d=1",
      sound: null,
    });
    expect((await read(path)).poster).not.toBeNull();
  });

  it("[ME34] a silent video stays silent", async () => {
    const path = await makeVideo(join(folder, "silent.webm"), { words: VP9, sound: null });
    expect(await codecs(await read(path))).toEqual(["h264"]);
  });
});

describe("without ffmpeg", () => {
  it.each([
    ["H.264", "off.mp4", H264, { type: "video/mp4", normalised: true }],
    ["HEVC", "off-hevc.mov", HEVC, { type: "video/mp4", normalised: false }],
    ["VP9", "off.webm", VP9, { type: "video/webm", normalised: false }],
  ])("[ME35] %s is repacked, and says whether it plays everywhere", async (_what, name, words, expected) => {
    const path = await makeVideo(join(folder, name), { words });
    const video = await read(path);
    expect(video).toMatchObject({ ...expected, poster: null, width: 320, height: 180 });
    const bytes = await readFile(video.path);
    if (video.type === "video/mp4") expectIndexFirst(bytes);
    // Cues tell a browser where in a WebM a moment lies.
    else expect(bytes.includes(Buffer.from([0x1c, 0x53, 0xbb, 0x6b]))).toBe(true);
    expect(await frameAt(video.path, 1)).toEqual(await frameAt(path, 1));
    await playThrough(video.path);
  });

  it("[ME36] a turned MOV is still turned, and says its sides as people see them", async () => {
    const turned = await makeTurned(H264);
    const video = await read(turned);
    expect(video).toMatchObject({ width: 180, height: 320 });
    expect(await frameAt(video.path, 1)).toEqual(await frameAt(turned, 1));
  });
});

describe("the signal", () => {
  it("[ME39] ends normalising at once, and leaves no process", async () => {
    ffmpegSlot.provide(FFMPEG);
    const path = await makeVideo(join(folder, "stopped.mp4"), {
      picture: "testsrc2=s=1920x1080:r=60:d=20",
      sound: null,
    });
    const job = await mkdtemp(join(folder, "job-"));
    const stop = new AbortController();
    const reason = new Error("the customer went away");
    const onProgress = (fraction: number) => {
      // Normalising has begun.
      if (fraction > 0.1) stop.abort(reason);
    };
    await expect(readVideo({ path, folder: job, signal: stop.signal, onProgress })).rejects.toBe(reason);
    expect(processesWith(job)).toEqual([]);
    // Whoever waits for a turn gets it.
    expect(await read(whole)).toMatchObject({ normalised: true });
  });

  it("[ME39] is heard before anything begins, and while repacking", async () => {
    await expect(read(whole, AbortSignal.abort("gone"))).rejects.toBe("gone");
    const stop = new AbortController();
    const reading = read(whole, stop.signal);
    stop.abort("gone");
    await expect(reading).rejects.toBe("gone");
  });
});

describe("the leash", () => {
  it.each([
    ["a concat script", "ffconcat version 1.0\nfile SECRET\n"],
    ["a playlist", "#EXTM3U\n#EXTINF:1,\nfile:SECRET\n#EXT-X-ENDLIST\n"],
  ])(
    "[ME38] ffmpeg takes %s for what it was told the file is, and follows nothing",
    async (what, content) => {
      const input = await write(`leash-${what}`, content.replace("SECRET", whole));
      const output = join(folder, `leash-${what}.mp4`);
      const run = {
        program: FFMPEG,
        format: "mov",
        input,
        after: ["-c", "copy", "-f", "mp4"],
        output,
      } as const;
      await expect(runFfmpeg({ ...run, timeoutMs: 20_000, signal: never })).rejects.toThrow(
        /ffmpeg ended with/,
      );
      await expect(readFile(output)).rejects.toThrow();
    },
  );

  it("[ME38] ffmpeg ends when its time is up, and has no more memory, and none of our settings, before", async () => {
    const input = await makeVideo(join(folder, "leash.mp4"), { picture: "testsrc2=s=1280x720:r=30:d=20" });
    let limits = "";
    let environment = "";
    const run = runFfmpeg({
      program: FFMPEG,
      format: "mov",
      input,
      after: ["-c:v", "libx264", "-preset", "placebo", "-f", "mp4"],
      output: join(folder, "leashed.mp4"),
      timeoutMs: 2_000,
      signal: never,
      onTime: () => {
        for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
          if (!commandOf(id).includes("leashed.mp4")) continue;
          limits = readFileSync(`/proc/${id}/limits`, "utf8");
          environment = readFileSync(`/proc/${id}/environ`, "utf8");
        }
      },
    });
    await expect(run).rejects.toThrow("ffmpeg took too long");
    expect(limits).toMatch(/Max address space +3221225472 /);
    expect(limits).toMatch(/Max cpu time +\d+ /);
    expect(environment).not.toContain("HOME=");
    expect(processesWith("leashed.mp4")).toEqual([]);
  });
});

describe("where ffmpeg is", () => {
  it("[ME38] is on the path, where one says, or nowhere", async () => {
    expect(await findFfmpeg("ffmpeg", "/nowhere:/usr/bin")).toBe(FFMPEG);
    expect(await findFfmpeg("ffmpeg", "/nowhere")).toBeNull();
    expect(await findFfmpeg(FFMPEG, "")).toBe(FFMPEG);
    expect(await findFfmpeg("/nowhere/ffmpeg", "/usr/bin")).toBeNull();
    expect(await findFfmpeg("off", "/usr/bin")).toBeNull();
  });
});

async function makeTurned(words: readonly string[]): Promise<string> {
  const flat = await makeVideo(join(folder, "flat.mov"), { words });
  const turned = join(folder, "turned.mov");
  await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=90", turned);
  const { streams } = await probe(turned);
  expect(streams[0]?.side_data_list).toMatchObject([{ rotation: 90 }]);
  return turned;
}

function expectIndexFirst(bytes: Buffer): void {
  expect(bytes.indexOf("moov", 0, "latin1")).toBeGreaterThan(0);
  expect(bytes.indexOf("moov", 0, "latin1")).toBeLessThan(bytes.indexOf("mdat", 0, "latin1"));
}

/** Ids of processes whose command names it. */
const processesWith = (text: string) =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && commandOf(name).includes(text));

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "latin1");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
