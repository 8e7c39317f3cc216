/** Pictures, drawings and films. */
import type { Feature } from "../feature";
import { picture } from "../feature";

const BLOB = (color: string) =>
  `URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="${color}"/></svg>'],{type:"image/svg+xml"}))`;

export const media: readonly Feature[] = [
  {
    id: "img-src",
    what: "img src changed",
    html: `<img src=/red.svg>`,
    files: { "/red.svg": picture("red"), "/green.svg": picture("green") },
    act: ({ get }) => {
      (get("img") as HTMLImageElement).src = "/green.svg";
    },
    look: ({ get }) => [
      (get("img") as HTMLImageElement).naturalWidth,
      (get("img") as HTMLImageElement).src.endsWith("/green.svg"),
    ],
    is: [40, true],
    pixels: 0,
  },
  {
    id: "img-srcset",
    what: "picture / srcset",
    html: `<picture><source media="(max-width:100px)" srcset=/red.svg><source srcset="/green.svg 1x, /twice.svg 2x"><img src=/red.svg></picture>`,
    // Chromium takes a denser candidate that it has in its cache: this one nothing else shows.
    files: { "/red.svg": picture("red"), "/green.svg": picture("green"), "/twice.svg": picture("blue") },
    look: ({ get }) => (get("img") as HTMLImageElement).currentSrc.endsWith("/green.svg"),
    is: true,
    pixels: 0,
  },
  {
    id: "img-blob",
    what: "blob: image",
    html: `<img class=shown><script>document.querySelector("img").src=${BLOB("green")}</script>`,
    look: ({ get }) => (get("img") as HTMLImageElement).naturalWidth,
    is: 40,
    pixels: 0,
  },
  {
    id: "img-blob-bg",
    what: "blob: CSS background",
    html: `<div class=shown style="width:40px;height:20px"></div><script>document.querySelector("div").style.backgroundImage="url("+${BLOB("green")}+")"</script>`,
    look: ({ css }) => css("div", "background-image").startsWith(`url("blob:`),
    is: true,
    pixels: 0,
  },
  {
    id: "img-data",
    what: "data: image",
    html: `<img width=30 height=30 src="data:image/gif;base64,R0lGODlhAQABAPAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==">`,
    look: ({ get }) => (get("img") as HTMLImageElement).naturalWidth,
    is: 1,
    pixels: 0,
  },
  {
    id: "img-auth",
    what: "image behind the customer cookie",
    html: `<script>document.cookie="in=1"</script><img src="/mine.svg?session=abc">`,
    files: { "/mine.svg": picture("green") },
    look: ({ get }) => (get("img") as HTMLImageElement).naturalWidth,
    is: 40,
    pixels: 0,
  },
  {
    id: "img-lazy",
    what: "loading=lazy image in view",
    html: `<img loading=lazy src=/green.svg>`,
    files: { "/green.svg": picture("green") },
    look: ({ get }) => (get("img") as HTMLImageElement).naturalWidth,
    is: 40,
    pixels: 0,
  },
  {
    id: "canvas-2d",
    what: "2D canvas drawn before start",
    html: `<canvas width=100 height=50></canvas><script>const c=document.querySelector("canvas").getContext("2d");c.fillStyle="green";c.fillRect(10,10,60,30)</script>`,
    look: ({ box }) => box("canvas"),
    is: [8, 8, 100, 50],
    pixels: 0,
  },
  {
    id: "canvas-2d-live",
    what: "2D canvas drawn after start",
    html: `<canvas width=100 height=50></canvas>`,
    act: ({ get }) => {
      const context = (get("canvas") as HTMLCanvasElement).getContext("2d");
      if (context) context.fillStyle = "red";
      context?.fillRect(0, 0, 50, 50);
    },
    look: ({ box }) => box("canvas"),
    is: [8, 8, 100, 50],
    pixels: 0,
  },
  {
    id: "canvas-webgl",
    what: "WebGL canvas cleared after start",
    html: `<canvas width=100 height=50></canvas>`,
    act: ({ get }) => {
      const gl = (get("canvas") as HTMLCanvasElement).getContext("webgl", { preserveDrawingBuffer: true });
      gl?.clearColor(0, 0.5, 0, 1);
      gl?.clear(gl.COLOR_BUFFER_BIT);
    },
    look: ({ box }) => box("canvas"),
    is: [8, 8, 100, 50],
    pixels: 0,
  },
  {
    id: "video-poster",
    what: "video poster",
    html: `<video width=80 height=40 poster=/green.svg></video>`,
    files: { "/green.svg": picture("green") },
    look: ({ box }) => box("video"),
    is: [8, 8, 80, 40],
    pixels: 0,
  },
  {
    id: "object-svg",
    what: "<object> / <embed> SVG",
    html: `<object type=image/svg+xml data=/green.svg width=40 height=20></object><embed type=image/svg+xml src=/green.svg width=40 height=20>`,
    files: { "/green.svg": picture("green") },
    look: ({ document }) => document.querySelectorAll("vetrina-box").length,
    is: 2,
    onlyReplica: true,
    pixels: 0.001,
  },
];
