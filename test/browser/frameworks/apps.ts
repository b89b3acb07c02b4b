import { bundled, type AppPage, type AppState, type Framework } from './bundle';

const MAKE: Record<string, () => Promise<Framework>> = {
  react: () => bundled('react-part.js', { file: 'react-server.js', render: 'part' }),
  'react-document': () => bundled('react-whole.js', { file: 'react-server.js', render: 'whole' }),
  vue: () => bundled('vue-part.js', { file: 'vue-server.js', render: 'part' }),
  svelte: () => bundled('svelte-part.js', { file: 'svelte-server.js', render: 'part' }),
  angular: () => bundled('angular-part.js'),
  turbo: () => bundled('turbo-part.js', { file: 'turbo-server.js', render: 'part' }),
};

/** Collects what goes wrong, as the site's scripts and its developers see it. Turbo runs it with each page. */
const LISTEN = `if (!window.said) {
  window.said = [];
  for (const type of ['error', 'warn']) {
    const say = console[type];
    console[type] = (...args) => { said.push(type + ' ' + args.map(String).join(' ')); say.apply(console, args); };
  }
  addEventListener('error', ({ message }) => { if (message) said.push('uncaught ' + message); });
  addEventListener('unhandledrejection', ({ reason }) => said.push('rejected ' + reason));
}`;

/** Bundles an application of each framework. */
export async function makeApps(): Promise<Map<string, Framework>> {
  return new Map(await Promise.all(Object.entries(MAKE).map(async ([name, make]) => [name, await make()] as const)));
}

/** The paths that `serveApps` answers. */
export function pathsOf(apps: Map<string, Framework>): string[] {
  return [...apps.keys()].flatMap((name) => [`/app/${name}`, `/app/${name}.js`]);
}

/**
 * Serves pages and scripts of the applications, and nothing for any other script.
 * @param initial what an application shows at first
 * @param lock the lock, where it is in the markup
 */
export function serveApps(apps: Map<string, Framework>, initial: AppState, lock?: string) {
  return async ({ url }: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const app = apps.get(pathname.replace(/^\/app\/|\.js$/g, ''));
    if (!app || pathname.endsWith('.js')) return sent(app?.client ?? '', 'text/javascript');
    const state = (JSON.parse(searchParams.get('state') ?? 'null') as AppState | null) ?? initial;
    const page: AppPage = { lock, script: '', bundle: `${pathname}.js`, state };
    page.script = `${LISTEN} var page = ${JSON.stringify(page)}; page.script = document.currentScript.text;`;
    const markup = (await app.markup?.(page)) ?? '';
    return sent(`<!DOCTYPE html>${markup.startsWith('<html') ? markup : around(markup, page)}`, 'text/html');
  };
}

function around(markup: string, { lock, script, bundle, state: { title } }: AppPage): string {
  const meta = lock ? `<meta http-equiv="Content-Security-Policy" content="${lock}">` : '';
  return `<html lang="en"><head>${meta}<meta charset="utf-8"><title>${title}</title><script src="/gatekeeper.js"></script><script>${script}</script><script defer src="${bundle}"></script></head><body><main id="app">${markup}</main></body></html>`;
}

function sent(text: string, type: string): Response {
  return new Response(text, { headers: { 'Content-Type': `${type}; charset=utf-8` } });
}
