"use client";
/**
 * Where one writes: grows with the text, Enter sends, pictures by button, paste or drop.
 * The draft lives with the host, so that it survives switching conversations and layouts.
 */
import ImagePlus from "lucide-react/icons/image-plus";
import SendHorizontal from "lucide-react/icons/send-horizontal";
import { type ClipboardEvent, type KeyboardEvent, useId, useLayoutEffect, useRef } from "react";
import { MAX_MESSAGE_CHARS } from "@/lib/protocol/limits";
import { useAlive } from "@/lib/ui/controls/use-alive";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import { FILE_ACCEPT, filesOf } from "@/lib/ui/uploads/file-kind";
import styles from "./composer.module.css";
import { useFileDrop } from "./use-file-drop";
import { useTyping } from "./use-typing";

/** From here on the remaining characters are shown. */
const SHOW_LEFT_FROM = 200;

export interface ComposerProps {
  readonly draft: string;
  readonly onDraftChange: (draft: string) => void;
  /** Trimmed, never empty, never too long. */
  readonly onSend: (text: string) => void;
  readonly onTyping?: (typing: boolean) => void;
  /** Pictures only. Without it there is no attach button. */
  readonly onFiles?: (files: readonly File[]) => void;
  readonly uploadTestId?: string;
  /** True when nothing may be written any more. */
  readonly closed?: boolean;
  readonly placeholder?: string;
}

export function Composer(props: ComposerProps) {
  const { draft, onFiles, closed = false } = props;
  const t = useMessages<ChatKey>("chat");
  const alive = useAlive();
  const area = useRef<HTMLTextAreaElement>(null);
  const leftId = useId();
  const { typed, stop } = useTyping(props.onTyping);
  const { dragging, handlers } = useFileDrop(closed ? undefined : onFiles);
  const left = MAX_MESSAGE_CHARS - draft.trim().length;
  const showLeft = left <= SHOW_LEFT_FROM;
  const sendable = draft.trim() !== "" && left >= 0 && !closed;

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null || draft === undefined) return;
    // Shrinks first, so that a deleted line is given back; the style sheet caps it.
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [draft]);

  function send(): void {
    if (!sendable) return;
    stop();
    props.onSend(draft.trim());
    props.onDraftChange("");
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that confirms a Japanese or Chinese word is not meant for us.
    if (
      event.key !== "Enter" ||
      event.shiftKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.nativeEvent.isComposing
    )
      return;
    event.preventDefault();
    send();
  }

  function onPaste(event: ClipboardEvent): void {
    const files = filesOf(event.clipboardData);
    if (files.length === 0 || onFiles === undefined || closed) return;
    event.preventDefault();
    onFiles(files);
  }

  return (
    <form
      className={styles.composer}
      data-dragging={dragging}
      {...handlers}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {onFiles && (
        <span className={styles.attach}>
          {alive && (
            <input
              type="file"
              accept={FILE_ACCEPT}
              multiple
              disabled={closed}
              aria-label={t("attach")}
              title={t("attach")}
              data-testid={props.uploadTestId}
              onChange={(event) => {
                const files = filesOf(event.target.files);
                if (files.length > 0) onFiles(files);
                // The same picture may be chosen again.
                event.target.value = "";
              }}
            />
          )}
          <ImagePlus size={20} aria-hidden="true" />
        </span>
      )}
      <div className={styles.field}>
        {alive ? (
          <textarea
            ref={area}
            className={styles.area}
            rows={1}
            data-testid="chat-input"
            aria-label={t("composer")}
            aria-describedby={showLeft ? leftId : undefined}
            aria-invalid={left < 0}
            placeholder={props.placeholder ?? t(closed ? "placeholderClosed" : "placeholder")}
            value={draft}
            disabled={closed}
            spellCheck
            enterKeyHint="send"
            onChange={(event) => {
              props.onDraftChange(event.target.value);
              typed(event.target.value.trim() !== "");
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={stop}
          />
        ) : (
          <div className={styles.area} />
        )}
        {showLeft && (
          <p id={leftId} className={styles.left} data-over={left < 0} role="status">
            {t("charsLeft", { count: left })}
          </p>
        )}
      </div>
      <button
        type="submit"
        className={styles.send}
        data-testid="chat-send"
        aria-label={t("send")}
        title={t("send")}
        aria-disabled={!sendable}
      >
        <SendHorizontal size={20} aria-hidden="true" />
      </button>
      {dragging && (
        <div className={styles.drop} aria-hidden="true">
          {t("dropHere")}
        </div>
      )}
    </form>
  );
}
