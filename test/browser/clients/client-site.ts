import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startMappedSite, type MappedSite } from '../mapped-site';
import { answerClient } from './answers';

/** Every host that the twenty clients of the site ask, and the purpose that a person would write, by what the provider is. */
export const PURPOSES: Readonly<Record<string, string>> = {
  // Product and audience analytics, and recordings of sessions.
  'api.eu.amplitude.com': 'statistics',
  'sr-client-cfg.eu.amplitude.com': 'statistics',
  'cdn.segment.com': 'statistics',
  'api.segment.io': 'statistics',
  'com-example-prod1.collector.snplow.net': 'statistics',
  'browser-intake-datadoghq.eu': 'statistics',
  'stats.data.gouv.fr': 'statistics',
  'example.count.ly': 'statistics',
  'edge.fullstory.com': 'statistics',
  'rs.fullstory.com': 'statistics',
  'static.hotjar.com': 'statistics',
  'script.hotjar.com': 'statistics',
  'content.hotjar.io': 'statistics',
  'metrics.hotjar.io': 'statistics',
  'ws.hotjar.com': 'statistics',
  'www.clarity.ms': 'statistics',
  'scripts.clarity.ms': 'statistics',
  'c.clarity.ms': 'statistics',
  'o.clarity.ms': 'statistics',
  'cdn.logr-in.com': 'statistics',
  'r.logr-in.com': 'statistics',
  'plausible.io': 'statistics',
  'eu.i.posthog.com': 'statistics',
  'eu-assets.i.posthog.com': 'statistics',
  'www.googletagmanager.com': 'statistics',
  'region1.google-analytics.com': 'statistics',
  // Advertising.
  'connect.facebook.net': 'third-party',
  'www.facebook.com': 'third-party',
  'c.bing.com': 'third-party',
  // Reports of errors, flags of features, payment, chat.
  'sessions.bugsnag.com': 'third-party',
  'notify.bugsnag.com': 'third-party',
  'app.launchdarkly.com': 'third-party',
  'clientstream.launchdarkly.com': 'third-party',
  'events.launchdarkly.com': 'third-party',
  'js.stripe.com': 'third-party',
  'm.stripe.com': 'third-party',
  'm.stripe.network': 'third-party',
  'r.stripe.com': 'third-party',
  'widget.intercom.io': 'third-party',
  'js.intercomcdn.com': 'third-party',
  'api-iam.intercom.io': 'third-party',
  'nexus-websocket-a.intercom.io': 'third-party',
  // Videos, and whom their players ask.
  'vimeo.com': 'third-party',
  'player.vimeo.com': 'third-party',
  'f.vimeocdn.com': 'third-party',
  'i.vimeocdn.com': 'third-party',
  'fresnel.vimeocdn.com': 'third-party',
  'www.youtube-nocookie.com': 'third-party',
  'i.ytimg.com': 'third-party',
  'yt3.ggpht.com': 'third-party',
  'jnn-pa.googleapis.com': 'third-party',
};

/** A site with a page that has twenty clients in it, as npm has them, in one script with its own code. */
export async function startClientSite(): Promise<MappedSite> {
  return startMappedSite({ own: { '/': PAGE, '/site.js': await bundle('twenty.js') }, answer: answerClient });
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title><link rel="icon" href="data:,"></head>
<body><h1>Portal</h1><div id="vimeo"></div><lite-youtube videoid="ogfYd705cRs" playlabel="A talk"></lite-youtube>
<script src="/site.js"></script></body></html>`;

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
