/** Who third-party-web does not know, or knows as something else than what it is for on a site: name, kind and hosts. */
export const MORE_PARTIES: readonly [name: string, kind: string, hosts: string][] = [
  ['AT Internet', 'analytics', '*.at-o.net *.pa-cd.com'],
  ['Axeptio', 'consent-provider', '*.axept.io *.axeptio.eu'],
  ['Cloudflare Web Analytics', 'analytics', 'static.cloudflareinsights.com cloudflareinsights.com'],
  ['Deezer', 'content', '*.deezer.com *.dzcdn.net'],
  ['Didomi', 'consent-provider', '*.privacy-center.org *.didomi.io'],
  ['Eulerian', 'analytics', '*.eulerian.net *.eulerian.com'],
  ['Microsoft Clarity', 'analytics', '*.clarity.ms'],
  ['Microsoft Power BI', 'content', 'app.powerbi.com *.analysis.windows.net'],
  ['OpenStreetMap', 'content', '*.openstreetmap.org *.openstreetmap.fr'],
  ['PostHog', 'analytics', '*.posthog.com'],
  ['tarteaucitron', 'consent-provider', '*.tarteaucitron.io'],
  ['Typeform', 'content', '*.typeform.com'],
];

/** Trackers that a site serves itself: what their addresses end in. */
export const SELF_HOSTED: readonly [name: string, path: RegExp][] = [
  ['Matomo', /\/(matomo|piwik)\.(js|php)$/],
  ['Plausible', /\/js\/(script|plausible)[\w.-]*\.js$/],
  ['Umami', /\/umami\.js$/],
  ['PostHog', /\/static\/(array|recorder)\.js$/],
  ['Google Analytics', /\/(gtag\/js|analytics\.js|g\/collect)$/],
  ['Google Tag Manager', /\/gtm\.js$/],
  ['Eulerian', /\/ea\.js$/],
  ['Snowplow', /\/com\.snowplowanalytics\.snowplow\/tp2$/],
];
