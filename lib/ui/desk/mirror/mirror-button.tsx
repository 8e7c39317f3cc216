"use client";
import ScanEye from "lucide-react/icons/scan-eye";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorDeskKey } from "@/lib/ui/messages/mirror-desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../pane-head.module.css";

/** What the agent can do about the customer's page just now: ask to see it, take that back, look at it or at the panel. */
export type MirrorOffer =
  | { readonly kind: "propose"; readonly press: () => void }
  | { readonly kind: "proposed"; readonly press: () => void }
  | { readonly kind: "look"; readonly looks: boolean; readonly press: () => void };

const words = { propose: "propose", proposed: "withdraw" } as const;

export function MirrorButton({
  offer,
  customer,
}: {
  readonly offer: MirrorOffer;
  readonly customer: string;
}) {
  const t = useMessages<MirrorDeskKey>("mirrorDesk");
  const label =
    offer.kind === "look" ? t(offer.looks ? "toPanel" : "toPage") : t(words[offer.kind], { name: customer });
  return (
    <Button
      look={offer.kind === "look" && !offer.looks ? "primary" : "quiet"}
      data-testid="mirror-offer"
      data-offer={offer.kind}
      aria-pressed={offer.kind === "look" ? offer.looks : undefined}
      aria-label={label}
      title={label}
      onClick={offer.press}
    >
      <ScanEye size={18} aria-hidden="true" />
      <span className={styles.words}>
        {offer.kind === "look" ? label : t(offer.kind === "propose" ? "proposeShort" : "withdrawShort")}
      </span>
    </Button>
  );
}
