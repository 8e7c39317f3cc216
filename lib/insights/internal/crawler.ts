/** Which senders are machines that announce themselves, by the `isbot` list. */
import { createIsbotFromList, list } from "isbot";

/**
 * A browser without a screen is not on our list: shops watch their own pages, and test this very installation, with one,
 * and it runs the whole page as a person's browser does. Crawlers do not.
 */
const headlessBrowser =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36";

/** True for a user agent that says it is a crawler, a link preview or a download tool. */
export const isCrawler = createIsbotFromList(
  list.filter((pattern) => !new RegExp(pattern, "i").test(headlessBrowser)),
);
