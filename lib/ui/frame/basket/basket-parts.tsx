/** The basket's parts as one chunk, loaded with the first proposal. */
import type { ComponentProps } from "react";
import { BasketBar } from "./basket-bar";
import { BasketCard } from "./basket-card";

type Props =
  | ({ readonly part: "card" } & ComponentProps<typeof BasketCard>)
  | ({ readonly part: "bar" } & ComponentProps<typeof BasketBar>);

export default function BasketParts(props: Props) {
  return props.part === "card" ? <BasketCard {...props} /> : <BasketBar {...props} />;
}
