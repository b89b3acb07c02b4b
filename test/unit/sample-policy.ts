import type { Choices, Consent, ConsentRecord } from '../../src/consent/record';
import { openServices, consentedCsp } from '../../src/csp/document-csp';
import { indexPolicy, type IndexedPolicy } from '../../src/requests/index-policy';
import { serviceOf, compilePolicy, type CompiledService } from '../../src/compiled-policy/compiled-policy';
import { parsePolicy, type PolicyInput } from '../../src/policy/index';

/** A portal's policy as a person writes it: one service of every kind. */
export const SAMPLE: PolicyInput = {
  $schema: 'https://cookie-gatekeeper.example/policy.schema.json',
  revision: '2026-11-23',
  consent: { months: 6, cookie: { name: 'cookies_preferences' }, globalPrivacyControl: 'refuse' },
  wall: 'strict',
  undeclared: 'refuse',
  services: [
    {
      id: 'opendatasoft',
      provider: 'Opendatasoft',
      purpose: 'necessary',
      cookies: [
        {
          name: 'sessionid',
          location: 'Authentication (front and back office)',
          purpose: 'To remember the user from one page to another',
          lifetime: '2 weeks',
        },
      ],
    },
    {
      id: 'matomo',
      provider: 'Matomo',
      purpose: 'statistics',
      origins: ['https://stats.example.fr'],
      cookies: [{ name: '_pk_id.*' }, { name: '_pk_ses.*' }],
      storage: ['matomo_*'],
    },
    {
      id: 'audience',
      provider: 'Audience',
      purpose: 'statistics',
      anonymised: true,
      origins: ['https://audience.example.org'],
    },
    {
      id: 'tiles',
      provider: 'Jawg',
      purpose: 'necessary',
      access: 'without-credentials',
      origins: ['https://tiles.jawg.io'],
    },
    {
      id: 'youtube',
      provider: 'YouTube',
      purpose: 'third-party',
      origins: ['https://www.youtube.com', 'https://i.ytimg.com'],
    },
  ],
};

export const SITE = 'https://data.example.fr/explore/dataset/';
export const NOW = Date.UTC(2026, 10, 23, 12);
export const DAY = 24 * 60 * 60 * 1000;

type ServiceInput = PolicyInput['services'][number];

/** Rules of a policy that has these services; what a test does not care about is filled in. */
export function policyFor(
  services: (Partial<ServiceInput> & { id: string })[],
  rest: Partial<PolicyInput> = {},
): IndexedPolicy {
  const whole = services.map((service) => ({ provider: service.id, purpose: 'third-party', ...service }));
  return indexPolicy(compilePolicy(parsePolicy({ revision: '1', ...rest, services: whole })));
}

/** The service with an id, which there has to be. */
export function serviceIn(policy: IndexedPolicy, id: string): CompiledService {
  return serviceOf(policy, id)!;
}

/** The wall under a consent. */
export function wallUnder(consent: Consent, policy: IndexedPolicy): string {
  return consentedCsp(openServices(consent, policy), policy);
}

/** A record decided a day ago, for six months. */
export function recordOf(choices: Choices, rest: Partial<ConsentRecord> = {}): ConsentRecord {
  return {
    id: '7c5e1d0e-3c07-4c4e-9a39-7f1a4a8a1d11',
    revision: '2026-11-23',
    decidedAt: NOW - DAY,
    expiresAt: NOW + 180 * DAY,
    action: 'choose',
    choices,
    ...rest,
  };
}

/** The consent of a visitor who made these choices; of one who made none, without them. */
export function consentOf(choices?: Choices, rest: Partial<Consent> = {}): Consent {
  return { restored: true, record: choices && recordOf(choices), now: NOW, globalPrivacyControl: false, ...rest };
}

/** Deep copy with one change, for policies that have one mistake. */
export function sampleWith(change: (policy: any) => unknown): unknown {
  const policy = structuredClone(SAMPLE);
  change(policy);
  return policy;
}

/** Services of the names that Opendatasoft's own mirror uses. */
export const MIRRORED = policyFor([
  { id: 'matomo', origins: ['https://stats.example.fr'] },
  { id: 'youtube', origins: ['https://www.youtube.com'] },
  { id: 'ga', origins: ['https://*.google-analytics.com'] },
]);
