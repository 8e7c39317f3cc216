import type { InstallCheck } from "@/lib/insights/install-check";
import type { MessageParams } from "@/lib/ui/messages/define";
import type { InstallKey } from "@/lib/ui/messages/install";

/** One line of the install check: what it is about, how it stands, and where to go on. */
export interface CheckLine {
  readonly state: "ok" | "missing" | "problem" | "optional";
  readonly text: InstallKey;
  readonly params?: MessageParams;
  readonly link?: { readonly to: string; readonly text: InstallKey };
}

/** What works, what needs a look and what is still missing, in the order in which a developer puts it in. */
export function checksOf(
  check: InstallCheck,
  facts: {
    readonly refusedOrigins: readonly string[];
    readonly hasSecret: boolean;
    readonly formatDate: (date: Date) => string;
  },
): CheckLine[] {
  const { products, carts } = check;
  return [
    check.pageCount > 0
      ? { state: "ok", text: "scriptOk", params: { count: check.pageCount } }
      : { state: "missing", text: "scriptMissing" },
    ...silentSites(check).map(
      (origin): CheckLine => ({ state: "missing", text: "siteSilent", params: { origin } }),
    ),
    ...facts.refusedOrigins.map(
      (origin): CheckLine => ({
        state: "problem",
        text: "refused",
        params: { origin },
        link: { to: "/settings", text: "addOrigin" },
      }),
    ),
    ...(check.anonymousViews > 0
      ? [{ state: "ok", text: "anonymous", params: { count: check.anonymousViews } } as const]
      : []),
    ...seen(products, "productsOk", "productsMissing", "productsUnknown"),
    ...seen(carts, "cartOk", "cartMissing", "cartUnknown"),
    ...orders(check, facts.formatDate),
    check.persons > 0
      ? { state: "ok", text: "personsOk", params: { count: check.persons } }
      : { state: "optional", text: facts.hasSecret ? "personsMissing" : "personsNoSecret" },
  ];
}

/** Origins of the shop that ought to have told something, since another one did. Views without an address may be of any. */
function silentSites({ sites, anonymousViews }: InstallCheck): string[] {
  if (anonymousViews > 0 || sites.every(({ lastAt }) => lastAt === null)) return [];
  return sites.filter(({ lastAt }) => lastAt === null).map(({ origin }) => origin);
}

function seen(
  what: { readonly told: number; readonly unknown: readonly string[] },
  ok: InstallKey,
  missing: InstallKey,
  unknown: InstallKey,
): CheckLine[] {
  if (what.told === 0) return [{ state: "missing", text: missing }];
  const told: CheckLine = { state: "ok", text: ok, params: { count: what.told } };
  if (what.unknown.length === 0) return [told];
  return [told, { state: "problem", text: unknown, params: { ids: what.unknown.join(", ") } }];
}

function orders({ orders: seenOrders }: InstallCheck, formatDate: (date: Date) => string): CheckLine[] {
  const link = { to: "/settings/developers", text: "connectOrders" } as const;
  const lines: CheckLine[] = [];
  if (seenOrders.confirmed > 0)
    lines.push({ state: "ok", text: "ordersOk", params: { count: seenOrders.confirmed } });
  if (seenOrders.claimed > 0)
    lines.push({ state: "problem", text: "ordersClaimed", params: { count: seenOrders.claimed }, link });
  if (lines.length > 0) return lines;
  return seenOrders.lastConfirmedAt === null
    ? [{ state: "missing", text: "ordersMissing", link }]
    : [{ state: "ok", text: "ordersEarlier", params: { date: formatDate(seenOrders.lastConfirmedAt) } }];
}
