import type { IncomingMessage } from 'node:http';
import type { Answer } from '../site/http-server';

/** A consent manager, on a page that it asks on. */
export interface Peer {
  name: string;
  /** Its own files, by path, and what it is configured with. */
  files: Record<string, Answer>;
  /** What goes first into the page's head. */
  head: string;
  /** What goes last into the page's body. */
  body?: string;
  /** A tag that waits for consent to the service, as its documentation says to write it; none where it has a list of its own. */
  declared?(script: DeclaredScript): string;
  /** What is there when the visitor is asked: a CSS selector. */
  banner: string;
  /** Headers of the document. */
  headers?: Record<string, string>;
  /** Answers what is none of the files. */
  respond?(request: IncomingMessage): Answer | undefined;
}

/** A third party's script that the site has declared. */
export interface DeclaredScript {
  /** The service's name. */
  service: string;
  url: string;
}

/** What all of them have to ask about. */
export interface PeerSetting {
  declared: DeclaredScript[];
  /** Origins of the third parties that the site declares, and of nobody else's. */
  origins: string[];
}
