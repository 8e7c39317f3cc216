/** What invitations are worth as rows of a file: both groups and the difference; what the screen hides of a few people is left out. */
import type { Cell } from "@/lib/insights/csv";
import type { Holdout, HoldoutGroup } from "@/lib/insights/reports/holdout";
import type { Interval } from "@/lib/insights/statistics/interval";
import { majorOf } from "./format";

const NONE: Cell[] = [null, null, null];
const cells = ({ value, low, high }: Interval): Cell[] => [value, low, high];

export function holdoutFile(report: Holdout) {
  const few = report.verdict === "tooFew";
  const money = few ? [] : report.revenue;
  const group = (
    name: "invited" | "heldOut",
    { people, opened, talked, bought, rate }: HoldoutGroup,
  ): Cell[] => [
    ...[name, people, opened, talked, bought],
    ...(few ? NONE : cells(rate)),
    ...money.flatMap(({ currency, claimed, ...each }) => [
      ...[each[name], null, null, claimed[name]].map((minor) => minor && majorOf(minor, currency)),
    ]),
  ];
  return {
    head: [
      ...["group", "people", "openedInvitation", "beganConversation", "bought"],
      ...["boughtOfOne", "boughtOfOne_low", "boughtOfOne_high"],
      ...money.flatMap(({ currency }) =>
        ["", "_low", "_high", "_claimed"].map((ending) => `spentByOne_${currency}${ending}`),
      ),
    ],
    rows: [
      group("invited", report.invited),
      group("heldOut", report.heldOut),
      [
        ...["difference", null, null, null, null],
        ...(few ? NONE : cells(report.difference)),
        ...money.flatMap(({ currency, difference }) => [
          ...cells(difference).map((minor) => majorOf(Number(minor), currency)),
          null,
        ]),
      ],
    ],
    whole: few ? withoutRates(report) : report,
  };
}

function withoutRates({ invited, heldOut, difference: _, revenue: __, ...rest }: Holdout) {
  const counts = ({ rate: ___, ...group }: HoldoutGroup) => group;
  return { ...rest, invited: counts(invited), heldOut: counts(heldOut), difference: null, revenue: [] };
}
