"use client";
import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useRef, useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import styles from "./settings.module.css";

/** One line to copy. Without a clipboard (no https) the line is selected, ready for the person's own Ctrl+C. */
export function CopyLine({ text }: { readonly text: string }) {
  const t = useMessages<SettingsKey>("settings");
  const line = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      if (line.current) window.getSelection()?.selectAllChildren(line.current);
    }
  }
  return (
    <div className={styles.copy}>
      <code ref={line} className={styles.code}>
        {text}
      </code>
      <Button onClick={copy}>
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        <span aria-live="polite">{t(copied ? "copied" : "copy")}</span>
      </Button>
    </div>
  );
}
