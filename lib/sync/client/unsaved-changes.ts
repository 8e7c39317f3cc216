/** Knows whether everything drawn here is stored by the server: asks once drawing pauses, and again after each return. */
import type { Doc } from "yjs";

/** A question may not follow each stroke: at most one in this time, milliseconds. */
const ASK_EVERY_MS = 200;

export interface UnsavedChangesOptions {
  readonly doc: Doc;
  /** The origin of changes that came from the server. */
  readonly remote: unknown;
  /** Resolves when everything sent so far is stored; rejects without a line. */
  readonly confirm: () => Promise<void>;
  readonly onChange: (unsaved: boolean) => void;
}

export class UnsavedChanges {
  private changes = 0;
  private confirmed = 0;
  private state: "idle" | "soon" | "asked" | "closed" = "idle";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: UnsavedChangesOptions) {
    options.doc.on("update", this.onUpdate);
  }

  /** After the document was exchanged on a new connection. */
  ask(): void {
    if (this.state !== "idle" || this.changes === this.confirmed) return;
    this.state = "soon";
    this.timer = setTimeout(() => void this.askNow(), ASK_EVERY_MS);
  }

  close(): void {
    this.state = "closed";
    clearTimeout(this.timer);
    this.options.doc.off("update", this.onUpdate);
  }

  private readonly onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin === this.options.remote) return;
    if (this.changes++ === this.confirmed) this.options.onChange(true);
    this.ask();
  };

  private async askNow(): Promise<void> {
    const changes = this.changes;
    this.state = "asked";
    const stored = await this.options.confirm().then(
      () => true,
      () => false,
    );
    if (this.state !== "asked") return;
    this.state = "idle";
    // Without a line the next connection asks again.
    if (!stored) return;
    this.confirmed = changes;
    if (this.changes === changes) this.options.onChange(false);
    else this.ask();
  }
}
