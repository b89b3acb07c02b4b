import type { Engine } from '../browsers';

export interface Tab {
  /** Opens an address; resolves once the document is there, whatever it goes on to load. */
  open(url: string): Promise<void>;
  /** Runs the body of an async function in the page, to act as the visitor. */
  run(body: string): Promise<unknown>;
}

/** What a run needs of a browser, whichever protocol drives it. Each has a fresh profile of its own. */
export interface Driver extends Tab {
  readonly engine: Engine | 'webkit';
  readonly version: string;
  /** Opens another tab, behind this one. */
  openTab(): Promise<Tab>;
  /** Set where the engine follows speculation rules. */
  readonly speculates?: true;
  /** Reloads past the worker; undefined where the engine cannot be told to. */
  hardReload?: () => Promise<void>;
  /** Ends the worker's process as the browser does with an idle one; undefined where the engine cannot be told to. */
  stopWorker?: () => Promise<void>;
  close(): Promise<void>;
}
