import type { Tab } from './tab';

/** Tries the ways to a third party that pass the worker by: a frame, a socket; and a beacon. */
export function leaveTo({ page }: Tab, origin: string): Promise<void> {
  return page.evaluate((origin) => {
    const frame = document.createElement('iframe');
    frame.src = `${origin}/frame/leaving`;
    const waysOut = [
      () => document.body.append(frame),
      () => new WebSocket(`${origin.replace('http', 'ws')}/socket/leaving`),
      () => navigator.sendBeacon(`${origin}/beacon/leaving`),
    ];
    for (const leave of waysOut) {
      try {
        leave();
      } catch {
        // Firefox throws what Chromium keeps to itself.
      }
    }
  }, origin);
}

/** Declares the partner's sockets too: a Content-Security-Policy takes them for another scheme's. */
export function withSockets(policy: { services: { id: string; origins?: string[] }[] }) {
  const services = policy.services.map((service) => {
    const { id, origins = [] } = service;
    return id === 'partner'
      ? { ...service, origins: [...origins, ...origins.map((origin) => origin.replace('http', 'ws'))] }
      : service;
  });
  return { ...policy, services };
}

/** Where `leaveTo` arrives, when nothing holds it. */
export const LEFT = ['/beacon/leaving', '/frame/leaving', '/socket/leaving'];
