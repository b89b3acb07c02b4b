import { timingSafeEqual } from 'node:crypto';

/** Whether a form or a header sent the visitor's own CSRF token. */
export function sameToken(sent: string | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(sent ?? ''), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
