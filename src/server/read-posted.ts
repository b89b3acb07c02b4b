import { problem } from './problem';
import { BodyTooLarge, readBody } from './read-body';
import { isSameOrigin } from './same-origin';

/** What is posted, in the words of who is told what is wrong with it. */
export interface Posted {
  /** `receipt` */
  name: string;
  /** Bytes of a body. */
  largest: number;
}

/**
 * Reads what a page of the site itself has posted as JSON.
 * @returns what was sent; or the answer that says why it is not taken
 */
export async function readPosted(request: Request, { name, largest }: Posted): Promise<{ json: unknown } | Response> {
  if (request.method !== 'POST') return problem(405, `Send ${name}s with POST.`, { Allow: 'POST' });
  if (!isSameOrigin(request))
    return problem(403, `${name[0]!.toUpperCase()}${name.slice(1)}s are taken from pages of this site only.`);
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) return problem(415, `Send the ${name} as application/json.`);
  try {
    return { json: JSON.parse(await readBody(request, largest)) };
  } catch (error) {
    if (error instanceof BodyTooLarge) return problem(413, `A ${name} has no more than ${largest} bytes.`);
    return problem(400, `The body is not JSON: ${(error as Error).message}.`);
  }
}
