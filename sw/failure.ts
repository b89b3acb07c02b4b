/** A document that fails: Firefox asks for one that ends in an error again, without us, and its document has no worker. */
export function failed(): Response {
  return new Response(null, { status: 504 });
}

/** The answer, or one that has failed. Never rejects. */
export async function sound(answer: Response | PromiseLike<Response>, request: Request): Promise<Response> {
  const response = await Promise.resolve(answer).catch(() => undefined);
  return response && !isFailure(response, request) ? response : failed();
}

/** Whether a browser takes it for an error. */
export function isFailure({ type, redirected }: Response, { mode, redirect }: Request): boolean {
  if (/^(opaque|error)$/.test(type)) return true;
  // What has followed where it must not is an error of the browser's own.
  if (redirected && redirect !== 'follow') return true;
  // So is a worker's script from elsewhere; made anew, it would be taken for one of the site's.
  return type === 'cors' && mode === 'same-origin';
}
