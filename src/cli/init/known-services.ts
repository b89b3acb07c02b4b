import {
  describeKnown,
  type Description,
  type PartyDescriber,
  type WrittenCookie,
  type WrittenService,
} from '../audit/describe-party';
import { plainName, type NamedParty } from '../audit/known-parties';
import { matchesPattern } from '../../sweep/matches-pattern';

/** A service that is known, and why it is taken for that one. */
export interface Known {
  description: Description;
  origins: readonly string[];
  cookies: readonly WrittenCookie[];
  /** Its name only begins like this one's. */
  isGuess: boolean;
}

/** What tarteaucitron and others call services that have another name here. */
const ALIASES: Readonly<Record<string, string>> = {
  adsense: 'Google/Doubleclick Ads',
  atinternet: 'piano',
  clarity: 'Microsoft Clarity',
  doubleclick: 'Google/Doubleclick Ads',
  fbpixel: 'Facebook',
  ga4: 'ga',
  gajs: 'ga',
  gmaps: 'Google Maps',
  googleads: 'Google/Doubleclick Ads',
  googleadwords: 'Google/Doubleclick Ads',
  gtag: 'ga',
  gtm: 'Google Tag Manager',
  mapsnoapi: 'Google Maps',
  metapixel: 'Facebook',
  multiplegoogletagmanager: 'Google Tag Manager',
  multiplegtag: 'ga',
  pianoanalytics: 'piano',
  recaptcha: 'Google reCAPTCHA',
  typekit: 'Adobe TypeKit',
  xiti: 'piano',
};

/** So much of a longer name has to be somebody's: `facebookpixel` is Facebook's. */
const ENOUGH = 5;
/** So much of a pattern has to be the beginning of a cookie's name. */
const ENOUGH_OF_COOKIE = 3;
/** What says nothing of who it is. */
const GENERAL =
  /^(google|video|videos|chat|cloud|media|social|script|scripts|widget|pixel|content|iframe|marketing|advertising|analytics|statistics|performance)$/;
/** Cookies that a site may need: who sets them is no tracker for that. */
const NO_TRACKER = /^(functional|security|necessary|personalization)$/;

/** Services that are known by their names, or by the names of their cookies. */
export class KnownServices {
  readonly #describer: PartyDescriber;
  readonly #preset: readonly WrittenService[];

  constructor(describer: PartyDescriber) {
    this.#describer = describer;
    this.#preset = describer.services.filter(({ purpose }) => purpose !== 'necessary');
  }

  named(name: string): Known | undefined {
    const plain = plainName(name);
    if (GENERAL.test(plain)) return undefined;
    const exact = this.#exactly(plain);
    if (exact) return { ...exact, isGuess: false };
    for (let length = plain.length - 1; length >= ENOUGH; length--) {
      const beginning = plain.slice(0, length);
      const found = GENERAL.test(beginning) ? undefined : this.#exactly(beginning);
      if (found) return { ...found, isGuess: true };
    }
    return undefined;
  }

  /** Whose cookies have a name that this stands for. @param pattern as a policy has it */
  ownerOfCookie(pattern: string): Known | undefined {
    const beginning = pattern.replace(/\*.*/, '');
    const isMeant = ({ name }: { name: string }) =>
      matchesPattern(beginning, [name]) ||
      (pattern.includes('*') && beginning.length >= ENOUGH_OF_COOKIE && name.startsWith(beginning));
    const written = this.#preset.find(({ cookies = [] }) => cookies.some(isMeant));
    if (written) return { ...fromPreset(written), isGuess: false };
    const [known, another] = this.#describer.known.cookiesNamed(beginning);
    if (!known || NO_TRACKER.test(known.kind) || (another && another.provider !== known.provider)) return undefined;
    return this.named(known.provider);
  }

  /** What is known of a cookie for visitors; nothing where several have one of this name. */
  describeCookie(pattern: string): Pick<WrittenCookie, 'purpose' | 'lifetime'> | undefined {
    const written = this.#preset
      .flatMap(({ cookies = [] }) => cookies)
      .find(({ name }) => name === pattern || matchesPattern(pattern, [name]));
    if (written) return { purpose: written.purpose, lifetime: written.lifetime };
    const [known, another] = this.#describer.known.cookiesNamed(pattern);
    return known && !another
      ? { purpose: known.description || undefined, lifetime: known.lifetime || undefined }
      : undefined;
  }

  #exactly(plain: string): Omit<Known, 'isGuess'> | undefined {
    const name = plainName(ALIASES[plain] ?? plain);
    const written = this.#preset.find(({ id, name: own, provider }) =>
      [id, own ?? provider].some((one) => typeof one === 'string' && plainName(one) === name),
    );
    if (written) return fromPreset(written);
    const party = this.#describer.known.partyNamed(name);
    return party && fromParty(party);
  }
}

function fromPreset({
  id,
  provider,
  name,
  purpose,
  origins = [],
  cookies = [],
}: WrittenService): Omit<Known, 'isGuess'> {
  return { description: { id, provider, ...(name && { name }), purpose }, origins, cookies };
}

function fromParty(party: NamedParty): Omit<Known, 'isGuess'> {
  // Cookies that are known by whoever sets them are at their own hosts too, and have names that are the site's as well.
  return { description: describeKnown(party), origins: party.hosts.map((host) => `https://${host}`), cookies: [] };
}
