/** Text as a body that is read from its source only as fast as it is taken; giving it up ends the source. */
export function textStream(source: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await source.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        await source.return();
      },
    },
    { highWaterMark: 0 },
  );
}
