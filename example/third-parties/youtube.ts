import type { Context } from 'hono';
import { html } from 'hono/html';
import { chime } from '../chime';
import { rangedResponse } from '../ranged-response';
import { fromPackage } from './from-package';
import type { Routes } from './third-party';

/** The hosts that lite-youtube-embed has built in, all played by this stand-in. */
const YOUTUBE_HOSTS =
  /https:\/\/(www\.youtube-nocookie\.com|www\.youtube\.com|i\.ytimg\.com|www\.google\.com|googleads\.g\.doubleclick\.net|static\.doubleclick\.net)/g;

/** YouTube: lite-youtube-embed as published but for its hosts, thumbnails, the player and its log. */
export const youtube: Routes = (app, origin) => {
  app.get('/lite-yt-embed.js', async (c) => {
    const script = (await fromPackage('lite-youtube-embed/src/lite-yt-embed.js')).replace(YOUTUBE_HOSTS, origin());
    return c.body(script, 200, { 'Content-Type': 'text/javascript' });
  });
  app.get('/lite-yt-embed.css', async (c) =>
    c.body(await fromPackage('lite-youtube-embed/src/lite-yt-embed.css'), 200, { 'Content-Type': 'text/css' }),
  );

  const thumbnail = (c: Context) => c.body(poster(c.req.param('id') ?? ''), 200, { 'Content-Type': 'image/svg+xml' });
  app.get('/vi/:id/:size', thumbnail);
  app.get('/vi_webp/:id/:size', thumbnail);

  app.get('/embed/:id', (c) => c.html(player(c.req.param('id'))));
  app.get('/player.js', (c) => c.body(PLAYER_SCRIPT, 200, { 'Content-Type': 'text/javascript' }));
  app.get('/iframe_api', (c) => c.body(iframeApi(origin()), 200, { 'Content-Type': 'text/javascript' }));
  app.post('/api/stats/:what', (c) => c.body(null, 204));

  app.get('/audio/:id{.+\\.wav}', (c) => rangedResponse(c.req.raw, chime(), 'audio/wav'));
};

const player = (id: string) =>
  html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <title>Video player</title>
      <style>
        body {
          margin: 0;
          height: 100vh;
          background: #000 url(/vi/${encodeURIComponent(id)}/hqdefault.jpg) center / cover;
        }
        p {
          position: absolute;
          inset: auto 0 0;
          margin: 0;
          padding: 0.6em 1em;
          background: #000b;
          color: #fff;
          font:
            0.9rem system-ui,
            sans-serif;
        }
        progress {
          display: block;
          width: 100%;
          height: 5px;
          margin-top: 0.4em;
          accent-color: #f03;
        }
      </style>
      <body>
        <p><span id="state">Ready to play</span><progress max="60" value="0" aria-label="Played"></progress></p>
        <script src="/player.js"></script>
      </body>
    </html>`;

/** Like the real player, it reports that it was shown, and while it plays, how far one has watched. */
const PLAYER_SCRIPT = `
const report = (what) => navigator.sendBeacon('/api/stats/' + what + '?v=' + location.pathname.split('/').pop());
report('playback');
if (new URLSearchParams(location.search).has('autoplay')) {
  document.getElementById('state').textContent = 'Playing…';
  const progress = document.querySelector('progress');
  setInterval(() => {
    progress.value = (progress.value + 1) % progress.max;
    if (progress.value % 5 === 0) report('watchtime');
  }, 1000);
}
`;

/** The part of the IFrame Player API that lite-youtube-embed uses on phones and in Safari. */
const iframeApi = (origin: string) => `
window.YT = {
  ready: (callback) => callback(),
  Player: class {
    constructor(element, { videoId, playerVars, events }) {
      const iframe = document.createElement('iframe');
      iframe.src = '${origin}/embed/' + encodeURIComponent(videoId) + '?' + new URLSearchParams(playerVars);
      iframe.onload = () => events.onReady({ target: this });
      element.replaceWith(iframe);
    }
    playVideo() {}
  },
};
`;

/** A picture of hills at a time of the day that depends on the video. */
function poster(id: string): string {
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360" width="480" height="360">
<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 55% 32%)"/><stop offset="1" stop-color="hsl(${hue + 40} 70% 72%)"/></linearGradient></defs>
<rect width="480" height="360" fill="url(#sky)"/>
<circle cx="${120 + (hue % 240)}" cy="170" r="46" fill="hsl(${hue + 50} 90% 86%)"/>
<path d="M0 240 Q90 170 190 225 T370 205 T480 230 V360 H0Z" fill="hsl(${hue + 10} 35% 38%)"/>
<path d="M0 285 Q120 225 250 280 T480 265 V360 H0Z" fill="hsl(${hue + 5} 40% 24%)"/>
</svg>`;
}
