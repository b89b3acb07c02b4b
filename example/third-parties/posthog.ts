import { readdir } from 'node:fs/promises';
import { fromPackage } from './from-package';
import type { Routes } from './third-party';

const DIST = new URL('../../node_modules/posthog-js/dist/', import.meta.url);
const scripts = new Set((await readdir(DIST)).filter((name) => name.endsWith('.js')));

/** What PostHog's servers would answer on how to measure: autocapture and web vitals, no recordings. */
const remoteConfig = {
  token: 'phc_example',
  supportedCompression: ['gzip', 'gzip-js'],
  hasFeatureFlags: false,
  autocapture_opt_out: false,
  capturePerformance: { web_vitals: true, network_timing: false },
  sessionRecording: false,
  surveys: false,
  heatmaps: false,
  defaultIdentifiedOnly: true,
  siteApps: [],
};

/** PostHog: posthog-js as published, and the endpoints that it talks to. */
export const posthog: Routes = (app) => {
  app.get('/static/:name{.+}', async (c) => {
    // The client asks for its extensions with its version in the path or in the query.
    const name = c.req.param('name').replace(/^\d[^/]*\//, '');
    if (!scripts.has(name)) return c.notFound();
    return c.body(await fromPackage(`posthog-js/dist/${name}`), 200, { 'Content-Type': 'text/javascript' });
  });

  app.get('/array/:token/config', (c) => c.json(remoteConfig));
  app.get('/array/:token/config.js', (c) => {
    const token = JSON.stringify(c.req.param('token'));
    const script = `(window._POSTHOG_REMOTE_CONFIG ??= {})[${token}] = { config: ${JSON.stringify(remoteConfig)}, siteApps: [] };`;
    return c.body(script, 200, { 'Content-Type': 'text/javascript' });
  });

  app.post('/flags/', (c) => c.json({ ...remoteConfig, flags: {}, featureFlags: {}, featureFlagPayloads: {} }));
  app.post('*', (c) => c.json({ status: 1 }));
};
