/**
 * The page as it travels from the shared tab to everybody who watches: in order, never read, kept only as long as it is
 * live. It knows which page life (`epoch`) and which change (`seq`) came last, and asks for the whole when somebody lacks it.
 */
import type { StreamHeader } from "@/lib/mirror/wire/stream-frame";
import { FrameCache } from "./frame-cache";
import type { MirrorOptions } from "./options";
import type { ViewerFeed } from "./viewer-feed";

export interface PageSource {
  askFull(): void;
  /** @param seq null when nobody answers */
  tellLag(epoch: number, seq: number | null): void;
}

interface Applied {
  readonly epoch: number;
  readonly seq: number;
}

export class PageStream {
  /** What came last; null when nothing that can be built upon. */
  private current: Applied | null = null;
  private readonly cache: FrameCache;
  /** How far each has come. */
  private readonly feeds = new Map<ViewerFeed, Applied | null>();
  /** Whether frames may come at all. */
  private open = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  private askAgain: NodeJS.Timeout | null = null;
  private lag: NodeJS.Timeout | null = null;
  private toldLag = "";

  constructor(
    private readonly source: PageSource,
    private readonly options: MirrorOptions,
  ) {
    this.cache = new FrameCache(options);
  }

  /** The life of the page that is shown; null while none is. */
  get epoch(): number | null {
    return this.current?.epoch ?? null;
  }

  /** @returns why it was not passed on, or null */
  receive({ kind, epoch, seq }: StreamHeader, frame: Uint8Array): "stale" | "gap" | null {
    if (kind === "full") return this.receiveFull({ epoch, seq }, frame);
    const { current } = this;
    if (current === null) return "stale";
    if (epoch < current.epoch) return "stale";
    if (epoch > current.epoch || (kind === "delta" && seq !== current.seq + 1)) {
      // What everybody has cannot be built upon.
      this.forget();
      this.demandFull();
      return "gap";
    }
    if (kind === "cursor") {
      this.cache.setCursor(frame);
      for (const feed of this.feeds.keys()) feed.point(frame);
      return null;
    }
    if (kind === "delta") {
      this.current = { epoch, seq };
      this.cache.addDelta(frame);
    }
    for (const feed of this.feeds.keys()) feed.push(frame);
    return null;
  }

  /** She is given the page now if it is here, else as soon as it comes. */
  add(feed: ViewerFeed): void {
    this.feeds.set(feed, null);
    this.supply(feed);
    this.tellLagSoon();
  }

  remove(feed: ViewerFeed): void {
    this.feeds.delete(feed);
    this.tellLagSoon();
  }

  /** She needs the whole page. What is kept may be what she could not build: it is made anew. */
  resync(feed: ViewerFeed): void {
    feed.reset();
    this.demandFull();
  }

  /** Her line was not free, and is again: all that led to the page would only fill it once more. */
  supplyAgain(feed: ViewerFeed): void {
    if (this.cache.isShort) this.supply(feed);
    else this.demandFull();
  }

  applied(feed: ViewerFeed, epoch: number, seq: number): void {
    if (!this.feeds.has(feed)) return;
    this.feeds.set(feed, { epoch, seq });
    this.tellLagSoon();
  }

  /** Frames may come, the whole page first: the tab was asked for it, or sends it by itself. */
  begin(): void {
    this.open = true;
    this.askedAt = this.options.now();
    this.demandFull();
  }

  /** Frames may come no more, and nothing of the page is kept. */
  end(): void {
    this.open = false;
    if (this.askAgain) clearTimeout(this.askAgain);
    if (this.lag) clearTimeout(this.lag);
    this.askAgain = null;
    this.lag = null;
    this.toldLag = "";
    this.forget();
  }

  /** Viewers need the whole next time. */
  private forget(): void {
    this.current = null;
    this.cache.clear();
    for (const feed of this.feeds.keys()) feed.reset();
  }

  private supply(feed: ViewerFeed): void {
    const frames = this.cache.frames();
    if (frames !== null) feed.catchUp(frames);
    else this.demandFull();
  }

  private receiveFull(full: Applied, frame: Uint8Array): "stale" | null {
    const { current } = this;
    if (current !== null && full.epoch < current.epoch) return "stale";
    // The same state once more, for whoever lacks it: the others have it.
    const isRepeated = current !== null && full.epoch === current.epoch && full.seq === current.seq;
    this.current = full;
    this.cache.setFull(frame);
    this.askedAt = Number.NEGATIVE_INFINITY;
    if (this.askAgain) clearTimeout(this.askAgain);
    this.askAgain = null;
    for (const feed of this.feeds.keys()) if (!isRepeated || feed.lacks) feed.catchUp([frame]);
    return null;
  }

  private demandFull(): void {
    if (!this.open || this.askAgain !== null) return;
    const wait = this.askedAt + this.options.askFullMs - this.options.now();
    if (wait <= 0) {
      this.askedAt = this.options.now();
      this.source.askFull();
    }
    this.askAgain = setTimeout(
      () => {
        this.askAgain = null;
        if ([...this.feeds.keys()].some((feed) => feed.lacks)) this.demandFull();
      },
      Math.max(wait, this.options.askFullMs),
    );
  }

  private tellLagSoon(): void {
    if (!this.open) return;
    this.lag ??= setTimeout(() => {
      this.lag = null;
      const { current } = this;
      if (current === null) return;
      const { epoch } = current;
      const seqs = [...this.feeds.values()].flatMap((applied) =>
        applied?.epoch === epoch ? [applied.seq] : [],
      );
      const seq = seqs.length > 0 ? Math.max(...seqs) : null;
      if (this.toldLag === `${epoch} ${seq}`) return;
      this.toldLag = `${epoch} ${seq}`;
      this.source.tellLag(epoch, seq);
    }, this.options.lagMs);
  }
}
