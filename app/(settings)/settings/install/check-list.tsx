import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import CircleAlert from "lucide-react/icons/circle-exclamation-point";
import CirclePlus from "lucide-react/icons/circle-plus";
import Link from "next/link";
import type { Translate } from "@/lib/ui/messages/define";
import type { InstallKey } from "@/lib/ui/messages/install";
import type { CheckLine } from "./checks-of";
import own from "./install.module.css";

const states = {
  ok: { Icon: CircleCheck, word: "stateOk" },
  missing: { Icon: CircleDashed, word: "stateMissing" },
  problem: { Icon: CircleAlert, word: "stateProblem" },
  optional: { Icon: CirclePlus, word: "stateOptional" },
} as const;

export function CheckList(props: {
  readonly lines: readonly CheckLine[];
  readonly t: Translate<InstallKey>;
}) {
  const { lines, t } = props;
  return (
    <ul className={own.checks} data-testid="install-checks">
      {lines.map((line) => {
        const { Icon, word } = states[line.state];
        return (
          <li key={`${line.text} ${line.params?.origin ?? ""}`} className={own.check} data-state={line.state}>
            <Icon size={20} aria-hidden="true" />
            <div>
              <p className={own.state}>{t(word)}</p>
              <p className={own.said}>{t(line.text, line.params)}</p>
              {line.link && (
                <Link className={own.link} href={line.link.to}>
                  {t(line.link.text)}
                </Link>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
