/** What the server writes into the frame's page for the script to start with. */
import type { Locale } from "@/lib/protocol/locales";
import type { MessageAreas } from "@/lib/ui/messages/provider";

/** The id of the page's JSON element. */
export const BOOT_ELEMENT = "boot";
/** The id of the element that the frame is drawn into. */
export const ROOT_ELEMENT = "frame";

export interface FrameBoot {
  readonly locale: Locale;
  readonly areas: MessageAreas;
  /** Null when the address names a shop that does not exist here. */
  readonly shop: {
    readonly name: string;
    /** Origins whose pages may embed the frame. */
    readonly origins: readonly string[];
    /** Names of the shop's people who are at their desks now. */
    readonly agents: readonly string[];
  } | null;
}
