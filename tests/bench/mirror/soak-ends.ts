/** What the pages of a soak are told, and what they tell. */

export interface Seat {
  /** Such as ws://127.0.0.1:40123. */
  readonly relay: string;
  readonly conversationId: string;
  readonly token: string;
}

export interface Seen {
  /** Frames with changes that came since the last question. */
  readonly changes: number;
  /** Times that the viewer had to begin anew, since the start. */
  readonly resyncs: number;
  /** Whether the page is called too heavy now. */
  readonly isTooHeavy: boolean;
  /** What the replica shows of the page's ticker. */
  readonly ticker: string;
}

declare global {
  interface Window {
    /** Shares the page from now on. */
    share(seat: Seat): void;
    /** Watches it. */
    watch(seat: Seat): void;
    seen(): Seen;
  }
}
