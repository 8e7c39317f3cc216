import type { ActRefusal } from "@/lib/protocol/mirror";
import type { MirrorDeskKey } from "@/lib/ui/messages/mirror-desk";

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
