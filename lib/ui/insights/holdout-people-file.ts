/** The people of one group of the hold-out as rows of a file; several ids are told apart by blanks. */
import type { Cell } from "@/lib/insights/csv";
import type { HoldoutGroupName, HoldoutPerson } from "@/lib/insights/reports/holdout-people";

export function holdoutPeopleFile(rows: readonly HoldoutPerson[], group: HoldoutGroupName) {
  return {
    head: ["group", "decided", "guest", "openedInvitation", "conversations", "orders"],
    rows: rows.map((row): Cell[] => [
      ...[group, new Date(row.at).toISOString(), row.guestNumber, Number(row.opened)],
      ...[row.conversations.join(" "), row.orders.join(" ")],
    ]),
  };
}
