import { metricsSlot } from "@/lib/protocol/metrics-slot";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";

export const dynamic = "force-dynamic";

/** For Prometheus. Whoever may not read it is told nothing, not even that there is something. */
export async function GET(request: Request): Promise<Response> {
  const metrics = metricsSlot.get();
  const { headers } = request;
  if (!metrics.mayRead(headers.get("authorization"), headers.get(ADDRESS_HEADER) ?? "")) {
    return new Response("Not found\n", { status: 404 });
  }
  const { contentType, text } = await metrics.read();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
