/** Who third-party-web does not know, or knows as something else than what it is for on a site: name, kind and hosts. */
export const MORE_PARTIES: readonly [name: string, kind: string, hosts: string][] = [
  ['Amplitude', 'analytics', '*.amplitude.com d24n15hnbwhuhn.cloudfront.net'],
  ['AT Internet', 'analytics', '*.at-o.net *.pa-cd.com'],
  ['Axeptio', 'consent-provider', '*.axept.io *.axeptio.eu'],
  ['Cloudflare Web Analytics', 'analytics', 'static.cloudflareinsights.com cloudflareinsights.com'],
  ['Countly', 'analytics', '*.count.ly'],
  [
    'Datadog',
    'analytics',
    '*.browser-intake-datadoghq.com *.browser-intake-datadoghq.eu *.browser-intake-us3-datadoghq.com *.browser-intake-us5-datadoghq.com *.browser-intake-ap1-datadoghq.com *.browser-intake-ap2-datadoghq.com *.browser-intake-ddog-gov.com *.datadoghq-browser-agent.com *.datadoghq.com *.datadoghq.eu',
  ],
  ['Deezer', 'content', '*.deezer.com *.dzcdn.net'],
  ['Didomi', 'consent-provider', '*.privacy-center.org *.didomi.io'],
  ['Eulerian', 'analytics', '*.eulerian.net *.eulerian.com'],
  ['GoatCounter', 'analytics', '*.goatcounter.com *.zgo.at'],
  ['Heap', 'analytics', '*.heapanalytics.com *.heap.io'],
  [
    'LogRocket',
    'analytics',
    '*.logrocket.com *.logrocket.io *.logr-in.com *.logr-ingest.com *.lr-in.com *.lr-in-prod.com *.lr-ingest.com *.lr-ingest.io *.lr-intake.com *.intake-lr.com *.lrkt-in.com *.lgrckt-in.com',
  ],
  ['Microsoft Clarity', 'analytics', '*.clarity.ms'],
  ['Microsoft Power BI', 'content', 'app.powerbi.com *.analysis.windows.net'],
  ['OpenStreetMap', 'content', '*.openstreetmap.org *.openstreetmap.fr'],
  ['Piwik PRO', 'analytics', '*.piwik.pro'],
  ['PostHog', 'analytics', '*.posthog.com'],
  ['RudderStack', 'analytics', '*.rudderstack.com *.rudderlabs.com'],
  ['Simple Analytics', 'analytics', '*.simpleanalyticscdn.com *.simpleanalytics.com'],
  ['Snowplow', 'analytics', '*.snplow.net *.snowplowanalytics.com d32hwlnfiv2gyn.cloudfront.net'],
  ['tarteaucitron', 'consent-provider', '*.tarteaucitron.io'],
  ['Typeform', 'content', '*.typeform.com'],
  ['Umami', 'analytics', '*.umami.is'],
  ['Vercel Web Analytics', 'analytics', 'va.vercel-scripts.com *.vercel-insights.com'],
];

/**
 * What clients store under whatever host the site has, since they are in its own scripts: who, as above or in
 * third-party-web, and the names of cookies and storage. For those whom the Open Cookie Database does not have, or not as theirs.
 */
export const MORE_NAMES: readonly [party: string, patterns: string][] = [
  ['Amplitude', 'AMP_* amplitude_*'],
  ['Bugsnag', 'bugsnag-anonymous-id'],
  ['Countly', '*/cly_* cly_*'],
  ['Datadog', '_dd_s _dd_s_v2 _dd_tab_id'],
  ['Launch Darkly', 'ld:*'],
  ['PostHog', 'ph_phc_*'],
  ['Segment', 'ajs_user_* ajs_anonymous_id ajs_group_*'],
  ['Snowplow', 'snowplowOutQueue_*'],
];

/** Trackers that run on anybody's own hosts: what their addresses end in; all of it, where each may be something else alone. */
export const SELF_HOSTED: readonly [name: string, ...paths: RegExp[]][] = [
  ['Matomo', /\/(matomo|piwik)\.(js|php)$/],
  ['Plausible', /\/js\/(script|plausible)(\.[a-z-]+)*\.js$/, /\/api\/event$/],
  ['Umami', /\/umami\.js$/],
  ['Umami', /\/script\.js$/, /\/api\/send$/],
  ['PostHog', /\/static\/(array|recorder)\.js$/],
  ['Google Analytics', /\/(gtag\/js|analytics\.js|g\/collect)$/],
  ['Google Tag Manager', /\/gtm\.js$/],
  ['Eulerian', /\/ea\.js$/],
  ['Snowplow', /\/com\.snowplowanalytics\.snowplow\/tp2$/],
  ['Vercel Web Analytics', /\/_vercel\/insights\//],
];
