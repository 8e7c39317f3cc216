/** A stored passage as everybody else knows it. */
import type { Passage } from "@/lib/protocol/film";

export const withSaver = { member: { select: { user: { select: { name: true } } } } };

interface Row {
  readonly id: string;
  readonly name: string;
  readonly fromMs: bigint;
  readonly toMs: bigint;
  readonly member: { readonly user: { readonly name: string } } | null;
}

export const keptPassage = ({ id, name, fromMs, toMs, member }: Row): Passage => ({
  id,
  name,
  from: Number(fromMs),
  to: Number(toMs),
  by: member?.user.name ?? "",
});
