import { createRequire } from 'node:module';

// A CommonJS module, whose names Node does not see.
const { entities } = createRequire(import.meta.url)(
  'third-party-web/nostats-subset',
) as typeof import('third-party-web/nostats-subset');

/** Hosts of third parties that the web really has, the most frequent first; then names below them that it may have. */
export function thirdPartyHosts(count: number): string[] {
  const domains = entities.flatMap((entity) => entity.domains.map((domain) => domain.replace('*.', '')));
  const hosts = new Set(domains.filter((domain) => /^[a-z0-9.-]+$/.test(domain)));
  const below = ['cdn', 'api', 'static', 'pixel'].flatMap((name) => [...hosts].map((host) => `${name}.${host}`));
  return [...new Set([...hosts, ...below])].slice(0, count);
}

/** What such hosts are asked for. */
const PATHS = [
  (n: number) => `/gtag/js?id=G-${n.toString(36).toUpperCase()}&l=dataLayer&cx=c`,
  (n: number) =>
    `/collect?v=2&tid=UA-${n}-1&cid=${n}.${n * 7}&t=pageview&dl=https%3A%2F%2Fdata.example.fr%2Fexplore%2F&sr=1920x1080`,
  (n: number) =>
    `/matomo.php?action_name=Catalogue&idsite=${n % 50}&rec=1&r=${n}&h=12&m=30&s=1&_id=${n.toString(16)}&send_image=0`,
  (n: number) => `/v1/tiles/${n % 18}/${n % 4096}/${(n * 3) % 4096}@2x.png?access-token=${n.toString(36)}`,
  (n: number) => `/embed/${n.toString(36)}?rel=0&enablejsapi=1`,
  (n: number) => `/ajax/libs/chart/${n % 9}.4.${n % 20}/chart.min.js`,
  () => '/sdk.js',
  (n: number) => `/assets/fonts/inter-${n % 900}.woff2`,
];

const BELOW = ['', 'www.', 'cdn.', 'static.', 'stats.'];

/** Addresses as pages ask for them, the more often the more frequent the host; the same in every run. */
export function corpus(count: number): string[] {
  const hosts = thirdPartyHosts(Number.MAX_SAFE_INTEGER).slice(0, 3000);
  const random = randomNumbers();
  return Array.from({ length: count }, (_, i) => {
    // A few hosts have most of the requests.
    const host = hosts[Math.floor(random() ** 3 * hosts.length)]!;
    const below = BELOW[Math.floor(random() * BELOW.length)]!;
    const path = PATHS[Math.floor(random() * PATHS.length)]!;
    return `https://${below}${host}${path(i + 1)}`;
  });
}

/** Numbers from 0 to 1 that look random: a linear congruential generator, with the constants of Numerical Recipes. */
function randomNumbers(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
