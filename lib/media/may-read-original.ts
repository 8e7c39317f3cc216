/**
 * Who may have a file as it was sent: it may tell where and with what a photo was taken. The agents of its conversation, and
 * managers and admins of the shop; never a customer, not even the one who sent it: her addresses may be passed on.
 */
import type { MediaReader } from "@/lib/auth/media-token";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, shopIdSchema } from "@/lib/protocol/ids";
import { canActAs, memberRoles } from "@/lib/protocol/roles";
import { hasCoveredPage } from "./covered-pages";
import type { AssetPlace } from "./store";

export interface Original {
  readonly assetId: AssetId;
  readonly conversationId: string;
  /** Who asks. */
  readonly memberId: string;
  readonly place: AssetPlace;
  /** By its content. */
  readonly type: string;
}

/** Looked up for every request: they are few. @throws AppError unauthorized */
export async function requireMayReadOriginal(
  assetId: AssetId,
  reader: MediaReader | null,
): Promise<Original> {
  const asset = await getDb().asset.findUnique({
    where: { id: assetId },
    select: {
      ...{ shopId: true, conversationId: true, covered: true, originalType: true },
      ...{ sha256: true, pages: true },
    },
  });
  const member =
    reader?.kind === "member" && asset !== null
      ? await getDb().member.findFirst({ where: { id: reader.memberId, shopId: asset.shopId } })
      : null;
  const type = asset?.originalType ?? null;
  const conversationId = asset?.conversationId ?? null;
  if (!asset || !member || type === null || conversationId === null || asset.covered) throw refused();
  if (await hasCoveredPage(asset)) throw refused();
  const role = memberRoles.find((one) => one === member.role);
  const takesPart =
    (await getDb().participant.count({
      where: { conversationId, memberId: member.id, role: "agent", leftAt: null },
    })) > 0;
  if (!takesPart && !(role && canActAs(role, "manager"))) throw refused();
  const place = { shopId: shopIdSchema.parse(asset.shopId), assetId };
  return { assetId, conversationId, memberId: member.id, place, type };
}

const refused = () => new AppError("unauthorized", "this address is no longer good");
