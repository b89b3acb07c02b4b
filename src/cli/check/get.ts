import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { text } from 'node:stream/consumers';

/** What a server has answered. */
export interface Answer {
  url: URL;
  status: number;
  headers: Headers;
  /** Those of the 103 Early Hints before it. */
  hints: Headers[];
  text: string;
}

/** A server could not be asked. */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
}

const MOST_MS = 20_000;
const MOST_REDIRECTS = 10;

/**
 * Asks for an address as a browser does, with early hints and several headers of one name as they come.
 * @throws (rejects) {UnreachableError}
 */
export async function get(url: URL, headers: Record<string, string> = {}, most = MOST_MS): Promise<Answer> {
  const hints: Headers[] = [];
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options: RequestOptions = {
        headers: { 'User-Agent': 'cookie-gatekeeper check', Accept: 'text/html,*/*', ...headers },
        signal: AbortSignal.timeout(most),
      };
      const request = (url.protocol === 'https:' ? getHttps : getHttp)(url, options, resolve);
      request.once('error', reject);
      request.on('information', ({ statusCode, rawHeaders }) => {
        if (statusCode === 103) hints.push(readHeaders(rawHeaders));
      });
    });
    return {
      url,
      status: response.statusCode!,
      headers: readHeaders(response.rawHeaders),
      hints,
      text: await text(response),
    };
  } catch (error) {
    throw new UnreachableError(
      `${url.href} could not be asked for: ${(error as Error).message || (error as NodeJS.ErrnoException).code}.`,
    );
  }
}

/** The same, and where it is redirected to, the answer from there. */
export async function getPage(url: URL, most = MOST_MS): Promise<Answer> {
  let answer = await get(url, {}, most);
  for (let steps = 0; isRedirect(answer) && steps < MOST_REDIRECTS; steps++)
    answer = await get(new URL(answer.headers.get('location')!, answer.url), {}, most);
  return answer;
}

export function isHtml({ headers }: Pick<Answer, 'headers'>): boolean {
  return /html/i.test(headers.get('content-type') ?? '');
}

export function isRedirect({ status, headers }: Answer): boolean {
  return status >= 300 && status < 400 && headers.has('location');
}

function readHeaders(raw: string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index < raw.length; index += 2) headers.append(raw[index]!, raw[index + 1]!);
  return headers;
}
