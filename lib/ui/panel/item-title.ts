import type { Item } from "@/lib/panel/schema";
import type { Translate } from "@/lib/ui/messages/define";
import type { PanelKey } from "@/lib/ui/messages/panel";

/** What an item is called: the product, the page that was frozen, or what kind of thing somebody sent. */
export function itemTitle({ title, page, duration, frozen }: Item, t: Translate<PanelKey>): string {
  if (frozen) return title === "" ? t("frozenUntitled") : t("frozenTitle", { title });
  if (title !== "") return title;
  if (page) return t("pageOf", { page: page.number, pages: page.of });
  return t(duration === null ? "untitled" : "untitledVideo");
}
