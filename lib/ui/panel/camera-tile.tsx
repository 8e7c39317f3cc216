"use client";
/** A photo from a phone's camera onto the panel in one tap. Elsewhere files are dropped, pasted or attached. */
import Camera from "lucide-react/icons/camera";
import { createContext, useContext } from "react";
import { usePanelMessages, useSnapshot } from "./panel-provider";
import styles from "./strip.module.css";

/** Takes files into the conversation; null where nobody does. */
export const TakeFilesContext = createContext<((files: readonly File[]) => void) | null>(null);

export function CameraTile() {
  const t = usePanelMessages();
  const take = useContext(TakeFilesContext);
  const { rights } = useSnapshot();
  if (take === null || !rights.show) return null;
  return (
    <li className={styles.cameraPlace}>
      <label className={styles.camera}>
        <input
          type="file"
          // This type alone: with a second one Android asks where from, instead of opening the camera.
          accept="image/*"
          // The back camera: she shows a thing, not herself.
          capture="environment"
          aria-label={t("takePhoto")}
          data-testid="panel-camera"
          onChange={(event) => {
            const files = Array.from(event.target.files ?? []);
            if (files.length > 0) take(files);
            // The same picture may be chosen again.
            event.target.value = "";
          }}
        />
        <Camera size={20} aria-hidden="true" />
      </label>
    </li>
  );
}
