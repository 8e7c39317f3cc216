/** The answer that carries server-sent events; whoever reads it stays connected. */
export function eventStream(events: ReadableStream<Uint8Array>): Response {
  return new Response(events, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      // nginx would otherwise hold events back.
      "x-accel-buffering": "no",
    },
  });
}
