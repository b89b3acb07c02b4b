import { applyDocumentHeaders } from './apply-document-headers';
import { makeServerKey } from './server-key';

/**
 * The server's key for Fetch-API servers (Hono, Deno, Bun, workers at the edge): makes a function that gives a
 * response its lock or wall, and what caches must know. Apply it last, when the site has set its own headers.
 *
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes
 */
export function keyedResponse(policy: unknown): (request: Request, response: Response) => Response {
  const key = makeServerKey(policy);
  return (request, response) => {
    const { status, statusText, body } = response;
    // Switching protocols, as for a WebSocket: nothing that a policy applies to, and not to be made anew.
    if (status < 200) return response;
    const headers = new Headers(response.headers);
    applyDocumentHeaders(key, new URL(request.url), request.headers, status, headers);
    return new Response(body, { status, statusText, headers });
  };
}
