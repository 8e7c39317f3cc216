/**
 * What the desk and the page inside it that rebuilds the customer's page tell each other, by a port of one origin. Stream
 * frames go to the view beside it, as Uint8Arrays.
 */
import type { FreezeWhy } from "@/lib/mirror/freeze/freeze-problem";
import type { PageFacts } from "@/lib/mirror/wire/page-message";
import type { MirrorAct, MirrorPoint } from "@/lib/protocol/mirror";
import type { PageMarkKind } from "@/lib/protocol/page-marks";

export type ViewTool = "point" | "highlight" | PageMarkKind | "act";

/** Why there is no picture of the page; busy: one is being made. */
export type FreezeRefusal = FreezeWhy | "busy" | "failed";
/** @property title the page's, as it may be told */
export type FreezeAnswer =
  | { readonly picture: Blob; readonly title: string }
  | { readonly why: FreezeRefusal };

export interface ViewWords {
  readonly page: string;
  readonly overlay: string;
  readonly editField: string;
  readonly chooseOption: string;
  readonly masked: string;
  readonly done: string;
}

export type ToView =
  | { readonly type: "setup"; readonly words: ViewWords; readonly locale: string; readonly customer: string }
  /** @property color the agent's own, CSS */
  | { readonly type: "tool"; readonly tool: ViewTool; readonly color: string }
  /** The agent takes everybody's marks away. */
  | { readonly type: "erase" }
  | { readonly type: "size"; readonly size: "fit" | "full" }
  /** Another of the shop's people points; `by` null: the customer. */
  | {
      readonly type: "point";
      readonly from: string;
      readonly by: { readonly name: string; readonly color: string } | null;
      readonly point: MirrorPoint;
    }
  /** A picture of what is seen now is wanted; `frozen` answers. */
  | { readonly type: "freeze" }
  | { readonly type: "wipe" };

export type FromView =
  | { readonly type: "page"; readonly facts: PageFacts }
  | { readonly type: "applied"; readonly epoch: number; readonly seq: number }
  | { readonly type: "resync"; readonly epoch: number }
  | { readonly type: "want-asset"; readonly key: string }
  | { readonly type: "point"; readonly point: MirrorPoint }
  /** There are marks over the page, or none any more. */
  | { readonly type: "marks"; readonly any: boolean }
  | { readonly type: "act"; readonly epoch: number; readonly act: MirrorAct }
  | { readonly type: "frozen"; readonly answer: FreezeAnswer }
  /** The agent tried to type into what she cannot see. */
  | { readonly type: "masked" };

/** The view's first word to the desk, which then hands over the port with the other. */
export const VIEW_READY = "vetrina-mirror-view-ready";
export const VIEW_PORT = "vetrina-mirror-view-port";
