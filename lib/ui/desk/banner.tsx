import { Button } from "@/lib/ui/controls/button";
import styles from "./banner.module.css";

/** A line across a region that says what is the matter and, where one can do something, offers it. */
export function Banner(props: {
  readonly tone: "warning" | "error" | "done";
  readonly text: string;
  readonly action?: { readonly label: string; readonly onClick: () => void };
}) {
  const { tone, text, action } = props;
  return (
    <div className={styles.banner} data-tone={tone} role={tone === "error" ? "alert" : "status"}>
      <p>{text}</p>
      {action && (
        <Button look="secondary" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
