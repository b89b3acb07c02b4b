declare module 'on-headers' {
  import type { ServerResponse } from 'node:http';

  /** Calls the listener when the response is about to send its headers. */
  export default function onHeaders(response: ServerResponse, listener: () => void): void;
}
