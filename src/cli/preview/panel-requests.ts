import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { PanelSettings } from '../../preview-panel/settings';
import { isSameOrigin } from '../../server/same-origin';
import { BodyTooLarge, readBody } from '../../server/read-body';
import type { PartyDescriber } from '../audit/describe-party';
import { inPackage } from '../package-folder';
import { isExpected } from '../tell-error';
import { extendPolicy, partyOf } from './extend-policy';
import type { PreviewedPolicy } from './previewed-policy';

/** Where the panel's script is, and what it asks: no portal has this. */
export const PANEL_FOLDER = '/__gatekeeper-preview/';

const LARGEST_BODY = 100_000;
const NOT_KEPT = { 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'same-origin' };

/** What the panel posts. */
interface Posted {
  token?: unknown;
  addresses?: unknown;
  address?: unknown;
  purpose?: unknown;
}

interface PanelContext {
  policy: PreviewedPolicy;
  describer: PartyDescriber;
  /** The portal's origin. */
  site: string;
  /** Told when the file was changed. */
  changed(what: string): void;
}

/**
 * Answers the panel, and nobody else: only pages of the preview may ask, and only with the token that the panel's script has.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function panelRequests(context: PanelContext): (request: Request) => Promise<Response> {
  const token = randomBytes(16).toString('hex');
  return async (request) => {
    const { pathname } = new URL(request.url);
    const what = pathname.slice(PANEL_FOLDER.length);
    if (!isSameOrigin(request)) return refusal(403, 'Only pages of the preview may ask for this.');
    if (request.method === 'GET' && what === 'panel.js') return script(context, token);
    if (request.method !== 'POST') return refusal(405, 'There is nothing to read here.');
    if (!/^application\/json/i.test(request.headers.get('content-type') ?? ''))
      return refusal(415, 'Send JSON, as application/json.');
    const posted = await read(request);
    if (posted instanceof Response) return posted;
    if (posted.token !== token)
      return refusal(403, 'The preview was started again. Load the page again, and try once more.');
    return answer(what, posted, context);
  };
}

async function script({ policy, site }: PanelContext, token: string): Promise<Response> {
  const settings: PanelSettings = { token, file: policy.file, portal: site, purposes: policy.purposes };
  const template = await readFile(inPackage('dist', 'templates', 'preview-panel.js'), 'utf8');
  const text = template.replaceAll('__PREVIEW__', () => `(${JSON.stringify(settings)})`);
  return new Response(text, { headers: { ...NOT_KEPT, 'Content-Type': 'text/javascript; charset=utf-8' } });
}

async function read(request: Request): Promise<Posted | Response> {
  try {
    return (JSON.parse(await readBody(request, LARGEST_BODY)) as unknown) ?? {};
  } catch (error) {
    if (error instanceof BodyTooLarge) return refusal(413, `Send no more than ${LARGEST_BODY} bytes.`);
    return refusal(400, `The body is not JSON: ${(error as Error).message}.`);
  }
}

async function answer(
  what: string,
  posted: Posted,
  { policy, describer, site, changed }: PanelContext,
): Promise<Response> {
  const written = (text: string) => ({ text, file: policy.file, site });
  try {
    if (what === 'parties') {
      const urls = [posted.addresses].flat().map(webUrl);
      return Response.json(
        urls.map((url) => partyOf(url, written(policy.text), describer)),
        { headers: NOT_KEPT },
      );
    }
    if (what !== 'policy') return refusal(404, 'There is no such thing here.');
    const [url, purpose] = [webUrl(posted.address), String(posted.purpose)];
    await policy.edit((text) => extendPolicy(url, purpose, written(text), describer));
    changed(`${policy.file}: ${url.host} is "${purpose}" now.`);
    return Response.json({}, { headers: NOT_KEPT });
  } catch (error) {
    if (isExpected(error)) return refusal(422, error.message);
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall) return refusal(500, `${policy.file} could not be written, and is as it was: ${message}.`);
    if (error instanceof TypeError) return refusal(400, message);
    throw error;
  }
}

/** @throws {TypeError} */
function webUrl(address: unknown): URL {
  const url = new URL(String(address));
  if (!/^(http|ws)s?:$/.test(url.protocol)) throw new TypeError(`${url.href} is no address of the web.`);
  return url;
}

function refusal(status: number, detail: string): Response {
  return Response.json({ detail }, { status, headers: NOT_KEPT });
}
