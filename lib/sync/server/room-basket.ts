/** A room's copy of the basket: read when somebody comes and when it changed, told to everybody when it reads otherwise. */
import { type Basket, emptyBasket } from "@/lib/protocol/basket";
import type { BasketControl } from "./ports";

interface RoomBasketOptions {
  /** Null in rooms without baskets. */
  readonly load: (() => ReturnType<BasketControl["load"]>) | null;
  readonly tell: (basket: Basket) => void;
  readonly onFailed: (error: unknown) => void;
  readonly now: () => number;
}

export class RoomBasket {
  private basket = emptyBasket;
  private loaded: Promise<void> | null = null;
  private stale: NodeJS.Timeout | null = null;
  private open = true;

  constructor(private readonly options: RoomBasketOptions) {}

  get current(): Basket {
    return this.basket;
  }

  /** Resolves when it has been read once. */
  ready(): Promise<void> {
    this.loaded ??= this.read().catch((error) => {
      this.loaded = null;
      throw error;
    });
    return this.loaded;
  }

  async read(): Promise<void> {
    const { load, tell } = this.options;
    if (load === null) return;
    const { basket, staleAt } = await load();
    // Two that read at once may end in either order.
    if (!this.open || basket.changes < this.basket.changes) return;
    const news = JSON.stringify(basket.lines) !== JSON.stringify(this.basket.lines);
    this.basket = basket;
    this.readAgainAt(staleAt);
    if (news) tell(basket);
  }

  close(): void {
    this.open = false;
    if (this.stale) clearTimeout(this.stale);
  }

  private readAgainAt(staleAt: number | null): void {
    if (this.stale) clearTimeout(this.stale);
    this.stale = null;
    if (staleAt === null) return;
    const wait = Math.max(0, staleAt - this.options.now());
    this.stale = setTimeout(() => this.read().catch(this.options.onFailed), wait);
  }
}
