"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { WaitedFor } from "./waiting-for";

/** Milliseconds between two looks: as often as an import writes how far it is; pictures take their time. */
const EVERY_MS: Readonly<Record<WaitedFor, number>> = { import: 1_500, pictures: 8_000 };

/** Has the page made anew again and again while something goes on behind it, and somebody looks. */
export function Live({ of }: { readonly of: WaitedFor | null }) {
  const router = useRouter();
  useEffect(() => {
    if (of === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, EVERY_MS[of]);
    return () => clearInterval(timer);
  }, [of, router]);
  return null;
}
