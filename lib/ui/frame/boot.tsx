/** Where the frame's script begins: reads what the server wrote into the page, and draws the frame. */
import "@fontsource-variable/inter/standard.css";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import "./shell.css";
import { createRoot } from "react-dom/client";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { BOOT_ELEMENT, type FrameBoot, ROOT_ELEMENT } from "./boot-data";
import { BrokenFrame } from "./broken-frame";
import { ErrorBoundary } from "./error-boundary";
import { FrameApp } from "./frame-app";
import { UnknownShop } from "./unknown-shop";

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

const root = document.getElementById(ROOT_ELEMENT);
if (!root) throw new Error("the frame's page is not whole");
const { locale, areas, shop } = JSON.parse(textOf(BOOT_ELEMENT)) as FrameBoot;
createRoot(root).render(
  <MessagesProvider locale={locale} areas={areas}>
    <ErrorBoundary fallback={<BrokenFrame />}>
      {shop === null ? (
        <UnknownShop />
      ) : (
        <FrameApp shopName={shop.name} origins={shop.origins} locale={locale} agents={shop.agents} />
      )}
    </ErrorBoundary>
  </MessagesProvider>,
);
