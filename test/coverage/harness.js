// The page's own script: runs the probes of one page and tells the site when all of them have settled.
// Plain JavaScript, because it is served as it is.

/** Hundreds of probes start at once; under load the last of them take seconds. Only a probe that hangs waits this long. */
const LIMIT_MS = 8000;

const probes = [];

function probe(id, run) {
  probes.push({ id, run });
}

/** Appends markup so that its scripts run, and returns its first element. */
function insert(markup, parent = document.body) {
  const fragment = document.createRange().createContextualFragment(markup);
  const element = fragment.firstElementChild;
  parent.append(fragment);
  return element;
}

/** Resolves when an element, a worker, a port or a connection has answered or failed. */
function settled(target) {
  return new Promise((resolve) => {
    for (const event of ['load', 'loadeddata', 'message', 'open', 'error', 'close']) {
      target.addEventListener(event, resolve, { once: true });
    }
  });
}

/** Appends a frame and resolves to it when it has loaded. */
async function frame(attributes) {
  const element = document.createRange().createContextualFragment(`<iframe ${attributes} width="8" height="8"></iframe>`).firstChild;
  // An empty frame has loaded by the time it is in the document.
  const loaded = settled(element);
  document.body.append(element);
  await loaded;
  return element;
}

function blobUrl(content, type) {
  return URL.createObjectURL(new Blob([content], { type }));
}

function limit() {
  return new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
}

function loaded() {
  return document.readyState === 'complete' ? undefined : new Promise((resolve) => addEventListener('load', resolve, { once: true }));
}

/** Starting a download takes WebKit's running requests with it, so this tells again what was not heard. */
async function tell(moment) {
  const told = await fetch(moment, { cache: 'no-store' }).catch(() => undefined);
  if (!told) await tell(moment);
}

/** Runs all probes at once, and tells the site when they have ended. Their errors are their own. */
async function start(moment) {
  const running = probes.map(async (probe) => {
    await Promise.race([Promise.resolve().then(probe.run).catch(() => undefined), limit()]);
  });
  await Promise.all(running);
  await Promise.race([loaded(), limit()]);
  await tell(moment);
}

/** What a page that was served without its markup would have had from the start. */
let markup;

/** How pages start by themselves. Each starts within the event, so that nothing can be put right between the two. */
const starts = {
  /** Comes out of the back/forward cache: at the first event that tells. */
  shown() {
    addEventListener('pagehide', () => {
      const shown = new AbortController();
      const first = ({ type }) => {
        // On the way out it is hidden; Chromium resumes a page before it shows it.
        if (type === 'visibilitychange' && document.hidden) return;
        shown.abort();
        void startWithMarkup();
      };
      for (const event of ['visibilitychange', 'resume']) document.addEventListener(event, first, { signal: shown.signal });
      addEventListener('pageshow', first, { signal: shown.signal });
    });
  },
  /** Another page has told that it may: sooner than a driver could tell. */
  called() {
    new BroadcastChannel('start').onmessage = () => void startWithMarkup();
  },
};

/**
 * Makes a page ready to start at once.
 * @param by what it starts by; without it, it is told to
 */
async function arm(by) {
  markup = await (await fetch('markup.json')).json();
  starts[by]?.();
}

/** Puts in what is missing, then runs the probes. */
async function startWithMarkup() {
  insert(markup.head, document.head);
  insert(markup.body);
  await start('finished');
}

/** Leaves the page as a visitor does, for what is sent on the way out. */
function leave() {
  location.assign('next');
}
