import * as amplitude from '@amplitude/analytics-browser';
import Bugsnag from '@bugsnag/js';
import { datadogRum } from '@datadog/browser-rum';
import MatomoTracker from '@datapunt/matomo-tracker-js';
import { init as startFullStory } from '@fullstory/browser';
import Hotjar from '@hotjar/browser';
import { Intercom } from '@intercom/messenger-js-sdk';
import Clarity from '@microsoft/clarity';
import { AnalyticsBrowser } from '@segment/analytics-next';
import { newTracker, trackPageView } from '@snowplow/browser-tracker';
import { loadStripe } from '@stripe/stripe-js';
import Player from '@vimeo/player';
import countly from 'countly-sdk-web';
import { install as installGtag } from 'ga-gtag';
import * as LaunchDarkly from 'launchdarkly-js-client-sdk';
import 'lite-youtube-embed';
import LogRocket from 'logrocket';
import Plausible from 'plausible-tracker';
import posthog from 'posthog-js';
import reactPixel from 'react-facebook-pixel';

// These two were compiled for bundlers that take their default for what is imported.
const { default: Countly } = countly;
const { default: ReactPixel } = reactPixel;

// Each as its documentation says, with what an account would have been given.
amplitude.init('0123456789abcdef0123456789abcdef', { serverZone: 'EU', autocapture: true });

Bugsnag.start({ apiKey: '0123456789abcdef0123456789abcdef' });
Bugsnag.notify(new Error('a failed search'));

datadogRum.init({
  applicationId: '01234567-89ab-cdef-0123-456789abcdef',
  clientToken: 'pub0123456789abcdef',
  site: 'datadoghq.eu',
  sessionSampleRate: 100,
  sessionReplaySampleRate: 100,
  trackResources: true,
  trackLongTasks: true,
  trackUserInteractions: true,
});

new MatomoTracker({ urlBase: 'https://stats.data.gouv.fr', siteId: 3 }).trackPageView();

startFullStory({ orgId: 'o-1A2B3C-na1' });

Hotjar.init(1234567, 6);

Clarity.init('abcdefghij');

const analytics = AnalyticsBrowser.load({ writeKey: 'abcdefghijklmnopqrstuvwxyz012345' });
void analytics.page();

newTracker('sp', 'https://com-example-prod1.collector.snplow.net', { appId: 'portal' });
trackPageView();

Countly.init({ app_key: '0123456789abcdef0123456789abcdef01234567', url: 'https://example.count.ly' });
Countly.track_sessions();
Countly.track_pageview();

installGtag('G-1A2B3C4D5E');

LogRocket.init('example/portal');

Plausible({ domain: 'data.example.fr', trackLocalhost: true }).enableAutoPageviews();

posthog.init('phc_a1b2c3d4e5f6g7h8i9j0', { api_host: 'https://eu.i.posthog.com', defaults: '2025-05-24' });

ReactPixel.init('1234567890123456', undefined, { autoConfig: true, debug: false });
ReactPixel.pageView();

Intercom({ app_id: 'abcd1234' });

void loadStripe('pk_test_0123456789abcdef');

const flags = LaunchDarkly.initialize('0123456789abcdef01234567', { kind: 'user', anonymous: true });
// Who listens to changes opens a stream.
flags.on('change', () => {});

new Player('vimeo', { id: 76979871, width: 640 }).on('play', () => {});
