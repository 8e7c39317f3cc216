/** Gathers cells by picture: however often a place was marked in a conversation, it is in the book once. */
import type { Item } from "@/lib/panel/schema";

export type Side = "customer" | "agent";
export type TraceKind = "drawn" | "zoomed";

/** What one conversation left on one picture of one product; cells in rising order, each once. */
export interface Trace {
  readonly productId: string;
  readonly assetId: string;
  readonly drawnByCustomer: readonly number[];
  readonly drawnByAgent: readonly number[];
  readonly zoomedByCustomer: readonly number[];
  readonly zoomedByAgent: readonly number[];
}

interface Page {
  readonly productId: string;
  readonly assetId: string;
  readonly cells: Readonly<Record<TraceKind, Readonly<Record<Side, Set<number>>>>>;
}

const emptySides = () => ({ customer: new Set<number>(), agent: new Set<number>() });
const inOrder = (cells: Iterable<number>) => [...cells].sort((a, b) => a - b);

export class TraceBook {
  private readonly pages = new Map<string, Page>();

  add(
    { productId, assetId }: Pick<Item, "productId" | "assetId">,
    kind: TraceKind,
    side: Side,
    cells: readonly number[],
  ): void {
    if (productId === null || cells.length === 0) return;
    const key = `${productId} ${assetId}`;
    const page = this.pages.get(key) ?? {
      productId,
      assetId,
      cells: { drawn: emptySides(), zoomed: emptySides() },
    };
    this.pages.set(key, page);
    for (const cell of cells) page.cells[kind][side].add(cell);
  }

  traces(): Trace[] {
    return [...this.pages.values()].map(({ productId, assetId, cells: { drawn, zoomed } }) => ({
      productId,
      assetId,
      drawnByCustomer: inOrder(drawn.customer),
      drawnByAgent: inOrder(drawn.agent),
      zoomedByCustomer: inOrder(zoomed.customer),
      zoomedByAgent: inOrder(zoomed.agent),
    }));
  }
}
