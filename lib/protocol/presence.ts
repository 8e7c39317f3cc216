/** What one participant's awareness state holds. Written by its owner; every field is checked again by each reader. */
import * as z from "zod/mini";
import { itemIdSchema, markIdSchema, participantIdSchema } from "./ids";

const finite = z.number().check(z.refine((n) => Number.isFinite(n)));

/** Where somebody looks: centre in picture pixels, zoom as a factor of "the whole picture fits". */
export const viewSchema = z.object({
  item: itemIdSchema,
  cx: finite,
  cy: finite,
  zoom: finite,
  /** Visible width and height in picture pixels, to draw the others' outline. */
  w: finite,
  h: finite,
  /** Grows by one with each move in the shared view; the highest wins. */
  clock: finite,
  /** False: looks alone, moves nobody. */
  together: z.boolean(),
});
export type View = z.infer<typeof viewSchema>;

export const pointerSchema = z.object({
  item: itemIdSchema,
  x: finite,
  y: finite,
  /** laser: leaves a fading trail. */
  mode: z.enum(["cursor", "laser"]),
});
export type Pointer = z.infer<typeof pointerSchema>;

/** A mark being drawn or dragged: shown to the others at once, not yet part of the document. */
export const draftSchema = z.object({
  id: markIdSchema,
  item: itemIdSchema,
  kind: z.string(),
  color: z.string(),
  width: finite,
  x: finite,
  y: finite,
  w: finite,
  h: finite,
  /** Pen: x0,y0,p0,x1,y1,p1 ... as fractions of the box and pressure; base64 of Uint16 triplets. */
  points: z.optional(z.string()),
  text: z.optional(z.string()),
});
export type Draft = z.infer<typeof draftSchema>;

/** Files of one participant that the others are told of at once. */
export const MAX_SENDING = 4;
/** A file on its way: `share` from 0 to 1 of its bytes, then of the server's reading. */
export const sendingSchema = z.object({
  what: z.enum(["picture", "video", "paper"]),
  phase: z.enum(["sending", "reading"]),
  share: z.number().check(z.gte(0), z.lte(1)),
});
export type Sending = z.infer<typeof sendingSchema>;

export const presenceSchema = z.object({
  /** Claimed by the client; the room's participant list is what is shown. */
  participantId: participantIdSchema,
  view: z.optional(viewSchema),
  /** Where they look on the second picture while they compare two side by side. */
  beside: z.optional(z.nullable(viewSchema)),
  pointer: z.optional(z.nullable(pointerSchema)),
  draft: z.optional(z.nullable(draftSchema)),
  sending: z.optional(z.array(sendingSchema)),
});
export type Presence = z.infer<typeof presenceSchema>;
