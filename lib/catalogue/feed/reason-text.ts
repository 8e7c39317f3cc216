import type { FeedReason } from "@/lib/protocol/feeds";

/** English, for a terminal; screens have their own words in their message catalogues. */
const sentences: Readonly<Record<FeedReason, (found: string) => string>> = {
  no_id: () => "no id",
  id_too_long: (found) => `id longer than ${found} characters`,
  id_unreadable: () => "id with control characters",
  id_used_before: (found) => `the id was used before, in line ${found}`,
  no_title: () => "no title",
  no_price: () => "no price",
  price_unreadable: (found) => `price "${found}" is no price`,
  sale_price_unreadable: (found) => `sale price "${found}" is no price`,
  sale_currency_differs: () => "sale price in another currency",
  availability_unknown: (found) => `availability "${found}" is unknown`,
  link_unusable: (found) => `link "${found}" is no web address`,
  too_many_variants: (found) => `the product has more than ${found} variants`,
  parent_unknown: (found) => `no product "${found}" stands before it`,
  no_variants: () => "a product without anything that can be bought",
  no_picture: () => "no picture",
  gtin_wrong: (found) => `"${found}" is no GTIN and was left out`,
  sale_dates_unreadable: (found) => `"${found}" is no time of a sale, so there is no sale`,
  picture_address_unusable: (found) => `picture "${found}" is no web address and was left out`,
  video_address_unusable: (found) => `video "${found}" is no web address and was left out`,
  video_on_other_site: (found) => `video "${found}" is a page of another site, not a file, and was left out`,
  quantity_unreadable: (found) => `quantity "${found}" is no number and was left out`,
};

/** @param reason of a FeedProblem: a code, alone or before ":" */
export function reasonText(reason: string): string {
  const [code = "", ...found] = reason.split(":");
  const known = Object.entries(sentences).find(([name]) => name === code);
  return known ? known[1](found.join(":")) : reason;
}
