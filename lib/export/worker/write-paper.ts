/**
 * The whole panel on paper: a first page that says what this is, then a page an item. Written by the canvas's own PDF
 * writer: text stays text, marks stay lines, and both are set by the code that paints them on the screen.
 */
import { PDFDocument, type SKRSContext2D } from "@napi-rs/canvas";
import type { Size } from "@/lib/panel/view";
import type { AskItem, ExportPerson, PaperWords } from "../export-job";
import { PAPER_JPEG_QUALITY, PAPER_RUNGS } from "../export-limits";
import { EXPORT_FONT } from "./fonts";
import { legendOf, paintLegend } from "./legend";
import { paintItem } from "./paint-item";
import { clipLine, wrapLines } from "./plain-text";
import type { ItemWithMarks } from "./read-panel";
import { openStill } from "./still";

interface Paper {
  readonly words: PaperWords;
  readonly people: readonly ExportPerson[];
}

/** A4 in points. */
const SHORT_EDGE = 595.28;
const LONG_EDGE = 841.89;
const MARGIN = 42;
/** Points above and below the picture: caption of two lines; legend and page number. */
const HEAD = 46;
const FOOT = 62;
/**
 * Inter's contextual alternates (a raised colon in 14:32) are glyphs without a letter: a reader of PDFs could neither find
 * nor copy them. Labels on pictures keep them, to look as on the screen.
 */
const FINDABLE = '"calt" 0';
const INK = "#16181d";
const SOFT = "#5b5f68";

export async function writePaper(
  items: readonly ItemWithMarks[],
  paper: Paper,
  missing: string,
  ask: AskItem,
): Promise<Uint8Array> {
  const { title } = paper.words;
  const document = new PDFDocument({
    title,
    creator: "Vetrina",
    producer: "Vetrina",
    encodingQuality: PAPER_JPEG_QUALITY,
  });
  const pages = items.length + 1;
  writeFirstPage(beginPage(document, { width: SHORT_EDGE, height: LONG_EDGE }), paper, pages);
  document.endPage();
  const longest = PAPER_RUNGS.find((rung) => items.length <= rung.items)?.longest ?? 0;
  for (const [index, each] of items.entries()) {
    const { caption, picture } = await ask({ item: each.item, longest });
    const still = await openStill(picture, missing);
    const page = pageFor(each.item);
    const context = beginPage(document, page);
    writeCaption(context, caption, page);
    const place = fitInto(each.item, page);
    context.fontFeatureSettings = "normal";
    paintItem(context, each, still, place);
    context.fontFeatureSettings = FINDABLE;
    const under = { x: MARGIN, y: place.y + place.height + 14, width: page.width - 2 * MARGIN };
    paintLegend(context, legendOf(each.marks, paper.people, paper.words), under);
    writeFoot(context, paper.words, page, index + 2, pages);
    document.endPage();
  }
  return document.close();
}

function beginPage(document: PDFDocument, { width, height }: Size): SKRSContext2D {
  const context: object = document.beginPage(width, height);
  if (!isOwn(context)) throw new Error("the paper is no canvas of ours");
  context.fontFeatureSettings = FINDABLE;
  return context;
}

/** The library's types name the browser's context here; what it gives is its own. */
const isOwn = (context: object): context is SKRSContext2D => "fontOpticalSizing" in context;

/** A wide picture lies on its side. */
function pageFor({ width, height }: Size): Size {
  return width > height ? { width: LONG_EDGE, height: SHORT_EDGE } : { width: SHORT_EDGE, height: LONG_EDGE };
}

function fitInto(item: Size, page: Size) {
  const width = page.width - 2 * MARGIN;
  const height = page.height - 2 * MARGIN - HEAD - FOOT;
  const scale = Math.min(width / item.width, height / item.height);
  const size = { width: item.width * scale, height: item.height * scale };
  return { ...size, x: (page.width - size.width) / 2, y: MARGIN + HEAD + (height - size.height) / 2 };
}

function write(context: SKRSContext2D, text: string, x: number, y: number, font: string, color: string) {
  context.font = `${font} ${EXPORT_FONT}`;
  context.fillStyle = color;
  context.fillText(text, x, y);
}

function writeCaption(context: SKRSContext2D, caption: string, page: Size): void {
  context.font = `600 14px ${EXPORT_FONT}`;
  wrapLines(context, caption, page.width - 2 * MARGIN, 2).forEach((line, index) => {
    write(context, line, MARGIN, MARGIN + 12 + index * 19, "600 14px", INK);
  });
}

function writeFoot(
  context: SKRSContext2D,
  words: PaperWords,
  page: Size,
  number: number,
  pages: number,
): void {
  const y = page.height - MARGIN;
  context.font = `400 9px ${EXPORT_FONT}`;
  const half = page.width / 2 - MARGIN;
  write(context, clipLine(context, `${words.shop} · ${words.date}`, half), MARGIN, y, "400 9px", SOFT);
  const place = words.page.replace("{page}", String(number)).replace("{pages}", String(pages));
  write(context, place, page.width - MARGIN - context.measureText(place).width, y, "400 9px", SOFT);
}

/** People named on the first page: as many as fit. */
const MAX_NAMED = 24;

function writeFirstPage(context: SKRSContext2D, { words, people }: Paper, pages: number): void {
  const page = { width: SHORT_EDGE, height: LONG_EDGE };
  const width = page.width - 2 * MARGIN;
  context.font = `600 13px ${EXPORT_FONT}`;
  write(context, clipLine(context, words.shop, width), MARGIN, 108, "600 13px", SOFT);
  let y = 150;
  context.font = `650 28px ${EXPORT_FONT}`;
  for (const line of wrapLines(context, words.heading, width, 3)) {
    write(context, line, MARGIN, y, "650 28px", INK);
    y += 36;
  }
  write(context, words.date, MARGIN, y, "400 13px", INK);
  y += 56;
  write(context, words.takingPart, MARGIN, y, "600 11px", SOFT);
  for (const person of people.slice(0, MAX_NAMED)) {
    y += 24;
    dot(context, person.color, MARGIN + 5, y - 4);
    context.font = `400 13px ${EXPORT_FONT}`;
    write(context, clipLine(context, person.name, width - 24), MARGIN + 20, y, "400 13px", INK);
  }
  writeFoot(context, words, page, 1, pages);
}

function dot(context: SKRSContext2D, color: string, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 5, 0, Math.PI * 2);
  context.fillStyle = color;
  context.fill();
  context.strokeStyle = "rgb(12 13 16 / 35%)";
  context.lineWidth = 0.5;
  context.stroke();
}
