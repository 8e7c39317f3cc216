/**
 * What our frame and our script in the shop's page tell each other, over a port that only those two hold. The frame has
 * parsed whatever came from the relay, so this end needs no schema. Stream frames go beside it, as ArrayBuffers.
 */
import type { ActRefusal, MirrorAct, MirrorPoint, PauseReason } from "@/lib/protocol/mirror";

/** Words of the bar, in the customer's language; `{names}` stands for the viewers. */
export interface BarWords {
  readonly sees: string;
  readonly seesNobody: string;
  readonly acts: string;
  readonly paused: string;
  readonly privatePage: string;
  readonly showHidden: string;
  readonly hideHidden: string;
  readonly pause: string;
  readonly unpause: string;
  readonly takeBack: string;
  readonly stop: string;
  readonly maskedField: string;
  readonly pointsHere: string;
  readonly drawsHere: string;
  readonly draw: string;
  readonly drawArrow: string;
  readonly drawEllipse: string;
  readonly drawPen: string;
  readonly drawHighlighter: string;
  readonly erase: string;
  readonly doneDrawing: string;
  readonly drawFailed: string;
}

/** What the bar tells: changes often, is sent whole. */
export interface BarState {
  /** Names of those who watch. */
  readonly viewers: readonly string[];
  /** Name of who may act. */
  readonly writer: string | null;
  readonly pausedFor: PauseReason | null;
}

export type ToPage =
  | {
      readonly type: "start";
      /** The shop's rules as the server has them. */
      readonly rules: unknown;
      readonly epoch: number;
      readonly words: BarWords;
      /** BCP 47, for the bar. */
      readonly locale: string;
      /** The shop's accent, a CSS colour, and the ink that is readable on it. */
      readonly accent: string;
      readonly onAccent: string;
      /** Origins that the agent may lead to. */
      readonly origins: readonly string[];
      readonly state: BarState;
    }
  | { readonly type: "state"; readonly state: BarState }
  | { readonly type: "send-full" }
  | { readonly type: "want-asset"; readonly key: string }
  | { readonly type: "lag"; readonly epoch: number; readonly seq: number | null }
  /** Bytes that wait in the frame's socket. */
  | { readonly type: "backlog"; readonly bytes: number }
  | {
      readonly type: "point";
      /** Tells one pointer from another. */
      readonly from: string;
      readonly name: string;
      /** CSS colour of the participant. */
      readonly color: string;
      readonly point: MirrorPoint;
    }
  /** The relay has checked that this participant may act; so does the page. */
  | {
      readonly type: "act";
      readonly from: string;
      readonly id: string;
      readonly epoch: number;
      readonly act: MirrorAct;
    }
  | { readonly type: "stop" };

/** Whatever the bar can ask for only takes something away from the shop's people: leave is given in our frame. */
export type BarPress = "stop" | "pause" | "unpause" | "take-back";

export type FromPage =
  | { readonly type: "pressed"; readonly what: BarPress }
  | { readonly type: "private"; readonly isPrivate: boolean }
  /** She drew over her page. */
  | { readonly type: "point"; readonly point: MirrorPoint }
  | {
      readonly type: "acted";
      readonly from: string;
      readonly id: string;
      readonly refusal: ActRefusal | null;
    }
  /** She did something herself in the page: her own input wins over the agent's. */
  | { readonly type: "failed" };
