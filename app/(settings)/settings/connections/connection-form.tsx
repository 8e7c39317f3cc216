"use client";
/** Platform, address and keys: tried before they are stored, and never shown again. */
import { useActionState, useState } from "react";
import { credentialFields, type LiveKind, liveKinds } from "@/lib/catalogue/adapters/kinds";
import { Button } from "@/lib/ui/controls/button";
import type { ConnectionsKey } from "@/lib/ui/messages/connections";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "../settings.module.css";
import { type ConnectionResult, tryConnection } from "./actions";
import { platformName } from "./connection-words";
import own from "./connections.module.css";
import { TestAnswer } from "./test-answer";

const addressWords = {
  oct8ne: "oct8neAddress",
  woocommerce: "woocommerceAddress",
  shopify: "shopifyAddress",
  prestashop: "prestashopAddress",
  magento: "magentoAddress",
} as const satisfies Record<LiveKind, ConnectionsKey>;
const keyWords = {
  oct8ne: "oct8neKeys",
  woocommerce: "woocommerceKeys",
  shopify: "shopifyKeys",
  prestashop: "prestashopKeys",
  magento: "magentoKeys",
} as const satisfies Record<LiveKind, ConnectionsKey>;

export function ConnectionForm(props: {
  readonly connected: { readonly kind: LiveKind; readonly address: string } | null;
  readonly locale: string;
  readonly currency: string;
}) {
  const { connected } = props;
  const t = useMessages<ConnectionsKey>("connections");
  const [result, submit, busy] = useActionState<ConnectionResult, FormData>(tryConnection, { kind: "idle" });
  const [kind, setKind] = useState<LiveKind>(connected?.kind ?? "woocommerce");
  // Held here: a form that has been sent forgets what was typed into it.
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({
    address: connected?.address ?? "",
    locale: props.locale,
    currency: props.currency,
  });
  const stored = connected?.kind === kind && connected.address === typed.address;
  const wrong = result.kind === "invalid" && !busy ? result.field : null;

  const field = (
    name: string,
    label: ConnectionsKey,
    help: string,
    more: { readonly secret?: boolean } = {},
  ) => (
    <label className={styles.field} key={name}>
      <span>{t(label)}</span>
      <input
        className={styles.input}
        name={name}
        type={more.secret ? "password" : "text"}
        autoComplete={more.secret ? "new-password" : "off"}
        spellCheck={false}
        data-testid={`connection-${name}`}
        value={typed[name] ?? ""}
        onChange={(event) => setTyped((now) => ({ ...now, [name]: event.target.value }))}
        aria-invalid={wrong === name || undefined}
      />
      {help !== "" && <span className={styles.help}>{help}</span>}
    </label>
  );

  return (
    <form className={own.edit} action={submit}>
      <label className={styles.field}>
        <span>{t("platform")}</span>
        <select
          className={styles.select}
          name="kind"
          value={kind}
          data-testid="connection-kind"
          onChange={(event) => setKind(liveKinds.find((one) => one === event.target.value) ?? kind)}
        >
          {liveKinds.map((one) => (
            <option key={one} value={one}>
              {platformName(one, t)}
            </option>
          ))}
        </select>
      </label>
      {field("address", "address", t(addressWords[kind]))}
      <p className={styles.help}>{t(keyWords[kind])}</p>
      {credentialFields[kind].map((name) => field(name, name, stored ? t("stored") : "", { secret: true }))}
      {field("locale", "locale", t("localeHelp"))}
      {field("currency", "currency", t("currencyHelp"))}
      <div className={styles.actions}>
        <Button type="submit" name="intent" value="test" disabled={busy} data-testid="test-connection">
          {t("test")}
        </Button>
        <Button
          look="primary"
          type="submit"
          name="intent"
          value="save"
          disabled={busy}
          data-testid="save-connection"
        >
          {t(connected === null ? "connect" : "save")}
        </Button>
      </div>
      <TestAnswer result={busy ? null : result} />
    </form>
  );
}
