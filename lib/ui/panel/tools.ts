/** The tools, their keys and groups. */
import type { MarkKind } from "@/lib/panel/mark";

export const tools = [
  "pan",
  "laser",
  "arrow",
  "ellipse",
  "rect",
  "pen",
  "highlighter",
  "text",
  "pin",
  "eraser",
] as const;
export type Tool = (typeof tools)[number];

export const toolGroups: readonly (readonly Tool[])[] = [
  ["pan", "laser"],
  ["arrow", "ellipse", "rect"],
  ["pen", "highlighter", "eraser"],
  ["text", "pin"],
];

/** Letters, as event.key in lower case: H hand, M marker, N number, X erase, R rectangle. */
export const toolKeys: Readonly<Record<Tool, string>> = {
  pan: "h",
  laser: "l",
  arrow: "a",
  ellipse: "e",
  rect: "r",
  pen: "p",
  highlighter: "m",
  text: "t",
  pin: "n",
  eraser: "x",
};

/** What a tool leaves behind; null for those that leave nothing. */
export function kindOf(tool: Tool): MarkKind | null {
  return tool === "pan" || tool === "laser" || tool === "eraser" ? null : tool;
}

/** Needs the right to draw. */
export function writes(tool: Tool): boolean {
  return tool !== "pan" && tool !== "laser";
}
