/**
 * Which of a customer's conversations an order line is credited to, and with how much of it: pure (SPEC.md, AT1-AT24). The
 * reports use the same rule as SQL (internal/attribution-sql.ts); random journeys compare the two.
 */
import type { AttributionRule } from "@/lib/protocol/attribution";
import { shareOut } from "./share-out";

const DAY_MS = 86_400_000;

/** Strongest first: of a line only the facts of the strongest kind that fits count (AT10). */
export const creditKinds = ["recommended", "shown", "talked"] as const;
export type CreditKind = (typeof creditKinds)[number];

/** A fact of a conversation that may have led to a purchase. */
export interface Touch {
  readonly id: string;
  readonly kind: CreditKind;
  /** The person behind her visitors, or the visitor who is nobody's. */
  readonly customer: string;
  readonly conversationId: string;
  /** Empty when nobody of the shop did it. */
  readonly memberId: string;
  /** Null for `talked`, which is about no product. */
  readonly productId: string | null;
  readonly atMs: number;
  /** Set of what she showed or drew herself, which led to nothing unless somebody answered: when, null while nobody did. */
  readonly answeredAtMs?: number | null;
}

export interface BoughtLine {
  readonly id: string;
  readonly customer: string | null;
  /** Null when the catalogue does not know it. Of a variant: its product, the group of all its variants. */
  readonly productId: string | null;
  readonly placedAtMs: number;
  /** Minor units and pieces that are shared out. */
  readonly minor: bigint;
  readonly quantity: number;
}

/** The part of a line that one agent has earned in one conversation. */
export interface Credit {
  readonly lineId: string;
  readonly touchId: string;
  readonly kind: CreditKind;
  readonly conversationId: string;
  readonly memberId: string;
  readonly minor: bigint;
  readonly quantity: number;
}

/** Lines that count for nobody are absent; the credits of every other line add up to it. */
export function creditLines(
  touches: readonly Touch[],
  lines: readonly BoughtLine[],
  rule: AttributionRule,
): Credit[] {
  return lines.flatMap((line) => {
    const fitting = touches.filter((touch) => canCount(touch, line, rule));
    const kind = creditKinds.find((one) => fitting.some((touch) => touch.kind === one));
    const parts = decisive(
      fitting.filter((touch) => touch.kind === kind),
      rule,
    );
    const weights = parts.map((touch, i) => weightOf(touch, i, line, rule));
    const minor = shareOut(line.minor, weights);
    const pieces = shareOut(BigInt(line.quantity), weights);
    return parts.flatMap((touch, i) =>
      weights[i] === 0n
        ? []
        : [
            {
              lineId: line.id,
              touchId: touch.id,
              kind: touch.kind,
              conversationId: touch.conversationId,
              memberId: touch.memberId,
              minor: minor[i] ?? 0n,
              quantity: Number(pieces[i] ?? 0n),
            },
          ],
    );
  });
}

function canCount(touch: Touch, line: BoughtLine, rule: AttributionRule): boolean {
  const age = line.placedAtMs - touch.atMs;
  return (
    touch.customer === line.customer &&
    (touch.kind === "talked" || touch.productId === line.productId) &&
    isAnswered(touch, line) &&
    age >= 0 &&
    age <= rule.days * DAY_MS
  );
}

function isAnswered({ answeredAtMs }: Touch, line: BoughtLine): boolean {
  return answeredAtMs === undefined || (answeredAtMs !== null && answeredAtMs <= line.placedAtMs);
}

/** Of each agent and conversation the one fact that counts (AT4), the most decisive of all first. */
function decisive(touches: readonly Touch[], { model }: AttributionRule): Touch[] {
  const place = (touch: Touch) => (model === "first" ? -touch.atMs : touch.atMs);
  // Two in the same millisecond: the higher id, so that everybody counts the same.
  const sorted = touches.toSorted((a, b) => place(b) - place(a) || (a.id > b.id ? -1 : 1));
  const seen = new Set<string>();
  return sorted.filter((touch) => {
    const part = `${touch.conversationId} ${touch.memberId}`;
    if (seen.has(part)) return false;
    seen.add(part);
    return true;
  });
}

/** What a fact at the moment of the order weighs: fine enough that rounding moves no cent of an ordinary order. */
export const FULL_WEIGHT = 1_000_000;

function weightOf(touch: Touch, place: number, line: BoughtLine, rule: AttributionRule): bigint {
  switch (rule.model) {
    case "first":
    case "last":
      return place === 0 ? 1n : 0n;
    case "linear":
      return 1n;
    case "time_decay": {
      const halfLives = (line.placedAtMs - touch.atMs) / (rule.halfLifeDays * DAY_MS);
      // A whole number, so that the database, which reckons the same, shares out the same to the cent.
      return BigInt(Math.max(1, Math.floor(FULL_WEIGHT * 2 ** -halfLives + 0.5)));
    }
  }
}
