import { createRequire } from 'node:module';

// A CommonJS module, whose names Node does not see.
const { entities } = createRequire(import.meta.url)(
  'third-party-web/nostats-subset',
) as typeof import('third-party-web/nostats-subset');

/** Every fifth domain is declared by no site here. */
const UNDECLARED_SHARE = 1 / 5;

/** Domains of third parties that the web really has, the most frequent first. */
const domains = [
  ...new Set(entities.flatMap((entity) => entity.domains.map((domain) => domain.replace('*.', '')))),
].filter((domain) => /^[a-z0-9.-]+\.[a-z]+$/.test(domain));
const isUndeclared = (_: string, i: number) => (i + 1) % (1 / UNDECLARED_SHARE) === 0;
const undeclared = domains.filter(isUndeclared);
const declared = domains.filter((domain, i) => !isUndeclared(domain, i));

/** Hosts that a site may declare, the most frequent first; behind all that there are, names below them that they may have. */
export function declaredHosts(count: number): string[] {
  const below = ['cdn', 'api', 'static', 'pixel'].flatMap((name) => declared.map((host) => `${name}.${host}`));
  return [...new Set([...declared, ...below])].slice(0, count);
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

/**
 * Addresses as pages ask for them, the more often the more frequent the host; the same in every run.
 * @param hosts that the site has declared; a fifth of the addresses is of none of them
 */
export function corpus(count: number, hosts: string[]): string[] {
  const random = randomNumbers();
  return Array.from({ length: count }, (_, i) => {
    const from = random() < UNDECLARED_SHARE ? undeclared : hosts;
    // A few hosts have most of the requests.
    const host = from[Math.floor(random() ** 3 * from.length)]!;
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
