/**
 * A process of its own, given a task and printing an answer, both as JSON: checks a video's container against every limit, and writes its one video and first audio track,
 * as they are, into a fresh container. What the container said beside them (position, device, titles, further tracks,
 * attachments) stays behind. Types: repack.ts.
 */
import { open } from "node:fs/promises";
import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  WEBM,
  WebMOutputFormat,
} from "mediabunny";
import { Refused } from "./refused.mjs";
import { requireWholeMp4, requireWholeWebm } from "./whole-file.mjs";
import { lengthBytesOf, setUpWithoutNotes, withoutNotes } from "./without-notes.mjs";

// What is odd about a stranger's file is told by the refusal, not on the server's console.
Logging.level = LogLevel.Silent;

/** H.264 that every browser decodes: 8 bits, 4:2:0. Baseline, Main and High, as they begin in `avc1.PPCCLL`. */
const COMMON_H264 = /^avc[13]\.(42|4d|58|64)/i;

/** @param {import("./repack").RepackTask} task */
async function repack(task) {
  try {
    return { ok: true, ...(await read(task)) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, detail: error.message };
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "broken_video", detail };
  }
}

async function read(task) {
  const { limits } = task;
  const isWebm = await requireWhole(task.path, limits);
  const input = new Input({
    source: new FilePathSource(task.path, { handleUnhandledError: () => undefined }),
    formats: isWebm ? [WEBM, MATROSKA] : [MP4, QTFF],
  });
  try {
    const video = await input.getPrimaryVideoTrack();
    const codec = video && (await video.getCodec());
    if (!codec) throw new Refused("unsupported_video", video ? "an unknown codec" : "no video track");
    const format = isWebm ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: "reserve" });
    if (!format.getSupportedVideoCodecs().includes(codec)) {
      throw new Refused("unsupported_video", `${codec} in this container`);
    }
    const size = await requireSize(video, limits);
    const audio = await findAudio(input, format);
    const pictures = await survey(video, limits);
    const sounds = audio && (await survey(audio.track, limits));
    if (pictures.count === 0) throw new Refused("broken_video", "no frames");
    if (pictures.bytes + (sounds?.bytes ?? 0) > limits.bytes) {
      throw new Refused("broken_video", "the same bytes over and over");
    }
    const start = Math.min(pictures.start, sounds?.start ?? 0, 0);
    await write({ task, format, video, codec, audio, pictures, sounds, shift: isWebm ? -start : 0 });
    const parameters = (await video.getCodecParameterString()) ?? "";
    return {
      ...size,
      durationMs: Math.round((Math.max(pictures.end, sounds?.end ?? 0) - Math.max(start, 0)) * 1_000),
      framesPerSecond: pictures.count / Math.max(pictures.end - pictures.start, 1 / pictures.count),
      isWebm,
      isCommon: COMMON_H264.test(parameters) && (!audio || audio.codec === "aac"),
      isHdr: ["pq", "hlg"].includes((await video.getColorSpace())?.transfer ?? ""),
    };
  } finally {
    input.dispose();
  }
}

/** By the file's first bytes. @returns whether it is Matroska */
async function requireWhole(path, limits) {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(12);
    const { bytesRead } = await file.read(head, 0, 12, 0);
    const isMp4 = ["ftyp", "moov", "mdat", "wide", "free", "skip"].includes(head.toString("latin1", 4, 8));
    const isWebm = bytesRead >= 4 && head.readUInt32BE(0) === 0x1a45dfa3;
    if (!isMp4 && !isWebm) throw new Refused("unsupported_video", "neither MP4 nor MOV nor WebM");
    if (isWebm) await requireWholeWebm(file, size);
    else await requireWholeMp4(file, size, limits);
    return isWebm;
  } finally {
    await file.close();
  }
}

/** As displayed: upright, with square pixels. */
async function requireSize(video, limits) {
  const sides = await Promise.all([
    video.getDisplayWidth(),
    video.getDisplayHeight(),
    video.getCodedWidth(),
    video.getCodedHeight(),
  ]);
  if (!sides.every((side) => Number.isFinite(side) && side >= 1))
    throw new Refused("broken_video", "no size");
  const [width, height, codedWidth, codedHeight] = sides;
  if (Math.max(width * height, codedWidth * codedHeight) > limits.pixels) {
    throw new Refused("too_many_pixels", `${width} x ${height} pixels`);
  }
  return { width: Math.round(width), height: Math.round(height) };
}

/** The first sound that the container we write can hold; null for silence. */
async function findAudio(input, format) {
  const track = (await input.getAudioTracks())[0];
  const codec = track && (await track.getCodec());
  return codec && format.getSupportedAudioCodecs().includes(codec) ? { track, codec } : null;
}

/** Walks through a track without reading its content. Seconds and bytes. */
async function survey(track, limits) {
  const found = { count: 0, bytes: 0, start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  const sink = new EncodedPacketSink(track);
  for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
    found.count++;
    found.bytes += packet.byteLength;
    found.start = Math.min(found.start, packet.timestamp);
    found.end = Math.max(found.end, packet.timestamp + packet.duration);
    if (found.count > limits.packets) throw new Refused("broken_video", "too many packets");
    if (packet.byteLength > limits.packetBytes) throw new Refused("broken_video", "a packet too large");
    if (!Number.isFinite(found.end)) throw new Refused("broken_video", "no times");
    if (found.end - Math.min(found.start, 0) > limits.seconds) {
      throw new Refused("video_too_long", `more than ${limits.seconds} s`);
    }
  }
  return found;
}

async function write(job) {
  const output = new Output({ format: job.format, target: new FilePathTarget(job.task.output) });
  try {
    await fill(output, job);
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
}

async function fill(output, { video, codec, audio, pictures, sounds, shift }) {
  const given = await video.getDecoderConfig();
  const videoConfig = given && {
    ...given,
    ...(codec === "hevc" && given.description && { description: setUpWithoutNotes(given.description) }),
  };
  const pictureSource = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(pictureSource, {
    rotation: await video.getRotation(),
    flip: await video.getFlip(),
    maximumPacketCount: pictures.count,
  });
  const lengthBytes = lengthBytesOf(codec, videoConfig?.description);
  const clean = (data) => (lengthBytes === null ? data : withoutNotes(data, lengthBytes, codec));
  const tracks = [makeWriter(video, pictureSource, { decoderConfig: videoConfig }, shift, clean)];
  if (audio && sounds.count > 0) {
    const soundSource = new EncodedAudioPacketSource(audio.codec);
    output.addAudioTrack(soundSource, { maximumPacketCount: sounds.count });
    const decoderConfig = await audio.track.getDecoderConfig();
    tracks.push(makeWriter(audio.track, soundSource, { decoderConfig }, shift, (data) => data));
  }
  await output.start();
  await copy(tracks, pictures.count + (sounds?.count ?? 0));
}

async function copy(tracks, total) {
  let written = 0;
  for (const track of tracks) await track.read();
  // Whatever comes first in time goes first into the file: a player reads sound and picture side by side.
  for (;;) {
    const [next] = tracks
      .filter((track) => track.packet)
      .sort((a, b) => a.packet.timestamp - b.packet.timestamp);
    if (!next) break;
    await next.write();
    written++;
  }
  if (written < total) throw new Refused("broken_video", `${total - written} packets are missing`);
}

function makeWriter(track, source, meta, shift, clean) {
  const packets = new EncodedPacketSink(track).packets();
  let latest = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  const writer = {
    packet: null,
    async read() {
      const { value, done } = await packets.next();
      writer.packet = done ? null : value;
      if (done) source.close();
    },
    async write() {
      const { packet } = writer;
      // A key frame that is shown before frames written earlier is one only by name.
      const type = isFirst ? "key" : packet.timestamp < latest ? "delta" : packet.type;
      latest = Math.max(latest, packet.timestamp);
      const fresh = packet.clone({
        data: clean(packet.data),
        timestamp: packet.timestamp + shift,
        type,
        sideData: {},
      });
      await source.add(fresh, isFirst ? meta : undefined);
      isFirst = false;
      await writer.read();
    },
  };
  return writer;
}

process.stdout.write(`${JSON.stringify(await repack(JSON.parse(process.argv[2] ?? "")))}\n`);
