/**
 * Whether what an update writes fits the panel: known fields with values that readers take, on items that are there,
 * signed by nobody else, and by somebody who may change that mark. Looks only at what the update touches: each value is
 * checked for itself, so the order in which Yjs settles concurrent values does not matter.
 */
import * as Y from "yjs";
import { parseComparison } from "@/lib/panel/comparison";
import { MAX_MARKS_PER_ITEM } from "@/lib/panel/limits";
import { isCount, itemOfPlaybackKey, parsePlayback } from "@/lib/panel/playback";
import { isMarkField, isMarkId, itemOfView } from "@/lib/panel/writable";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { NewMark } from "./new-mark";
import type { KnownPicture, PanelIndex } from "./panel-index";

/** Who writes, and what they may do. */
export interface Writer {
  readonly participantId: string;
  /** May change and delete what others drew. */
  readonly editOthers: boolean;
  /** May change what everybody looks at. */
  readonly show: boolean;
}

/** Where a written value stands: under which top-level name, entry of it, and field of that entry. */
export interface Written {
  readonly root: string;
  readonly entry: string;
  /** Null: the entry itself. */
  readonly field: string | null;
  readonly content: Y.Item["content"];
}

interface Draft {
  readonly fields: (readonly [field: string, value: unknown])[];
  isNew: boolean;
}

const newDraft: Draft = { fields: [], isNew: true };

export class PanelCheck {
  /** The first reason against the update. */
  refusal: ErrorCode | null = null;
  private readonly drafts = new Map<string, Draft>();

  constructor(
    private readonly panel: PanelIndex,
    private readonly writer: Writer,
  ) {}

  /** A new value. */
  write(written: Written): void {
    if (written.root === "stage") this.writeStage(written);
    else this.writeMark(written);
  }

  /** Something that stands there now is deleted, or overwritten. */
  remove(root: string, entry: string): void {
    if (root === "marks") this.requireMayChange(entry);
    else if (!this.writer.show) this.refuse("forbidden");
  }

  /** All has been told: looks at each mark as a whole. */
  finish(): ErrorCode | null {
    const added = new Map<string, number>();
    for (const [id, draft] of this.drafts) {
      if (this.refusal !== null) break;
      const item = this.itemOf(id, draft);
      const picture = item === null ? null : this.pictureOf(item);
      if (item === null || picture === null) {
        this.refuse("conflict");
        break;
      }
      if (draft.isNew && this.panel.mark(id) === null) added.set(item, (added.get(item) ?? 0) + 1);
      for (const [field, value] of draft.fields) {
        if (!this.fits(id, draft, picture, field, value) && !isMarkField(field, value, picture))
          this.refuse("bad_request");
      }
    }
    for (const [item, count] of added) {
      if (this.panel.marksOn(item) + count > MAX_MARKS_PER_ITEM) this.refuse("panel_full");
    }
    return this.refusal;
  }

  /**
   * Whether the writer may put down a mark with these fields under an id that was never used; false too when that needs
   * a closer look.
   */
  takesNewMark({ id, fields }: Pick<NewMark, "id" | "fields">): boolean {
    const item = fields.get("item");
    const picture = typeof item === "string" ? this.panel.pictureOf(item) : null;
    if (typeof item !== "string" || picture === null || this.panel.marksOn(item) >= MAX_MARKS_PER_ITEM)
      return false;
    for (const [field, value] of fields) {
      if (!this.fits(id, newDraft, picture, field, value) && !isMarkField(field, value, picture))
        return false;
    }
    return true;
  }

  /** Also of an item that has been taken off since: what was drawn on it unknowingly must not cost all else she drew. */
  private pictureOf(item: string): KnownPicture | null {
    return this.panel.pictureOf(item) ?? this.panel.removedPictureOf(item);
  }

  private writeStage({ entry, field, content }: Written): void {
    const values = valuesOf(content);
    if (!this.writer.show) {
      this.refuse("forbidden");
      return;
    }
    if (values === null || field !== null) {
      this.refuse("bad_request");
      return;
    }
    for (const value of values) {
      const items = this.itemsOfStage(entry, value);
      if (items === null) this.refuse("bad_request");
      else if (items.some((item) => this.pictureOf(item) === null)) this.refuse("conflict");
    }
  }

  /** The items that a value of the stage names; null when it may not stand there. */
  private itemsOfStage(entry: string, value: unknown): readonly string[] | null {
    if (entry === "shown") return typeof value === "string" ? [value] : null;
    if (entry === "view") {
      const item = itemOfView(value);
      return item === null ? null : [item];
    }
    const played = itemOfPlaybackKey(entry);
    if (played !== null) return this.mayPlay(played, value) ? [played] : null;
    const compared = entry === "compare" ? parseComparison(value) : null;
    if (compared === null || (compared.by !== "" && compared.by !== this.writer.participantId)) return null;
    return [compared.item, compared.with];
  }

  /** Whether this is said of a video, and within it. What is not there is told apart by the caller. */
  private mayPlay(item: string, value: unknown): boolean {
    const playback = parsePlayback(value);
    const picture = this.pictureOf(item);
    if (playback === null || picture === null) return playback !== null;
    return picture.duration !== null && playback.at <= Math.ceil(picture.duration);
  }

  private writeMark({ entry, field, content }: Written): void {
    if (!this.drafts.has(entry) && !isMarkId(entry)) {
      this.refuse("bad_request");
      return;
    }
    this.requireMayChange(entry);
    if (field === null) {
      if (content instanceof Y.ContentDeleted) return;
      if (content instanceof Y.ContentType && content.type instanceof Y.Map) this.draft(entry).isNew = true;
      else this.refuse("bad_request");
      return;
    }
    const values = valuesOf(content);
    if (values === null) {
      this.refuse("bad_request");
      return;
    }
    for (const value of values) this.draft(entry).fields.push([field, value]);
  }

  /** Fields that say what a mark belongs to: set once, with the mark. */
  private fits(id: string, draft: Draft, picture: KnownPicture, field: string, value: unknown): boolean {
    if (field === "id") return value === id;
    if (!draft.isNew) return false;
    if (field === "item") return true;
    if (field === "moment") return picture.duration !== null && isCount(value, Math.ceil(picture.duration));
    return field === "author" && this.maySignAs(id, value);
  }

  /** Who undoes the deletion of another's mark brings it back with its author's name. */
  private maySignAs(id: string, author: unknown): boolean {
    if (author === "" || author === this.writer.participantId) return true;
    const before = this.panel.mark(id) ?? this.panel.deletedMark(id);
    return this.writer.editOthers && before !== null && before.author === author;
  }

  /** The one item that a mark lies on; null when it names none, or several. */
  private itemOf(id: string, draft: Draft): string | null {
    if (!draft.isNew) return this.panel.mark(id)?.item ?? null;
    const [first, ...others] = draft.fields.filter(([field]) => field === "item");
    const item = first?.[1];
    return typeof item === "string" && others.every(([, other]) => other === item) ? item : null;
  }

  private requireMayChange(id: string): void {
    const author = this.panel.mark(id)?.author ?? "";
    if (author !== "" && author !== this.writer.participantId && !this.writer.editOthers)
      this.refuse("forbidden");
  }

  private draft(id: string): Draft {
    const known = this.drafts.get(id);
    if (known) return known;
    const draft: Draft = { fields: [], isNew: false };
    this.drafts.set(id, draft);
    return draft;
  }

  private refuse(code: ErrorCode): void {
    this.refusal ??= code;
  }
}

/** The plain values of a map's entry; none for one that is deleted already; null for what is no plain value. */
function valuesOf(content: Y.Item["content"]): readonly unknown[] | null {
  if (content instanceof Y.ContentDeleted) return [];
  if (content instanceof Y.ContentAny || content instanceof Y.ContentBinary) return content.getContent();
  return null;
}
