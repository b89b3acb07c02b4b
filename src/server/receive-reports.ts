import { parseReport } from './parse-report';
import { problem } from './problem';
import { readPosted } from './read-posted';
import type { ReceiptStorage } from './receipt-storage';
import { ReportCounts } from './report-counts';
import { reportFolder } from './report-folder';

/** What all that a report may have in it takes, and some space. */
const LARGEST_BODY = 32 * 1024;

/**
 * Makes the handler of the path that pages send their reports to: what was refused on a page, or would have been, `POST`, as
 * `application/json`. Only how often is kept, by origin, kind and path of the page: no address, no user agent, no time.
 *
 * Anybody can post reports. So of an origin and a kind, 20 pages are kept, and others counted together, as `*`; and no more than
 * 2,000 counts in all. How many reports one visitor may send is for your reverse proxy to limit.
 *
 * | status | means |
 * | --- | --- |
 * | 204 | counted |
 * | 400, 413, 415, 405 | not a report, too large, not JSON, not a POST; the body says what was wrong |
 * | 403 | sent by a page of another site |
 * | 503 | the storage failed |
 *
 * @param storage path of a folder, or any storage of unstorage
 */
export function receiveReports(storage: string | ReceiptStorage): (request: Request) => Promise<Response> {
  const counts = new ReportCounts(typeof storage === 'string' ? reportFolder(storage) : storage);
  return async (request) => {
    const read = await readPosted(request, { name: 'report', largest: LARGEST_BODY });
    if (read instanceof Response) return read;
    const parsed = parseReport(read.json);
    if ('mistakes' in parsed) return problem(400, `${parsed.mistakes.slice(0, 10).join('. ')}.`);
    try {
      await counts.add(parsed.report.requests);
      return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
    } catch (error) {
      console.error('cookie-gatekeeper could not count a report:', error);
      return problem(503, 'The report could not be stored.');
    }
  };
}
