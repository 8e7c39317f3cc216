/** What may be recorded of somebody on a shop's pages. The shop asks her, or has its own reason; we do as it says. */
export const consentLevels = [
  /** Nothing at all; the chat works when she opens it. */
  "none",
  /** That a page or product was looked at, by nobody in particular. */
  "anonymous",
  /** Her way through the shop, under a pseudonym kept in the shop's own storage. */
  "full",
] as const;
export type ConsentLevel = (typeof consentLevels)[number];
