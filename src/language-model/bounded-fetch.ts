/** A reply of more bytes than any honest one has. */
export class EndlessReply extends Error {
  override readonly name = 'EndlessReply';
}

export interface ReplyBounds {
  readonly mostBytes: number;
  /** In bytes. Who cuts a stream into lines keeps each one in memory, and may search it over and over. */
  readonly longestLine: number;
}

const LINE_FEED = 10;

/** `fetch` whose replies end with an error once they go beyond the bounds, whoever reads them. */
export function boundedFetch({ mostBytes, longestLine }: ReplyBounds): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    let bytes = 0;
    let line = 0;
    const bound = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const lineEnd = chunk.lastIndexOf(LINE_FEED);
        line = (lineEnd < 0 ? line : 0) + chunk.byteLength - lineEnd - 1;
        bytes += chunk.byteLength;
        if (bytes <= mostBytes && line <= longestLine) controller.enqueue(chunk);
        else controller.error(new EndlessReply(`${bytes} bytes, ${line} in the last line`));
      },
    });
    const { status, statusText, headers } = response;
    const body = response.body?.pipeThrough(bound) ?? null;
    return new Response(body, { status, statusText, headers });
  };
}
