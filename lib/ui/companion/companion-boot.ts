/** What the server writes into the companion's page for the script to start with. */
import type { FrameBoot } from "../frame/boot-data";

export interface CompanionBoot extends Pick<FrameBoot, "locale" | "areas"> {
  readonly code: string;
  /** Null when the code leads nowhere (any more): who came in by it before may still be in. */
  readonly invitation: { readonly shop: string; readonly customer: string } | null;
}
