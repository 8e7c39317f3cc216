import "@fontsource-variable/inter/standard.css";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { requestLocale } from "@/lib/ui/messages/request-locale";

export const metadata: Metadata = { title: "Vetrina", description: "Coviewing for online shops" };

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang={await requestLocale()}>
      <body>{children}</body>
    </html>
  );
}
