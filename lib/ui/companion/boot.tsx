/** Where the companion's script begins: reads what the server wrote into the page, and draws it. */
import "@fontsource-variable/inter/standard.css";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import "../frame/shell.css";
import { createRoot } from "react-dom/client";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { BOOT_ELEMENT, ROOT_ELEMENT } from "../frame/boot-data";
import { BrokenFrame } from "../frame/broken-frame";
import { ErrorBoundary } from "../frame/error-boundary";
import { CompanionApp } from "./companion-app";
import type { CompanionBoot } from "./companion-boot";

const root = document.getElementById(ROOT_ELEMENT);
if (!root) throw new Error("the companion's page is not whole");
const words = document.getElementById(BOOT_ELEMENT)?.textContent ?? "";
const { locale, areas, code, invitation } = JSON.parse(words) as CompanionBoot;
createRoot(root).render(
  <MessagesProvider locale={locale} areas={areas}>
    <ErrorBoundary fallback={<BrokenFrame />}>
      <CompanionApp code={code} invitation={invitation} />
    </ErrorBoundary>
  </MessagesProvider>,
);
