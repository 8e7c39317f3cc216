/**
 * CORS for the addresses that a shop’s page calls. Requests are text/plain without credentials, so browsers ask no
 * preflight; the answer names the page's origin only when the shop's list has it, so that even a refusal stays private.
 */
export function readableBy(origin: string | null, response: Response): Response {
  response.headers.append("vary", "Origin");
  if (origin !== null) {
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("cross-origin-resource-policy", "cross-origin");
  }
  return response;
}
