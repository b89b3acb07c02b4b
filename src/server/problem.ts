const TITLES = {
  400: 'Not understood',
  403: 'Not from this site',
  405: 'Not a POST',
  409: 'Not yet',
  413: 'Too large',
  415: 'Not JSON',
  503: 'Not stored',
} as const;

/**
 * A refusal in words.
 * @param detail what was wrong, and what to do
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problem(status: keyof typeof TITLES, detail: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ title: TITLES[status], status, detail });
  return new Response(body, {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  });
}
