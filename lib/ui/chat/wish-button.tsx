import Heart from "lucide-react/icons/heart";
import { useState } from "react";
import type { CartAnswer } from "@/lib/protocol/basket";
import type { ProductCard } from "@/lib/protocol/chat";
import { Button } from "@/lib/ui/controls/button";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";

/** Puts a product on the wish list of a shop that has one. */
export function WishButton(props: {
  readonly product: ProductCard;
  readonly add: (product: ProductCard) => Promise<CartAnswer>;
}) {
  const t = useMessages<ChatKey>("chat");
  const [state, setState] = useState<"idle" | "adding" | "added" | "failed">("idle");
  async function press(): Promise<void> {
    if (state === "adding" || state === "added") return;
    setState("adding");
    setState((await props.add(props.product)).ok ? "added" : "failed");
  }
  return (
    <Button
      data-testid="card-add-to-wishlist"
      aria-disabled={state === "adding"}
      onClick={() => void press()}
    >
      <Heart size={16} aria-hidden="true" fill={state === "added" ? "currentColor" : "none"} />
      <span role="status">
        {t(state === "added" ? "wished" : state === "failed" ? "wishFailed" : "wish")}
      </span>
    </Button>
  );
}
