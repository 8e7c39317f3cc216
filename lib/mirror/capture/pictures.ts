/**
 * What canvases and videos show, as pictures: they tell nobody when they change, so they are looked at, at most twice a
 * second where they are seen, and less often while nothing happens in them.
 */
import { MAX_ASSET_BYTES } from "../wire/page-message";
import type { Assets } from "./assets";
import type { Context } from "./context";
import { isElement } from "./page-dom";
import type { SentNode } from "./sent-tree";

export interface Pictures {
  /** Starts to look at those that are due. */
  look(context: Context): void;
  /** Somebody did something: they may all have changed. */
  wake(): void;
}

/** Milliseconds between two looks at one, at least and at most. */
const LOOK_MS = 500;
const REST_MS = 4_000;
/** Longest side in pixels of a video's picture. */
const VIDEO_PIXELS = 640;
/** Pixels above which a canvas is told with loss. */
const EXACT_PIXELS = 500_000;

interface Look {
  at: number;
  wait: number;
  isRunning: boolean;
}

export function openPictures(assets: Assets, onPicture: () => void): Pictures {
  const looks = new WeakMap<SentNode, Look>();
  let woken = 0;

  const take = async (context: Context, sent: SentNode, element: Element, look: Look): Promise<void> => {
    const blob = await shoot(context, element);
    if (!blob || blob.size > MAX_ASSET_BYTES || context.tree.byId(sent.id) !== sent) return;
    const key = `asset:p${await digest(blob)}`;
    if (key === sent.told.picture) return;
    if (sent.told.picture) assets.drop(sent.told.picture);
    assets.hold(key, blob);
    sent.told.picture = key;
    look.wait = LOOK_MS;
    context.dirty.pictures.add(sent);
    onPicture();
  };

  return {
    wake() {
      woken++;
    },
    look(context) {
      const { dom, tree, now } = context;
      for (const sent of tree.canvases) {
        const look = looks.get(sent) ?? { at: 0, wait: LOOK_MS, isRunning: false };
        looks.set(sent, look);
        if (woken && now() - look.at >= LOOK_MS) look.wait = LOOK_MS;
        if (look.isRunning || now() - look.at < look.wait || !isElement(dom, sent.node)) continue;
        if (!isSeen(context, sent.node)) continue;
        look.isRunning = true;
        look.at = now();
        look.wait = Math.min(look.wait * 2, REST_MS);
        take(context, sent, sent.node, look)
          .catch(() => {
            // Another origin's pixels are in it: nobody may read them, ever.
            look.wait = Number.POSITIVE_INFINITY;
          })
          .finally(() => {
            look.isRunning = false;
          });
      }
      woken = 0;
    },
  };
}

function isSeen({ dom, view }: Context, element: Element): boolean {
  const { left, top, right, bottom, width, height } = dom.rect(element);
  if (!width || !height) return false;
  return bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
}

/** In the frame in which it was drawn: some canvases are empty afterwards. */
function shoot({ view, dom }: Context, element: Element): Promise<Blob | null> {
  const isVideo = (one: Element): one is HTMLVideoElement => dom.tag(one) === "video";
  const isCanvas = (one: Element): one is HTMLCanvasElement => dom.tag(one) === "canvas";
  return new Promise((resolve, reject) => {
    view.requestAnimationFrame.call(view, () => {
      try {
        const canvas = isVideo(element) ? paintVideo(view, element) : isCanvas(element) ? element : null;
        if (!canvas?.width || !canvas.height) return resolve(null);
        const isExact = !isVideo(element) && canvas.width * canvas.height <= EXACT_PIXELS;
        view.HTMLCanvasElement.prototype.toBlob.call(
          canvas,
          resolve,
          isExact ? "image/png" : "image/webp",
          0.8,
        );
      } catch (error) {
        reject(error);
      }
    });
  });
}

function paintVideo(view: Window & typeof globalThis, video: HTMLVideoElement): HTMLCanvasElement | null {
  const isPosterShown = video.poster !== "" && video.paused && video.currentTime === 0;
  if (isPosterShown || video.readyState < video.HAVE_CURRENT_DATA) return null;
  const scale = Math.min(1, VIDEO_PIXELS / Math.max(video.videoWidth, video.videoHeight));
  const canvas = view.document.createElement("canvas");
  canvas.width = video.videoWidth * scale;
  canvas.height = video.videoHeight * scale;
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** 53 bits of two FNV-1a: tells pictures of one page apart. */
async function digest(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let one = 2_166_136_261;
  let two = 40_389;
  for (const byte of bytes) {
    one = Math.imul(one ^ byte, 16_777_619);
    two = Math.imul(two ^ byte, 16_777_619) + one;
  }
  return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}${bytes.length.toString(36)}`;
}
