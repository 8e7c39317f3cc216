import { Download } from "lucide-react";
import { buttonClass } from "@/lib/ui/controls/button";
import styles from "./report-head.module.css";

/** A report's title, and the way to take its rows along as a file. */
export function ReportHead(props: {
  readonly id: string;
  readonly title: string;
  readonly exportLabel: string;
  readonly exportHref: string;
}) {
  return (
    <div className={styles.head}>
      <h2 id={props.id}>{props.title}</h2>
      <a className={buttonClass("quiet")} href={props.exportHref} download>
        <Download size={18} aria-hidden />
        {props.exportLabel}
      </a>
    </div>
  );
}
