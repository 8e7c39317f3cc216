/** Text that is made while it is sent, as fast as it is taken: a file of any length needs the memory of one piece. */
export function streamText(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    // Whoever closes the connection ends the reading as well.
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
