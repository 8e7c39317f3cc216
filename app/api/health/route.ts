import { healthSlot } from "@/lib/protocol/health-slot";

export const dynamic = "force-dynamic";

/** For load balancers and people: 200 when everything works, 503 when the database or the picture store does not. */
export async function GET(): Promise<Response> {
  const health = await healthSlot.get()();
  return Response.json(health, {
    status: health.status === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
