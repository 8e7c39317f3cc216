"use client";
import Search from "lucide-react/icons/search";
import X from "lucide-react/icons/x";
import { type KeyboardEvent, type RefObject, useId, useRef } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { CatalogueTab, type ProductActions } from "./catalogue-tab";
import { CustomerTab } from "./customer-tab";
import type { DeskFeed } from "./desk-feed-client";
import styles from "./drawer.module.css";
import { moveFocus } from "./move-focus";
import { useCustomer } from "./use-customer";

const drawerTabs = ["customer", "catalogue"] as const;
export type DrawerTab = (typeof drawerTabs)[number];

export interface DrawerProps {
  readonly conversationId: ConversationId;
  readonly room: Room | null;
  readonly feed: DeskFeed | null;
  readonly now: number;
  readonly tab: DrawerTab;
  readonly onTab: (tab: DrawerTab) => void;
  readonly onClose: () => void;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly products: ProductActions;
  /** Words for the reply that is being written. */
  readonly onReply: (text: string) => void;
}

/** Two tabs about this conversation. The search stays in reach from both; writing in it opens the catalogue. */
export function Drawer(props: DrawerProps) {
  const { tab, onTab } = props;
  const t = useMessages<DeskKey>("desk");
  const id = useId();
  const root = useRef<HTMLElement>(null);
  const customer = useCustomer(props.conversationId, props.feed);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const keepsArrows =
      event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement;
    if (step === undefined || tab !== "catalogue" || keepsArrows) return;
    if (root.current && moveFocus(root.current, "[data-step]", step)) event.preventDefault();
  };
  return (
    <aside ref={root} className={styles.drawer} aria-label={t("drawer")} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <label className={styles.search}>
          <Search size={16} aria-hidden="true" />
          <input
            ref={props.searchRef}
            type="search"
            data-testid="catalogue-search"
            data-step=""
            aria-label={t("searchPlaceholder")}
            placeholder={t("searchPlaceholder")}
            aria-keyshortcuts="/"
            autoComplete="off"
            spellCheck={false}
            value={props.query}
            onFocus={() => onTab("catalogue")}
            onChange={(event) => props.onQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              if (props.query !== "") props.onQuery("");
              else onTab("customer");
            }}
          />
        </label>
        <IconButton className={styles.close ?? ""} label={t("closeDrawer")} onClick={props.onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles.tabs} role="tablist" aria-label={t("drawer")}>
        {drawerTabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}-tab`}
            aria-controls={`${id}-${name}`}
            aria-selected={tab === name}
            tabIndex={tab === name ? 0 : -1}
            className={styles.tab}
            data-testid={`tab-${name}`}
            onClick={() => onTab(name)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              const other = name === "customer" ? "catalogue" : "customer";
              onTab(other);
              document.getElementById(`${id}-${other}-tab`)?.focus();
            }}
          >
            {t(name)}
          </button>
        ))}
      </div>
      <div
        className={styles.body}
        role="tabpanel"
        id={`${id}-customer`}
        aria-labelledby={`${id}-customer-tab`}
        hidden={tab !== "customer"}
      >
        <CustomerTab
          room={props.room}
          facts={customer.facts}
          failed={customer.failed}
          now={props.now}
          products={props.products}
          onReply={props.onReply}
        />
      </div>
      <div
        className={styles.body}
        role="tabpanel"
        id={`${id}-catalogue`}
        aria-labelledby={`${id}-catalogue-tab`}
        hidden={tab !== "catalogue"}
      >
        <CatalogueTab
          query={props.query}
          active={tab === "catalogue"}
          trail={customer.facts?.trail ?? []}
          now={props.now}
          products={props.products}
        />
      </div>
    </aside>
  );
}
