/** Thrown for a body that is longer than it may be. */
export class BodyTooLarge extends Error {}

/**
 * Reads a request's body as text, and no further than the limit.
 * @param limit bytes
 * @throws {BodyTooLarge} (rejects)
 * @throws {TypeError} (rejects) when it is not UTF-8, or breaks off
 */
export async function readBody({ headers, body }: Request, limit: number): Promise<string> {
  if (Number(headers.get('content-length')) > limit) throw new BodyTooLarge();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limit) throw new BodyTooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
