"use client";
import { useRef, useState } from "react";
import type { Viewer } from "@/lib/mirror/apply/open-viewer";
import type { MirrorAct } from "@/lib/protocol/mirror";
import styles from "./mirror-view.module.css";
import type { ViewWords } from "./view-message";

export interface EditedField {
  readonly epoch: number;
  readonly node: number;
  readonly kind: "text" | "select";
  readonly value: string;
  readonly multiline: boolean;
  readonly options: readonly { readonly index: number; readonly text: string; readonly disabled: boolean }[];
}

/** Milliseconds after the last key until the text is sent on: the customer sees words grow, not every key. */
const SEND_AFTER_MS = 120;

/** The agent's own field or list over the customer's: what is typed here is put there. */
export function FieldEditor(props: {
  readonly field: EditedField;
  readonly viewer: Viewer;
  readonly scale: number;
  readonly words: ViewWords;
  readonly onAct: (act: MirrorAct) => void;
  readonly onClose: () => void;
}) {
  const { field, scale, words } = props;
  const [text, setText] = useState(field.value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const box = props.viewer.boxOf(field.node);
  if (box === null) return null;

  const send = (next: string) => props.onAct({ type: "input", node: field.node, text: next });
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(send, SEND_AFTER_MS, next);
  };
  const close = () => {
    clearTimeout(timer.current);
    if (text !== field.value) send(text);
    props.onClose();
  };
  const place = {
    left: box.x * scale,
    top: box.y * scale,
    minWidth: box.width * scale,
    minHeight: box.height * scale,
  };

  if (field.kind === "select") {
    return (
      <ul className={styles.options} style={place} aria-label={words.chooseOption}>
        {field.options.map((option) => (
          <li key={option.index}>
            <button
              type="button"
              disabled={option.disabled}
              onClick={() => {
                props.onAct({ type: "select", node: field.node, options: [option.index] });
                props.onClose();
              }}
            >
              {option.text}
            </button>
          </li>
        ))}
      </ul>
    );
  }
  const shared = {
    className: styles.editor,
    style: place,
    value: text,
    "aria-label": words.editField,
    "data-testid": "mirror-field",
    // It appears where the agent has just clicked to type.
    autoFocus: true,
    onBlur: close,
  };
  return field.multiline ? (
    <textarea {...shared} onChange={(event) => type(event.target.value)} />
  ) : (
    <input
      {...shared}
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") close();
      }}
    />
  );
}
