/**
 * Answers with the bytes that the request's `Range` header asks for (RFC 9110, one range), or with all.
 *
 * @param type MIME type of the whole
 */
export function rangedResponse(request: Request, bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  const headers = { 'Content-Type': type, 'Accept-Ranges': 'bytes' };
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? [];
  if (!from && !to) return new Response(bytes, { headers });

  const last = bytes.length - 1;
  const start = from ? Number(from) : Math.max(0, bytes.length - Number(to));
  const end = from && to ? Math.min(Number(to), last) : last;
  if (start > end) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${bytes.length}` } });

  return new Response(bytes.slice(start, end + 1), {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${start}-${end}/${bytes.length}` },
  });
}
