/** What a shop lets its people see and do in customers' pages: the switch, who may act, and the masking rules. */
import * as z from "zod/mini";
import { getDb, type Prisma } from "@/lib/db/client";
import { type RuleProblem, readSiteRules } from "@/lib/mirror/masking/site-rules";
import { looksLikeSelector } from "@/lib/mirror/rules/looks-like-selector";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { conversationIdSchema, type ShopId } from "@/lib/protocol/ids";
import { type MemberRole, memberRoles } from "@/lib/protocol/roles";
import { roomsSlot } from "@/lib/protocol/rooms-port";

export interface MirrorSettings {
  /** Whether customers may show their page at all. */
  readonly on: boolean;
  /** As lib/mirror/masking/site-rules reads them. */
  readonly rules: unknown;
  /** Whether agents may ask to act in it, and from which role on. */
  readonly write: boolean;
  readonly writeBy: MemberRole;
}

/** Bytes of all rules as JSON: two hundred of each kind at their longest are a few hundred thousand. */
const MAX_RULES_BYTES = 524_288;
const writeBySchema = z.enum(memberRoles);

export async function loadMirrorSettings(shopId: ShopId): Promise<MirrorSettings> {
  const row = await getDb().shop.findUnique({
    where: { id: shopId },
    select: { mirrorMode: true, mirrorRules: true, mirrorWrite: true, mirrorWriteBy: true },
  });
  if (row === null) throw new AppError("not_found", "no such shop");
  const { mirrorMode, mirrorRules: rules, mirrorWrite: write } = row;
  return { on: mirrorMode === "on", rules, write, writeBy: writeBySchema.parse(row.mirrorWriteBy) };
}

/**
 * Saves all, or nothing where a rule cannot be read or shows too much. Counts at once, also where a page is shared.
 *
 * @returns what is wrong with the rules
 */
export async function saveMirrorSettings(
  shopId: ShopId,
  { on, rules, write, writeBy }: MirrorSettings,
): Promise<readonly RuleProblem[]> {
  const json = asJson(rules);
  const { problems } = readSiteRules(json, looksLikeSelector);
  if (problems.length > 0) return problems;
  const { count } = await getDb().shop.updateMany({
    where: { id: shopId },
    data: {
      mirrorMode: on ? "on" : "off",
      mirrorRules: json,
      mirrorWrite: write,
      mirrorWriteBy: writeBy,
    },
  });
  if (count === 0) throw new AppError("not_found", "no such shop");
  await tellRooms(shopId);
  return [];
}

/** @throws AppError too_large */
function asJson(rules: unknown): Prisma.InputJsonObject {
  const text = JSON.stringify(rules) ?? "null";
  if (Buffer.byteLength(text) > MAX_RULES_BYTES) throw new AppError("too_large", "rules are too long");
  return JSON.parse(text);
}

/** What they may do may have changed in every conversation that goes on. */
async function tellRooms(shopId: ShopId): Promise<void> {
  const rooms = roomsSlot.find();
  const open = await getDb().conversation.findMany({
    where: { shopId, status: { not: "closed" } },
    select: { id: true },
  });
  for (const { id } of open) {
    const told = rooms?.roomChanged(conversationIdSchema.parse(id));
    await told?.catch((error: unknown) => faultsSlot.find()?.(error));
  }
}
