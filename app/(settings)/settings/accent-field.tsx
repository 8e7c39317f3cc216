"use client";
import { useId, useState } from "react";
import { accentFor, parseColor } from "@/lib/ui/frame/accent";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import styles from "./settings.module.css";

/** The shop's colour, and what we make of it where text must be read. */
export function AccentField({ accent }: { readonly accent: string }) {
  const t = useMessages<SettingsKey>("settings");
  const id = useId();
  const [color, setColor] = useState(accent);
  const known = parseColor(color) !== null;
  const { light, dark } = accentFor(color);
  const same = known && light.accent === color.toLowerCase() && dark.accent === color.toLowerCase();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t("accent")}</label>
      <div className={styles.color}>
        <input
          type="color"
          className={styles.swatch}
          aria-label={t("accent")}
          value={/^#[0-9a-f]{6}$/i.test(color) ? color : light.accent}
          onChange={(event) => setColor(event.target.value)}
        />
        <input
          id={id}
          className={styles.input}
          name="accent"
          value={color}
          onChange={(event) => setColor(event.target.value)}
          spellCheck={false}
          aria-describedby={`${id}-help`}
          aria-invalid={!known || undefined}
        />
        <Sample className={styles.onLight ?? ""} accent={light.accent} ink={light.ink} words={t("onLight")} />
        <Sample className={styles.onDark ?? ""} accent={dark.accent} ink={dark.ink} words={t("onDark")} />
      </div>
      <span id={`${id}-help`} className={styles.help}>
        {t(!known ? "badAccent" : same ? "accentGood" : "accentAdjusted")}
      </span>
    </div>
  );
}

function Sample(props: {
  readonly className: string;
  readonly accent: string;
  readonly ink: string;
  readonly words: string;
}) {
  return (
    <span className={`${styles.sample} ${props.className}`}>
      <span className={styles.sampleFill} style={{ background: props.accent, color: props.ink }}>
        {props.words}
      </span>
    </span>
  );
}
