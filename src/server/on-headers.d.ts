declare module 'on-headers' {
  import type { ServerResponse } from 'node:http';
  import type { Http2ServerResponse } from 'node:http2';

  /** Calls the listener when the response is about to send its headers. */
  export default function onHeaders(response: ServerResponse | Http2ServerResponse, listener: () => void): void;
}
