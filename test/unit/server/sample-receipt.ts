import type { Receipt } from '../../../src/consent/receipt';

export const DECIDED = Date.UTC(2026, 10, 23, 12);

/** A receipt as a page makes it; what a test does not care about is filled in. */
export function receiptOf(rest: Partial<Receipt> = {}): Receipt {
  return {
    id: crypto.randomUUID(),
    time: DECIDED,
    revision: '2026-11-23',
    choices: { matomo: true, youtube: false },
    action: 'choose',
    language: 'fr',
    text: '3',
    ...rest,
  };
}

/** The request that a page sends a receipt with. */
export function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request('https://data.example.fr/consent-receipts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
  });
}
