/** The frame's page: nothing but what its script needs to start, and the shop's name until it has. */
import type { CompanionBoot } from "@/lib/ui/companion/companion-boot";
import { BOOT_ELEMENT, type FrameBoot, ROOT_ELEMENT } from "@/lib/ui/frame/boot-data";
import type { FrameAssets } from "./frame-assets";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);

/** As JSON that no parser of HTML can see an end tag or a comment in. */
const escapeJson = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

export function frameHtml(page: {
  readonly boot: FrameBoot | CompanionBoot;
  readonly assets: FrameAssets;
  readonly title: string;
  readonly needsScript: string;
  /** The shop's colours as CSS, of lib/ui/frame/accent: never text that a shop wrote. */
  readonly accentCss: string;
  readonly nonce: string;
}): string {
  const { boot, assets } = page;
  const shell = ("shop" in boot ? boot.shop?.name : boot.invitation?.shop) ?? "";
  const nonce = escapeHtml(page.nonce);
  return [
    "<!doctype html>",
    `<html lang="${boot.locale}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<title>${escapeHtml(page.title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">',
    '<meta name="robots" content="noindex">',
    ...assets.styles.map((address) => `<link rel="stylesheet" href="${address}">`),
    `<style nonce="${nonce}">${page.accentCss}</style>`,
    ...assets.modules.map((address) => `<link rel="modulepreload" nonce="${nonce}" href="${address}">`),
    `<script type="module" nonce="${nonce}" src="${assets.script}"></script>`,
    "</head>",
    "<body>",
    `<div id="${ROOT_ELEMENT}"><div class="shell">${escapeHtml(shell)}</div></div>`,
    `<script type="application/json" id="${BOOT_ELEMENT}">${escapeJson(boot)}</script>`,
    `<noscript><p>${escapeHtml(page.needsScript)}</p></noscript>`,
    "</body>",
    "</html>",
  ].join("\n");
}
