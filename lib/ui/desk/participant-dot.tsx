import type { CSSProperties } from "react";
import { inkOn, paletteEntry } from "@/lib/panel/palette";
import styles from "./participant-dot.module.css";

/** A person's mark in lists: her colour and the start of her name. Decoration; the name stands beside it. */
export function ParticipantDot(props: {
  readonly name: string;
  readonly color: number;
  readonly small?: boolean;
}) {
  const { color } = paletteEntry(props.color);
  const geometry = { "--dot": color, "--dot-ink": inkOn(color) } as CSSProperties;
  return (
    <span className={styles.dot} data-small={props.small === true} style={geometry} aria-hidden="true">
      {shortName(props.name)}
    </span>
  );
}

/** "Guest 12" is 12, "Anna Berg" is AB, "Tom (with Guest 7)" is T: what tells them apart. */
export function shortName(name: string): string {
  const own = name.replace(/\(.*\)$/, "").trim();
  const number = /\d+$/.exec(own)?.[0];
  if (number !== undefined) return number.slice(-3);
  const words = own.split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}
