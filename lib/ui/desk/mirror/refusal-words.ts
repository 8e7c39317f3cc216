import type { ActRefusal } from "@/lib/protocol/mirror";
import type { MirrorDeskKey } from "@/lib/ui/messages/mirror-desk";
import type { FreezeRefusal } from "@/lib/ui/mirror-view/view-message";

/** What the agent is told when something she wanted in the customer's page was not done. */
export const refusalWords: Readonly<Record<ActRefusal, MirrorDeskKey>> = {
  "no-leave": "refusedNoLeave",
  gone: "refusedGone",
  covered: "refusedCovered",
  "not-visible": "refusedNotVisible",
  masked: "refusedMasked",
  "no-control": "refusedNoControl",
  submit: "refusedSubmit",
  "needs-customer": "refusedNeedsCustomer",
  "not-allowed-address": "refusedAddress",
  "too-fast": "refusedTooFast",
  "customer-first": "refusedCustomerFirst",
  failed: "refusedFailed",
};

/** Why there is no picture of the page. */
export const freezeWords: Readonly<Record<FreezeRefusal, MirrorDeskKey>> = {
  gone: "frozenGone",
  "too-large": "frozenTooLarge",
  unreadable: "frozenUnreadable",
  busy: "freezing",
  failed: "frozenFailed",
};
