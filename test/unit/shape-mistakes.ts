import { sampleWith } from './sample-policy';

/** One mistake in the shape of a policy: a value that alone, without its neighbours, is wrong. */
export interface ShapeMistake {
  title: string;
  policy: unknown;
  path: string;
  found: unknown;
  /** What the message must tell the person to write. */
  fix: RegExp;
}

const mistake = (title: string, change: (policy: any) => unknown, path: string, found: unknown, fix: RegExp): ShapeMistake => ({
  title,
  policy: sampleWith(change),
  path,
  found,
  fix,
});
const whole = (title: string, policy: unknown, path: string, found: unknown, fix: RegExp): ShapeMistake => ({ title, policy, path, found, fix });

export const SHAPE_MISTAKES: ShapeMistake[] = [
  whole('null instead of a policy', null, '', null, /object|policy/),
  whole('a list instead of a policy', [], '', [], /object|policy/),
  whole('a text instead of a policy', 'policy', '', 'policy', /object|policy/),
  mistake('no revision', (p) => delete p.revision, 'revision', undefined, /"2026-11-23"/),
  mistake('an empty revision', (p) => (p.revision = ''), 'revision', '', /"2026-11-23"/),
  mistake('a revision that is a number', (p) => (p.revision = 7), 'revision', 7, /"2026-11-23"/),
  mistake('no services', (p) => delete p.services, 'services', undefined, /list of services/),
  mistake('services by name', (p) => (p.services = { matomo: {} }), 'services', { matomo: {} }, /list of services/),
  mistake('a service that is a text', (p) => (p.services[1] = 'matomo'), 'services[1]', 'matomo', /object|service/),
  mistake('no id', (p) => delete p.services[1].id, 'services[1].id', undefined, /write an id/),
  mistake('an id with a space', (p) => (p.services[1].id = 'my matomo'), 'services[1].id', 'my matomo', /letter/),
  mistake('an id that begins with a digit', (p) => (p.services[1].id = '3d'), 'services[1].id', '3d', /letter/),
  mistake('an id that begins with an underscore', (p) => (p.services[1].id = '__proto__'), 'services[1].id', '__proto__', /letter/),
  mistake('an alias with a space', (p) => (p.services[1].aliases = ['my matomo']), 'services[1].aliases[0]', 'my matomo', /letter/),
  mistake('aliases as a text', (p) => (p.services[1].aliases = 'piwik'), 'services[1].aliases', 'piwik', /list of ids/),
  mistake('no provider', (p) => delete p.services[1].provider, 'services[1].provider', undefined, /write a text/),
  mistake('an empty provider', (p) => (p.services[1].provider = ''), 'services[1].provider', '', /write a text/),
  mistake('a provider by something else than language', (p) => (p.services[1].provider = { 'in French': 'x' }), 'services[1].provider', { 'in French': 'x' }, /"fr"/),
  mistake('no purpose', (p) => delete p.services[1].purpose, 'services[1].purpose', undefined, /"statistics"/),
  mistake('a purpose in capitals', (p) => (p.services[1].purpose = 'Statistics'), 'services[1].purpose', 'Statistics', /lower-case/),
  mistake('anonymised as a text', (p) => (p.services[1].anonymised = 'yes'), 'services[1].anonymised', 'yes', /write true|boolean/),
  mistake('an access that there is not', (p) => (p.services[1].access = 'none'), 'services[1].access', 'none', /"without-credentials"/),
  mistake('origins as a text', (p) => (p.services[1].origins = 'https://stats.example.fr'), 'services[1].origins', 'https://stats.example.fr', /list|array/),
  mistake('an origin that is a number', (p) => (p.services[1].origins[0] = 443), 'services[1].origins[0]', 443, /string|text|https:/),
  mistake('cookies as names', (p) => (p.services[1].cookies = ['_pk_id.*']), 'services[1].cookies[0]', '_pk_id.*', /object|name/),
  mistake('a cookie without a name', (p) => (p.services[1].cookies[1] = { lifetime: '1 day' }), 'services[1].cookies[1].name', undefined, /string|name/),
  mistake('a lifetime that is a number', (p) => (p.services[0].cookies[0].lifetime = 14), 'services[0].cookies[0].lifetime', 14, /write a text/),
  mistake('an empty storage name', (p) => (p.services[1].storage = ['']), 'services[1].storage[0]', '', /write|character/),
  mistake('half a month', (p) => (p.consent.months = 6.5), 'consent.months', 6.5, /whole number of months from 1 to 13/),
  mistake('no months', (p) => (p.consent.months = 0), 'consent.months', 0, /whole number of months from 1 to 13/),
  mistake('more months than the law allows', (p) => (p.consent.months = 14), 'consent.months', 14, /whole number of months from 1 to 13/),
  mistake('months as a text', (p) => (p.consent.months = '6'), 'consent.months', '6', /whole number of months from 1 to 13/),
  mistake('a cookie name with a space', (p) => (p.consent.cookie.name = 'my choices'), 'consent.cookie.name', 'my choices', /cookie name/),
  mistake('an empty cookie name', (p) => (p.consent.cookie.name = ''), 'consent.cookie.name', '', /cookie name/),
  mistake('consent as a text', (p) => (p.consent = 'opt-in'), 'consent', 'opt-in', /object/),
  mistake('a signal that would grant', (p) => (p.consent.globalPrivacyControl = 'grant'), 'consent.globalPrivacyControl', 'grant', /"refuse" or "ignore"/),
  mistake('a signal that would decide about something else', (p) => (p.consent.globalPrivacyControl = true), 'consent.globalPrivacyControl', true, /"answer"/),
  mistake('asking as a text', (p) => (p.consent.ask = 'placeholders'), 'consent.ask', 'placeholders', /\{ "pages": "placeholders" \}/),
  mistake('asking as yes or no', (p) => (p.consent.ask = false), 'consent.ask', false, /\{ "pages": "placeholders" \}/),
  mistake('a way of asking that there is not', (p) => (p.consent.ask = { pages: 'popup' }), 'consent.ask.pages', 'popup', /"banner" or "placeholders"/),
  mistake('a way of asking in embeds that there is not', (p) => (p.consent.ask = { embeds: 'none' }), 'consent.ask.embeds', 'none', /"banner" or "placeholders"/),
  mistake('another place to ask in', (p) => (p.consent.ask = { embedded: 'banner' }), 'consent.ask.embedded', 'banner', /unknown key.*\bpages, embeds\b/),
  mistake('a wall that there is not', (p) => (p.wall = 'open'), 'wall', 'open', /"strict", "live" or "off"/),
  mistake('undeclared origins allowed', (p) => (p.undeclared = 'allow'), 'undeclared', 'allow', /"refuse" or "report"/),
  mistake('an unknown key', (p) => (p.banner = { color: 'red' }), 'banner', { color: 'red' }, /unknown key.*\bwall\b.*\bservices\b/),
  mistake('an unknown key of consent', (p) => (p.consent.month = 6), 'consent.month', 6, /unknown key.*\bmonths\b/),
  mistake('an unknown key of the mirror', (p) => (p.consent.cookie.path = '/'), 'consent.cookie.path', '/', /unknown key.*\bname\b/),
  mistake('a mirror’s domain with a scheme', (p) => (p.consent.cookie.domain = 'https://example.fr'), 'consent.cookie.domain', 'https://example.fr', /"example\.fr"/),
  mistake('an adoption that is not yes or no', (p) => (p.consent.cookie.adopt = 'yes'), 'consent.cookie.adopt', 'yes', /true or false/),
  mistake('receipts that go to another host', (p) => (p.receipts = '//proof.example/'), 'receipts', '//proof.example/', /"\/consent-receipts"/),
  mistake('an empty revision of a service', (p) => (p.services[0].since = ''), 'services[0].since', '', /revision/),
  mistake('an unknown key of a service', (p) => (p.services[1].origin = 'https://a.example'), 'services[1].origin', 'https://a.example', /unknown key.*\borigins\b/),
  mistake('an unknown key of a cookie', (p) => (p.services[1].cookies[0].duration = '1 y'), 'services[1].cookies[0].duration', '1 y', /unknown key.*\blifetime\b/),
];
