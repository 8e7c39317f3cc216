/**
 * Runs on a thread: paints one page of a PDF with PDFium in WebAssembly, in a memory of its own that is thrown away
 * afterwards. No scripts (this PDFium has none), no forms, no links: only pixels leave. Types: PageTask and PageAnswer
 * in read-paper.ts.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import sharp from "sharp";

sharp.cache(false);
sharp.concurrency(1);

/** A bound the file runs into is the file's fault: a page that needs more is refused like one that is damaged. */
const BROKEN = "broken_paper";
/** Quick: the next reader decodes it at once. */
const PNG = { compressionLevel: 1, adaptiveFiltering: false };

/** @param {import("./read-paper").PageTask} task */
export default async function readPage(task) {
  // Says its mind on the console where a file is odd: the refusal tells.
  const said = console.error;
  console.error = () => undefined;
  try {
    return await paint(task);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, code: codeOf(detail), detail };
  } finally {
    console.error = said;
  }
}

function codeOf(detail) {
  if (/password|security scheme/i.test(detail)) return "paper_locked";
  return BROKEN;
}

async function paint(task) {
  const library = await PDFiumLibrary.init({ instantiateWasm: await bounded(task.maxMemoryBytes) });
  const document = await library.loadDocument(task.bytes);
  const pages = document.getPageCount();
  if (pages < 1) return { ok: false, code: BROKEN, detail: "no pages" };
  if (pages > task.maxPages) return { ok: false, code: "too_many_pages", detail: `${pages} pages` };
  // The paper can be read: what one of its pages is made of is that page's fault alone.
  const bytes = await paintPage(document, task).catch(() => null);
  return { ok: true, page: task.page, pages, bytes };
}

/** @throws whatever PDFium, or its memory's bound, has against the page */
async function paintPage(document, task) {
  const page = document.getPage(task.page - 1);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  if (!(originalWidth > 0 && originalHeight > 0)) throw new Error("a page without size");
  const longest = Math.max(originalWidth, originalHeight);
  const scale = Math.min(task.longest / longest, task.maxScale);
  const side = (points) => Math.max(1, Math.min(task.longest, Math.round(points * scale)));
  const { data, width, height } = await page.render({
    width: side(originalWidth),
    height: side(originalHeight),
    scale: 1,
    render: "bitmap",
  });
  const pixels = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  return pixels.png(PNG).toBuffer();
}

const WASM = createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm");
/** Compiled once a thread; instantiated for each page, so that no file meets what another one left behind. */
let compiled;

/** Memory that grows to a bound: beyond it PDFium's allocations fail. */
async function bounded(maxBytes) {
  compiled ??= await WebAssembly.compile(await readFile(WASM));
  return (imports, done) => {
    const grow = imports.env.emscripten_resize_heap;
    const env = {
      ...imports.env,
      emscripten_resize_heap: (bytes) => (bytes >>> 0 > maxBytes ? 0 : grow(bytes)),
    };
    const instance = new WebAssembly.Instance(compiled, { ...imports, env });
    return done(instance, compiled) ?? instance.exports;
  };
}
