/** A token bucket: so much a second on average, a burst of `burstSeconds` at once. Time comes from outside. */
export class RateBudget {
  private left: number;
  private at: number;

  /** @param now milliseconds */
  constructor(
    private readonly perSecond: number,
    private readonly burstSeconds: number,
    now: number,
  ) {
    this.left = perSecond * burstSeconds;
    this.at = now;
  }

  /** Takes `amount`; false when the budget is overdrawn. */
  take(amount: number, now: number): boolean {
    this.refill(now);
    if (this.left < amount) return false;
    this.left -= amount;
    return true;
  }

  /** Takes `amount` even if there is less: it is known only afterwards. */
  spend(amount: number, now: number): void {
    this.refill(now);
    this.left -= amount;
  }

  private refill(now: number): void {
    if (now === this.at) return;
    const gained = (Math.max(0, now - this.at) / 1_000) * this.perSecond;
    this.left = Math.min(this.perSecond * this.burstSeconds, this.left + gained);
    this.at = now;
  }
}
