import { notFound } from "next/navigation";
import { getSource } from "@/lib/catalogue/imports/source";
import { nameStorefronts } from "@/lib/catalogue/storefronts/storefronts";
import { AppError } from "@/lib/protocol/errors";
import { openCataloguePage } from "../../../catalogue-frame";
import { ConnectFeed } from "../../../connect-feed";

/** How a known source is read: look at it, correct it, import. */
export default async function ReadingPage(props: {
  readonly params: Promise<{ readonly sourceId: string }>;
}) {
  const { sourceId } = await props.params;
  const { shop, frame } = await openCataloguePage(`/settings/catalogue/sources/${sourceId}/reading`);
  const source = await getSource(shop.shopId, sourceId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const { name, kind, reading } = source;
  const storefronts = await nameStorefronts(shop.shopId);
  return frame(<ConnectFeed reading={reading} storefronts={storefronts} source={{ sourceId, name, kind }} />);
}
