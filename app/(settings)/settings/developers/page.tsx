import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { listInboundHooks } from "@/lib/insights/orders/inbound-hooks";
import { apiScopes } from "@/lib/protocol/api/scopes";
import { getConfig } from "@/lib/protocol/config-slot";
import type { ShopId } from "@/lib/protocol/ids";
import { listApiKeys } from "@/lib/shops/api-keys";
import { findShop } from "@/lib/shops/find-shop";
import { translator } from "@/lib/ui/messages/define";
import { developersMessages } from "@/lib/ui/messages/developers";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { settingsMessages } from "@/lib/ui/messages/settings";
import { listDeliveries } from "@/lib/webhooks/deliveries";
import { listEndpoints } from "@/lib/webhooks/endpoints";
import { Part } from "../part";
import styles from "../settings.module.css";
import { requireAdminPage, SettingsFrame } from "../settings-frame";
import { ApiKeys, type ListedApiKey } from "./api-keys";
import { type ListedHook, OrderHooks } from "./order-hooks";
import type { ListedWebhook } from "./webhook-row";
import { Webhooks } from "./webhooks";

const PAGE = "/settings/developers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(developersMessages, await requestLocale())("title")} · Vetrina` };
}

/** Where a shop's own systems are let in, and told. */
export default async function DevelopersPage() {
  const { member, locale, shop } = await enter();
  const t = translator(developersMessages, locale);
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: shop.timeZone,
  });
  const write = (at: Date) => moment.format(at);
  const [hooks, keys, webhooks] = await Promise.all([
    loadHooks(member.shopId, write),
    loadKeys(member.shopId, write),
    loadWebhooks(member.shopId, write),
  ]);
  return (
    <MessagesProvider
      locale={locale}
      areas={{ developers: developersMessages[locale], settings: settingsMessages[locale] }}
    >
      <SettingsFrame part="developers" member={member} locale={locale}>
        <Part id="orders" title={t("orders")} text={t("ordersText")}>
          <OrderHooks hooks={hooks} />
          <p className={styles.foot}>{t("guide")}</p>
        </Part>
        <Part id="keys" title={t("keys")} text={t("keysText")}>
          <ApiKeys keys={keys} />
          <p className={styles.foot}>
            <a href="/api/v1/openapi.json">{t("apiDescription")}</a>
          </p>
        </Part>
        <Part id="webhooks" title={t("webhooks")} text={t("webhooksText")}>
          <Webhooks webhooks={webhooks} />
        </Part>
      </SettingsFrame>
    </MessagesProvider>
  );
}

async function enter() {
  const member = await requireAdminPage(PAGE);
  const [locale, shop] = await Promise.all([requestLocale(), findShop(member.shopId)]);
  if (shop === null) redirect("/settings");
  return { member, locale, shop };
}

type WriteTime = (at: Date) => string;

async function loadHooks(shopId: ShopId, write: WriteTime): Promise<ListedHook[]> {
  return (await listInboundHooks(shopId)).map(
    ({ id, kind, lastSeenAt, lastError, lastErrorAt, repeats }) => ({
      id,
      kind,
      address: `${getConfig().publicUrl}/api/v1/hooks/orders/${id}`,
      lastSeen: lastSeenAt && write(lastSeenAt),
      lastError: lastError !== null && lastErrorAt ? { at: write(lastErrorAt), words: lastError } : null,
      repeats,
    }),
  );
}

async function loadKeys(shopId: ShopId, write: WriteTime): Promise<ListedApiKey[]> {
  return (await listApiKeys(shopId)).map(({ createdAt, lastUsedAt, scopes, ...key }) => ({
    ...key,
    scopes: apiScopes.filter((scope) => scopes.includes(scope)),
    since: write(createdAt),
    lastUsed: lastUsedAt && write(lastUsedAt),
  }));
}

async function loadWebhooks(shopId: ShopId, write: WriteTime): Promise<ListedWebhook[]> {
  const endpoints = await listEndpoints(shopId);
  return Promise.all(
    endpoints.map(async ({ id, url, types, active, disabledAt, failures, failingSince }) => ({
      id,
      url,
      types,
      active,
      disabledAt: disabledAt && write(disabledAt),
      failing: failingSince && { count: failures, since: write(failingSince) },
      deliveries: (await listDeliveries(shopId, id)).map((delivery) => ({
        id: delivery.id,
        type: delivery.type,
        status: delivery.status,
        answered: delivery.answered,
        error: delivery.error,
        at: write(delivery.createdAt),
        nextAt: write(delivery.nextAt),
      })),
    })),
  );
}
