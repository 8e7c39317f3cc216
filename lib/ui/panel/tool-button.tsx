"use client";
/** One button of the panel's chrome: an icon with a name, its key in the tooltip. */
import type { LucideIcon } from "lucide-react";
import styles from "./toolbar.module.css";

export function ToolButton(props: {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly testId: string;
  readonly shortcut?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  const { icon: Icon, name, testId, shortcut, pressed, disabled, onClick } = props;
  return (
    <button
      type="button"
      className={styles.button}
      data-testid={testId}
      aria-label={name}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.tip} aria-hidden="true">
        {name}
        {shortcut ? <kbd>{shortcut}</kbd> : null}
      </span>
    </button>
  );
}
